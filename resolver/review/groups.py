"""What is clustered: the names that texts hold, and the groups of those that have one signature."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A distinct spelling, with the language and type it was mostly seen with.

    short_for   how often documents introduce it by which longer names
    defined     how often texts define it as which long name, if it is an acronym
    nearest     the entity that it is most likely to be; excluded: those that the registry says it is not
    """

    text: str
    lang: str | None = None
    type: str | None = None
    short_for: tuple[tuple[tuple[str, ...], int], ...] = ()
    defined: tuple[tuple[str, int], ...] = ()
    nearest: str | None = None
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The names of one signature.

    letters     what their given names and initials begin with
    nearest     the entities that the names are most likely to be; excluded: those that one of them never means
    is_person   whether they are surely a person's; may_be_person: whether nothing speaks against it
    """

    names: tuple[Name, ...]
    letters: frozenset[str]
    nearest: frozenset[str]
    excluded: frozenset[str]
    is_person: bool
    may_be_person: bool
    type: str | None
