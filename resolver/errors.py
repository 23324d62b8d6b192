"""What can go wrong for a caller, as one small tree.

    ResolverError                 everything this package raises on purpose
    ├── ProblemsError             a file that people edit is wrong; `problems` lists every place
    │   ├── RegistryError         aliases/*.yaml
    │   └── ReviewError           a queue file with judgements
    ├── CorpusError               a corpus or an output folder that cannot be used at all
    └── UnknownEntityError        an id that the registry does not hold

A mention that cannot be resolved is no error: NIL and ambiguity are values (`Resolution.status`).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where, what, and what to do.

    >>> print(Problem("aliases/people.yaml", 12, "unknown key 'alises': did you mean 'aliases'?"))
    aliases/people.yaml:12: unknown key 'alises': did you mean 'aliases'?
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class ResolverError(Exception):
    """The base of every error that this package raises on purpose."""


class ProblemsError(ResolverError):
    """A file that people edit is wrong; `problems` lists every place at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type, tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # else pickle would call it with the message


class RegistryError(ProblemsError):
    """A registry cannot be loaded or saved as asked."""


class ReviewError(ProblemsError):
    """A queue file or its judgements cannot be used."""


class CorpusError(ResolverError):
    """A corpus or an output folder cannot be used at all. One unreadable document is listed, not raised."""


class UnknownEntityError(ResolverError):
    """The registry holds no entity of this id."""
