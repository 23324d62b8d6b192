"""The parts of names and what they are: what comes in is a word of a name, what goes out is what is known about it.

    given_names, patronymic       the parts of a person's name, across languages
    is_title, is_particle         words that stand beside a name, or inside it, and say nothing about who is meant
    legal_forms                   ООО, Joint Stock Company, GmbH: the span of them in the words of a name
    concept, concept_phrases      the generic words of organisations: завод, zakład and plant are one concept
    expansion, concept_initials   НИИ spelt out, and the letters that a concept may give to an acronym

Words are looked up by their key, `fold(romanize(word))`, so that a table holds each word once, in a readable spelling;
only legal forms and abbreviations need the original word, since its capitals matter. The tables are the text files
beside this module; each is read when it is first needed.

Known limits: a word is judged alone, so Верховна Рада holds a "patronymic" and "Lady M" a title: callers know the
position and the kind of name. Words that are written without spaces (Han) have no legal form unless it stands apart.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from resolver.language.romanization import fold, fold_words, repair_homoglyphs, romanize
from resolver.language.tables import read_table

_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ|"))
_VOWELS = "aeiou"


def _key(word: str) -> str:
    """The folded key of a table's word; apostrophes and the seams of compounds are no part of it."""
    latin = romanize(word.translate(_APOSTROPHES))
    return fold(latin) if latin else ""


def _keys(words: Sequence[str]) -> list[str]:
    """The folded keys of a table's words, at once."""
    return fold_words([word.translate(_APOSTROPHES) for word in words])


# --- words with endings


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Whole words, and stems that take one of the given endings and nothing else; each means one thing."""

    words: Mapping[str, str]
    stems: Mapping[str, str]
    endings: frozenset[str]
    longest_ending: int

    def find(self, key: str) -> str | None:
        """What the word means, or None. A whole word goes first, then the longest stem."""
        return self.words.get(key) or next((self.stems[stem] for stem in self.stems_of(key)), None)

    def stems_of(self, key: str) -> Iterator[str]:
        """The stems that make up the key together with an ending, the longest first."""
        for end in range(len(key), max(2, len(key) - self.longest_ending - 1), -1):
            # The fold merges a doubled letter at the seam: the ending may begin with the last letter of the stem.
            if key[:end] in self.stems and (key[end:] in self.endings or key[end - 1 :] in self.endings):
                yield key[:end]


def _endings(table: str) -> frozenset[str]:
    """The folded endings of a table; folded behind a consonant, as fold contracts across the seam."""
    listed = [ending for key, values in read_table(table) if key == "endings" for ending in values]
    return frozenset({"", *(_key(f"n{e}" if e.isascii() else f"н{e}")[1:] for e in listed)})


def _lexicon(entries: Iterable[tuple[str, str]], endings: frozenset[str]) -> _Lexicon:
    """The lexicon of (spelling, meaning) pairs. A spelling that ends in * is a stem."""
    words: dict[str, str] = {}
    stems: dict[str, str] = {}
    listed = list(entries)
    for (spelling, meaning), key in zip(listed, _keys([spelling for spelling, _ in listed]), strict=True):
        (stems if spelling.endswith("*") else words).setdefault(key, meaning)
    return _Lexicon(words, stems, endings, max(map(len, endings)))


# --- persons


@dataclass(frozen=True, slots=True)
class GivenName:
    """One reading of a word as a given name.

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
    fathers: dict[str, str] = {}
    short_fathers: dict[str, str] = {}
    rows = read_table("given_names")
    spelt = [(row, spelling.lstrip("~+")) for row, values in rows for spelling in (row.split()[0], *values)]
    keys: dict[str, list[str]] = {}
    for (row, _), key in zip(spelt, _keys([spelling for _, spelling in spelt]), strict=True):
        keys.setdefault(row, []).append(key)
    for row, values in rows:
        name, gender = row.split()
        for spelling, key in zip((name, *values), keys[row], strict=True):
            if spelling.startswith("+"):
                stems = fathers if _REGULAR.fullmatch(key) else short_fathers
                stems[_father_of(key)] = name.lower()
                continue
            reading = GivenName(name.lower(), gender, spelling.startswith("~"))
            readings[key] = (*readings.get(key, ()), reading)
            if gender == "m" and not reading.diminutive:
                fathers.setdefault(key.rstrip(_VOWELS), name.lower())
    return _GivenNames(readings, fathers, short_fathers)


def given_names(key: str) -> tuple[GivenName, ...]:
    """The given names that a folded word may be a spelling of; none if it is not known as one.

    >>> from resolver.language.romanization import fold, romanize
    >>> [name.group for name in given_names(fold(romanize("Володимир")))]
    ['vladimir']
    >>> [(name.group, name.gender, name.diminutive) for name in given_names("sasa")]
    [('aleksandr', 'm', True), ('aleksandra', 'f', True)]
    """
    return _given().readings.get(key, ())


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


