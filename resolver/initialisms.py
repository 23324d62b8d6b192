"""Acronyms and the names that they are made of: НИИСУ, IPPI, UEC, Красмаш.

What comes in are the tokens of a name; what goes out are the folded letters that an acronym of them may have. A name is
read in its own words, in Russian or Ukrainian, and in English: a scientific production association is НПО, NPO or SPA.
English puts the kind of a firm last where Russian puts it first or second: the Tula Machine Plant may be ТМЗ or ТЗМ.

Known limits: the letters of small words are no initials, and syllables (Севмаш) follow the order of the long name.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from resolver.forms import SurfaceForm, Token, acronym_letter
from resolver.language import organizations
from resolver.language.designators import ordinal_initials
from resolver.language.lexicon import key_of
from resolver.memory import FEW, MANY

MAX_TOKENS = 8  # words of a name that an acronym is made of
MAX_UNUSUAL = 3  # steps from the usual letters of the words to rarer ones, in all: it bounds the readings of a name
_DIGRAPHS = (("TS", "C"), ("SH", "S"), ("CH", "C"), ("ZH", "Z"), ("KH", "H"), ("YA", "I"), ("YU", "I"))
_PAIRS = "Ts|Sh|Ch|Zh|Kh|Ya|Yu"
# A syllable may stand before the capitals, and a cut word behind them: ГосНИИ, БелОМО, НИИмаш, ЦНИИточмаш.
_SHAPE = re.compile(
    rf"(?P<head>(?!{_PAIRS})[A-ZА-Я][a-zа-я]{{1,3}}(?=[A-ZА-Я]{{2}}))?"
    rf"(?P<body>(?:[A-ZА-ЯІЇЄҐ]|{_PAIRS})+)(?P<tail>[a-zа-я]{{3,6}})?"
)
_MIN_CUT = 4  # words of a name that may be abbreviated without the first ones
_LONGEST = 10  # letters of an acronym
_HEAD = range(3, 8)  # letters of the first word in a name of syllables: Крас|маш, Новосиб|энерго
_VOWELS = "aeiou"
_NONE: frozenset[str] = frozenset()
_ADJECTIVE = re.compile(r"(?:in|en)?sk(?:i|oe|aia)$")  # of a place: Курганский


@lru_cache(maxsize=MANY)
def acronym_readings(word: str) -> tuple[str, ...]:
    """The folded letters of a word that may be an acronym, none if it is not in capitals; TS may be one letter, Ц.

    >>> acronym_readings("ЦНИИ"), acronym_readings("TsNII"), acronym_readings("Kupol")
    (('cnii',), ('cnii', 'tsnii'), ())

    A name that ends in syllables of generic words is its own reading: Красмаш.

    >>> acronym_readings("ГосНИИП"), acronym_readings("ЦНИИмаш"), acronym_readings("Красмаш")
    (('hniip',), ('cniim',), ('krasmas',))
    """
    initials = _initials_in(word)
    return initials if initials and not word.isupper() else tuple(dict.fromkeys((*initials, *_syllables_in(word))))


@lru_cache(maxsize=FEW)
def is_of_syllables(word: str) -> bool:
    """Whether a word may be a name of syllables of generic words.

    >>> is_of_syllables("Красмаш"), is_of_syllables("КРАСМАШ"), is_of_syllables("ЦНИИ")
    (True, True, False)
    """
    return bool(_syllables_in(word))


def _initials_in(word: str) -> tuple[str, ...]:
    if len(word) > 2 and word[1:].islower():  # as most words; one capital makes no acronym
        return ()
    shape = _SHAPE.fullmatch(word) if 2 <= len(word) <= _LONGEST else None
    if not shape or (shape["tail"] and len(shape["body"]) < 3):
        return ()
    letters = short = (shape["head"] or "")[:1] + shape["body"].upper() + (shape["tail"] or "")[:1].upper()
    if word.isascii():
        for pair, letter in _DIGRAPHS:
            short = short.replace(pair, letter)
    return tuple(dict.fromkeys("".join(map(acronym_letter, text)) for text in (short, letters) if len(text) > 1))


def _syllables_in(word: str) -> tuple[str, ...]:
    """The folded word, if syllables of generic words are its end and something is left in front."""
    key = key_of(word) if word.isalpha() and len(word) > min(_HEAD) else ""
    ending = organizations.ends_in_syllable(key)
    return (key,) if ending and len(key) - ending >= min(_HEAD) else ()


def readings(tokens: tuple[Token, ...]) -> frozenset[str]:
    """The acronyms that the words of a name may have, of two letters or more.

    >>> from resolver.forms import analyse
    >>> "sbu" in readings(analyse("Служба безпеки України", "uk").tokens)
    True
    >>> "npo" in readings(analyse("Scientific Production Association").tokens)
    True
    """
    return frozenset(_steps(tokens))


@lru_cache(maxsize=FEW)
def _steps(tokens: tuple[Token, ...]) -> dict[str, int]:
    """The acronyms of the words, each with the least steps from the usual letters; another order is one step."""
    words = tuple(token for token in tokens if not token.initial and (not token.number or _is_in_words(token)))
    if not 2 <= len(words) <= MAX_TOKENS:
        return {}
    found: dict[str, int] = {}
    is_read_twice = any(token.index_key[0] in "=#" for token in words)
    for i, order in enumerate(_orders(words)):
        for english in (False, True) if is_read_twice else (False,):  # other words read the same in both
            options = [_letters(token, english=english) for token in order]
            for letters, steps in _spelt(options, MAX_UNUSUAL):
                if steps + (i > 0) < found.get(letters, MAX_UNUSUAL + 2):
                    found[letters] = steps + (i > 0)
    return found if words[0].index_key[0] == "=" else found | _syllabic(words)


def _is_in_words(number: Token) -> bool:
    """Whether a number gives its letter to an acronym, as an ordinal in words does: ПУМБ is Первый Украинский …"""
    return number.text.isalpha() and not number.text.isupper()


def _syllabic(words: tuple[Token, ...]) -> dict[str, int]:
    """The names of syllables: the beginning of the first word, then syllables of the generic words behind it.

    A word that is cut is one step from the usual: Крас may be Красноярск or Краснодар.
    """
    if len(words) < 2 or words[1].index_key[0] != "=":
        return {}
    parts = [organizations.syllables_of(token.index_key[1:]) for token in words[1:] if token.index_key[0] == "="]
    known = [part for part in parts if part]
    first = words[0]
    heads = organizations.syllables_of(first.index_key[1:]) if first.index_key[0] == "=" else _heads(first.key)
    ways = [way for size in range(1, min(len(known), 3) + 1) for way in product(heads, *known[:size])]
    whole = {*organizations.syllables_of(first.index_key[1:]), first.key, _ADJECTIVE.sub("", first.key)}
    return {"".join(way): int(way[0] not in whole) for way in ways}


def _heads(key: str) -> tuple[str, ...]:
    """The word, and what it may be cut to: a syllable or two, up to a consonant."""
    cut = (key[:size] for size in _HEAD if key[size - 1 : size] not in _VOWELS)
    return tuple(dict.fromkeys((*cut, _ADJECTIVE.sub("", key), key)))


def name_readings(form: SurfaceForm) -> frozenset[str]:
    """The acronyms of a name: of all its words but the people it is named after, or without what stands in front.

    In front may stand another name or the kind of organisation: NPO Izhevsk Unmanned Systems, Dukhov Institute.
    """
    return _name_readings(_words_that_count(form)) if len(form.tokens) > 1 else _NONE


@lru_cache(maxsize=FEW)
def _name_readings(words: tuple[Token, ...]) -> frozenset[str]:
    return frozenset().union(_syllabic(words), *(map(_steps, (words, *_cut(words))))) or _NONE


def _words_that_count(form: SurfaceForm) -> tuple[Token, ...]:
    if not form.honoured:
        return form.tokens
    return tuple([token for token in form.tokens if token not in form.honoured])


def usualness(form: SurfaceForm, letters: Iterable[str]) -> float:
    """How usual it is that a name is abbreviated like this, 0..1: by its first letters in their order, or less so.

    >>> from resolver.forms import analyse
    >>> form = analyse("Tula Machine Building Plant")
    >>> usualness(form, ["tmz"]), usualness(form, ["tzms"])
    (1.0, 0.5)
    """
    words = _words_that_count(form)
    known = [_steps(words) | _syllabic(words), *map(_steps, _cut(words))]
    steps = [way[text] + (i > 0) for i, way in enumerate(known) for text in letters if text in way]
    return 1.0 - min(min(steps, default=0), MAX_UNUSUAL + 1) / (MAX_UNUSUAL + 1)


def _cut(words: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The words of a longer name without what stands in front: another name, or the kind of organisation."""
    if len(words) < _MIN_CUT:
        return []
    head = next((i + 1 for i, token in enumerate(words[:-2]) if _is_kind(token)), 0)
    first = 1 if words[0].index_key[0] != "=" else 0
    return [words[cut:] for cut in sorted({head, first} - {0}) if len(words) - cut >= 3]


