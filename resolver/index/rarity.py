"""How much it says that two names share a word: a rare surname nearly all, a given name little."""

import math
from collections.abc import Sequence
from typing import Protocol

from resolver.forms import SurfaceForm, Token
from resolver.language.names import given_names
from resolver.language.romanization import fold

BACKGROUND = 8192  # a small registry says little about how rare a word is; count it as part of this many names
MAX_RARITY = 14.0  # bits; beyond one name in 16,000 rarity no longer matters
COMMON_RARITY = 6.0  # bits; the cap for given names and generic words, which are common outside the registry too
INITIAL_RARITY = 2.0  # bits; the cap for initials


class Counts(Protocol):
    """How many entities have a word, as the only number; none if no entity has it."""

    def get(self, key: str, default: Sequence[int], /) -> Sequence[int]:
        """The number."""


class Rarity:
    """The rarity of words in a registry of so many entities, in bits: log2 of one over the share that has the word."""

    def __init__(self, entities: int, counts: Counts) -> None:
        self.entities = entities
        self.counts = counts
        self._known: dict[str, float] = {}

    def of(self, token: Token) -> float:
        """The rarity of a word, in bits; given names, titles and generic words never say much."""
        known = self._known.get(token.index_key)
        if known is None:
            (frequency,) = self.counts.get(token.index_key, _NONE)
            known = min(MAX_RARITY, math.log2(max(BACKGROUND, self.entities) / max(1, frequency)))
            if frequency:  # what the registry does not hold is endless
                self._known[token.index_key] = known
        if token.initial:
            return min(known, INITIAL_RARITY)
        if token.given or token.index_key[0] == "=" or token.title or _has_known_father(token):
            return min(known, COMMON_RARITY)
        return known

    def of_all(self, form: SurfaceForm) -> tuple[float, ...]:
        """The rarity of each token of a name, in bits."""
        return tuple([self.of(token) for token in form.tokens])


def _has_known_father(token: Token) -> bool:
    """Whether a word is a patronymic beyond doubt: Петрович is, and Drozdowicz is a surname."""
    return bool(token.patronymic and given_names(fold(token.patronymic)))


_NONE = (0,)