@lru_cache(maxsize=16384)
def _parse_patronymic(key: str) -> tuple[str, str] | None:
    """The father (his group, or his folded stem if unknown) and the gender of the bearer."""
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


@cache
def _titles() -> tuple[_Lexicon, frozenset[str]]:
    rows = read_table("titles")
    kinds = [(word, kind) for kind, values in rows if kind not in ("endings", "particle") for word in values]
    particles = frozenset(_key(word) for kind, values in rows if kind == "particle" for word in values)
    return _lexicon(kinds, _endings("titles")), particles


def is_title(key: str, *, leading: bool = False) -> bool:
    """Whether a folded word is an honorific, a rank or an office, in English, Russian, Ukrainian, Polish or Czech.

    Some titles are surnames as well: they count only if the caller says that more of the name follows (`leading`).

    >>> is_title("hubernatora"), is_title("polkovniku"), is_title("heneralov")
    (True, True, False)
    >>> is_title("kinh"), is_title("kinh", leading=True)
    (False, True)
    """
    kind = _titles()[0].find(key)
    return kind is not None and (leading or kind != "leading")


def is_particle(key: str) -> bool:
    """Whether a folded word carries no identity: articles, prepositions, conjunctions, de, von, bin, al, оглы.

    A single letter may be an initial instead; its capital tells, which the key does not show.

    >>> is_particle("von"), is_particle("imeni"), is_particle("vona")
    (True, True, False)
    """
    return key in _titles()[1]


# --- legal forms


@dataclass(frozen=True, slots=True)
class LegalForm:
    """The words [start, end) of a name are its legal form; `form` is the same in all languages ("llc")."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class _LegalForms:
    """Phrases by their first pattern ("stem*" or a key), the longest first; abbreviations as they are written."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    abbreviations: Mapping[str, str]
    only_last: frozenset[str]
    stems: _Lexicon


@cache
def _legal() -> _LegalForms:
    entries = [(spelling, form) for form, values in read_table("legal_forms") for spelling in values]
    short = [(spelling, form) for spelling, form in entries if _is_matched_as_written(spelling)]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, str] = {}
    for spelling, form in entries:
        if not _is_matched_as_written(spelling):
            pattern = tuple(_key(word) + "*" * word.endswith("*") for word in spelling.split())
            phrases.setdefault(pattern[0], []).append((pattern, form))
            stems.update((word[:-1], word) for word in pattern if word.endswith("*"))
    endings = _endings("glossary")
    return _LegalForms(
        phrases={first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in phrases.items()},
        abbreviations={spelling.lstrip("-"): form for spelling, form in short},
        only_last=frozenset(spelling[1:] for spelling, _ in short if spelling.startswith("-")),
        stems=_Lexicon({}, stems, endings, max(map(len, endings))),
    )


def _is_matched_as_written(spelling: str) -> bool:
    return " " not in spelling and len(spelling.lstrip("-")) < 6


def legal_forms(words: Sequence[str]) -> tuple[LegalForm, ...]:
    """The legal forms among the words of a name, in order; none if nothing else would be left of the name.

    The words are the original ones: capitals tell AO, a joint-stock company, from Ao, a part of a name.

    >>> legal_forms(["ООО", "Купол"])
    (LegalForm(start=0, end=1, form='llc'),)
    >>> legal_forms(["Kupol", "Joint", "Stock", "Company"])
    (LegalForm(start=1, end=4, form='jsc'),)
    >>> legal_forms(["Ao", "Kupol"]), legal_forms(["ООО"])
    ((), ())
    """
    found = []
    start = 0
    while start < len(words):
        form = _phrase_at(words, start) or _abbreviation_at(words, start) or _spaced_abbreviation_at(words, start)
        if form:
            found.append(form)
        start = form.end if form else start + 1
    if not found:
        return ()
    covered = {index for form in found for index in range(form.start, form.end)}
    left = [word for index, word in enumerate(words) if index not in covered and not is_particle(_key(word))]
    return tuple(found) if left else ()


@lru_cache(maxsize=16384)
def _patterns_of(word: str) -> tuple[str, ...]:
    """What may stand for the word in a phrase: its key, or a stem of it."""
    key = _key(repair_homoglyphs(word))
    return (key, *(f"{stem}*" for stem in _legal().stems.stems_of(key)))


def _phrase_at(words: Sequence[str], start: int) -> LegalForm | None:
    for first in _patterns_of(words[start]):
        for pattern, form in _legal().phrases.get(first, ()):
            end = start + len(pattern)
            if end <= len(words) and all(map(_fits, pattern, words[start:end])):
                return LegalForm(start, end, form)
    return None


