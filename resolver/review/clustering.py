"""Names -> clusters: which spellings seem to be one name. No pair is compared unless the two share a blocking key.

1. `Words` finds the base of every word: Сирського and Syrskyi have one, through the cases of the language.
2. A name becomes a signature: the sorted ids of its words. Forms of one given name in several languages share an id.
   Equal signatures are one name, whatever the script, the case and the word order.
3. A long word with one slip inside (Bechalov, Brechalov) joins the name without it, if all other words are equal.
4. A short form ("Syrskyi") joins a longer name of a person ("Oleksandr Syrskyi"), if exactly one holds it.

It fails closed: what may be a woman's surname (Иванова) is no case of the man's (Иванов) unless a man's given name
stands beside it; an acronym is no word (OSA, Osa); two longer names that hold a surname keep it apart from both.
The result depends on the set of names alone, not on their order or counts.
Known limit: near-twin surnames of eight letters and more that differ by one letter too many are taken for a typo.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import OSA

from resolver.forms import SurfaceForm, Token, analyse
from resolver.language import names
from resolver.language.inflection import base_forms, relate, stems
from resolver.language.names import GivenName
from resolver.language.romanization import fold, guess_language, romanize

MIN_TYPO_LENGTH = 8  # letters; below it, one edit makes another surname too often
MAX_ACRONYM_LENGTH = 4  # letters; longer words in capitals are words of a headline
MIN_GUESSED_LENGTH = 5  # letters; below it, a base form that no text holds is a guess

# Languages whose names have cases, by script. In others a word of Latin script stands as it is.
_CASES_IN_CYRILLIC = frozenset({"be", "bg", "mk", "ru", "sr", "uk"})
_CASES_IN_LATIN = frozenset({"cs", "hr", "pl", "sk", "sl"})
_GIVEN, _INITIAL, _PATRONYMIC, _ACRONYM = "given:", "initial:", "patronymic:", "acronym:"

_WORDS_WITH_PATRONYMIC = 3  # of two words, the second is a surname: Roman Abramovich

Signature = tuple[str, ...]
_Key = TypeVar("_Key", str, Signature)


@dataclass(frozen=True, slots=True)
class Name:
    """A distinct spelling, with the language and type it was mostly seen with."""

    text: str
    lang: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Spellings of one name.

    canonical   the ids of the fullest name in the cluster: what the key of an item is made of
    texts       all spellings, sorted
    full        those of the fullest name -> the same in the nominative
    """

    canonical: Signature
    texts: tuple[str, ...]
    full: Mapping[str, str]


def cluster(found: Iterable[Name]) -> list[Cluster]:
    """The clusters of these names, sorted by `canonical`; a name without a letter or digit is in none.

    >>> for group in cluster(map(Name, ["Oleksandr Syrskyi", "Syrskyi", "Сирського", "Andrii Kovalenko"])):
    ...     print(group.canonical, group.texts)
    ('given:aleksandr', 'sirski') ('Oleksandr Syrskyi', 'Syrskyi', 'Сирського')
    ('given:andrei', 'kovalenko') ('Andrii Kovalenko',)
    """
    forms = {name: form for name in sorted(set(found), key=_order) if (form := analyse(name.text, name.lang))}
    words = Words(forms.values())
    groups: dict[Signature, list[Name]] = defaultdict(list)
    for name, form in forms.items():
        groups[words.signature(form)].append(name)
    hubs = _join_typos(groups, words)
    hubs = _join_short_forms(groups, hubs, _initials(groups, forms, words))
    members: dict[Signature, list[Name]] = defaultdict(list)
    for signature, group in groups.items():
        members[_root(hubs, signature)] += group
    return [
        Cluster(
            hub,
            tuple(sorted({name.text for name in members[hub]})),
            {name.text: words.nominative(forms[name]) for name in groups[hub]},
        )
        for hub in sorted(members)
    ]


