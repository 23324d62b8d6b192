"""The parts of a person's name: what comes in is a word of a name, what goes out is what is known about it.

    given_names, given_forms         Aleksandr, Олександр and Sasha may be one name, in every language and every case
    patronymic, patronymic_gender    the father whom a patronymic names, and whether the bearer is a man or a woman
    is_title, is_particle            words that stand beside a name, or inside it, and say nothing about who is meant
    generation                       which of two people of one name: Jr., старший

Words are looked up by their key, `fold(romanize(word))`, so that a table holds each word once, in a readable spelling.
The tables are the text files beside this module; each is read when it is first needed.

Known limits: a word is judged alone, so Верховна Рада holds a "patronymic" and "Lady M" a title: callers know the
position and the kind of name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from resolver.language.inflection import WordsByStem, relate
from resolver.language.lexicon import Lexicon, endings_of, key_of, keys_of, lexicon
from resolver.language.romanization import romanize
from resolver.language.tables import read_table
from resolver.memory import FEW

_VOWELS = "aeiou"
_END_IN_V = re.compile("v$")
_MIN_FORM = 4  # letters of a case form that is undone


# --- persons


class GivenName(NamedTuple):
    """One reading of a word as a given name. A plain tuple, as it is a part of tokens, which are hashed and compared.

    group        the name that all its spellings and translations share: "aleksandr" for Oleksandr, Alexander, Sasha
    gender       "m", "f" or ""
    diminutive   a pet form, which official documents do not use
    """

    group: str
    gender: str
    diminutive: bool


@dataclass(frozen=True, slots=True)
class _GivenNames:
    readings: Mapping[str, tuple[GivenName, ...]]
    fathers: Mapping[str, str]  # stem before -ovich, -evna: group
    short_fathers: Mapping[str, str]  # stem before a bare -ich, -ichna (Ilyich): group


@cache
def _given() -> _GivenNames:
    readings: dict[str, tuple[GivenName, ...]] = {}
    spelt = list(_spellings())
    keys = keys_of([spelling.lstrip("~+") for _, _, spelling in spelt])
    entries = [(name, gender, spelling, key) for (name, gender, spelling), key in zip(spelt, keys, strict=True)]
    for name, gender, spelling, key in entries:
        reading = GivenName(name, gender, spelling[0] == "~")
        if spelling[0] != "+" and reading not in readings.get(key, ()):
            readings[key] = (*readings.get(key, ()), reading)
    fathers, short_fathers = _fathers(entries)
    return _GivenNames(readings, fathers, short_fathers)


def _fathers(entries: list[tuple[str, str, str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """What stands before -ovich, and before a bare -ich, by father: what is listed, then the names of the groups.

    The other spellings come last: Yuryevich is the son of Yuri and not of Jure, who is George.
    """
    listed = [(name, key) for name, _, spelling, key in entries if spelling[0] == "+"]
    fathers = {_father_of(key): name for name, key in listed if _REGULAR.fullmatch(key)}
    short_fathers = {_father_of(key): name for name, key in listed if not _REGULAR.fullmatch(key)}
    men = [
        (name, spelling, key) for name, gender, spelling, key in entries if gender == "m" and spelling[0] not in "~+"
    ]
    for name, _, key in sorted(men, key=lambda entry: entry[0] != entry[1].lower()):
        stem = key.rstrip(_VOWELS)
        if len(stem) > 1:
            fathers.setdefault(stem, name)
            fathers.setdefault(_END_IN_V.sub("f", stem), name)  # Joseph's f is v only at the end of a word
    return fathers, short_fathers


def _spellings() -> Iterator[tuple[str, str, str]]:
    """(group, gender, spelling with its mark) of each entry of the table, the group's own name first."""
    for row, values in read_table("given_names"):
        name, _, gender = row.rpartition(" ")
        if name == "each":
            yield from ((value.lower(), gender, value) for value in values)
        else:
            yield from ((name.lower(), gender, value) for value in (name, *values))


