"""Which longer names a document introduces a short one by, as the reason of a decision and the sentence say it.

`resolver.coherence` looks at a document as a whole and writes down what it found; this reads it again, so that a queue
can be built from `mentions.jsonl` alone. What an acronym stands for is seen where its sentence defines it.
"""

import re

from resolver.mentions.definitions import definitions
from resolver.model import Occurrence
from resolver.review.queue import one_line

_ONE = re.compile(r"short for (.+), which is not resolved", re.DOTALL)
_SEVERAL = re.compile(r"the document names several: (.+)", re.DOTALL)


def antecedents(occurrence: Occurrence) -> tuple[str, ...]:
    """The longer names of the document that an open mention may be short for, none if it says nothing.

    >>> where = ("Syrskyi said.", 0, "unresolved", None, 0.0, "short for Oleksandr Syrskyi, which is not resolved")
    >>> antecedents(Occurrence("a.txt", 0, 7, "Syrskyi", *where))
    ('Oleksandr Syrskyi',)
    """
    one = _ONE.fullmatch(occurrence.reason)
    if one:
        return (one_line(one[1]),)
    several = _SEVERAL.fullmatch(occurrence.reason)
    return tuple(map(one_line, several[1].split(", "))) if several else ()


def definition(occurrence: Occurrence) -> str | None:
    """What the sentence of a mention defines it as, if it is an acronym.

    >>> where = ("The Defense Innovation Unit (DIU) is new.", 0, "unresolved", None, 0.0, "")
    >>> definition(Occurrence("a.txt", 29, 32, "DIU", *where))
    'Defense Innovation Unit'
    """
    if not occurrence.text.isupper() or not any(bracket in occurrence.sentence for bracket in "(["):
        return None
    return next((one_line(d.text) for d in definitions(occurrence.sentence) if d.acronym == occurrence.text), None)
