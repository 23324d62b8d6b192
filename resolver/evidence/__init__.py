"""Compares two surface forms and says, as named evidence, what agrees, what is absent and what contradicts.

alignment.py      which words of the mention and of the alias belong together, and how they agree
joining.py        which words are written apart in one of them, and together in the other
whole.py          which names are one as a whole
describing.py     how a pair of them agrees, in words
comparisons.py    `COMPARISONS`: the functions whose names, docstrings and weights a curator sees, in these modules:
words.py          the words of any two names
persons.py        given names, patronymics, surnames, gender
organizations.py  numbers, legal forms, initials, and words that make another name of it
curated.py        what the curator, the caller and the registry as a whole say
"""

from resolver.evidence.alignment import Comparison, TokenPair, align, compare_words, differ_by_a_letter
from resolver.evidence.comparisons import COMPARISONS, findings
from resolver.evidence.finding import Finding, as_initialled, is_as_written, is_same_spelling
from resolver.evidence.whole import KNOWN
from resolver.evidence.words import WRITTEN_THE_SAME

__all__ = [
    "COMPARISONS",
    "KNOWN",
    "WRITTEN_THE_SAME",
    "Comparison",
    "Finding",
    "TokenPair",
    "align",
    "as_initialled",
    "compare_words",
    "differ_by_a_letter",
    "findings",
    "is_as_written",
    "is_same_spelling",
]
