"""Compares two surface forms and says, as named evidence, what agrees, what is absent and what contradicts.

alignment.py     which words of the mention and of the alias belong together, and how they agree
comparisons.py   `COMPARISONS`: the functions whose names, docstrings and weights a curator sees
"""

from resolver.evidence.alignment import Comparison, TokenPair, align, compare_words
from resolver.evidence.comparisons import COMPARISONS, WRITTEN_THE_SAME, Finding, findings, is_same_spelling

__all__ = [
    "COMPARISONS",
    "WRITTEN_THE_SAME",
    "Comparison",
    "Finding",
    "TokenPair",
    "align",
    "compare_words",
    "findings",
    "is_same_spelling",
]
