"""The paradigm classes of `inflection.txt`, made ready for look-up in the spelling of folded tokens or of a text.

1. `_rows` reads the table: a row is a class with its tails (the ends of the stems that it is for) and its endings.
2. `_spellings` romanises the pieces of a language, all in one go; `folded` folds them too.
3. `_tables` joins tails and endings and collects which classes have which ending: `Endings`.

Known limit: tail and ending are folded apart and then joined, so no row may have a tail and an ending that the fold
would contract together, except for a doubled letter. A test checks every row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Prefix
from unidecode import unidecode

from resolver.language.romanization import VOWELS, fold, romanize, script_of
from resolver.language.tables import read_table

_AFTER_A_GLIDE = "c"  # латвиец, латвийца: the fold leaves nothing of й between two vowels, or behind an i
WORD = "^"  # in front of a whole word that has a class of its own (Київ, Києва)


class Cell(NamedTuple):
    """A place in a paradigm: the group ("" is the plain singular) and the case, by their codes in the table."""

    group: str
    case: str

    @property
    def gender(self) -> str:
        """The group, where a plural is no gender."""
        return "" if self.group == "pl" else self.group

    @property
    def is_base(self) -> bool:
        """Whether it is a nominative of the word itself."""
        return self.case == "nom" and self.group != "kin"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: `tails` as in `after`, `endings` with their cells; "~" in front asks for the changed tail."""

    lang: str
    name: str
    tails: tuple[str, ...]
    endings: tuple[tuple[Cell, str], ...]


@dataclass(frozen=True, slots=True)
class Paradigm:
    """A row for one tail, in some spelling. `spelling` has every piece of the row, as the table writes it."""

    row: Row
    plain: str
    changed: str
    spelling: Mapping[str, str]
    merges: bool

    def ending(self, piece: str) -> str:
        """An ending of the row after the tail. After the fold, a letter doubled between the two is one."""
        ending = self.spelling[piece]
        stem = self.changed if piece[0] == "~" else self.plain
        return stem + (ending[1:] if self.merges and ending and stem.endswith(ending[0]) else ending)

    def size(self, ending: str) -> int:
        """How much an ending tells: its letters with the tail, but a vowel that may be restored tells nothing."""
        if "fleeting" not in self.row.name:
            return len(ending)
        return len(ending) - max(len(tail) for tail in (self.changed, self.plain, "") if ending.startswith(tail))

    @property
    def endings(self) -> set[str]:
        """All endings; those of a whole word are marked."""
        pieces = {piece for _, piece in self.row.endings}
        if self.row.name == "word":
            return {WORD + self.ending(piece) for piece in pieces}
        if not self.plain:
            return {self.spelling[piece] for piece in pieces}
        return {self.ending(piece) for piece in pieces}


@dataclass(frozen=True, slots=True, eq=False)
class Endings:
    """All classes in one spelling. A set of classes is the bits of an int, so that two sets meet in one operation.

    every     the classes, by number
    classes   ending -> the classes that have it; the ending of a class includes the tail of its stem
    common    ending -> how many letters at the start the endings of one of its classes share; whole words are in none
    families  language -> the classes that a text of it may use;  own: language -> its classes
    any_stem  the classes without a tail
    open      the adjectives for any stem, or any with one last letter: many nouns have their pairs of endings
    fleeting  the classes with a vowel that comes and goes, which it does between two consonants alone
    ends      every end of every ending: what two forms of one word differ in is one of them
    longest   letters of the longest ending
    """

    every: tuple[Paradigm, ...]
    classes: dict[str, int]
    common: dict[str, set[int]]
    families: dict[str, int]
    own: dict[str, int]
    any_stem: int
    open: int
    fleeting: int
    ends: set[str]
    longest: int


def shared_letters(one: str, two: str) -> int:
    """How many letters the two have in common at the start."""
    return Prefix.similarity(one, two)


@cache
def code_names() -> dict[str, str]:
    """Codes of cases and groups in words."""
    cells = [cell for key, values in read_table("inflection") if key in ("cases", "groups") for cell in values]
    return {code: name for code, _, name in (cell.partition("=") for cell in cells)}


@cache
def families() -> dict[str, tuple[str, ...]]:
    """A language -> it and the close languages whose paradigms a text of it may use."""
    cells = [cell.split() for key, values in read_table("inflection") if key == "families" for cell in values]
    return {languages[0]: tuple(languages) for languages in cells}


@cache
def _rows() -> tuple[Row, ...]:
    """The paradigm rows of the table, in its order."""
    return tuple(
        _row(key, [cell.partition("=") for cell in values]) for key, values in read_table("inflection") if " " in key
    )


@cache
def _cell(place: str) -> Cell:
    """One shared value for each "GROUP.CASE" of the table."""
    group, _, case = place.rpartition(".")
    return Cell(group, case)


def _row(key: str, cells: list[tuple[str, str, str]]) -> Row:
    lang, _, name = key.partition(" ")
    tails = ["-"]
    endings = []
    for place, _, listed in cells:
        if place == "after":
            tails = listed.split()
        else:
            cell = _cell(place)
            endings += [(cell, piece) for piece in listed.split()]
    return Row(lang, name, tuple(tails), tuple(endings))


