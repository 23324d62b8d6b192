"""Slavic case endings: are two tokens forms of one word, which case is it, and what is the base form?

What comes in is folded (`fold(romanize(word, lang))`), so that Сирського, Sirskogo and Syrskoho are one token; only
`base_forms` reads the spelling of the text. The paradigm classes are rows of `inflection.txt`, in the script of each
language; they are folded when first needed.

1. `relate` cuts both tokens at a common stem. Two endings of one class are exact; two endings that one language knows,
   but no class joins, are a hint.
2. `stems` gives the keys under which an index finds every form: what is left when any class is taken off.
3. `base_forms` puts the ending of the base form in place of the one that stands there.

Known limits: no dictionary, so Минска may be read as a feminine base form; stress, animacy and suppletion (человек,
люди) are unknown; a stem has at least three letters, two in words of up to four. A surname and its feminine form look
like a case (Иванова is also "of Иванов"): `Inflection.gender` says so, and the rest of the evidence has to decide.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from unidecode import unidecode

from resolver.language.paradigms import (
    WORD,
    Cell,
    Endings,
    cells_of,
    code_names,
    folded,
    shared_letters,
    spelt,
    written_ends,
)
from resolver.language.romanization import CYRILLIC_LANGUAGES, VOWELS, fold, guess_language, script_of
from resolver.memory import FEW, MANY

# How well two cells explain a pair, best first: see `_tier`.
_BASE, _PLURAL_BASE, _REVERSE, _BASE_OF_OTHER_GENDER, _BOTH_BASE, _SIDEWAYS, _REST = range(7)
# On a shorter stem, endings of two classes are mostly two words (Мария, Марко). Measured on pairs of distinct names.
_LOOSE_STEM = 6
WITHOUT_CASES = frozenset({"da", "de", "es", "fr", "it", "nb", "nl", "nn", "no", "pt", "sv"})  # none but that in -s
_CYRILLIC_ONLY = CYRILLIC_LANGUAGES - {"sr"}
_SURE_ENDING = 2  # letters of an ending that a Latin word hardly has by chance: Brechalovym, but Baza is not Базис
_FOLDED = 3  # letters more than its folded stem that a word may have in front of its ending
_ONE_SIGN = str.maketrans("yjwq", "iivk")  # letters that one language or scheme has where another has the other
# -ский, -ская, -ское, -ські, -skie, -ský, each in all cases, behind four letters or more, and -цкий, -зький, -dzki
_ADJECTIVE = re.compile("(.{4,}[scz])k(?:i|ii|a|e|o|u|oi|oe|ie|oho|eho|omu|emu|im|om|em|ih|imi|aia|uiu|iei|ou)")
_ALL = -1  # the set of all classes


class Inflection(NamedTuple):
    """How one token is an inflected form of another.

    case     the case of the form, readable: "genitive", "feminine dative or locative"
    lang     language of the paradigm, ISO 639-1
    stem     number of letters that both share at the start
    exact    both endings stand in one paradigm class; else both are endings that the language knows
    base     the other token is a nominative of that class
    gender   a reading of the pair changes the gender, or makes one a name derived from the other (Ivan, Ivanov; Robert,
             Roberts), so that it may be another person
    plural   the form is the plural of a word that is none
    """

    case: str
    lang: str
    stem: int
    exact: bool
    base: bool
    gender: bool
    plural: bool = False


class _Ways(NamedTuple):
    """The ways to read a pair of endings of one class.

    tier     whether a plural is in the best way, and how well its cells explain the pair: the lowest is the best
    cells    the cells of the form in the best ways;  base: the cell of the other in the first of them
    genders  for each way: whether one of the cells is a base form, whether the gender changes
    """

    tier: tuple[bool, int]
    cells: tuple[Cell, ...]
    base: Cell
    genders: frozenset[tuple[bool, bool]]


class WordsByStem:
    """Words, found by other forms of them. Those of one first letter, which no form changes, are laid out at need.

    >>> WordsByStem(["kupol", "osa"]).related("kupolom")
    ['kupol']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        self._tables: dict[str, dict[str, list[str]]] = {}
        for word in words:
            self._words.setdefault(word[:1], []).append(word)

    def related(self, key: str) -> list[str]:
        """The words that share an index key with a folded token: they may be forms of one word."""
        letter = key[:1]
        if letter not in self._tables:
            table = self._tables[letter] = {}
            for word in self._words.get(letter, ()):
                for stem in stems(word):
                    table.setdefault(stem, []).append(word)
        table = self._tables[letter]
        return list(dict.fromkeys([word for stem in stems(key) for word in table.get(stem, ())]))


