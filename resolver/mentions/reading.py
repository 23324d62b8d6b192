"""A text read once for its names: the words that may belong to one, and what the text itself says about them.

`Reading` holds the tables that the search for names looks up again and again: the capitalised words as `Token`s, which
of them begin a sentence or stand in a heading, how often each word occurs, and the language of the text. Each table is
made in one sweep over the words.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from resolver.mentions.languages import language_of
from resolver.mentions.segments import Word, headings, headline_end, sentences, words
from resolver.mentions.vocabulary import LANGUAGES, Traits, is_frequent, plain, rows, traits

Offsets = tuple[int, int]

SPACES = frozenset((" ", "\u00a0", "\u202f", "  "))
_OPENING = frozenset('"“„«‘‹:•*')
_STEM = 5  # letters that the case forms of a Slavic name share


class Token(NamedTuple):
    """A word that may belong to a name.

    start, end   its part that may be a name: "Latvia" of "Latvia-based"
    at           its place among the words of the text
    initial      every word has a capital there: at the start of a sentence, in quotes, after a colon
    joiner       a lower-case word between capitalised ones: "of", "von"
    closed       nothing may follow it in a name
    """

    start: int
    end: int
    text: str
    at: int
    traits: Traits
    initial: bool = False
    joiner: bool = False
    closed: bool = False


class Reading:
    """A text with its words and what is known of them; `barred` spans, sorted and apart, hold no names to report."""

    def __init__(self, text: str, barred: Iterable[Offsets], *, lang: str | None = None) -> None:
        self.text = text
        self.words = words(text)
        self.surfaces = [word.text for word in self.words]
        self.counts = Counter(self.surfaces)
        self.lang = lang if lang in LANGUAGES else language_of(self.counts)
        self.headline = range(bisect_left(self.words, headline_end(text), key=_start))
        self._small = Counter(self.surfaces[: self.headline.stop])
        self.barred = merged(barred)
        self.headings = [span for span in headings(text) if self._has_plain_words(span)]
        capitalised = {surface for surface in self.counts if not (surface.islower() or surface.isdecimal())}
        capitals = [index for index, surface in enumerate(self.surfaces) if surface in capitalised]
        initial = self._initial(capitals)
        self.titled = self._inside(capitals, self.headings)
        self.names = frozenset(
            plain(self.surfaces[index])
            for index in capitals
            if index not in initial and index not in self.titled and self.surfaces[index][0].isupper()
        )
        self.seen = frozenset(map(stem, self.names))
        barred_words = self._inside(capitals, self.barred)
        made = (self._token(index, index in initial) for index in capitals if index not in barred_words)
        self.tokens = {token.at: token for token in made if token}
        numbers = {surface for surface in self.counts if len(surface) < 3 and surface.isdecimal()}
        self.numbered = Counter(
            f"{before} {surface}" for before, surface in pairwise(self.surfaces) if surface in numbers
        )

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The words with a capital right behind a given name, in small letters."""
        given = (at for at, token in self.tokens.items() if token.traits.given and at + 1 in self.tokens)
        return frozenset(plain(self.surfaces[at + 1]) for at in given if self.is_spaced(at))

    def bar(self, spans: Sequence[Offsets]) -> None:
        """Take these spans out of what is read."""
        self.barred = merged([*self.barred, *spans])
        for start, end in spans:
            index = bisect_left(self.words, start, key=_start)
            while index < len(self.words) and self.words[index].start < end:
                self.tokens.pop(index, None)
                index += 1

    def gap(self, index: int) -> str:
        """What stands between a word and the next one."""
        return self.text[self.words[index].end : self.words[index + 1].start]

    def is_spaced(self, index: int) -> bool:
        """Whether nothing but a space parts a word from the next one, which exists."""
        return 0 <= index < len(self.words) - 1 and self.gap(index) in SPACES

    def is_plain_word(self, word: str) -> bool:
        """Whether the text mostly writes the word in lower case, outside its headline."""
        if word.isupper() and len(word) > 1:
            return False
        lower = plain(word)
        return 0 < self.counts[lower] - self._small[lower] >= self.counts[word]

    def is_initial(self, position: int) -> bool:
        """Whether the word at a position has its capital because a sentence or a quotation begins there."""
        token = self.tokens.get(bisect_left(self.words, position, key=_start))
        return token is not None and token.initial

    def proper_words(self, start: int, end: int) -> Iterator[Offsets]:
        """The words of a span that have a capital because they are names, as far as their place and frequency tell."""
        for index in self.words_of((start, end)):
            word = self.words[index]
            token = self.tokens.get(index)
            if not is_capitalised(word.text) or is_frequent(plain(word.text), self.lang):
                continue
            by_place = index in self.titled or (token is not None and token.initial)
            if not by_place or stem(word.text) in self.seen or traits(word.text, self.lang).given:
                yield word.start, word.end

    def raised_headline(self, named: Iterable[Offsets]) -> list[Word]:
        """The words of a headline in small letters, with a capital where they are words of names that the text has.

        Not where the text also writes a word in small letters, nor for acronyms, which mean little without capitals. A
        Slavic name may have another case form there.
        """
        if not self.headline:
            return []
        names = {self.surfaces[index] for span in named for index in self.words_of(span) if index not in self.headline}
        body = set(self.surfaces[self.headline.stop :])
        written = {
            plain(name): name
            for name in sorted(names)
            if plain(name) not in body and not (name.isupper() and name.isalpha())
        }
        stems = set(map(stem, written)) if self.lang != "en" else set()
        stems.difference_update(map(stem, filter(str.islower, body)))
        return [
            _raised(word, written.get(word.text) or (word.text.capitalize() if stem(word.text) in stems else word.text))
            for word in self.words[: self.headline.stop]
        ]

    def words_of(self, span: Offsets) -> range:
        """The indexes of the words that begin in a span."""
        first = bisect_left(self.words, span[0], key=_start)
        return range(first, bisect_left(self.words, span[1], lo=first, key=_start))

    def word_before(self, position: int) -> int:
        """The index of the last word that ends at a position or before it; -1 if there is none."""
        return bisect_right(self.words, position, key=_end) - 1

    def _has_plain_words(self, span: Offsets) -> bool:
        """Whether a line in capitals holds a word that is no name; else it is one name, or a list of names."""
        capitals = self.text[span[0] : span[1]].isupper()
        for index in self.words_of(span)[0 if capitals else 1 :]:
            found = traits(self.surfaces[index].title() if capitals else self.surfaces[index], self.lang)
            if (found.common or found.formation or found.function) and not (found.given or found.place):
                return True
        return False

    def _inside(self, indexes: Iterable[int], spans: Sequence[Offsets]) -> frozenset[int]:
        """Those of the words, given in order, that overlap one of the sorted, separate spans."""
        found = set()
        at = 0
        for index in indexes:
            start, end, *_ = self.words[index]
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            if at < len(spans) and spans[at][0] < end:
                found.add(index)
        return frozenset(found)

    def _initial(self, indexes: Iterable[int]) -> frozenset[int]:
        """Those of the words, given in order, that begin a sentence, a quotation or what follows a colon."""
        starts = [start for start, _ in sentences(self.text)]
        found = set()
        at = 0
        for index in indexes:
            start = self.words[index].start
            before = self.words[index - 1].end if index else 0
            while at < len(starts) and starts[at] <= start:
                at += 1
            begins = at > 0 and starts[at - 1] >= before
            if begins or (start - before > 1 and not _OPENING.isdisjoint(self.text[before:start])):
                found.add(index)
        return frozenset(found)

    def _token(self, index: int, initial: bool) -> Token | None:
        word = self.words[index]
        if word.parts:
            return self._compound(index, word, initial)
        surface = self.surfaces[index]
        if not is_capitalised(surface):
            return None
        return Token(word.start, word.end, surface, index, traits(surface, self.lang), initial)

    def _compound(self, index: int, word: Word, initial: bool) -> Token | None:
        """The part that may be a name: "Latvia" of Latvia-based, "Putin" of anti-Putin, all of al-Assad."""
        pieces = [part.text for part in word.parts]
        first, last = 0, len(pieces) - 1
        if plain(pieces[0]) in rows()["prefix"]:
            first = 1
        elif pieces[0].islower() and plain(pieces[0]) not in rows()["particle"]:
            return None
        while last > first and self.lang == "en" and pieces[last] in rows()["compound"]:
            last -= 1
        if not any(map(is_capitalised, pieces[first : last + 1])):
            return None
        start, end = word.parts[first].start, word.parts[last].end
        text = self.text[start:end]
        lowered = all(map(str.islower, pieces[first + 1 : last + 1])) and last > first
        generic = lowered and traits(pieces[first], self.lang).generic  # "First-ever" is as common as "first"
        known = traits(pieces[first] if generic and not traits(text, self.lang).title else text, self.lang)
        return Token(start, end, text, index, known, initial, closed=last < len(pieces) - 1)


