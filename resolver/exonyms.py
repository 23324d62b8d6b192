"""Names of one place or body that no letters relate: Stany Zjednoczone, Соединенные Штаты, США and ZDA.

What comes in are the words of names or texts, what goes out are the names of the table that they are, or that may be
among them: words of single names of places are in `resolver.language.places`, phrases and abbreviations in the table
`exonyms.txt`.

Known limit: an abbreviation means here what it means in the news; a firm called ONZ would be the United Nations.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from resolver.forms import SurfaceForm, analyse
from resolver.language import organizations
from resolver.language.inflection import relate
from resolver.language.lexicon import keys_of
from resolver.language.places import place_names
from resolver.language.tables import read_table
from resolver.memory import FEW

_FORMS_OF_STATE = frozenset(
    f"={word}"
    for word in ("republic", "kingdom", "islamic", "people", "socialist", "federal", "democratic", "confederation")
)
_WORD = re.compile(r"[^\W\d_]+")
_PREFIX = 3  # letters that no case changes


def known_as(form: SurfaceForm) -> str | None:
    """The id of the place or body that a whole name means in any language and case; None if the table has none.

    >>> named = ("Stanów Zjednoczonych", "США", "Чехия", "Czech Republic", "Republic of Poland", "Северные штаты")
    >>> [known_as(analyse(name)) for name in named]
    ['united-states', 'united-states', 'czechia', 'czechia', 'poland', None]
    """
    first = form.tokens[0]
    if first.start == form.tokens[-1].start:  # an abbreviation may be spelt out in several tokens
        found = abbreviated(first.text, form.lang)
        if found:
            return found
    elif first.given and "=" not in form.written:
        return None  # a person, as most names are
    return _known_in_words(form.key, form.written)


@lru_cache(maxsize=FEW)
def _known_in_words(key: str, written: str) -> str | None:
    """What the folded words of a name mean, `written` with generic words as concepts."""
    keys, words = key.split(" "), written.split(" ")
    near = dict.fromkeys(phrase for sign in (keys[0][:_PREFIX], words[0]) for phrase in _phrases_with(keys[0][0], sign))
    same = {place for phrase, place in near if phrase.written == written}
    if len(same) == 1:
        return same.pop()
    places = {place for phrase, place in near if len(phrase.tokens) == len(keys) and _are_forms(keys, phrase)}
    if not places:
        return _state(keys, words)
    return places.pop() if len(places) == 1 else None


def is_abbreviated(form: SurfaceForm) -> bool:
    """Whether a name is an abbreviation of the table."""
    return abbreviated(form.tokens[0].text, form.lang) is not None and form.tokens[0].start == form.tokens[-1].start


def abbreviated(word: str, lang: str | None) -> str | None:
    """The id of what a word in capitals stands for in a language; None if it is no abbreviation of the table.

    >>> abbreviated("США", "ru"), abbreviated("ZDA", None), abbreviated("KE", "pl"), abbreviated("KE", "en")
    ('united-states', 'united-states', 'european-commission', None)
    """
    known = _abbreviations()
    return (known.get(word) or known.get(f"{lang}/{word}")) if word.isupper() else None


def names_of(is_known: Callable[[str], bool]) -> Iterator[str]:
    """All names of the places and bodies that are known, but no abbreviations of one language, and no peoples."""
    for table in ("places", "exonyms"):
        for place, names in read_table(table):
            if is_known(place):
                yield from (name for name in names if name[0] != "~" and "/" not in name)


def phrases_near(keys: Collection[str]) -> list[tuple[SurfaceForm, str]]:
    """The names of the table, each with its id, whose words all begin like some of these folded words.

    >>> [(form.text, place) for form, place in phrases_near({"blizkoho", "vostoka"})]
    [('Ближний Восток', 'middle-east')]
    """
    begun = {key[:_PREFIX] for key in keys}
    return [(form, place) for form, place in _phrases() if all(token.key[:_PREFIX] in begun for token in form.tokens)]


def _are_forms(keys: Sequence[str], phrase: SurfaceForm) -> bool:
    """Whether each word of a name is the one in its place, or one of its case forms."""
    return all(
        key == other.key or ((found := relate(key, other.key)) is not None and found.exact)
        for key, other in zip(keys, phrase.tokens, strict=True)
    )


def _state(keys: Sequence[str], written: Sequence[str]) -> str | None:
    """The place that the only word names which is no form of state: Poland, Republic of Poland, Польская Республика.

    An adjective names it only beside one.
    """
    words = [key for key, word in zip(keys, written, strict=True) if word not in _FORMS_OF_STATE]
    found = place_names(words[0]) if len(words) == 1 else ()
    is_named = bool(found) and (len(keys) > 1 or not any(name.is_people for name in found))
    return found[0].place if is_named and len({name.place for name in found}) == 1 else None


@cache
def _abbreviations() -> Mapping[str, str]:
    return {name: place for place, name in _names() if _is_abbreviation(name)}


@cache
def _phrases() -> tuple[tuple[SurfaceForm, str], ...]:
    named = ((analyse(name), place) for place, name in _names() if not _is_abbreviation(name))
    return tuple((form, place) for form, place in named if form)


def _phrases_with(letter: str, sign: str) -> Sequence[tuple[SurfaceForm, str]]:
    """The names of the table that have a word with a sign, analysed: all of them would take a tenth of a second."""
    return _analysed_with(letter, sign) if sign in _by_sign(letter) else ()


@cache
def _analysed_with(letter: str, sign: str) -> Sequence[tuple[SurfaceForm, str]]:
    named = [(analyse(name), place) for name, place in _by_sign(letter)[sign]]
    return [(form, place) for form, place in named if form]


@cache
def _by_sign(letter: str) -> Mapping[str, list[tuple[str, str]]]:
    """The names with a word of this folded letter, by the beginnings of such words and by what they mean."""
    named = _by_letter().get(letter, ())
    words = list(dict.fromkeys(word for _, _, own in named for word in own))
    keys = dict(zip(words, keys_of(words), strict=True))
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, place, own in named:
        for sign in dict.fromkeys(sign for word in own for sign in _signs(keys[word])):
            found[sign].append((name, place))
    return dict(found)


@cache
def _by_letter() -> Mapping[str, list[tuple[str, str, list[str]]]]:
    """The names of the table, but no abbreviations, each with its words of a letter."""
    named = [(name, place, _WORD.findall(name)) for place, name in _names() if not _is_abbreviation(name)]
    letters = list({word[0] for _, _, words in named for word in words})
    keys = dict(zip(letters, keys_of(letters), strict=True))
    found: dict[str, list[tuple[str, str, list[str]]]] = defaultdict(list)
    for name, place, words in named:
        own: dict[str, list[str]] = defaultdict(list)
        for word in words:
            own[keys[word[0]][:1]].append(word)
        for letter, of_letter in own.items():
            found[letter].append((name, place, of_letter))
    return dict(found)


def _signs(key: str) -> tuple[str, ...]:
    concept = organizations.concept(key)
    return (key[:_PREFIX], f"={concept}") if concept else (key[:_PREFIX],)


def _is_abbreviation(name: str) -> bool:
    """Whether a name of the table is one; "pl/KE" is one in Polish only."""
    return name.rpartition("/")[2].isupper()


def _names() -> Iterator[tuple[str, str]]:
    """(id, name) of each name of the table."""
    for place, names in read_table("exonyms"):
        for name in names:
            yield place, name
