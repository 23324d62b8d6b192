"""What is known about a capitalised word by itself: is it an office, a people, a kind of institution, a common word?

`traits` reads the tables `common.txt` and `nouns.txt` and the names of `resolver.language.names`; `frequent` holds the
most frequent words of each language. The traits of a word do not exclude each other ("General" is a rank and a part of
institutions); `resolver.mentions.unknown` weighs them.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from resolver.language import names, organizations
from resolver.language.places import place_names
from resolver.language.romanization import fold, romanize
from resolver.language.tables import read_table
from resolver.memory import FEW, MANY

_PACKAGE = "resolver.mentions"
LANGUAGES = ("en", "ru", "uk", "pl", "cs", "sl", "bg", "be", "sr", "de", "fr")
CYRILLIC = frozenset(("ru", "uk", "bg", "be", "sr"))
SLAVIC = frozenset(LANGUAGES) - {"en", "de", "fr"}
_UNWRITTEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301")) | {0x2019: "'"}
_ROMAN = re.compile(r"[IVX]{1,6}\Z")
_DESIGNATION = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")
# English words of six letters or more with these endings are hardly ever names.
_ENGLISH_FORMATION = re.compile(
    r"(?:ing|ed|ly|[ts]ions?|ments?|ness|ities|[^c]ity|ous|ives?|[ai]ble|ances?|ences?|ies|isms?|ists?|ful|less|ally"
    r"|ships?|ically|ical|ated|iers|ters|ders|wards?|ants|ents|[^r]tic|mic|nic)\Z"
)
_PEOPLE = re.compile(r"(?:[^c]ian|ese|ish)s?\Z")
# Slavic adjectives of places and institutions: -sk-, -n-, -ov- with an ending of the adjective declension.
_SLAVIC_ADJECTIVE = re.compile(
    r"(?:[сцзж]ьк|[сцзж]к|н|л|ов|ев|ш)(?:ий|ый|ой|ая|ое|ые|ие|ого|ому|ым|им|ом|ую|ых|их|ыми|ими|ої|ій|ою|у|а|і|е|ия|ият|ата|ото|ите|и|о)\Z"
    r"|(?:[sc]k|šk|n|l|ł|ow|ov|š)(?:i|a|e|o|y|ý|á|é|í|ého|ího|ému|ího|iego|ego|ega|emu|iemu|ej|iej|im|ym|ím|ým|em|ém|om|ich|ych|ích|ých|ih|ou|ą|u|imi)\Z"
)
_ADJECTIVE_OF_PLACE = re.compile(r"(?:[сцзж]ь?к|[sczšž]k)[^\W\d_]{1,4}\Z")
_SURNAME = re.compile(
    r"[^\W\d_]{2,}(?:енко|[оеё]в|[оеё]ва|[оеё]вой|[оеё]ву|[оеё]вым|[оеё]вичу?а?|чук|дзе|швили|швілі|enko|ovi?ch|evi?ch|[oe]va?|[oe]vi[cć](?:[aeu]|em)?|ová|chuk|dze|shvili"
    r"|yan|czyk|wicz|[sc]k[iy]y?|ський|ский|[sc]ki|sson)\Z"
)
# Endings that only surnames have, whatever the language.
_CERTAIN_SURNAME = re.compile(r"[^\W\d_]{2}(?:енко|швили|швілі|enko|shvili|[oe]vi[ćc]|ови[чћ]|еви[чћ])\Z")


class Traits(NamedTuple):
    """What a word may be, whatever stands around it. A plain tuple, as one is made for each new word of a text.

    function, common   a function word, a common word of the language of the text
    formation          it ends like a derived common word: "Temporarily", "Sanctioned"
    title, leading     an office, rank or form of address; one only where a name follows: "King", "Major"
    given              a given name or patronymic
    head               the kind of name that it makes of the words around it: "Ministry", "Oblast"
    governs            it may stand before "of" or "for" inside a name
    institution        names of institutions are made of it: "National", "Defence"
    demonym, place     a people or an adjective of place; a well-known place
    date, unnamed      a month or weekday; an abbreviation that names nothing: "CCTV"
    roman, capitals    a Roman numeral; an acronym by its writing
    designation        letters with digits: "F-16"
    surname            it ends like a surname
    adjective          it ends like a Slavic adjective
    """

    function: bool
    common: bool
    formation: bool
    title: bool
    leading: bool
    given: bool
    head: str | None
    governs: bool
    institution: bool
    demonym: bool
    place: bool
    date: bool
    unnamed: bool
    roman: bool
    capitals: bool
    designation: bool
    surname: bool
    adjective: bool

    @property
    def generic(self) -> bool:
        """Whether the word alone names nobody, even in the middle of a sentence."""
        return (
            self.function
            or self.common
            or self.title
            or self.head is not None
            or self.institution
            or self.demonym
            or self.date
            or self.unnamed
        )


@lru_cache(maxsize=MANY)
def traits(word: str, lang: str | None = "en") -> Traits:
    """The traits of a word as written, in a text of this language.

    >>> traits("Ministry").head, traits("Governor").title, traits("F-16").designation, traits("Ukrainian").demonym
    ('organization', True, True, True)
    """
    lower = plain(word)
    capitals = len(word) > 1 and word.isupper() and word.isalpha()
    latin = romanize(lower) or ""
    key = fold(latin)
    row = rows()
    head = _head(lower)
    titled = bool(key) and head is None and not capitals and names.is_title(key, latin, leading=True)
    known_given = names.given_forms if lang in SLAVIC else names.given_names
    given = bool(key) and bool(known_given(key) or names.patronymic(key)) and not capitals
    english = lang == "en"
    return Traits(
        function=not capitals and lower in row.get(f"function.{lang}", ()),
        common=not capitals and is_common(lower, lang),
        formation=english and not capitals and len(lower) > 5 and bool(_ENGLISH_FORMATION.search(lower)),
        title=titled,
        leading=titled and not names.is_title(key, latin),
        given=given,
        head=head,
        governs=head is not None or lower in row["before.of"],
        institution=not capitals and lower in row["institution"],
        demonym=not capitals and _is_demonym(lower, lang, given),
        place=lower in row["place"],
        date=not capitals and lower in row["date"],
        unnamed=lower in row["acronym"] and word.isupper(),
        roman=bool(_ROMAN.match(word)),
        capitals=capitals,
        designation=bool(_DESIGNATION.match(word)),
        surname=not capitals and bool(_SURNAME.match(lower)),
        adjective=lang not in {"en", "de", "fr"} and bool(_SLAVIC_ADJECTIVE.search(lower)),
    )


@lru_cache(maxsize=MANY)
def plain(word: str) -> str:
    """The word in lower case without invisible signs and stress marks, its apostrophes straight."""
    return word.lower() if word.isascii() else word.translate(_UNWRITTEN).lower()


def is_certain_surname(word: str) -> bool:
    """Whether a word is a surname by its ending alone, and nothing else has that ending.

    >>> is_certain_surname("Shevchenko"), is_certain_surname("Kaniv")
    (True, False)
    """
    return bool(_CERTAIN_SURNAME.search(plain(word)))


def is_latin(word: str) -> bool:
    """Whether a word begins with a Latin letter or a sign that both scripts have.

    >>> is_latin("Škoda"), is_latin("9K33"), is_latin("Шкода")
    (True, True, False)
    """
    return word[0] < "\u0370"


def is_function_word(surface: str, lang: str | None) -> bool:
    """Whether a span is a function word of the language, by itself no name: Если is not Ashley.

    >>> is_function_word("Если", "ru"), is_function_word("Ashley", "ru")
    (True, False)
    """
    return not (surface.isupper() and len(surface) > 1) and surface.lower() in rows().get(f"function.{lang}", ())


def is_frequent(lower: str, lang: str | None) -> bool:
    """Whether a word in small letters is among the most frequent ones of the language, which hold no names.

    >>> is_frequent("новий", "uk"), is_frequent("дело", "ru"), is_frequent("бречалов", "ru"), is_frequent("new", "es")
    (True, True, False, False)
    """
    return lang in LANGUAGES and (lower.translate(_SERBIAN) if lang == "sr" else lower) in _frequent(lang)


@lru_cache(maxsize=FEW)
def is_german_word(word: str) -> bool:
    """Whether a word with a capital is a German noun or adjective, and no name: a frequent one, or made of such.

    >>> is_german_word("Garten"), is_german_word("Gartenzaun"), is_german_word("Selenskyj")
    (True, True, False)
    """
    lower = plain(word)
    if _in_german_table(lower):
        return True
    parts = range(_GERMAN_PART, len(lower) - _GERMAN_PART + 1)
    return any(_in_german_table(lower[at:]) and _in_german_table(lower[:at]) for at in parts)


def _in_german_table(lower: str) -> bool:
    return any(lower.removesuffix(ending) in _frequent("de") for ending in _GERMAN_ENDINGS)


@lru_cache(maxsize=FEW)
def is_adjective_of_place(word: str, lang: str | None) -> bool:
    """Whether a Slavic word is an adjective such as британский, whatever its case form.

    >>> is_adjective_of_place("Ирландская", "ru"), is_adjective_of_place("Ирландия", "ru")
    (True, False)
    """
    if lang not in SLAVIC or not _ADJECTIVE_OF_PLACE.search(plain(word)):
        return False
    named = place_names(fold(romanize(word) or ""))
    return bool(named) and all(name.is_people for name in named)


@lru_cache(maxsize=FEW)
def is_name_of_place(word: str) -> bool:
    """Whether a word is the name of a place that is known, in any case form: "Польши", not "польской" nor "поляк"."""
    named = place_names(fold(romanize(plain(word)) or ""))
    return bool(named) and not any(name.is_people for name in named)


_GERMAN_ENDINGS = ("", "s", "es", "n", "en", "e", "er")
_GERMAN_PART = 4  # letters of the parts of a compound, at least
# Serbian is written in two scripts, whose letters answer one another; the table is in the Latin one.
_SERBIAN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž"}
)


@cache
def _frequent(lang: str) -> frozenset[str]:
    if lang == "be":
        return rows()["common.be"]  # no list of frequent words is known to be free
    return frozenset(word for _, words in read_table(f"frequent/{lang}", _PACKAGE) for word in words)


def is_common(lower: str, lang: str | None) -> bool:
    """Whether a lower-case word is in the table of common words, in English also as a plural."""
    table = rows().get(f"common.{lang}", frozenset())
    if lang == "fr":
        lower = lower.rpartition("'")[2]  # L'écrivain
    return lower in table or (lang == "en" and lower.endswith("s") and lower[:-1] in table)


@lru_cache(maxsize=FEW)
def slavic_head(word: str) -> str | None:
    """The kind of name whose lower-case Slavic head noun this is: "суд", "unije", "oblasti"."""
    return _kind_of_stem(word, "head.stem") or governing_kind(word)


@lru_cache(maxsize=FEW)
def governing_kind(word: str) -> str | None:
    """The kind of name that a Slavic noun makes with a genitive or a preposition behind it: "Министерство"."""
    return _kind_of_stem(word, "head.governs")


@lru_cache(maxsize=FEW)
def has_stem(word: str, row: str) -> bool:
    """Whether a Slavic word begins with one of the stems in a row of the tables, in either script."""
    return fold(romanize(word) or "").startswith(_stems(row))


def _kind_of_stem(word: str, table: str) -> str | None:
    key = fold(romanize(word) or "")
    kinds = (kind for kind in ("organization", "location", "event") if key.startswith(_stems(f"{table}.{kind}")))
    return None if key.startswith(_stems("head.not")) else next(kinds, None)


@cache
def _stems(row: str) -> tuple[str, ...]:
    return tuple(sorted({fold(romanize(stem) or stem) for stem in rows().get(row, ())}))


@lru_cache(maxsize=FEW)
def kind_beside(word: str) -> str | None:
    """The kind of a name beside which this lower-case noun stands: "drones", "oblast", "завод"."""
    for kind in ("product", "organization", "location"):
        if word in rows()[f"beside.{kind}"]:
            return kind
    return _head(word)


def _head(lower: str) -> str | None:
    return next((kind for kind in ("organization", "location", "event") if lower in rows()[f"head.{kind}"]), None)


def _is_demonym(lower: str, lang: str | None, given: bool) -> bool:
    if lang not in {"en", None}:
        return False
    if organizations.is_demonym(lower):
        return True
    return not given and len(lower) > 5 and bool(_PEOPLE.search(lower))


@cache
def rows() -> dict[str, frozenset[str]]:
    """The rows of both tables and the months and weekdays (key "date"), each as a set."""
    found: dict[str, set[str]] = {}
    for key, values in (*read_table("common", _PACKAGE), *read_table("nouns", _PACKAGE)):
        found.setdefault(key, set()).update(values)
    dates = [v for key, values in read_table("segments", _PACKAGE) if key in {"month", "weekday"} for v in values]
    found["date"] = {value.lower() for value in dates}
    return {key: frozenset(values) for key, values in found.items()}
