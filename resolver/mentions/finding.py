"""The names in a running text, in one reading of it: those that the registry knows, and those that look like names."""

from collections import Counter
from dataclasses import dataclass

from resolver.index import AliasIndex
from resolver.mentions.definitions import Definition, definitions
from resolver.mentions.known import KnownNames
from resolver.mentions.reading import Offsets, Reading, stem
from resolver.mentions.segments import masked, outside, words
from resolver.mentions.unknown import Span, names_by_shape
from resolver.mentions.vocabulary import is_adjective_of_place, is_frequent, is_function_word, language_of, plain


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
        """The names in a text; without `lang`, the function words of the text tell its language."""
        masks = masked(text)
        reading = Reading(text, masks)
        lang = lang or reading.lang
        known = outside(self._known.find(text, reading.words, lang), masks)
        known = [span for span in known if not is_function_word(text[slice(*span)], lang)]
        doubtful = frozenset(span for span in known if self._is_common_word(reading, *span, lang))
        return FoundNames(lang, tuple(known), tuple(names_by_shape(reading)), doubtful)

    def definitions(self, text: str) -> tuple[Definition, ...]:
        """The acronyms that a text defines."""
        return tuple(definitions(text))

    def language(self, text: str) -> str | None:
        """The language of a text by its function words, or None if none of the known ones fits."""
        return language_of(Counter(word.text for word in words(text)))

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
