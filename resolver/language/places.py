"""The names of one place in many languages: Vídeň, Wiedeń, Відень and Dunaj are Vienna, and so, in a way, is Viennese.

What comes in is a folded word in whatever case; what goes out are the places that it may name. The table is
`places.txt`; its words are looked up by their key, and their case forms by the paradigms of `inflection.txt`.

Known limits: a word is judged alone, so nothing is known of names of several words (South Korea), and the Danube and
Vienna share a name. Who is named after a place (a Mr Holland) is for the rest of the evidence to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from resolver.language.inflection import WordsByStem, relate
from resolver.language.lexicon import key_of, keys_of
from resolver.language.romanization import romanize
from resolver.language.tables import read_table
from resolver.memory import FEW

_MIN_INFLECTED = 5  # letters of a case form that is undone: shorter ones are forms of too much else
_MIN_BASE = 4  # letters of the word that it may be a form of


class PlaceName(NamedTuple):
    """One reading of a word as the name of a place: `is_people` for its people, one of them, or its adjective."""

    place: str
    is_people: bool


@dataclass(frozen=True, slots=True)
class _Places:
    """The readings of each word, and the words by their forms."""

    readings: Mapping[str, tuple[PlaceName, ...]]
    by_stem: WordsByStem


@cache
def _places() -> _Places:
    entries = [(place, word) for place, words in read_table("places") for word in words]
    readings: dict[str, dict[PlaceName, None]] = {}
    for (place, word), key in zip(entries, keys_of([word.lstrip("~") for _, word in entries]), strict=True):
        readings.setdefault(key, {})[PlaceName(place, word.startswith("~"))] = None
    by_stem = WordsByStem(key for key in readings if len(key) >= _MIN_BASE)
    return _Places({key: tuple(names) for key, names in readings.items()}, by_stem)


@lru_cache(maxsize=FEW)
def place_names(key: str) -> tuple[PlaceName, ...]:
    """The places that a folded word may name, in any case form; none if it is not known as such.

    >>> place_names("viden"), place_names("lotisi"), place_names("brecalov")
    ((PlaceName(place='vienna', is_people=False),), (PlaceName(place='latvia', is_people=True),), ())
    """
    places = _places()
    known = places.readings.get(key)
    if known is not None or len(key) < _MIN_INFLECTED:
        return known or ()
    words = places.by_stem.related(key)
    forms = [(is_plural, word) for word in words for is_plural in [_is_plural_form(key, word)] if is_plural is not None]
    likely = [word for is_plural, word in forms if is_plural == all(plural for plural, _ in forms)]
    names = dict.fromkeys(name for word in likely for name in places.readings[word])
    return tuple(names) if len({name.place for name in names}) == 1 else ()


@cache
def _short_cases() -> Mapping[str, str]:
    """The keys of the citation forms of the table `place_cases.txt`, by the romanised case forms."""
    return {latin: key_of(name) for name, forms in read_table("place_cases") for latin in map(romanize, forms) if latin}


def citation_key(latin: str) -> str | None:
    """The key of the place of which a romanised word is a case form, where its own key would be too short to tell.

    >>> citation_key("rossii"), citation_key("rossi")
    ('rosia', None)
    """
    return _short_cases().get(latin)


def is_place(key: str) -> bool:
    """Whether a folded word is the name of a place as the table has it, in no other case, and not of its people.

    >>> is_place("ispania"), is_place("ispanii"), is_place("ispanski")
    (True, False, False)
    """
    return any(not name.is_people for name in _places().readings.get(key, ()))


def _is_plural_form(key: str, word: str) -> bool | None:
    """Whether the key is a plural of the word, or one of its cases in the singular; None if it is no form of it."""
    relation = relate(key, word)
    if not relation or not relation.exact or not relation.base:
        return None
    return relation.case.startswith("plural")


def place_relation(left: str, right: str) -> str | None:
    """How two folded words name one place: "exonym" in two languages, "demonym" if one is its people; else None.

    "" if both are known, but as the names of two places.

    >>> place_relation("viden", "viena"), place_relation("polski", "polsa"), place_relation("austria", "australia")
    ('exonym', 'demonym', '')
    """
    mine = place_names(left)
    other = place_names(right) if mine else ()
    if not mine or not other:
        return None
    kinds = {a.is_people == b.is_people for a in mine for b in other if a.place == b.place}
    return "" if not kinds else "exonym" if True in kinds else "demonym"
