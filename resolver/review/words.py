"""The words of many names, each with its base: Сирського and Syrskyi have one, through the cases of the language.

A base is looked for among the words that the texts hold; where none is, the most plausible base form is taken. What
has two readings stays as it is: what may be a woman's surname (Иванова) is no case of the man's (Иванов) unless a man's
given name stands beside it, and words in capitals of five letters or fewer have no cases.

The ids of words, of which signatures are made: the base itself, `given:`, `patronymic:`, `initial:`, `acronym:`,
`place:` for a place or body in whatever language (see `resolver.exonyms`), `=concept` for a generic word and
`#number` for a designation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from resolver.audit.parallel import map_in_order
from resolver.exonyms import abbreviated, phrases_near
from resolver.forms import SurfaceForm, Token
from resolver.language import names, organizations
from resolver.language.inflection import base_forms, relate, stems
from resolver.language.names import GivenName
from resolver.language.places import is_place, place_names
from resolver.language.romanization import CYRILLIC_LANGUAGES, fold, guess_language, romanize
from resolver.language.tables import read_table

Signature = tuple[str, ...]
K = TypeVar("K", str, Signature)

GIVEN, INITIAL, PATRONYMIC, ACRONYM, LEGAL = "given:", "initial:", "patronymic:", "acronym:", "legal:"
PLACE, NOT = "place:", "not:"

PLAUSIBLE = 6  # base forms of a word that count, the likeliest first; behind them stand what no language has

MAX_ACRONYM_LENGTH = 4  # letters; longer words in capitals are mostly words of a headline
MAX_CAPITALS_WITHOUT_CASES = 5  # letters; PESCO is no case of Pesci, ПУТИНА is one of Путин
MIN_GUESSED_LENGTH = 5  # letters; below it, a base form that no text holds is a guess
MIN_BASE_LENGTH = 4  # letters of a base that ends in a consonant; Bonn is none of Boni
WORDS_WITH_PATRONYMIC = 3  # of two words, the second is a surname: Roman Abramovich

_FEW = 1000  # words for which it is not worth while to start processes: 0.1 s
_BATCH = 200  # words that a process is given at once

# Languages whose names have cases, by script. In others a word of Latin script stands as it is.
_CASES_IN_LATIN = frozenset({"cs", "hr", "pl", "sk", "sl"})


class Words:
    """The words of many names, each with its base: the word whose case form it is, itself if it is none."""

    def __init__(self, forms: Iterable[SurfaceForm], *, workers: int = 1) -> None:
        self._plain: dict[str, str] = {}  # key -> how it is written, where words have no cases
        self._cased: dict[str, tuple[str, str]] = {}  # key -> (word, language), where they have
        forms = list(forms)
        known = phrases_near({token.key for form in forms for token in form.tokens})
        for form in (*forms, *(form for form, _ in known)):
            for token in filter(is_word, form.tokens):
                self._add(token, form.lang)
        self._by_stem = self._stems()
        self._base = self._bases(workers)
        self._phrases = self._signed(known)

    def signature(self, form: SurfaceForm) -> Signature:
        """The sorted ids of the words of a name."""
        if form.acronym and len(form.acronym) <= MAX_ACRONYM_LENGTH and not abbreviated(form.tokens[0].text, form.lang):
            return (ACRONYM + form.acronym,)
        return self._shortened(self._ids(form))

    def given(self, token: Token) -> GivenName | None:
        """The given name that a word is, in any case; None if it may be several, a pet form or none."""
        return _given(self._base.get(token.key, token.key)) if is_word(token) else None

    def id(self, token: Token) -> str:
        """The id of a plain word in a name of several: a given name, or the word of which it is a case form."""
        given = self.given(token)
        return GIVEN + given.group if given else self._base.get(token.key, token.key)

    def latin(self, word: str) -> str:
        """How a base is written in Latin letters."""
        if word in self._plain or word not in self._cased:
            return self._plain.get(word, word)
        return romanize(*self._cased[word]) or word

    def _add(self, token: Token, lang: str | None) -> None:
        with_cases = language_with_cases(token, lang)
        if with_cases is None:
            self._plain[token.key] = min(self._plain.get(token.key, token.latin), token.latin)
        else:
            word = token.text, with_cases
            self._cased[token.key] = min(self._cased.get(token.key, word), word)

    def _signed(self, known: Iterable[tuple[SurfaceForm, str]]) -> Mapping[str, list[tuple[Counter[str], str]]]:
        """The ids of the words of known names, each with what it names, by the first of them, the longest first."""
        places: dict[Signature, set[str]] = defaultdict(set)
        for form, place in known:
            places[self._ids(form)].add(place)
        phrases: dict[str, list[tuple[Counter[str], str]]] = defaultdict(list)
        for ids in sorted(places, key=lambda ids: (-len(ids), ids)):
            if len(places[ids]) == 1 and ids not in {(PLACE + place,) for place in places[ids]}:
                phrases[ids[0]].append((Counter(ids), PLACE + places[ids].pop()))
        return phrases

    def _shortened(self, ids: Signature) -> Signature:
        """The ids with one for the words of each known name."""
        for first in ids:
            for words, place in self._phrases.get(first, ()):
                if words <= (left := Counter(ids)):
                    return self._shortened(tuple(sorted([*(left - words).elements(), place])))
        return ids

    def _ids(self, form: SurfaceForm) -> Signature:
        genders = {given.gender for token in form.tokens if (given := self.given(token))}
        ids = []
        end = -1  # of an abbreviation, which may be spelt out in several tokens
        for token in form.tokens:
            if token.start >= end:
                place = abbreviated(token.text, form.lang)
                ids.append(PLACE + place if place else self._id(token, form, is_man=genders == {"m"}))
                end = token.end if place else end
        return tuple(sorted(ids))

    def _id(self, token: Token, form: SurfaceForm, *, is_man: bool) -> str:
        if token.initial:
            return INITIAL + token.key[0]
        if not is_word(token):
            return token.index_key
        place = _place(token, form.lang)
        if place:
            return PLACE + place
        base = self._base.get(token.key, token.key)
        if len(form.tokens) > 1 and (concept := organizations.concept(base)):
            return "=" + concept
        if token.script == "Hani":
            return token.text  # other characters of one sound are another name
        # Alone, a given name may be anybody's in any language, or a surname: only its own forms are one.
        given = _given(base) if len(form.tokens) > 1 else None
        if given:
            return GIVEN + given.group
        father = names.patronymic(base) if len(form.tokens) >= WORDS_WITH_PATRONYMIC else None
        if father:
            return PATRONYMIC + father
        man = token.key[:-1]
        if is_man and language_with_cases(token, form.lang) and _is_feminine_of(token.key, man):
            return self._base.get(man, man) if self._holds(man) else base
        return base

    def _holds(self, key: str) -> bool:
        return key in self._plain or key in self._cased

    def _stems(self) -> Mapping[str, list[str]]:
        by_stem: dict[str, list[str]] = defaultdict(list)
        for key in sorted({*self._plain, *self._cased}):
            for stem in stems(key):
                by_stem[stem].append(key)
        return by_stem

    def _bases(self, workers: int) -> dict[str, str]:
        """Word -> its base. Words whose bases are forms of each other share the one that most of them go back to."""
        cased = sorted(self._cased)
        bases_of = map_in_order(self._bases_of, cased, workers=workers if len(cased) > _FEW else 1, batch=_BATCH)
        found = {key: bases for key, bases in zip(cased, bases_of, strict=True) if bases}
        votes = Counter(base for bases in found.values() for base in bases)
        groups: dict[str, str] = {}
        for key, bases in found.items():
            for base in bases:
                groups[root(groups, key)] = root(groups, base)
        members: dict[str, list[str]] = defaultdict(list)
        for key in sorted({*found, *votes}):
            members[root(groups, key)].append(key)
        return {
            key: min(group, key=lambda word: (word not in self._plain, -votes[word], len(word), word))
            for group in members.values()
            for key in group
        }

    def _bases_of(self, key: str) -> list[str]:
        """The words of which this one is a case form, none if they may be different names."""
        if key in self._plain or names.given_names(key):
            return []
        word, lang = self._cased[key]
        near = {other for stem in stems(key) for other in self._by_stem.get(stem, ()) if other != key}
        bases = sorted(other for other in near if _is_case_of(key, other, lang))
        written = [base for base in bases if base in self._plain]
        if written:
            return written if len(written) == 1 else []
        if bases:
            return bases if all(_is_case_of(base, bases[0], lang) for base in bases[1:]) else []
        base = fold(romanize(base_forms(word, lang)[0], lang) or "")
        return [base] if len(key) >= MIN_GUESSED_LENGTH and _is_case_of(key, base, lang) else []


def is_word(token: Token) -> bool:
    """Whether a token is a plain word: no number, no generic word, no initial."""
    return not token.initial and token.index_key[0] not in "=#"


def is_known_place(signature: Signature) -> bool:
    """Whether a signature is that of a place in the table of places; it also stands for bodies, such as the UN."""
    return len(signature) == 1 and signature[0].removeprefix(PLACE) in _place_ids() and signature[0].startswith(PLACE)


@cache
def _place_ids() -> frozenset[str]:
    return frozenset(place for place, _ in read_table("places"))


def root(parents: Mapping[K, K], start: K) -> K:
    """Where the parents of `start` lead to."""
    while start in parents and parents[start] != start:
        start = parents[start]
    return start


def _given(key: str) -> GivenName | None:
    """The only given name that a folded word may be, if it is no pet form: Sasha may be two, Abbey a building."""
    readings = names.given_names(key)
    is_sure = len({reading.group for reading in readings}) == 1 and not readings[0].diminutive
    return readings[0] if is_sure else None


def _place(token: Token, lang: str | None) -> str | None:
    """The only place that a word names, in any language and case; None if it may name another, or is a given name.

    A word that may be the adjective as well, or is too short to be told by its letters, names the place if its language
    has such a case of the noun: Polski, Německu, Rosji. What may be a nominative itself is no such case (Beran, Bern).
    """
    if not (token.text.isupper() or token.text[1:].islower()):
        return None  # BeCA is no Beč
    found = place_names(token.key)
    is_only = len(found) == 1 and not found[0].is_people
    if is_only and is_place(token.key):
        return found[0].place
    cased = language_with_cases(token, lang)
    if cased is None:
        return found[0].place if is_only and not names.given_names(token.key) else None
    bases = base_forms(token.text, cased)[:PLAUSIBLE]
    if len({reading.place for reading in found}) > 1 or (not found and bases[0] == token.text):
        return None
    keys = [fold(romanize(base, cased) or "") for base in bases]
    places = {place_names(key)[0].place for key in keys if is_place(key)}
    return places.pop() if len(places) == 1 else None


def language_with_cases(token: Token, lang: str | None) -> str | None:
    """The language whose cases the word may have, or None if it has none."""
    if token.text.isupper() and len(token.text) <= MAX_CAPITALS_WITHOUT_CASES:
        return None
    if token.script == "Cyrl":
        return lang if lang in CYRILLIC_LANGUAGES else guess_language(token.text)
    return lang if token.script == "Latn" and lang in _CASES_IN_LATIN else None


def _is_case_of(form: str, base: str, lang: str) -> bool:
    """Whether a word can only be a case form of a base in this language, not the name of a woman or a relative."""
    found = relate(form, base, lang)
    if found is None or not (found.exact and found.base) or found.gender or found.lang != lang:
        return False
    return len(base) >= MIN_BASE_LENGTH or base[-1] in "aeiou"


def _is_feminine_of(word: str, man: str) -> bool:
    """Whether a surname may be a man's in the genitive or dative, or a woman's: Иванова, Путину."""
    return word[-1] in "au" and man.endswith(("v", "n"))