class _Reading(NamedTuple):
    """How to read a pair of endings: by the class with the lowest rank, and what all its classes say of the gender.

    genders  for each way of each class: whether it is an open adjective, and the genders of the way
    """

    rank: tuple[bool, tuple[bool, int], bool, int, int]
    number: int
    ways: _Ways
    genders: frozenset[tuple[bool, bool, bool]]


@lru_cache(maxsize=MANY)
def relate(form: str, other: str, lang: str | None = None) -> Inflection | None:
    """How the folded token `form` is an inflected form of `other`, or None; None also for equal tokens.

    It holds in both directions or in none; `case` is that of `form`. A known `lang` admits its own paradigms and those
    of close languages; without one all of them count.

    >>> relate("zelenskoho", "zelenski", "uk")
    Inflection(case='genitive or accusative', lang='uk', stem=7, exact=True, base=True, gender=False, plural=False)
    >>> relate("petrovic", "petrov") is None
    True
    """
    if form == other:
        return None
    endings = folded()
    shared = shared_letters(form, other)
    if form[shared:] not in endings.ends or other[shared:] not in endings.ends:
        return None
    pairs = _common_endings(form, other, shared, endings.families.get(lang or "", _ALL))
    explained = _explain(pairs, lang) if pairs else None
    if explained:
        case, language, base, gender, plural = explained
        return Inflection(case, language, shared, True, base, gender, plural)
    return _loose(form[shared:], other[shared:], lang, shared)


def is_case_form(form: str, other: str, lang: str | None = None) -> bool:
    """Whether the folded token `form` is a form of the base form `other` in a language or those close to it, or in any.

    >>> is_case_form("kupolom", "kupol", "ru"), is_case_form("morata", "mora", "sl")
    (True, False)
    """
    relation = relate(form, other, lang)
    return relation is not None and relation.exact and relation.base


def is_spelt_so(text: str, latin: str, key: str, other: str | None, other_key: str, lang: str | None = None) -> bool:
    """Whether a Latin word is a form of another as it is written, and not only once both are folded.

    Both words are given as they are romanised and as they are folded, but the `other` one romanised only if it is Latin
    too: no ending changes the letters in front of it. And the ending must be one in the spelling of the language; in a
    text of Cyrillic letters, one of more than a single letter.

    >>> is_spelt_so("Haley", "haley", "halei", "galija", "halia", "pl")
    False
    >>> is_spelt_so("Tuskowi", "tuskowi", "tuskovi", "tusk", "tusk", "pl")
    True
    """
    relation = relate(key, other_key)
    if relation is None:
        return True
    if other is not None:
        if latin.startswith(other) and _is_ending(text.lower()[len(other) :], lang):
            return True  # also Josephem, though the fold makes a v of the last letter of Joseph alone
        mine, theirs = latin.translate(_ONE_SIGN), other.translate(_ONE_SIGN)
        if len(fold(mine[: shared_letters(mine, theirs)])) < relation.stem:
            return False
    return _has_ending(text.lower(), key[: relation.stem], lang)


@lru_cache(maxsize=FEW)
def _has_ending(written: str, stem: str, lang: str | None) -> bool:
    """Whether what stands behind the folded stem of a Latin word, as it is written, is an ending there."""
    latin = unidecode(written)
    if len(latin) != len(written):
        return True
    longest = min(len(stem) + _FOLDED, len(written))
    cut = next((cut for cut in range(longest, len(stem) - 1, -1) if fold(latin[:cut]) == stem), None)
    if cut is None:
        return True
    return _is_ending(written[cut:], lang)