class Words:
    """The words of many names, each with its base: the word whose case form it is, itself if it is none."""

    def __init__(self, forms: Iterable[SurfaceForm]) -> None:
        self._plain: dict[str, str] = {}  # key -> how it is written, where words have no cases
        self._cased: dict[str, tuple[str, str]] = {}  # key -> (word, language), where they have
        for form in forms:
            for token in filter(_is_word, form.tokens):
                lang = _language_with_cases(token, form.lang)
                if lang is None:
                    self._plain[token.key] = min(self._plain.get(token.key, token.latin), token.latin)
                else:
                    seen = self._cased.get(token.key, (token.text, lang))
                    self._cased[token.key] = min(seen, (token.text, lang))
        self._by_stem = self._stems()
        self._base = self._bases()

    def signature(self, form: SurfaceForm) -> Signature:
        """The sorted ids of the words of a name."""
        if form.acronym and len(form.acronym) <= MAX_ACRONYM_LENGTH:
            return (_ACRONYM + form.acronym,)
        genders = {given.gender for token in form.tokens if (given := self.given(token))}
        return tuple(sorted(self._id(token, form, is_man=genders == {"m"}) for token in form.tokens))

    def given(self, token: Token) -> GivenName | None:
        """The given name that a word is, in any case; None if it may be several or none."""
        return _given(self._base.get(token.key, token.key)) if _is_word(token) else None

    def latin(self, word: str) -> str:
        """How a base is written in Latin letters."""
        if word in self._plain or word not in self._cased:
            return self._plain.get(word, word)
        return romanize(*self._cased[word]) or word

    def nominative(self, form: SurfaceForm) -> str:
        """The name as written, each word that is a case form of its base put into the nominative."""
        ids = self.signature(form)
        text, end = "", 0
        for token in form.tokens:
            lang = _language_with_cases(token, form.lang)
            if lang and _is_word(token) and token.start >= end:
                text += form.text[end : token.start] + self._nominative(token, lang, ids)
                end = token.end
        return text + form.text[end:]

    def _id(self, token: Token, form: SurfaceForm, *, is_man: bool) -> str:
        if token.initial:
            return _INITIAL + token.key[0]
        if not _is_word(token):
            return token.index_key
        base = self._base.get(token.key, token.key)
        given = _given(base)
        if given:
            return _GIVEN + given.group
        father = names.patronymic(base) if len(form.tokens) >= _WORDS_WITH_PATRONYMIC else None
        if father:
            return _PATRONYMIC + father
        man = token.key[:-1]
        if is_man and _language_with_cases(token, form.lang) and _is_feminine_of(token.key, man) and self._holds(man):
            return self._base.get(man, man)
        return base

    def _nominative(self, token: Token, lang: str, ids: Signature) -> str:
        if token.key in ids:
            return token.text
        for word in base_forms(token.text, lang):
            key = fold(romanize(word, lang) or "")
            given = _given(key)
            if key in ids or (given and _GIVEN + given.group in ids):
                return word
        return token.text

    def _holds(self, key: str) -> bool:
        return key in self._plain or key in self._cased

    def _stems(self) -> Mapping[str, list[str]]:
        by_stem: dict[str, list[str]] = defaultdict(list)
        for key in sorted({*self._plain, *self._cased}):
            for stem in stems(key):
                by_stem[stem].append(key)
        return by_stem

    def _bases(self) -> dict[str, str]:
        """Word -> its base. Words whose bases are forms of each other share the one that most of them go back to."""
        found = {key: bases for key in sorted(self._cased) if (bases := self._bases_of(key))}
        votes = Counter(base for bases in found.values() for base in bases)
        groups: dict[str, str] = {}
        for key, bases in found.items():
            for base in bases:
                groups[_root(groups, key)] = _root(groups, base)
        members: dict[str, list[str]] = defaultdict(list)
        for key in sorted({*found, *votes}):
            members[_root(groups, key)].append(key)
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
        guess = base_forms(word, lang)[0]
        base = fold(romanize(guess, lang) or "")
        return [base] if len(key) >= MIN_GUESSED_LENGTH and _is_case_of(key, base, lang) else []


def _join_typos(groups: Mapping[Signature, list[Name]], words: Words) -> dict[Signature, Signature]:
    """Signature -> the longer one of which it is a misspelling. One that took others in joins none: no chains."""
    near: dict[tuple[Signature, str], list[tuple[Signature, str]]] = defaultdict(list)
    for signature in sorted(groups):
        for word in signature:
            if ":" not in word and word[0] not in "=#" and len(words.latin(word)) >= MIN_TYPO_LENGTH:
                rest = tuple(other for other in signature if other != word)
                for key in _with_one_letter_less(word):
                    near[rest, key].append((signature, word))
    hubs: dict[Signature, Signature] = {}
    taken: set[Signature] = set()
    for _, signature, hub in sorted(set(_typos(near, words))):
        if hub not in hubs and signature not in hubs and signature not in taken:
            hubs[signature] = hub
            taken.add(hub)
    return hubs


def _typos(
    near: Mapping[tuple[Signature, str], list[tuple[Signature, str]]], words: Words
) -> Iterator[tuple[int, Signature, Signature]]:
    """(order, misspelling, name) of names that are alike but for one word; the longest names come first."""
    for (rest, _), found in near.items():
        hub, written = min(found, key=lambda pair: (-len(pair[1]), pair[1]))
        for signature, word in found:
            if signature != hub and _is_typo(words.latin(word), words.latin(written), bool(rest)):
                yield -len(written), signature, hub