def stem(word: str) -> str:
    """What the case forms of a name share, for looking up whether the text holds it elsewhere."""
    return plain(word)[:_STEM]


def is_capitalised(surface: str) -> bool:
    """Whether a word begins like a name: Kupol, iPhone, 9K33; digits need a capital letter behind them.

    >>> [is_capitalised(word) for word in ("Kupol", "iPhone", "9K33", "35", "2nd", "5G", "北京")]
    [True, True, True, False, False, False, False]
    """
    first = surface[:1]
    if first.isdigit():
        return len(surface) > 2 and surface.isupper()
    return first.isupper() or first.istitle() or (first.islower() and len(surface) > 2 and surface[1].isupper())


def merged(spans: Iterable[Offsets]) -> list[Offsets]:
    """The spans sorted, those that overlap as one."""
    found: list[Offsets] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def covers(spans: Sequence[Offsets], start: int, end: int) -> bool:
    """Whether one of the sorted, separate spans overlaps start..end."""
    at = bisect_left(spans, (end, -1))
    return at > 0 and spans[at - 1][1] > start


def _raised(word: Word, surface: str) -> Word:
    """The word as written elsewhere, in its place."""
    if surface == word.text or len(surface) != len(word.text):
        return word
    parts = [part._replace(text=surface[part.start - word.start : part.end - word.start]) for part in word.parts]
    return word._replace(text=surface, parts=tuple(parts))


def _start(word: Word) -> int:
    return word.start


def _end(word: Word) -> int:
    return word.end
