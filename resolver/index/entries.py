"""The values that the index takes in and gives out: entries, hits and queries."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from resolver.forms import SurfaceForm, Token
from resolver.model import Alias, Entity


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """An alias in the index: its entity, its form, and the rarity of each of its tokens in bits.

    mass        the rarity of all tokens together
    forenames   given names, patronymics and initials in all names of a person, but for names marked as wrong
    traits      what the name shows at all, see `resolver.traits`
    main        the main name of the entity in folded words, with generic words as concepts
    """

    entity: Entity
    alias: Alias
    form: SurfaceForm
    weights: tuple[float, ...]
    mass: float
    forenames: tuple[Token, ...] = ()
    traits: frozenset[str] = frozenset()
    main: str = ""

    @property
    def words(self) -> Iterable[str]:
        """What the tokens are looked up by: index keys, and the own keys of generic words."""
        return dict.fromkeys([key for token in self.form.tokens for key in (token.index_key, token.key)])


class Hit(NamedTuple):
    """An alias that may be meant, and its rough score 0..1.

    found_by   for each token of the form that was looked up, the blocking keys that found words of the registry
    whole      the blocking keys that found the alias as a whole
    alike      how many names of the entity are like the form
    """

    entry: AliasEntry
    rough: float
    found_by: tuple[Mapping[str, str], ...]
    whole: frozenset[str]
    alike: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The blocking keys that found the alias, sorted."""
        words = self.entry.words
        keys = self.whole.union([near[word] for near in self.found_by for word in words if word in near])
        return tuple(sorted(keys))


class Query(NamedTuple):
    """A surface form as the registry sees it.

    weights   the rarity of each of its tokens, in bits
    near      for each token, the registry's words that it may be a form of
    traits    what it shows at all, see `resolver.traits`
    words_of  the index keys of the words of all names of an entity, by its id
    """

    form: SurfaceForm
    weights: tuple[float, ...]
    near: tuple[Container[str], ...]
    traits: frozenset[str]
    words_of: Callable[[str], frozenset[str]]