def _fits(pattern: str, word: str) -> bool:
    return pattern in _patterns_of(word)


def _abbreviation_at(words: Sequence[str], start: int) -> LegalForm | None:
    word = repair_homoglyphs(words[start])
    form = _legal().abbreviations.get(word)
    is_last = start == len(words) - 1
    if form is None:
        return None
    if not is_last and (word in _legal().only_last or (len(word) == 2 and word.isascii() and start > 0)):
        return None
    return LegalForm(start, start + 1, form)


def _spaced_abbreviation_at(words: Sequence[str], start: int) -> LegalForm | None:
    """S.A. and д.о.о., which arrive as single letters. Two of them behind one word may be initials: Ivanov S.A."""
    end = start
    while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
        end += 1
    letters = "".join(words[start:end])
    form = _legal().abbreviations.get(letters)
    if form is None or len(letters) < 2:
        return None
    if len(letters) == 2 and (start < 2 or end < len(words) or not letters.isascii()):
        return None
    return LegalForm(start, end, form)


# --- generic words of organisations


@dataclass(frozen=True, slots=True)
class _Glossary:
    lexicon: _Lexicon
    phrases: Mapping[tuple[str, ...], str]
    native: Mapping[str, tuple[str, ...]]  # the Cyrillic spellings of a concept


@cache
def _glossary() -> _Glossary:
    entries: list[tuple[str, str]] = []
    phrases: dict[tuple[str, ...], str] = {}
    native: dict[str, tuple[str, ...]] = {}
    for concept_id, values in read_table("glossary"):
        if concept_id == "endings":
            continue
        own = (concept_id.replace("-", " "), concept_id.replace("-", ""))
        for spelling in dict.fromkeys((*own, *values)):
            if " " in spelling:
                phrases[tuple(map(_key, spelling.split()))] = concept_id
            else:
                entries.append((spelling, concept_id))
        native[concept_id] = tuple(spelling for spelling in values if "Ѐ" <= spelling[0] <= "ԯ")
    return _Glossary(_lexicon(entries, _endings("glossary")), MappingProxyType(phrases), native)


@lru_cache(maxsize=65536)
def concept(key: str) -> str | None:
    """The concept of a folded generic word of organisations, offices or places, in whatever case and language.

    >>> concept("zavodom"), concept("zaklad"), concept("factori"), concept("naucno")
    ('plant', 'plant', 'plant', 'scientific')
    >>> concept("sirius"), concept("radiosviaz"), concept("novosibirsk"), concept("porto")
    (None, None, None, None)
    """
    return _glossary().lexicon.find(key)


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(word for _, words in read_table("demonyms") for word in words)


def is_demonym(word: str) -> bool:
    """Whether an English word, in lower case, is a people or the adjective of a place; plurals count.

    >>> is_demonym("israeli"), is_demonym("swedes"), is_demonym("israel")
    (True, True, False)
    """
    return word in _demonyms() or (word.endswith("s") and word[:-1] in _demonyms())


@cache
def _kinds() -> Mapping[str, str]:
    return {word: kind for kind, words in read_table("kinds") for word in words}


def kind_of(concept: str) -> str | None:
    """The entity type that a generic word makes of a name, or None if it goes either way.

    >>> kind_of("bank"), kind_of("district"), kind_of("republic")
    ('organization', 'location', None)
    """
    return _kinds().get(concept)


def concept_phrases() -> Mapping[tuple[str, ...], str]:
    """The phrases, as folded words, that are one word in Russian: ("machine", "building") is машиностроение."""
    return _glossary().phrases


@cache
def concept_initials(concept: str) -> tuple[str, ...]:
    """The folded letters that a concept may give to an acronym in Russian, Ukrainian or English.

    >>> concept_initials("scientific"), concept_initials("machine-building")
    (('n', 's'), ('m', 'ms', 'mb', 'mn'))
    """
    native = _glossary().native.get(concept)
    if native is None:
        return ()
    parts = [re.split(r"[|-]", spelling) for spelling in (*native, concept)]
    letters = [[_key(part)[0] for part in compound] for compound in parts]
    return tuple(dict.fromkeys(initial for word in letters for initial in (word[0], "".join(word))))


@cache
def _expansions() -> Mapping[str, tuple[str, ...]]:
    return {spelling: concepts for row, concepts in read_table("acronyms") for spelling in row.split()}


def expansion(word: str) -> tuple[str, ...] | None:
    """The concepts that a well-known abbreviation, in its capitals, stands for.

    >>> expansion("НИИ"), expansion("OKB"), expansion("Нии")
    (('scientific', 'research', 'institute'), ('experimental', 'design', 'bureau'), None)
    """
    return _expansions().get(repair_homoglyphs(word))
