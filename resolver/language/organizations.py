"""The parts of the names of organisations: what comes in is a word of a name, what goes out is what is known about it.

    legal_forms                   ООО, Joint Stock Company, GmbH: the span of them in the words of a name
    concept, concept_phrases      the generic words of organisations: завод, zakład and plant are one concept
    kind_of, is_demonym           what kind of thing a generic word makes of a name; Israeli is not Israel
    is_head, is_plain_firm        whether English puts it last and Russian first; whether it is a word for any firm
    is_class                      whether it says of what class a product is: the frigate Admiral Essen
    fields_of                     the fields of a trade: a bank and a railway are two firms
    expansion, concept_initials   НИИ spelt out, and the letters that a concept may give to an acronym
    syllables_of                  the syllables that it may give to a name like Красмаш

Words are looked up by their key, `fold(romanize(word))`, so that a table holds each word once, in a readable spelling;
only legal forms and abbreviations need the original word, since its capitals matter. The tables are the text files
beside this module; each is read when it is first needed.

Known limits: a word is judged alone. Words that are written without spaces (Han) have no legal form unless it stands
apart.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from rapidfuzz.distance import OSA

from resolver.language.lexicon import Lexicon, endings_of, key_of, lexicon, lexicon_of
from resolver.language.names import is_particle
from resolver.language.romanization import repair_homoglyphs
from resolver.language.tables import read_table
from resolver.memory import FEW

# --- legal forms

_NO_TYPES = ("head", "firm", "class", "people")  # rows of `kinds` that are no types of entities
_MIN_MISSPELT = 7  # letters of a word of a legal form, the star of a stem too, from which on it may be misspelt
# How the last consonant of a stem sounds before the -e and -i of datives and locatives: uniwersytecie, спілці.
_SOFTENED = (("cie", "t"), ("dzie", "d"), ("rze", "r"), ("ie", ""), ("ce", "k"), ("ci", "k"))
_MIN_FLEETING = 6  # letters of a word whose last vowel may be a fleeting e: Karen is no case of anything


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
    stems: Lexicon
    long: Mapping[str, tuple[str, ...]]  # the patterns that may be misspelt, by their first letter


@cache
def _legal() -> _LegalForms:
    entries = [(spelling, form) for form, values in read_table("legal_forms") for spelling in values]
    short = [(spelling, form) for spelling, form in entries if _is_matched_as_written(spelling)]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, str] = {}
    for spelling, form in entries:
        if not _is_matched_as_written(spelling):
            pattern = tuple(key_of(word) + "*" * word.endswith("*") for word in spelling.split())
            phrases.setdefault(pattern[0], []).append((pattern, form))
            stems.update((word[:-1], word) for word in pattern if word.endswith("*"))
    long = {word for rows in phrases.values() for row, _ in rows for word in row if len(word) >= _MIN_MISSPELT}
    return _LegalForms(
        phrases={first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in phrases.items()},
        abbreviations={spelling.lstrip("-"): form for spelling, form in short},
        only_last=frozenset(spelling[1:] for spelling, _ in short if spelling.startswith("-")),
        stems=lexicon_of({}, stems, endings_of("glossary")),
        long={letter: tuple(group) for letter, group in groupby(sorted(long), key=itemgetter(0))},
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
    if not any(map(_may_begin, words)):
        return ()
    found = []
    start = 0
    while start < len(words):
        form = _form_at(words, start) if _may_begin(words[start]) else None
        if form:
            found.append(form)
        start = form.end if form else start + 1
    if not found:
        return ()
    covered = {index for form in found for index in range(form.start, form.end)}
    left = [word for index, word in enumerate(words) if index not in covered and not is_particle(key_of(word))]
    return tuple(found) if left else ()


@lru_cache(maxsize=FEW)
def _patterns_of(word: str) -> tuple[str, ...]:
    """What may stand for the word in a phrase: its key, a stem of it, or else a long word that it misspells."""
    key = key_of(repair_homoglyphs(word))
    found = (key, *(f"{stem}*" for stem in _legal().stems.stems_of(key)))
    if len(found) > 1 or len(key) < _MIN_MISSPELT - 1 or concept(key):
        return found
    return (key, *(long for long in _legal().long.get(key[0], ()) if _is_misspelling(key, long)))


def _is_misspelling(key: str, pattern: str) -> bool:
    """Whether a letter more, less, or another one, or two that changed places, part a key from a pattern.

    >>> [_is_misspelling(key, "limited") for key in ("limied", "limit")], _is_misspelling("obcestvu", "obsestv*")
    ([True, False], True)
    """
    if not pattern.endswith("*"):
        return OSA.distance(key, pattern, score_cutoff=1) == 1
    stem, endings = pattern[:-1], _legal().stems.endings
    cuts = range(len(stem) - 1, min(len(stem) + 1, len(key)) + 1)
    return any(key[cut:] in endings and OSA.distance(key[:cut], stem, score_cutoff=1) == 1 for cut in cuts)


@lru_cache(maxsize=FEW)
def _may_begin(word: str) -> bool:
    """Whether a legal form may begin with the word."""
    legal = _legal()
    return (
        (len(word) == 1 and word.isalpha())
        or repair_homoglyphs(word) in legal.abbreviations
        or any(pattern in legal.phrases for pattern in _patterns_of(word))
    )


def _form_at(words: Sequence[str], start: int) -> LegalForm | None:
    return _phrase_at(words, start) or _abbreviation_at(words, start) or _spaced_abbreviation_at(words, start)


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
    """S.A. and д.о.о., which arrive as single letters. Two capitals behind one word may be initials: Ivanov S.A."""
    end = start
    while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
        end += 1
    letters = "".join(words[start:end])
    form = _legal().abbreviations.get(letters)
    if form is None or len(letters) < 2:
        return None
    if len(letters) == 2 and not letters.islower() and (start < 2 or end < len(words) or not letters.isascii()):
        return None
    return LegalForm(start, end, form)


# --- generic words of organisations


@dataclass(frozen=True, slots=True)
class _Glossary:
    lexicon: Lexicon
    phrases: Mapping[tuple[str, ...], str]
    native: Mapping[str, tuple[str, ...]]  # the Cyrillic spellings of a concept
    english: Mapping[str, tuple[str, ...]]  # its own name, and the English phrases for it


@cache
def _glossary() -> _Glossary:
    entries: list[tuple[str, str]] = []
    phrases: dict[tuple[str, ...], str] = {}
    native: dict[str, tuple[str, ...]] = {}
    english: dict[str, tuple[str, ...]] = {}
    for concept_id, values in read_table("glossary"):
        if concept_id == "endings":
            continue
        own = (concept_id.replace("-", " "), concept_id.replace("-", ""))
        for spelling in dict.fromkeys((*own, *values)):
            if " " in spelling:
                phrases[tuple(map(_part_of_phrase, spelling.split()))] = concept_id
            else:
                entries.append((spelling, concept_id))
        native[concept_id] = tuple(spelling for spelling in values if "Ѐ" <= spelling[0] <= "ԯ")
        english[concept_id] = (concept_id, *(s for s in values if " " in s and s.isascii() and not set("=*") & set(s)))
    return _Glossary(lexicon(entries, endings_of("glossary")), MappingProxyType(phrases), native, english)


def _part_of_phrase(word: str) -> str:
    return word if word.startswith("=") else key_of(word)


@lru_cache(maxsize=FEW)
def concept(key: str) -> str | None:
    """The concept of a folded generic word of organisations, offices or places, in whatever case and language.

    A stem that ends in -n has an e in front of it where no ending follows: научен институт, научни институти. Before
    some endings its last consonant changes.

    >>> concept("zavodom"), concept("zaklad"), concept("faktori"), concept("naucno")
    ('plant', 'plant', 'plant', 'scientific')
    >>> concept("naucen"), concept("universitecie"), concept("dresden"), concept("tokio")
    ('scientific', 'university', None, None)
    >>> concept("sirius"), concept("radiosviaz"), concept("novosibirsk"), concept("porto")
    (None, None, None, None)
    """
    words = _glossary().lexicon
    found = words.find(key)
    if found is None and key.endswith("en") and len(key) >= _MIN_FLEETING:
        return words.stems.get(key[:-2] + "n")
    if found is None:
        hard = (key.removesuffix(soft) + last for soft, last in _SOFTENED if key.endswith(soft))
        return next((words.stems[stem] for stem in hard if stem in words.stems), None)
    return found


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
def _kinds() -> Mapping[str, frozenset[str]]:
    """The rows of the table: the words that make an entity of a type, the heads of names, the plain words for firms."""
    return {row: frozenset(words) for row, words in read_table("kinds")}


@cache
def kind_of(concept: str) -> str | None:
    """The entity type that a generic word makes of a name, or None if it goes either way.

    >>> kind_of("bank"), kind_of("district"), kind_of("republic")
    ('organization', 'location', None)
    """
    return next((row for row, words in _kinds().items() if concept in words and row not in _NO_TYPES), None)


def is_head(concept: str) -> bool:
    """Whether English puts a generic word last in a name where Russian puts it first: plant, centre.

    >>> is_head("center"), is_head("bank"), is_head("aviation")
    (True, True, False)
    """
    return concept in _kinds()["head"] or concept in _kinds()["organization"]


def is_plain_firm(concept: str) -> bool:
    """Whether a generic word says only that the thing is a firm: it comes and goes in names.

    >>> is_plain_firm("concern"), is_plain_firm("plant")
    (True, False)
    """
    return concept in _kinds()["firm"]


def is_people(concept: str) -> bool:
    """Whether a generic word says who acts for a body, and makes no other body of it: the forces of NATO.

    >>> is_people("representative"), is_people("ministry")
    (True, False)
    """
    return concept in _kinds()["people"]


def is_class(concept: str) -> bool:
    """Whether a generic word says of what class a product is: it comes and goes in names.

    >>> is_class("frigate"), is_class("missile"), is_class("plant")
    (True, True, False)
    """
    return concept in _kinds()["class"]


@cache
def _fields() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for field, trades in read_table("fields"):
        for trade in trades:
            found[trade] = found.get(trade, frozenset()) | {field}
    return found


def fields_of(concept: str) -> frozenset[str]:
    """The fields that a trade belongs to, none for a word that fits any firm. Words of two fields name two things.

    >>> sorted(fields_of("railway")), fields_of("bank") & fields_of("railway"), fields_of("group")
    (['railway'], frozenset(), frozenset())
    """
    return _fields().get(concept, frozenset())


def concept_phrases() -> Mapping[tuple[str, ...], str]:
    """The phrases that are one word in Russian, as folded words or concepts.

    ("machine", "building") is машиностроение, and ("=scientific", "=research") in any language is research.
    """
    return _glossary().phrases


@cache
def concept_initials(concept: str, *, english: bool = False) -> tuple[str, ...]:
    """The folded letters that a concept may give to an acronym: in Russian and Ukrainian, or else in English.

    >>> concept_initials("scientific"), concept_initials("machine-building"), concept_initials("plant", english=True)
    (('n',), ('m', 'ms', 'mb', 'mn'), ('p',))
    """
    known = (_glossary().english if english else _glossary().native).get(concept, ())
    parts = [re.split(r"[| -]", spelling) for spelling in known]
    letters = [[key_of(part)[0] for part in compound] for compound in parts]
    return tuple(dict.fromkeys(initial for word in letters for initial in (word[0], "".join(word))))


@cache
def _syllables() -> Mapping[str, tuple[str, ...]]:
    return {concept: tuple(map(key_of, syllables)) for concept, syllables in read_table("syllables")}


def syllables_of(concept: str) -> tuple[str, ...]:
    """The folded syllables that a concept may give to a name: маш of Красмаш is machine building.

    >>> syllables_of("machine-building"), syllables_of("group")
    (('mas',), ())
    """
    return _syllables().get(concept, ())


@cache
def _endings_of_names() -> Mapping[int, frozenset[str]]:
    """The syllables by their length, the longest first."""
    known = {syllable for syllables in _syllables().values() for syllable in syllables}
    sizes = sorted({len(syllable) for syllable in known}, reverse=True)
    return {size: frozenset(syllable for syllable in known if len(syllable) == size) for size in sizes}


def ends_in_syllable(key: str) -> int:
    """How many letters at the end of a folded word are a syllable of a generic word: 3 of krasmas, or 0.

    >>> ends_in_syllable("krasmas"), ends_in_syllable("kupol")
    (3, 0)
    """
    for size, endings in _endings_of_names().items():
        if key[-size:] in endings:
            return size
    return 0


@cache
def _related() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, group in read_table("related"):
        for word in group:
            found[word] = (*found.get(word, ()), *(other for other in group if other != word))
    return found


def related_concepts(concept: str) -> tuple[str, ...]:
    """The concepts that translators use for one another: машиностроение is machine building, or engineering.

    They come in the order of the table, the usual ones first.

    >>> related_concepts("bureau"), related_concepts("bank")
    (('office', 'center'), ())
    """
    return _related().get(concept, ())


@cache
def _expansions() -> Mapping[str, tuple[str, ...]]:
    return {spelling: concepts for row, concepts in read_table("acronyms") for spelling in row.split()}


def expansion(word: str) -> tuple[str, ...] | None:
    """The concepts that a well-known abbreviation, in its capitals, stands for.

    >>> expansion("НИИ"), expansion("OKB"), expansion("Нии")
    (('research', 'institute'), ('experimental', 'design', 'bureau'), None)
    """
    return _expansions().get(repair_homoglyphs(word))