@cache
def folded() -> Endings:
    """The classes as folded tokens end."""
    romanized = {lang: _spellings(lang, is_romanized=True) for lang in families()}
    distinct = sorted({latin for spelling in romanized.values() for latin in spelling.values()})
    keys = fold("1".join("f" + latin for latin in distinct)).split("1")
    letters = {latin: key[1:] for latin, key in zip(distinct, keys, strict=True)}
    spellings = {
        lang: {piece: letters[latin] for piece, latin in spelling.items()} for lang, spelling in romanized.items()
    }
    return _tables(spellings, merges=True)


@cache
def spelt(is_cyrillic: bool) -> Endings:
    """The classes as people write them in one script; Cyrillic endings are romanised for Latin words."""
    cyrillic = {row.lang for row in _rows() if any(script_of(piece) == "Cyrl" for _, piece in row.endings)}
    if is_cyrillic:
        return _tables({lang: _spellings(lang) for lang in families() if lang in cyrillic}, merges=False)
    return _tables({lang: _spellings(lang, is_romanized=lang in cyrillic) for lang in families()}, merges=False)


def written_ends(lang: str | None) -> frozenset[str]:
    """Every end of every ending that a Latin word may have in a language and those close to it, or in any, with marks
    or without.
    """
    return _written_ends(lang if lang in families() else None)


@cache
def _written_ends(lang: str | None) -> frozenset[str]:
    endings = spelt(is_cyrillic=False)
    allowed = endings.families.get(lang or "", -1)
    found = [ending.removeprefix(WORD) for ending, classes in endings.classes.items() if classes & allowed]
    return frozenset(
        spelling[cut:] for e in found for spelling in (e, unidecode(e)) for cut in range(len(spelling) + 1)
    )


def _spellings(lang: str, *, is_romanized: bool = False) -> dict[str, str]:
    """Each piece of the rows of a language, ending or tail, -> its letters.

    To romanise it, a consonant goes in front, since a vowel reads otherwise at the start of a word, and comes off
    again. Digits keep the pieces apart, so that one call does all of a language.
    """
    rows = [row for row in _rows() if row.lang == lang]
    pieces = {piece for row in rows for _, piece in row.endings}
    pieces |= {piece for row in rows for tail in row.tails for piece in tail.split("/")}
    letters = {piece: piece.strip("~-") for piece in sorted(pieces)}
    if not is_romanized:
        return letters
    latin = romanize("1".join("ф" + ending for ending in letters.values()), lang) or ""
    return {piece: key[1:] for piece, key in zip(letters, latin.split("1"), strict=True)}


def _tables(spellings: Mapping[str, Mapping[str, str]], *, merges: bool) -> Endings:
    """The tables for look-up of all classes of the languages that have a spelling."""
    rows = [row for row in _rows() if row.lang in spellings and (merges or not row.name.startswith("folded"))]
    every = [paradigm for row in rows for paradigm in _classes(row, spellings, merges)]
    classes: dict[str, int] = {}
    common: dict[str, set[int]] = {}
    own: dict[str, int] = {}
    any_stem = adjectives = fleeting = 0
    for number, paradigm in enumerate(every):
        bit, row, endings = 1 << number, paradigm.row, paradigm.endings
        own[row.lang] = own.get(row.lang, 0) | bit
        for ending in endings:
            classes[ending] = classes.get(ending, 0) | bit
        if row.name != "word":
            shared = shared_letters(min(endings), max(endings))
            for ending in endings:
                common.setdefault(ending, set()).add(shared)
            any_stem |= 0 if paradigm.plain else bit
        if row.name.startswith("adjective") and len(paradigm.plain) < 2:
            adjectives |= bit
        if "fleeting" in row.name and (paradigm.plain[:1] in VOWELS) != (paradigm.changed[:1] in VOWELS):
            fleeting |= 0 if _AFTER_A_GLIDE in (paradigm.plain, paradigm.changed) else bit
    bare = {ending.removeprefix(WORD) for ending in classes}
    return Endings(
        every=tuple(every),
        classes=classes,
        common=common,
        families={lang: _union(own, close) for lang, close in families().items()},
        own=own,
        any_stem=any_stem,
        open=adjectives,
        fleeting=fleeting,
        ends={ending[cut:] for ending in bare for cut in range(len(ending) + 1)},
        longest=max(map(len, bare)),
    )


def _classes(row: Row, spellings: Mapping[str, Mapping[str, str]], merges: bool) -> Iterator[Paradigm]:
    """The class of a row for each of its tails."""
    spelling = spellings[row.lang]
    for tail in row.tails:
        plain, slash, changed = tail.partition("/")
        yield Paradigm(row, spelling[plain], spelling[changed if slash else plain], spelling, merges)


def _union(own: dict[str, int], languages: tuple[str, ...]) -> int:
    mask = 0
    for lang in languages:
        mask |= own.get(lang, 0)
    return mask


@cache
def cells_of(endings: Endings, number: int) -> dict[str, tuple[Cell, ...]]:
    """Ending -> its cells in one class, in the order of the table."""
    paradigm = endings.every[number]
    mark = WORD if paradigm.row.name == "word" else ""
    cells: dict[str, tuple[Cell, ...]] = {}
    for cell, piece in paradigm.row.endings:
        ending = mark + paradigm.ending(piece)
        cells[ending] = (*cells.get(ending, ()), cell)
    return cells