def acronym_run(acronym: Token, words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The longest run of words that a token is the acronym of; none if there is no such run.

    >>> from resolver.forms import analyse
    >>> words = analyse("Vyatka Machine Building Enterprise").tokens
    >>> [word.text for word in acronym_run(analyse("ВМП Авитек").tokens[0], words)]
    ['Vyatka', 'Machine Building', 'Enterprise']
    """
    letters = acronym_readings(acronym.text) if len(words) > 1 and acronym.index_key[0] != "=" else ()
    if not letters:
        return ()
    if not is_of_syllables(acronym.text):
        given = frozenset().union(*map(_letters_of, words))
        letters = tuple([text for text in letters if given.issuperset(text)])
    for size in range(min(len(words), MAX_TOKENS), 1, -1) if letters else ():
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            known = _steps(run)
            if any(text in known for text in letters):
                return run
    return ()


def _spelt(options: list[tuple[str, ...]], unusual: int) -> list[tuple[str, int]]:
    """The letters of one option a word and how far down they stand in all, up to `unusual`; the usual are first.

    What is longer than any acronym is left out: of long names that is one reading in four.
    """
    spelt = [("", 0)]
    for word in options:
        spelt = [
            (letters + more, steps + cost)
            for letters, steps in spelt
            for cost, more in enumerate(word[: unusual + 1 - steps])
            if len(letters) + len(more) <= _LONGEST
        ]
    return spelt


def _letters(token: Token, *, english: bool) -> tuple[str, ...]:
    """The letters that a word may give to an acronym; an acronym inside a name gives all of its own.

    A Russian word gives its own letters alone: авиастроительный is А, though another word for it begins with С. What is
    written in Latin letters may be a translation of any of them, and Khabarovsk of a word with Х.
    """
    if token.index_key[0] == "=":
        return _concept_letters(token.index_key[1:], token.text, token.key, token.latin, token.script, english)
    own = (*_initials_in(token.text), acronym_letter(token.text[0]), token.key[0])
    native = ordinal_initials(token.number) if token.number and token.script != "Cyrl" and not english else ()
    return tuple(dict.fromkeys((*native, *own)))


@lru_cache(maxsize=FEW)
def _concept_letters(
    concept: str, text: str, key: str, latin: str, script: str | None, english: bool
) -> tuple[str, ...]:
    """The letters of a generic word with these fields, wherever it stands in a name."""
    own = key[0]
    known = organizations.concept_initials(concept, english=english)
    if script == "Cyrl" and not english:
        return tuple([letters for letters in known if letters[0] == own]) or (own,)
    akin = () if english else organizations.related_concepts(concept)
    firsts = [letters for word in akin for letters in organizations.concept_initials(word)[:1]]
    if english and text.isascii() and not (text.isupper() and latin == concept):  # not spelt out
        known = (acronym_letter(text[0]), *known)
    return tuple(dict.fromkeys((*known, *firsts))) or (own,)


@lru_cache(maxsize=FEW)
def _letters_of(token: Token) -> frozenset[str]:
    """All letters that a word may give to an acronym."""
    return frozenset().union(*_letters(token, english=False), *_letters(token, english=True))


def _orders(words: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """The words as they stand, with the kind of organisation in front or behind the first word, or the last in front.

    What English says last, Russian says first: Control Systems are системы управления.
    """
    yield words
    head = next((i + 1 for i, token in enumerate(words[:-2]) if _is_kind(token)), 0)
    if head and words[-1].index_key[0] == "=":
        yield words[:head] + words[-1:] + words[head:-1]
    if len(words) < 3 or not _is_kind(words[-1]):
        return
    for size in (1, 2):
        if len(words) > size:
            yield words[-size:] + words[:-size]
        if len(words) > size + 1:
            yield words[:1] + words[-size:] + words[1:-size]


def _is_kind(token: Token) -> bool:
    return token.index_key[0] == "=" and organizations.is_head(token.index_key[1:])
