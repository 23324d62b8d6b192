"""A registry checked against itself, and against audits: what comes in is a resolver, what goes out are findings.

findings.py    Finding, and the table of codes: severity, reason and fix of each
reading.py     the line of every name
examples.py    R01  the examples under `expect`, run as tests
sharing.py     R02  names that two entities share, after every fold
lines.py       R03, R05  letters, days, and words that texts hold for other reasons
characters.py  R025, R033, R034  ids that look alike, and characters that are not seen
redundancy.py  R04  aliases that the others of their entity cover
usage.py       R05, R06  what audits say: aliases that nobody writes, aliases that fit too much
running.py     all of them in one list
coverage.py    the other way round: which spellings of an entity resolve, and by which rule
sarif.py, annotations.py   findings for programs that show them beside the lines
fixing.py      what can be done without a curator
reasons.py     how a name fits, in the words of the evidence

`running.check_registry` and `usage.read_usage` are imported from their modules: they load all that reads audits, and
commands that only need an example or a code should not wait for it.
"""

from resolver.checks.examples import count_examples, failed_examples
from resolver.checks.findings import RULES, Finding, Place, Rule, Severity
from resolver.checks.reading import Places, read_registry
from resolver.checks.sharing import shared_names

__all__ = [
    "RULES",
    "Finding",
    "Place",
    "Places",
    "Rule",
    "Severity",
    "count_examples",
    "failed_examples",
    "read_registry",
    "shared_names",
]