def given_names(key: str) -> tuple[GivenName, ...]:
    """The given names that a folded word may be a spelling of; none if it is not known as one.

    >>> from resolver.language.romanization import fold, romanize
    >>> [name.group for name in given_names(fold(romanize("Володимир")))]
    ['vladimir']
    >>> [(name.group, name.gender, name.diminutive) for name in given_names("sasa")]
    [('aleksandr', 'm', True), ('aleksandra', 'f', True)]
    """
    return _given().readings.get(key, ())


@lru_cache(maxsize=FEW)
def given_forms(key: str) -> tuple[GivenName, ...]:
    """The given names that a folded word may be a spelling of or, if it is none, a Slavic case form of.

    >>> sorted({name.group for name in given_forms("ihorem")}), given_forms("ihorev")
    (['igor'], ())
    """
    own = given_names(key)
    if own or len(key) < _MIN_FORM:
        return own
    bases = [base for base in _given_by_stem().related(key) if _is_case_form(key, base)]
    return tuple(dict.fromkeys(name for base in bases for name in given_names(base)))


@cache
def _given_by_stem() -> WordsByStem:
    return WordsByStem(_given().readings)


def _is_case_form(key: str, base: str) -> bool:
    """Whether the word is a case form of the name and no surname, or woman's name, that is made from a man's."""
    relation = relate(key, base)
    if relation is None or not relation.exact or not relation.base:
        return False
    is_hers = relation.case.startswith("feminine") and all(name.gender != "f" for name in given_names(base))
    return not is_hers and not relation.case.startswith(("derived", "possessive"))


# Folded: -ович -евич -авіч (be), -овна -евна -івна (uk) -аўна (be), each with its case endings.
_MALE_CASES = "(?:|a|u|e|i|om|em|ovi|evi|owi)"
_FEMALE_CASES = "(?:a|i|e|u|o|oi|oiu|ou)"
_REGULAR = re.compile(rf"(?P<father>.+?)(?:(?P<male>[oea]vic){_MALE_CASES}|[oeia]vn{_FEMALE_CASES})")
_SHORT = re.compile(rf"(?P<father>.+?)(?:(?P<male>ic){_MALE_CASES}|(?:in)?icn{_FEMALE_CASES})")
# Where the father is not known: -авич and -ивна are endings of other words too (Stavich, спортивна).
_CERTAIN = re.compile(rf".*(?:[oe]vic{_MALE_CASES}|[oe]vn{_FEMALE_CASES})")


def _father_of(key: str) -> str:
    """The stem of the father's name in a patronymic, without the vowels in which schemes and languages differ."""
    match = _REGULAR.fullmatch(key) or _SHORT.fullmatch(key)
    return match["father"].rstrip(_VOWELS) if match else ""


@lru_cache(maxsize=FEW)
def _parse_patronymic(key: str) -> tuple[str, str] | None:
    """The father (his group, or his folded stem if unknown) and the gender of the bearer."""
    if "vn" not in key and "ic" not in key:  # as nine of ten words
        return None
    names = _given()
    regular = _REGULAR.fullmatch(key)
    if regular:
        stem = _father_of(key)
        father = names.fathers.get(stem) or (stem if len(stem) >= 3 and _CERTAIN.fullmatch(key) else None)
        return (father, "m" if regular["male"] else "f") if father else None
    short = _SHORT.fullmatch(key)
    father = names.short_fathers.get(_father_of(key)) if short else None
    return (father, "m" if short["male"] else "f") if short and father else None


def patronymic(key: str) -> str | None:
    """The father's name in an East Slavic patronymic in any case: its group, or its folded stem if it is unknown.

    Surnames in -ovich look the same (Abramovich, Kadyrovna): the caller knows where the word stands.

    >>> patronymic("vladimirovic"), patronymic("volodimirivni"), patronymic("ilic"), patronymic("ilmirovica")
    ('vladimir', 'vladimir', 'ilia', 'ilmir')
    >>> patronymic("babic"), patronymic("sportivna"), patronymic("vladimir")
    (None, None, None)
    """
    parsed = _parse_patronymic(key)
    return parsed[0] if parsed else None


def patronymic_gender(key: str) -> str:
    """The gender that a patronymic shows: "m" or "f"; "" if the word is none.

    >>> patronymic_gender("vladimirovic"), patronymic_gender("nikiticni"), patronymic_gender("brecalov")
    ('m', 'f', '')
    """
    parsed = _parse_patronymic(key)
    return parsed[1] if parsed else ""


