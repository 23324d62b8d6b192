"""Words looked up by their key, with the endings that they take: what the tables of names share.

A table holds each word once, in a readable spelling; a word is found by `key_of`, which is `fold(romanize(word))`, so
that завод, zavod and Zavod are one. A stem in a table takes one of the table's endings and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from resolver.language.romanization import fold, fold_words, romanize
from resolver.language.tables import read_table

_MIN_STEM = 3  # letters
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ|"))


def key_of(word: str) -> str:
    """The folded key of a table's word; apostrophes and the seams of compounds are no part of it.

    >>> key_of("машино|строительный"), key_of("об'єднання")
    ('masinostroitelni', 'obednania')
    """
    latin = romanize(word.translate(_APOSTROPHES), None)  # as `forms` calls it: one place in its memory
    return fold(latin) if latin else ""


def keys_of(words: Sequence[str]) -> list[str]:
    """The folded keys of a table's words, at once."""
    return fold_words([word.translate(_APOSTROPHES) for word in words])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Whole words, and stems that take one of the given endings and nothing else; each means one thing.

    `starts` are the first letters of the stems: most words begin with none of them, and need no further look.
    """

    words: Mapping[str, str]
    stems: Mapping[str, str]
    endings: frozenset[str]
    longest_ending: int
    starts: frozenset[str]

    def find(self, key: str) -> str | None:
        """What the word means, or None. A whole word goes first, then the longest stem."""
        whole = self.words.get(key)
        if whole or key[:_MIN_STEM] not in self.starts:
            return whole
        stem = next(self.stems_of(key), None)
        return self.stems[stem] if stem else None

    def stems_of(self, key: str) -> Iterator[str]:
        """The stems that make up the key together with an ending, the longest first."""
        if key[:_MIN_STEM] not in self.starts:
            return
        for end in range(len(key), max(_MIN_STEM - 1, len(key) - self.longest_ending - 1), -1):
            stem = key[:end]
            # The fold merges a doubled letter at the seam: the ending may begin with the last letter of the stem.
            if stem in self.stems and (key[end:] in self.endings or key[end - 1 :] in self.endings):
                yield stem


def endings_of(table: str) -> frozenset[str]:
    """The folded endings of a table; folded behind a consonant, as fold contracts across the seam."""
    listed = [ending for key, values in read_table(table) if key == "endings" for ending in values]
    return frozenset({"", *(key_of(f"n{e}" if e.isascii() else f"н{e}")[1:] for e in listed)})


def lexicon(entries: Iterable[tuple[str, str]], endings: frozenset[str]) -> Lexicon:
    """The lexicon of (spelling, meaning) pairs. A spelling that ends in * is a stem."""
    words: dict[str, str] = {}
    stems: dict[str, str] = {}
    listed = list(entries)
    for (spelling, meaning), key in zip(listed, keys_of([spelling for spelling, _ in listed]), strict=True):
        (stems if spelling.endswith("*") else words).setdefault(key, meaning)
    return lexicon_of(words, stems, endings)


def lexicon_of(words: Mapping[str, str], stems: Mapping[str, str], endings: frozenset[str]) -> Lexicon:
    """The lexicon of folded words and stems."""
    return Lexicon(words, stems, endings, max(map(len, endings)), frozenset(stem[:_MIN_STEM] for stem in stems))
