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
from resolver.language.names import is_particle
from resolver.mentions.segments import Word

_INNER = re.compile(r"[\s\"'’‘“”„«»‹›*_–—\-‐‑.,№#]*")
_BREAK = re.compile(r"\n\s*\n|[,;:!?]|\.\s*\n")
_END = "$"
_CLOSE = 0.9  # similarity from which a word of the text counts as a form of a registry word


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

    def find(self, text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
        """The spans of known names, in order and apart."""
        pieces = [piece for word in words for piece in word.parts]
        spans: list[tuple[int, int]] = []
        i = 0
        while i < len(pieces):
            last = self._longest(text, pieces, i)
            if last is None:
                i += 1
            else:
                spans.append((pieces[i][0], pieces[last][1]))
                i = last + 1
        return spans

    def _longest(self, text: str, pieces: Sequence[tuple[int, int]], first: int) -> int | None:
        """The last piece of the longest known name that starts at a piece, or None."""
        start, end = pieces[first]
        reach = [node for key in self._keys(text[start:end]) for node in self._step([self._trie], key)]
        best = None
        i = first
        stepped = True
        while reach:
            if stepped and any(_END in node for node in reach) and self._is_name(text[start : pieces[i][1]]):
                best = i
            i += 1
            if i >= len(pieces) or not _may_join(text[pieces[i - 1][1] : pieces[i][0]]):
                break
            word = text[pieces[i][0] : pieces[i][1]]
            following = [node for keys in self._keys(word) for node in self._step(reach, keys)]
            if not following and not _is_skipped(word):
                break
            stepped = bool(following)
            reach = following or reach
        return best

    def _step(self, nodes: list[dict[str, Any]], keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        for key in keys:
            nodes = [node[key] for node in nodes if key in node]
        yield from nodes

    def _find_keys(self, word: str) -> tuple[tuple[str, ...], ...]:
        """The sequences of index keys of the registry that one word of text may stand for."""
        tokens = read_word(word)
        if len(tokens) != 1:
            return (tuple(token.index_key for token in tokens),) if tokens else ()
        near = [*self._index.neighbours(tokens[0])]
        if tokens[0].index_key[0] == "=":
            near += self._index.neighbours(as_name(tokens[0]))
        return tuple((key,) for key, similarity, blocking in near if similarity >= _CLOSE and blocking != "typo")

    def _is_name(self, surface: str) -> bool:
        """Whether its letters allow a name: a capital or a digit, or an alias that is written in lower case."""
        if surface != surface.lower() or any(char.isdigit() for char in surface):
            return True
        return " ".join(clean(surface).casefold().split()) in self._lower


def _may_join(gap: str) -> bool:
    return len(gap) <= 6 and not _BREAK.search(gap) and bool(_INNER.fullmatch(gap))


@lru_cache(maxsize=4096)
def _is_skipped(word: str) -> bool:
    return word.islower() and all(is_particle(token.key) for token in read_word(word))
