"""The spellings of one name, with their counts -> what to call it: the nominative, if that can be told.

1. What may be the name: every spelling, the nominatives of those that are surely case forms (`_undone`), and those on
   which two case forms agree (`_agreed`).
2. Each costs what it leaves unexplained: nothing for an equal spelling, little for one whose plausible base form it is,
   much for any other; times the mentions.
3. The cheapest wins, before it the name of a place as the table of places has it, and a full name that a text holds
   with its given name in the nominative; capitals throughout only if there is nothing else.

It fails closed: a case form that nothing explains stays as it was written, as a wrong nominative misleads and a case
form does not. So a lone form is undone only where its ending is long and singular (Сирського), or where a given name
beside it shows the case (Бориса Джонсона), and several forms only where they agree on one base form (Обаме, Обамой).
Known limit: a phrase of several words is never put into the nominative unless a text holds it so (Білого дому).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from resolver.forms import SurfaceForm, Token
from resolver.language import names
from resolver.language.inflection import base_forms, relate
from resolver.language.paradigms import shared_letters
from resolver.language.places import is_place
from resolver.language.romanization import fold, romanize
from resolver.review.words import is_word, language_with_cases

PLAUSIBLE = 6  # base forms of a word that count, the likeliest first; behind them stand what no language has
FAR = 8  # the cost of a word that is left unexplained
# Letters of an ending that are enough to undo it. In Latin script two are not: Multisystem is no case of Multisyst.
MIN_ENDING = {"Cyrl": 2, "Latn": 3}
MAX_WORDS = 3  # of a person: given name, patronymic, surname
MAX_SPELLINGS = 100  # that have a say, the most frequent: each is compared with each

_VOWELS = tuple("aeiouyаеиіоуыэюя")
# What stands between the cases in the words of `relate`. A vocative is no case that a text names people in.
_NO_CASES = frozenset({"or", "feminine", "plural", "vocative"})


def best_name(spellings: Mapping[SurfaceForm, int]) -> str:
    """What to call the name that has these spellings, each with its count.

    >>> from resolver.forms import analyse
    >>> seen = {analyse("Британии", "ru"): 5, analyse("Британия", "ru"): 1}
    >>> best_name(seen), best_name({analyse("Палате", "ru"): 3}), best_name({analyse("Сирського", "uk"): 1})
    ('Британия', 'Палате', 'Сирський')
    """
    if len(spellings) > MAX_SPELLINGS:
        spellings = dict(sorted(spellings.items(), key=lambda each: (-each[1], each[0].text))[:MAX_SPELLINGS])
    counts = {form.text: count for form, count in spellings.items()}
    undone = {form.text: base for form in spellings if (base := _undone(form))}
    names = {*counts, *undone.values(), *_agreed(spellings)}
    if len(names) == 1:
        return names.pop()  # most names are spelt in one way
    costs = {
        text: sum(count * _distance(form, text, undone.get(form.text)) for form, count in spellings.items())
        for text in names
    }
    nominative = {form.text for form in spellings if _begins_with_given(form)}

    def order(text: str) -> tuple[bool, bool, bool, float, int, str]:
        is_better = text in nominative or not nominative
        return _is_capitals(text), not _is_place(text), not is_better, costs[text], -counts.get(text, 0), text

    return min(costs, key=order)


def _begins_with_given(form: SurfaceForm) -> bool:
    """Whether a name of several words begins with a given name in the nominative."""
    return len(form.tokens) > 1 and bool(form.tokens[0].given)


def _is_place(text: str) -> bool:
    return text.isalpha() and is_place(_key(text, None))


def _is_capitals(text: str) -> bool:
    return text.isupper() and len(text) > 1


def _distance(form: SurfaceForm, name: str, undone: str | None) -> int:
    """How far a spelling is from being a case form of the name; what is surely one is itself no name."""
    if undone is not None and name in (undone, form.text):
        return FAR * (name == form.text)
    written, words = form.text.split(), name.casefold().split()
    if len(written) != len(words):
        return FAR * max(len(written), len(words))
    langs = {token.text: language_with_cases(token, form.lang) for token in form.tokens}
    return sum(_rank(word, base, langs.get(word)) for word, base in zip(written, words, strict=True))


def _rank(word: str, base: str, lang: str | None) -> int:
    """The place of a base form among those that a word may have."""
    if lang is None:
        return 0 if word.casefold() == base else FAR
    bases = [form.casefold() for form in base_forms(word, lang)[:PLAUSIBLE]]
    if base in bases:
        return bases.index(base)
    return len(bases) if word.casefold() == base else FAR


def _agreed(spellings: Iterable[SurfaceForm]) -> Iterator[str]:
    """The base forms that two different forms of a word both may have."""
    lone = [found for form in spellings for found in _lone_word(form)]
    if len(lone) < 2:
        return
    bases = [(lang, token, {base for base in _bases(token, lang) if _cases(token, base, lang)}) for token, lang in lone]
    for (lang, one, mine), (other_lang, other, others) in combinations(bases, 2):
        if lang == other_lang and one.key != other.key:
            yield from mine & others


def _lone_word(form: SurfaceForm) -> Iterator[tuple[Token, str]]:
    """The only word of a spelling, if it has cases, with its language."""
    if len(form.tokens) == 1 and form.tokens[0].text == form.text and is_word(form.tokens[0]):
        lang = language_with_cases(form.tokens[0], form.lang)
        if lang:
            yield form.tokens[0], lang


def _undone(form: SurfaceForm) -> str | None:
    """The nominative of a spelling that can only be a case form, or None."""
    for token, lang in _lone_word(form):
        return _undone_word(token, lang)
    return _undone_person(form)


def _undone_word(token: Token, lang: str) -> str | None:
    """The likeliest base form of a word, if the ending that it replaces is long enough to be one."""
    if is_place(token.key):
        return None  # Испания, though it looks like the definite form of an adjective
    base = base_forms(token.text, lang)[0]
    ending = len(token.text) - shared_letters(base, token.text)
    is_long = ending >= MIN_ENDING.get(token.script or "", FAR)
    return base if is_long and _cases(token, base, lang, of_one_gender=True) else None


def _undone_person(form: SurfaceForm) -> str | None:
    """The nominative of a full name whose given name stands in a case: the other words stand in it, too."""
    tokens = form.tokens
    if not 1 < len(tokens) <= MAX_WORDS or [token.text for token in tokens] != form.text.split():
        return None
    if any(token.index_key[0] == "=" for token in tokens):
        return None  # no person: the white house, not a Billy
    given = None if any(names.given_names(token.key) for token in tokens) else _given(form)
    if given is None:
        return None
    words = [given.base if token is given.token else _in_these_cases(token, given) for token in tokens]
    return None if None in words else " ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class _Given:
    """A given name in a case: its nominative, its gender, and the cases that it may stand in."""

    token: Token
    base: str
    lang: str
    gender: str
    cases: frozenset[str]


def _given(form: SurfaceForm) -> _Given | None:
    """The first word of a name that is a case form of a given name."""
    for token in filter(is_word, form.tokens):
        lang = language_with_cases(token, form.lang)
        if lang is None:
            continue
        for base in _bases(token, lang):
            readings = names.given_names(_key(base, lang))
            cases = _cases(token, base, lang)
            if readings and cases:
                return _Given(token, base, lang, readings[0].gender, cases)
    return None


def _in_these_cases(token: Token, given: _Given) -> str | None:
    """The likeliest word of which this one is a form in a case of the given name; itself if it has none; else None.

    A man's surname ends in no vowel as far as can be told (Барнье stays); a woman's that ends in none has no cases.
    """
    bases, is_woman = _bases(token, given.lang), given.gender == "f"
    stays = token.initial or bases[0] == token.text
    for base in () if stays and is_woman else bases:
        if _cases(token, base, given.lang) & given.cases and is_woman == base.endswith(_VOWELS):
            return base
    return token.text if stays else None


def _cases(token: Token, base: str, lang: str, *, of_one_gender: bool = False) -> frozenset[str]:
    """The cases in which a word is a singular form of a base; empty if it is none."""
    found = relate(token.key, _key(base, lang), lang)
    if found is None or not found.exact or (of_one_gender and found.gender) or found.case.startswith("plural"):
        return frozenset()
    return frozenset(found.case.replace(",", "").split()) - _NO_CASES


def _bases(token: Token, lang: str) -> tuple[str, ...]:
    return base_forms(token.text, lang)[:PLAUSIBLE]


def _key(word: str, lang: str | None) -> str:
    return fold(romanize(word, lang) or "")