def _is_ending(written: str, lang: str | None) -> bool:
    return written in written_ends(lang) and (lang not in _CYRILLIC_ONLY or len(written) >= _SURE_ENDING)


def adjective_bases(key: str) -> tuple[str, ...]:
    """The names that a folded token may be the Slavic adjective of, in any case: the Perm of Permskiy, the Samara of
    Samarskaya, the Lipetsk of Lipetskoe. Those that change more are in the table of places.

    >>> adjective_bases("permski"), adjective_bases("lipeckoho"), adjective_bases("osoi")
    (('permsk', 'perm', 'perma', 'permo'), ('lipeck',), ())
    >>> adjective_bases("kalininhradzki"), adjective_bases("voronezki")
    (('kalininhrad',), ('voronez',))
    """
    match = _ADJECTIVE.fullmatch(key)
    if not match:
        return ()
    stem = match[1]
    if stem[-1] == "z":
        return (stem.removesuffix("z") if stem.endswith("dz") else stem,)
    return (f"{stem}k",) if stem[-1] == "c" else (f"{stem}k", stem[:-1], f"{stem[:-1]}a", f"{stem[:-1]}o")


@lru_cache(maxsize=MANY)
def stems(key: str) -> tuple[str, ...]:
    """The index keys of a folded token, itself first: each form of a word shares one with its base form.

    Longest first; the base forms of a word that has a class of its own come last.

    >>> stems("kupolom"), stems("osoi")
    (('kupolom', 'kupol', 'kupo', 'kup'), ('osoi', 'oso', 'os'))
    """
    endings = folded()
    size = len(key)
    shortest = 3 if size > 4 else 2
    lengths = {size}
    for cut in range(size - 1, max(1, size - endings.longest) - 1, -1):
        ending = key[cut:]
        if ending in endings.common:
            lengths.update([cut + common for common in endings.common[ending]])
        elif ending not in endings.ends:
            break  # no longer ending ends so
    found = [key[:length] for length in sorted(lengths, reverse=True) if length >= shortest or length == size]
    words = _word_bases(key, _ALL, endings)
    return tuple(dict.fromkeys([*found, *words])) if words else tuple(found)


@lru_cache(maxsize=FEW)
def base_forms(word: str, lang: str | None) -> tuple[str, ...]:
    """The base forms that a word of a text may have, in its own spelling and capitals, the most plausible first.

    The longest known ending wins; then comes a word that may be a nominative singular itself, then the shortest. So
    four of five base forms stay what they are, and two of five oblique forms are undone at once, four of five within
    three guesses (measured on six languages): several forms of one name tell more than one.

    Without `lang` the letters of a Cyrillic word decide; a Latin word is tried in every language.

    >>> base_forms("Сирського", "uk")[0], base_forms("Бречаловым", "ru")[0], base_forms("Brechalovym", None)[0]
    ('Сирський', 'Бречалов', 'Brechalov')
    """
    endings = spelt(script_of(word) == "Cyrl")
    lowered = word.lower()
    if len(lowered) != len(word):  # a letter whose small form is longer: the cut would not fit the original
        return (word,)
    known = lang if lang in endings.own else guess_language(word)
    return tuple(dict.fromkeys(_with_capitals(base, word) for base in _bases(lowered, known, endings)))


def _common_endings(form: str, other: str, shared: int, allowed: int) -> tuple[tuple[str, str], ...]:
    """The pairs of endings, on the longest stem first, that stand in one of the allowed classes."""
    endings = folded()
    classes = endings.classes
    longer = max(len(form), len(other))
    found = []
    if shared >= 3 or (shared == 2 and longer <= 4 and min(len(form), len(other)) > 2):  # Osa, Osu; not US, USA
        others = _classes_by_stem(other)
        for cut, left in _classes_by_stem(form).items():
            both = left & others.get(cut, 0) & allowed if cut <= shared else 0
            if both and (both & ~endings.fleeting or form[cut - 1] not in VOWELS):
                found.append((form[cut:], other[cut:]))
    own = classes.get(WORD + form)
    if own and own & classes.get(WORD + other, 0) & allowed:
        found.append((WORD + form, WORD + other))
    return tuple(found)