# --- titles and particles


_SHORT_TITLE = 3  # letters, folded
_SMALL_WORDS = (
    "particle",
    "syllable",
    "inner",
    "small",
    "junior",
    "senior",
)  # rows of titles.txt with words that are no titles


@cache
def _titles() -> Lexicon:
    return lexicon(_listed_titles(), endings_of("titles"))


def _listed_titles() -> list[tuple[str, str]]:
    rows = read_table("titles")
    return [(word, kind) for kind, values in rows if kind != "endings" and kind not in _SMALL_WORDS for word in values]


@cache
def _short_titles() -> frozenset[str]:
    """The titles of few letters once they are folded, romanised as Russian or as Ukrainian."""
    short = [word for word, _ in _listed_titles() if len(key_of(word)) <= _SHORT_TITLE]
    return frozenset(latin for word in short for lang in (None, "uk") if (latin := romanize(word, lang)))


@cache
def _small_words() -> dict[str, str]:
    """The rows of titles.txt that are about small words, by word."""
    rows = read_table("titles")
    return {key_of(word): kind for kind, values in rows if kind in _SMALL_WORDS for word in values}


def is_title(key: str, latin: str | None = None, *, leading: bool = False) -> bool:
    """Whether a folded word is an honorific, a rank or an office, in English, Russian, Ukrainian, Polish or Czech.

    Some titles are surnames as well: they count only if the caller says that more of the name follows (`leading`). A
    short title is told from a name that folds to it by the word before it is folded, `latin`: Maj. from Mai.

    >>> is_title("hubernatora"), is_title("polkovniku"), is_title("heneralov")
    (True, True, False)
    >>> is_title("kinh"), is_title("kinh", leading=True)
    (False, True)
    >>> is_title("mai", "maj", leading=True), is_title("mai", "mai", leading=True)
    (True, False)
    """
    if latin is not None and len(key) <= _SHORT_TITLE and latin not in _short_titles():
        return False
    kind = _titles().find(key)
    return kind is not None and (leading or kind != "leading")


def is_office(key: str) -> bool:
    """Whether a folded word is an office, which may stand with more words: the head of Udmurtia, but Sheikh Tahnoun.

    >>> is_office("hubernatora"), is_office("polkovniku")
    (True, False)
    """
    return _titles().find(key) == "office"


@cache
def _small_latin() -> frozenset[str]:
    """The rows of titles.txt that are about small words, romanised but not folded."""
    words = (word for kind, values in read_table("titles") if kind in _SMALL_WORDS for word in values)
    return frozenset(latin for word in words if (latin := romanize(word)))


def is_particle(
    key: str, latin: str | None = None, *, capital: bool = False, inner: bool = False, syllable: bool = False
) -> bool:
    """Whether a folded word carries no identity: articles, prepositions, conjunctions, de, von, bin, al, оглы.

    Some are names if they have a capital, which the key does not show: Li Na; some only if no name stands before them
    (`inner`): Ali Ben Youssef, but Ben Nevis; some if all words of the name are short (`syllable`): Pak To Chun. A
    single letter may be an initial. `latin` is the word before it is folded: Jin folds to in.

    >>> is_particle("von"), is_particle("imeni"), is_particle("vona")
    (True, True, False)
    >>> is_particle("ben"), is_particle("ben", capital=True)
    (True, False)
    >>> is_particle("in"), is_particle("in", "jin"), is_particle("in", syllable=True)
    (True, False, False)
    """
    kind = _small_words().get(key)
    if kind is None or (latin is not None and latin not in _small_latin()):
        return False
    unless = {"particle": False, "syllable": syllable, "inner": capital and not inner, "small": capital}
    return not unless.get(kind, True)


def generation(key: str) -> str:
    """Which of two people of one name a folded word behind the name means: "junior", "senior"; "" if it is none.

    >>> generation("ir"), generation("starsi"), generation("brecalov")
    ('junior', 'senior', '')
    """
    kind = _small_words().get(key, "")
    return kind if kind in ("junior", "senior") else ""
