"""The names in a running text, in one reading of it: those that the registry knows, and those that look like names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from resolver.forms import read_word
from resolver.index import AliasIndex
from resolver.language.legible import Legible, legible
from resolver.mentions.definitions import Definition, definitions
from resolver.mentions.kinds import Span
from resolver.mentions.known import KnownNames
from resolver.mentions.languages import language_of
from resolver.mentions.reading import Offsets, Reading, merged, stem
from resolver.mentions.segments import masked, outside, words
from resolver.mentions.unknown import names_by_shape
from resolver.mentions.vocabulary import is_adjective_of_place, is_frequent, is_function_word, plain, rows

LONGEST = 1_000_000  # code points that are read at once, a thick book: some 50 MB of words and what is known of them
_SEARCHED = 10_000  # code points in which the end of a piece is looked for
_ENDS = ("\n", ". ", "! ", "? ", " ")  # where a long text is best cut
_AND = frozenset(("and", "or", "&"))


@dataclass(frozen=True, slots=True)
class FoundNames:
    """The names in a text, in order: known ones, and those that look like names, which may overlap.

    doubtful   known names that may be common words: they begin a sentence, or are adjectives of places
    """

    lang: str | None
    known: tuple[Offsets, ...]
    shaped: tuple[Span, ...]
    doubtful: frozenset[Offsets] = frozenset()


class NameFinder:
    """Finds the names in texts, with those of an index among them.

    >>> from resolver.model import Entity
    >>> finder = NameFinder(AliasIndex([Entity("location:udmurtia", "Udmurtia", "location")]))
    >>> found = finder.find("The head of Udmurtia met Joe Biden.")
    >>> found.lang, found.known, [span.text for span in found.shaped]
    ('en', ((12, 20),), ['Udmurtia', 'Joe Biden'])
    """

    def __init__(self, index: AliasIndex) -> None:
        self._known = KnownNames(index)

    def find(self, text: str, lang: str | None = None) -> FoundNames:
        """The names in a text; without `lang`, the function words of the text tell its language.

        A text longer than a book is read piece by piece, so that what a reading takes is bounded: what is known of its
        words, which of them it writes in small letters for example, is known in a piece.
        """
        if len(text) <= LONGEST:
            return self._find(text, lang)
        lang = lang or self.language(text)
        pieces = [_shifted(self._find(text[start:end], lang), start) for start, end in _pieces(text)]
        return FoundNames(
            lang,
            tuple(span for piece in pieces for span in piece.known),
            tuple(span for piece in pieces for span in piece.shaped),
            frozenset(span for piece in pieces for span in piece.doubtful),
        )

    def _find(self, text: str, lang: str | None) -> FoundNames:
        shown = legible(text, hyphenated=rows()["compound"])
        masks = masked(shown.text)
        reading = Reading(shown.text, masks, lang=lang)
        lang = lang or reading.lang
        known = outside(self._known.find(shown.text, reading.words, lang), masks)
        named = [span for span in known if not is_function_word(shown.text[slice(*span)], lang)]
        doubtful = {span for span in named if self._is_common_word(reading, *span, lang)}
        if reading.headline:
            sure = [span for span in named if span not in doubtful]
            named = merged([*self._in_headline(reading, sure, lang), *named])
        if lang == "en":
            named = list(self._without_shared_noun(reading, named))
        shaped = names_by_shape(reading)
        return FoundNames(
            lang,
            tuple(shown.original(*span) for span in named),
            tuple(_original(span, text, shown) for span in shaped) if shown.edits else tuple(shaped),
            frozenset(shown.original(*span) for span in doubtful),
        )

    def definitions(self, text: str) -> tuple[Definition, ...]:
        """The acronyms that a text defines."""
        return tuple(definitions(text))

    def language(self, text: str) -> str | None:
        """The language of a text by its function words, or None if none of the known ones fits."""
        return language_of(Counter(word.text for word in words(text[:LONGEST])))

    def _in_headline(self, reading: Reading, named: Sequence[Offsets], lang: str | None) -> Iterator[Offsets]:
        """The names of the text in a headline in small letters."""
        body = {stem(reading.surfaces[index]) for span in named for index in reading.words_of(span)}
        for span in outside(self._known.find(reading.text, reading.raised_headline(named), lang), reading.barred):
            held = body.issuperset(stem(reading.surfaces[index]) for index in reading.words_of(span))
            if held and not is_function_word(reading.text[slice(*span)], lang):
                yield span

    def _without_shared_noun(self, reading: Reading, named: Sequence[Offsets]) -> Iterator[Offsets]:
        """The spans, without a plural noun that is as much that of the name before: Osa and Tor missile systems."""
        yield from named[:1]
        for before, span in pairwise(named):
            between = reading.text[before[1] : span[0]].strip().lower()
            yield self._without_noun(reading, before, span) if between in _AND else span

    def _without_noun(self, reading: Reading, before: Offsets, span: Offsets) -> Offsets:
        words = [reading.words[index] for index in reading.words_of(span)]
        has_own = any(_is_generic(reading.surfaces[index]) for index in reading.words_of(before))
        if has_own or reading.text[span[1] - 1] not in "sS":
            return span
        while len(words) > 1 and _is_generic(words[-1].text):
            words.pop()
            shorter = (span[0], words[-1].end)
            if self._known.find(reading.text, words, "en") == [shorter]:
                return shorter
        return span

    def _is_common_word(self, reading: Reading, start: int, end: int, lang: str | None) -> bool:
        """Whether what could be a known name is rather one of the words that every text has.

        A frequent word counts as a name where it has a capital for no other reason, and where the text elsewhere shows
        that it is one: Нова in "на телеканалі Нова", not in "Нова адміністрація". So does a word that the text mostly
        writes in small letters, and the adjective of a place.
        """
        surface = reading.text[start:end]
        if surface.isupper() and len(surface) > 1:
            return False
        if is_adjective_of_place(surface, lang):
            return surface.islower() or reading.is_initial(start)
        if surface.islower():
            return is_frequent(plain(surface), lang)
        if not reading.is_initial(start):
            return False
        if reading.is_plain_word(surface) and not self._known.is_small(surface):
            return True
        return is_frequent(plain(surface), lang) and stem(surface) not in reading.seen


def _pieces(text: str) -> Iterator[Offsets]:
    """The spans in which a long text is read, cut behind a line or a sentence if one ends there, else behind a word."""
    start = 0
    while len(text) - start > LONGEST:
        limit = start + LONGEST
        cuts = (text.rfind(sign, limit - _SEARCHED, limit) + len(sign) for sign in _ENDS)
        end = next((cut for cut in cuts if cut > limit - _SEARCHED), limit)
        yield start, end
        start = end
    yield start, len(text)


def _shifted(found: FoundNames, by: int) -> FoundNames:
    """What was found in a piece of a text that begins at `by`."""
    if not by:
        return found

    def moved(span: Offsets) -> Offsets:
        return span[0] + by, span[1] + by

    shaped = (
        replace(span, start=span.start + by, end=span.end + by, proper=tuple(map(moved, span.proper)))
        for span in found.shaped
    )
    return FoundNames(found.lang, tuple(map(moved, found.known)), tuple(shaped), frozenset(map(moved, found.doubtful)))


def _original(span: Span, text: str, shown: Legible) -> Span:
    """The span of a legible text in the original one."""
    start, end = shown.original(span.start, span.end)
    proper = tuple(shown.original(*word) for word in span.proper)
    return replace(span, start=start, end=end, text=text[start:end], proper=proper)


def _is_generic(word: str) -> bool:
    return any(token.index_key[0] == "=" for token in read_word(word))