@lru_cache(maxsize=MANY)
def _classes_by_stem(word: str) -> Mapping[int, int]:
    """The classes of each ending that a word may have, by how many letters are in front of it, the most first."""
    endings = folded()
    found = {}
    for cut in range(len(word), 0, -1):
        ending = word[cut:]
        if ending in endings.classes:
            found[cut] = endings.classes[ending]
        elif ending not in endings.ends:
            break  # no longer ending ends so
    return found


@lru_cache(maxsize=MANY)
def _explain(pairs: tuple[tuple[str, str], ...], lang: str | None) -> tuple[str, str, bool, bool, bool] | None:
    """(case, language, whether the other is the base form, whether the gender may differ, whether it is the plural of a
    singular) of pairs of endings.

    None if all that is left is two oblique cases, one of them a bare stem: Stefan, Stefano.
    """
    readings = [reading for left, right in pairs if (reading := _reading(left, right, lang))]
    if not readings:
        return None
    best = min(readings)  # no two have one rank
    genders = frozenset().union(*[reading.genders for reading in readings])
    language = folded().every[best.number].row.lang
    base, is_plural = best.ways.base, best.ways.tier[0] and best.ways.base.group != "pl"
    return _case_name(best.ways.cells), language, base.is_base, _may_differ_in_gender(genders), is_plural


@lru_cache(maxsize=MANY)
def _reading(left: str, right: str, lang: str | None) -> _Reading | None:
    """How to read a pair of endings. The rank prefers this language, singular, base, nouns, long endings."""
    endings = folded()
    allowed = endings.families.get(lang or "", _ALL)
    own = endings.own.get(lang or "", _ALL)
    found = []
    genders: set[tuple[bool, bool, bool]] = set()
    for number in _bits(endings.classes[left] & endings.classes[right] & allowed):
        cells = cells_of(endings, number)
        ways = _ways(cells[left], cells[right], bool(left and right), right[-1:] != "a")  # Petra is no plural
        if ways:
            is_foreign, is_open = not own >> number & 1, bool(endings.open >> number & 1)
            found.append(((is_foreign, ways.tier, is_open, -len(left), number), number, ways))
            genders.update([(is_open, *way) for way in ways.genders])
    return _Reading(*min(found), frozenset(genders)) if found else None


@lru_cache(maxsize=FEW)
def _ways(left: tuple[Cell, ...], right: tuple[Cell, ...], may_be_oblique: bool, may_be_plural: bool) -> _Ways | None:
    """The ways to read a pair by the cells of its endings; None if all that is left is two oblique cases."""
    is_plural = may_be_plural and not any(base.is_base and base.group != "pl" for base in right)
    found = [
        (_tier(cell, base, is_plural), cell, base)
        for cell in left
        for base in right
        if may_be_oblique or cell.is_base or base.is_base
    ]
    if not found:
        return None
    lowest = min(tier for tier, _, _ in found)
    best = [(cell, base) for tier, cell, base in found if tier == lowest]
    genders = frozenset((cell.is_base or base.is_base, cell.gender != base.gender) for _, cell, base in found)
    return _Ways(lowest, tuple(cell for cell, _ in best), best[0][1], genders)


def _tier(cell: Cell, base: Cell, is_plural: bool) -> tuple[bool, int]:
    """Whether a plural is in a pair, and how well its cells explain it, see `_kinship`.

    A name whose base form can only be a plural (`is_plural`) is no worse for it: выборов is the plural genitive of
    выборы before it is anything of a singular.
    """
    if is_plural and cell.group == base.group == "pl" and base.is_base and not cell.is_base:
        return False, _PLURAL_BASE
    return "pl" in (cell.group, base.group), _kinship(cell, base)


def _kinship(cell: Cell, base: Cell) -> int:
    """How well the cells explain a pair: an oblique form and its base form first, two oblique forms last."""
    same = cell.gender == base.gender
    if base.is_base and cell.is_base:
        return _BOTH_BASE
    if base.is_base:
        return _BASE if same else _BASE_OF_OTHER_GENDER
    if same:
        return _REVERSE if cell.is_base else _SIDEWAYS
    return _REST


