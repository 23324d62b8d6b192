"""What an index holds, whether it was just made or is mapped from a file.

    Numbers   string -> numbers, such as the aliases of a word
    Words     string -> words, such as the words of a stem

A dict is both of them; so are `PackedNumbers` and `PackedWords`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from resolver.index.entries import AliasEntry
from resolver.index.rarity import Rarity


class Numbers(Protocol):
    """Numbers by string; a string that is not there has none."""

    def get(self, key: str, default: Sequence[int], /) -> Sequence[int]:
        """The numbers of a string."""

    def __contains__(self, key: object, /) -> bool: ...


class WordLists(Protocol):
    """Words by string; a string that is not there has none."""

    def get(self, key: str, default: tuple[str, ...], /) -> tuple[str, ...]:
        """The words of a string."""


class NearLists(Protocol):
    """The words that may be so many edits from others, by what deletions leave of them: see `resolver.index.edits`."""

    def table(self, edits: int, /) -> WordLists:
        """The words by their rests."""


class Texts(Protocol):
    """Strings by number, to be read many at once."""

    def select(self, numbers: Iterable[int], /) -> list[str]:
        """The strings with these numbers."""


class TextList:
    """Strings by number, in a list."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)

    def select(self, numbers: Iterable[int]) -> list[str]:
        """The strings with these numbers."""
        texts = self._texts
        return [texts[i] for i in numbers]


@dataclass(frozen=True, slots=True)
class WordTables:
    """The words of a registry by their keys: case stems, sounds, groups of given names, places, rests of letters.

    Among the sounds are also what a word is read as in other languages, the names that it may be the adjective of, and
    those that are a part of it.
    """

    stems: WordLists
    sounds: WordLists
    given: WordLists
    places: WordLists
    near: NearLists


@dataclass(frozen=True, slots=True)
class Tables:
    """All of an index. Aliases are numbered in the order of their entities' ids.

    rarity     how much a word says
    entries    the aliases
    masses     the rarity of all words of each, in single precision: compiled or not, they are the same
    written    each in folded words, with generic words as concepts
    texts      each as it is written
    owners     the number of its entity, one for all of its aliases
    entities   the aliases of an entity, by its id
    postings   those that have a word, the lightest first, by index key or by the key of a generic word
    exact, joined, acronyms, derived   by the keys that look at a name as a whole
    words      the words that other words may be forms of
    """

    rarity: Rarity
    entries: Sequence[AliasEntry]
    masses: Sequence[float]
    written: Texts
    texts: Sequence[str]
    owners: Sequence[int]
    entities: Numbers
    postings: Numbers
    exact: Numbers
    joined: Numbers
    acronyms: Numbers
    derived: Numbers
    words: WordTables