def _join_short_forms(
    groups: Mapping[Signature, list[Name]],
    hubs: Mapping[Signature, Signature],
    initials: Mapping[Signature, frozenset[str]],
) -> dict[Signature, Signature]:
    """The hubs, and for each short form the only longer name of a person that holds it."""
    joined = dict(hubs)
    holders: dict[str, list[Signature]] = defaultdict(list)
    for signature in sorted(groups, key=_fullness, reverse=True):
        surnames = [word for word in signature if ":" not in word]
        longer = set(holders[min(surnames, key=lambda word: (len(holders[word]), word))]) if surnames else set()
        longer = {other for other in longer if not Counter(surnames) - Counter(other)}
        roots = {_root(joined, other) for other in longer if _fullness(other) > _fullness(signature)}
        roots.discard(_root(joined, signature))
        if len(roots) == 1 and signature not in joined:
            (long,) = roots
            if _is_short_form(signature, long, groups, initials):
                joined[signature] = long
        for word in surnames:
            holders[word].append(signature)
    return joined


def _is_short_form(
    short: Signature,
    long: Signature,
    groups: Mapping[Signature, list[Name]],
    initials: Mapping[Signature, frozenset[str]],
) -> bool:
    """Whether a name is what is left of a person's longer name: no other words, and initials that fit."""
    plain = Counter(word for word in short if not word.startswith(_INITIAL))
    if plain - Counter(long) or any(word[0] in "=#" for word in short):
        return False
    if not all(word[-1] in initials[long] for word in short if word.startswith(_INITIAL)):
        return False
    types = {name.type for name in groups[long]}, {name.type for name in groups[short]} - {None}
    is_person = "person" in types[0] or any(word.startswith(_GIVEN) for word in long)
    left_out = (Counter(long) - plain).elements()
    parts = (_GIVEN, _PATRONYMIC, _INITIAL)
    return is_person and types[1] <= {"person"} and all(word.startswith(parts) for word in left_out)


def _initials(
    groups: Mapping[Signature, list[Name]], forms: Mapping[Name, SurfaceForm], words: Words
) -> dict[Signature, frozenset[str]]:
    """The letters that the given names of each signature begin with, in any of its spellings."""
    return {
        signature: frozenset(
            token.key[0] for name in group for token in forms[name].tokens if token.initial or words.given(token)
        )
        for signature, group in groups.items()
    }


def _order(name: Name) -> tuple[str, str, str]:
    return name.text, name.lang or "", name.type or ""


def _fullness(signature: Signature) -> tuple[int, int]:
    """How much of a name is there: words, then initials."""
    return sum(not word.startswith(_INITIAL) for word in signature), len(signature)


def _given(key: str) -> GivenName | None:
    """The only given name that a folded word may be: Sasha may be two."""
    readings = names.given_names(key)
    return readings[0] if len({reading.group for reading in readings}) == 1 else None


def _is_word(token: Token) -> bool:
    """Whether a token is a plain word: no number, no generic word, no initial."""
    return not token.initial and token.index_key[0] not in "=#"


def _language_with_cases(token: Token, lang: str | None) -> str | None:
    """The language whose cases the word may have, or None if it has none."""
    if token.script == "Cyrl":
        return lang if lang in _CASES_IN_CYRILLIC else guess_language(token.text)
    return lang if token.script == "Latn" and lang in _CASES_IN_LATIN else None


def _is_case_of(form: str, base: str, lang: str) -> bool:
    """Whether a word can only be a case form of a base in this language, not the name of a woman or a relative."""
    found = relate(form, base, lang)
    return found is not None and found.exact and found.base and not found.gender and found.lang == lang


def _is_feminine_of(word: str, man: str) -> bool:
    """Whether a surname may be a man's in the genitive or dative, or a woman's: Иванова, Путину."""
    return word[-1] in "au" and man.endswith(("v", "n"))


def _with_one_letter_less(word: str) -> Iterator[str]:
    """The word and what is left of it without one of its inner letters."""
    yield word
    yield from sorted({word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)})


def _is_typo(word: str, other: str, has_company: bool) -> bool:
    """One letter too many, too few or swapped inside; another letter only if the rest of the name is the same.

    Without company a changed letter makes another surname: Zelensky, Zelinsky.
    """
    if OSA.distance(word, other, score_cutoff=1) > 1 or (word[0], word[-1]) != (other[0], other[-1]):
        return False
    return has_company or sorted(word) == sorted(other) or len(word) != len(other)


def _root(parents: Mapping[_Key, _Key], start: _Key) -> _Key:
    while start in parents and parents[start] != start:
        start = parents[start]
    return start