def _may_differ_in_gender(genders: frozenset[tuple[bool, bool, bool]]) -> bool:
    """Whether a reading with a base form changes the gender.

    Open adjectives do not count beside a noun: Дуды is the genitive of Дуда before it is a masculine adjective.
    """
    based = {(is_open, differs) for is_open, is_based, differs in genders if is_based}
    based = based or {(is_open, differs) for is_open, _, differs in genders}
    if (False, False) in based:
        return (False, True) in based
    return any(differs for _, differs in based)


def _loose(left: str, right: str, lang: str | None, shared: int) -> Inflection | None:
    """A hint: one language knows both endings, but in different classes."""
    if shared < _LOOSE_STEM or not left or not right:
        return None
    endings = folded()
    one, two = (endings.classes.get(ending, 0) & endings.any_stem for ending in (left, right))
    languages = [lang] if lang in endings.own else list(endings.own)
    for language in languages:
        if one & endings.own[language] and two & endings.own[language]:
            return Inflection("case form", language, shared, False, False, False)
    return None


def _bits(mask: int) -> Iterator[int]:
    """The numbers of the classes in a set, in the order of the table."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _case_name(cells: tuple[Cell, ...]) -> str:
    """The cells in words: "genitive or accusative", "feminine dative, instrumental or locative"."""
    names = code_names()
    by_group: dict[str, dict[str, None]] = {}
    for cell in cells:
        by_group.setdefault(cell.group, {})[names[cell.case]] = None
    parts = []
    for group, cases in by_group.items():
        *first, last = cases
        listed = f"{', '.join(first)} or {last}" if first else last
        parts.append(f"{names[group]} {listed}" if group else listed)
    return " or ".join(parts)


def _bases(text: str, lang: str | None, endings: Endings) -> tuple[str, ...]:
    """The base forms of a lower-case word in the spelling of `endings`, best first."""
    allowed = endings.own.get(lang or "", _ALL)
    ranked: list[tuple[int, bool, bool, int, int, int, str]] = []
    for cut in range(max(2, len(text) - endings.longest), len(text) + 1):
        ending = text[cut:]
        for number in _bits(endings.classes.get(ending, 0) & allowed):
            cells = cells_of(endings, number)
            places = [cell for cell in cells[ending] if cell.group in ("", "f")]
            is_named = any(cell.case == "nom" for cell in places)
            size = endings.every[number].size(ending)
            for place, base in enumerate(_base_endings(endings, number, ending)):
                word = text[:cut] + base
                is_itself = is_named and word == text and not place
                ranked.append((-size, not is_itself, not places, place, len(word), number, word))
    bases = [word for *_, word in sorted(ranked)]
    return tuple(dict.fromkeys([*_word_bases(text, allowed, endings), *bases, text]))


@lru_cache(maxsize=FEW)
def _base_endings(endings: Endings, number: int, ending: str) -> tuple[str, ...]:
    """The nominative endings for what this one may be, the singular first; a plural may also stay one."""
    cells = cells_of(endings, number)
    groups = {cell.group for cell in cells[ending]}
    wanted = groups | {""} if "pl" in groups else groups
    found = [(cell.group, base) for base, places in cells.items() for cell in places if cell.case == "nom"]
    return tuple([base for group, base in sorted(found, key=lambda item: item[0]) if group in wanted])


def _word_bases(text: str, allowed: int, endings: Endings) -> list[str]:
    """The base forms of a word that has a class of its own, itself first if it is one."""
    marked = WORD + text
    found = [
        base.removeprefix(WORD)
        for number in _bits(endings.classes.get(marked, 0) & allowed)
        for base in _base_endings(endings, number, marked)
    ]
    return sorted(found, key=lambda word: word != text)


def _with_capitals(base: str, word: str) -> str:
    """The lower-case base form with the capitals of the word it comes from."""
    if len(word) > 1 and word.isupper():
        return base.upper()
    kept = shared_letters(base, word.lower())
    return word[:kept] + base[kept:]
