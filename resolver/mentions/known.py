"""Names of the registry in running text, in any case form that the matcher knows, longest first, then leftmost.

1. Each word of the text is folded once, and cached: the words of the registry that it is a form of.
2. From each word that may start a name, a trie over the words of all aliases is walked. Particles and quotation marks
   may stand between the words of a name; a new paragraph, a comma or the end of a sentence may not.
3. A name in lower case counts only where an alias is written in lower case, letter by letter.

Typos are not looked for here: a misspelt name is found by its shape (`resolver.mentions.unknown`) and then resolved.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from resolver.forms import as_name, clean, read_word
from resolver.index import AliasIndex
from resolver.language.inflection import relate
from resolver.language.names import is_particle
from resolver.language.organizations import concept_phrases
from resolver.mentions.segments import Word

_INNER = re.compile(r"(?:['’]s(?=\s))?[\s\"'’‘“”„«»‹›*_–—\-‐‑.,№#]*")
_BREAK = re.compile(r"\n\s*\n|[,;:!?]|\.\s*\n")
_QUOTATION = (("«", "»"), ("“", "”"), ("„", "“"), ("„", "”"), ('"', '"'))
_END = "$"


class KnownNames:
    """Finds the aliases of an index in texts.

    >>> from resolver.mentions.segments import words
    >>> from resolver.model import Entity
    >>> known = KnownNames(AliasIndex([Entity("o:sbu", "Security Service of Ukraine", "organization")]))
    >>> text = "агенти Служби безпеки України; the Security Service of Ukraine"
    >>> [text[start:end] for start, end in known.find(text, words(text))]
    ['Security Service of Ukraine']
    """

    def __init__(self, index: AliasIndex) -> None:
        self._index = index
        self._trie: dict[str, Any] = {}
        self._lower: set[str] = set()
        for entry in index.entries:
            node = self._trie
            for token in entry.form.tokens:
                node = node.setdefault(token.index_key, {})
            node[_END] = True
            if entry.form.text == entry.form.text.lower():
                self._lower.add(entry.form.folded)
        self._keys = lru_cache(maxsize=100_000)(self._find_keys)

    def find(self, text: str, words: Sequence[Word], lang: str | None = None) -> list[tuple[int, int]]:
        """The spans of known names, in order and apart. English has no Slavic case forms: Israeli is not Israel."""
        pieces = [piece for word in words for piece in word.parts]
        spans: list[tuple[int, int]] = []
        i = 0
        while i < len(pieces):
            last = self._longest(text, pieces, i, lang)
            if last is None:
                i += 1
            else:
                spans.append((pieces[i][0], _closed(text, pieces[i][0], pieces[last][1])))
                i = last + 1
        return spans

    def _longest(self, text: str, pieces: Sequence[tuple[int, int]], first: int, lang: str | None) -> int | None:
        """The last piece of the longest known name that starts at a piece, or None."""
        best = None
        reached = list(self._steps(text, pieces, first, self._trie, lang))
        while reached:
            node, last = reached.pop()
            if (
                _END in node
                and (best is None or last > best)
                and self._is_name(text[pieces[first][0] : pieces[last][1]])
            ):
                best = last
            following = self._skip(text, pieces, last)
            if following is not None and len(node) > (_END in node):
                reached += self._steps(text, pieces, following, node, lang)
        return best

    def _steps(
        self, text: str, pieces: Sequence[tuple[int, int]], i: int, node: dict[str, Any], lang: str | None
    ) -> Iterator[tuple[dict[str, Any], int]]:
        """(node, last piece) of each way from a node over a piece, or over two pieces that are one generic word."""
        start, end = pieces[i]
        for keys in self._keys(text[start:end], lang):
            below = node
            for key in keys:
                below = below.get(key, {})
            if below:
                yield below, i
        if i + 1 < len(pieces) and _may_join(text[end : pieces[i + 1][0]]):
            concept = _phrase(text[start:end], text[pieces[i + 1][0] : pieces[i + 1][1]])
            if concept and concept in node:
                yield node[concept], i + 1

    def _skip(self, text: str, pieces: Sequence[tuple[int, int]], last: int) -> int | None:
        """The next piece that may go on with a name: over particles, but over no break; None if there is none."""
        for i in range(last + 1, min(last + 4, len(pieces))):
            if not _may_join(text[pieces[i - 1][1] : pieces[i][0]]):
                return None
            if not _is_skipped(text[pieces[i][0] : pieces[i][1]]):
                return i
        return None

    def _find_keys(self, word: str, lang: str | None) -> tuple[tuple[str, ...], ...]:
        """The sequences of index keys of the registry that one word of text may stand for."""
        tokens = read_word(word)
        if len(tokens) != 1:
            return (tuple(token.index_key for token in tokens),) if tokens else ()
        token = tokens[0]
        is_english = lang == "en" and token.script == "Latn"
        return tuple(
            (key,)
            for name in ((token, as_name(token)) if token.index_key[0] == "=" else (token,))
            for key in self._index.forms_of(name)
            if key == name.index_key or not is_english or relate(name.key, key, "en")
        )

    def _is_name(self, surface: str) -> bool:
        """Whether its letters allow a name: a capital or a digit, or an alias that is written in lower case.

        A single letter and a bare number name nothing in a text, whatever the registry holds.
        """
        if len(surface) == 1 or not any(map(str.isalpha, surface)):
            return False
        if surface != surface.lower() or any(map(str.isdigit, surface)):
            return True
        return " ".join(clean(surface).casefold().split()) in self._lower


def _closed(text: str, start: int, end: int) -> int:
    """The end of a span, behind the closing mark of a quotation that begins inside it: ЗРК «Тор»."""
    inner, after = text[start:end], text[end : end + 1]
    for opening, closing in _QUOTATION:
        is_open = inner.count(opening) % 2 == 1 if opening == closing else opening in inner and closing not in inner
        if after == closing and is_open:
            return end + 1
    return end


def _may_join(gap: str) -> bool:
    return len(gap) <= 6 and not _BREAK.search(gap) and bool(_INNER.fullmatch(gap))


@lru_cache(maxsize=65536)
def _phrase(first: str, second: str) -> str | None:
    """The index key of two words that are one generic word (air defence), else None."""
    one, other = read_word(first), read_word(second)
    if not one or not other:
        return None
    phrases = concept_phrases()
    concept = phrases.get((one[0].key, other[0].key)) or phrases.get((one[0].index_key, other[0].index_key))
    return f"={concept}" if concept else None


@lru_cache(maxsize=4096)
def _is_skipped(word: str) -> bool:
    return word.islower() and all(is_particle(token.key) for token in read_word(word))
