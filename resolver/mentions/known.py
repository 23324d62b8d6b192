"""Names of the registry in running text, in any case form that the matcher knows, longest first, then leftmost.

1. Most words of a text start no name, and are passed over by one look-up. A word with a capital or a digit may; one in
   small letters only if an alias in small letters starts with it, or if a name goes on from it to a capital: президент
   of "президент Росії". The latter are found backwards, from the capital.
2. From each word that may start a name, a trie over the words of all aliases is walked. Particles and quotation marks
   may stand between the words of a name; a new paragraph, a comma or the end of a sentence may not.
3. A name in lower case counts only where an alias is written in lower case, letter by letter.

Places and bodies that the registry has under any name are found under all that the table of exonyms has for them.

What a word may stand for is looked up once and remembered, for all texts. Typos are not looked for here: a misspelt
name is found by its shape (`resolver.mentions.unknown`) and then resolved.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from resolver.exonyms import names_of
from resolver.forms import SurfaceForm, Token, analyse, as_name, clean, read_word
from resolver.index import AliasIndex
from resolver.language.inflection import WordsByStem, is_case_form, relate
from resolver.language.names import is_particle
from resolver.language.organizations import concept, concept_phrases
from resolver.language.romanization import fold, romanize
from resolver.memory import FEW, MANY
from resolver.mentions.segments import Word
from resolver.mentions.vocabulary import is_function_word

_INNER = re.compile(r"(?:['’]s(?=\s))?[\s\"'’‘“”„«»‹›*_–—\-‐‑.,№#&]*")
_BREAK = re.compile(r"\n\s*\n|[,;:!?]|\.\s*\n|\s[–—]\s")  # «Купол» — завод is a sentence
_PLAIN = re.compile("[ -]")  # what stands between the words of most aliases
_QUOTATION = (("«", "»"), ("“", "”"), ("„", "“"), ("„", "”"), ('"', '"'))
_SIGNS = frozenset((".", "+", "!"))  # signs behind its last word that belong to a name: Yahoo!
_END = "$"
_FEW = 100  # words of the registry that are compared with one word of text sooner than looked up
_LONGEST_ABBREVIATION = 3  # letters of one that no table knows
_SKIPPED = 2  # particles in a row between two words of a name
_NOTHING: frozenset[str] = frozenset()

_Node = dict[str, Any]
_Found = tuple[int, int, tuple["_Frame", ...]]  # the last piece of a name, how many count, what aliases hold around it
_NO_NAME: _Found = (-1, 0, ())


class _Frame(NamedTuple):
    """What an alias holds before its first word and behind its last one, if it says anything: "The ", "+"."""

    before: str = ""
    after: str = ""


_BARE = (_Frame(),)


class _Role(NamedTuple):
    """What a word of text does in names of the registry.

    roots    the nodes that it leads to from the root of the trie
    before   the index keys that stand before it in some alias
    begins   whether two words that are one generic word (air defence) may begin with it; ends: whether they may end so
    """

    roots: tuple[_Node, ...]
    before: frozenset[str]
    begins: bool
    ends: bool


class _Line(NamedTuple):
    """A text as the trie is walked over it: the pieces of its words, what is written there, and what words do there."""

    text: str
    pieces: Sequence[Word]
    surfaces: Sequence[str]
    lang: str | None
    english: bool
    role: Callable[[str], _Role]

    def joins(self, i: int) -> bool:
        """Whether a piece and the next one, if there is one, may belong to one name."""
        if not 0 <= i < len(self.pieces) - 1:
            return False
        gap = self.text[self.pieces[i].end : self.pieces[i + 1].start]
        if gap == " ":
            return True
        ends = (
            gap[:1] == "." and self.surfaces[i].islower() and not self.pieces[i].dot
        )  # of a sentence: no abbreviation
        return len(gap) <= 6 and not ends and _may_join(gap)

    def following(self, last: int) -> int | None:
        """The next piece that may go on with a name: over particles, but over no break; None if there is none."""
        for i in range(last + 1, last + 2 + _SKIPPED):
            if not self.joins(i - 1):
                return None
            if not _is_skipped(self.surfaces[i]):
                return i
        return None

    def before(self, first: int) -> Iterator[int]:
        """The pieces from which a name may go on to this one."""
        for i in range(first - 1, first - 2 - _SKIPPED, -1):
            if not self.joins(i):
                return
            yield i
            if not _is_skipped(self.surfaces[i]):
                return

    def phrase(self, first: int) -> str | None:
        """The index key of a piece and the next one if they are one generic word (air defence), else None."""
        if not self.joins(first) or not _in_phrases(self.surfaces[first])[0]:
            return None
        return _phrase(self.surfaces[first], self.surfaces[first + 1])


class KnownNames:
    """Finds the aliases of an index in texts.

    >>> from resolver.mentions.segments import words
    >>> from resolver.model import Entity
    >>> known = KnownNames(AliasIndex([Entity("o:sbu", "Security Service of Ukraine", "organization")]))
    >>> text = "агенти Служби безпеки України; the Security Service of Ukraine"
    >>> [text[start:end] for start, end in known.find(text, words(text))]
    ['Служби безпеки України', 'Security Service of Ukraine']
    """

    def __init__(self, index: AliasIndex) -> None:
        self._index = index
        self._trie: _Node = {}
        self._before: dict[str, set[str]] = defaultdict(set)  # the words that stand before a word in some alias
        self._lower: set[str] = set()
        self._small: set[str] = set()  # the index keys of names of one word that are written in small letters
        names = zip(index.tables.texts, index.tables.written.select(range(len(index))), strict=True)
        for text, written in names:
            keys, words = written.split(" "), _PLAIN.split(text)
            if len(words) == len(keys) and all(map(str.isalnum, words)):
                self._add(keys, text, " ".join(words), _BARE[0])
            elif form := analyse(text):  # the index does not hold what stands around its words
                self._add(keys, text, form.folded, _frame(form))
        named = [(text, form) for text in names_of(self._index.knows) if (form := analyse(text))]
        for text, form in named:
            self._add(form.written.split(" "), text, form.folded, _BARE[0])
        self._others = frozenset(word for _, form in named for word in form.written.split(" "))
        self._others_by_stem = WordsByStem(sorted(self._others))
        self._before.default_factory = None
        self._first_lower = {name.partition(" ")[0] for name in self._lower}
        self._may_start = lru_cache(maxsize=MANY)(self._find_may_start)
        self._keys = lru_cache(maxsize=MANY)(self._find_keys)
        self._role = lru_cache(maxsize=MANY)(self._find_role)

    def find(self, text: str, words: Sequence[Word], lang: str | None = None) -> list[tuple[int, int]]:
        """The spans of known names, in order and apart. English has no Slavic case forms: Israeli is not Israel."""
        pieces = [piece for word in words for piece in word.parts or (word,)]
        english = lang == "en"
        role = cache(lambda word: self._role(word, english))  # of all words of the text: it is gone through twice
        line = _Line(text, pieces, [piece.text for piece in pieces], lang, english, role)
        spans: list[tuple[int, int]] = []
        done = -1
        starts = self._starts(line)
        for first in starts:
            last, length, frames = self._longest(line, first) if first > done else _NO_NAME
            if last > done and not self._is_cut_short(line, range(first, last + 1), length, starts):
                spans.append(_whole(text, pieces[first].start, pieces[last].end, frames))
                done = last
        return spans

    def is_small(self, word: str) -> bool:
        """Whether a word may be a name that the registry also writes in small letters: brexit."""
        return any(path[0] in self._small for path in self._keys(word, False) if len(path) == 1)

    def _add(self, keys: Sequence[str], text: str, words: str, frame: _Frame) -> None:
        """Enter an alias into the trie, and what is looked up without walking it."""
        node = self._trie
        before = None
        for key in keys:
            node = node.setdefault(key, {})
            if before is not None:
                self._before[key].add(before)
            before = key
        node[_END] = _with(node.get(_END), frame)
        if text == text.lower():
            self._lower.add(clean(words).casefold())
            if len(keys) == 1:
                self._small.add(keys[0])

    def _starts(self, line: _Line) -> list[int]:
        """The pieces that may start a name, in order."""
        surfaces = line.surfaces
        starting = frozenset(filter(self._may_start, set(surfaces)))
        starts = {i for i, word in enumerate(surfaces) if word in starting}
        for i in sorted(starts):
            if i and not _is_marked(surfaces[i - 1]) and line.joins(i - 1):
                self._add_starts_before(line, i, starts)
        return sorted(starts)

    def _add_starts_before(self, line: _Line, last: int, starts: set[int]) -> None:
        """Add the words in small letters from which a name may go on to the word `last`."""
        _, before, begins, ends = line.role(line.surfaces[last])
        if not (before or begins or ends):
            return
        reached = {last: before}  # piece -> the keys that may stand before it
        for first in [last] * begins + [last - 1] * ends:
            phrase = line.phrase(first)
            if phrase:
                starts.add(first)
                reached[first] = reached.get(first, _NOTHING).union(self._before.get(phrase, ()))
        while reached:
            at = max(reached)
            keys = reached.pop(at)
            for i in line.before(at) if keys else ():
                if _is_marked(line.surfaces[i]):
                    break
                ways = [(i, path[0]) for path in self._paths(line, i, keys)]
                phrase = None if keys.isdisjoint(_phrase_keys()) else line.phrase(i - 1)
                if phrase:
                    ways.append((i - 1, phrase))
                for first, key in ways:
                    if key in keys:
                        starts.add(first)
                        reached[first] = reached.get(first, _NOTHING).union(self._before.get(key, ()))

    def _is_cut_short(self, line: _Line, pieces: range, length: int, starts: Sequence[int]) -> bool:
        """Whether a longer name begins inside a known one and goes on: "gazociąg Nord" in front of "Nord Stream 2".

        One of the same length does, too, if this one begins in small letters.
        """
        length -= not _is_marked(line.surfaces[pieces[0]])
        inside = starts[bisect_right(starts, pieces[0]) : bisect_right(starts, pieces[-1])]
        later = (self._longest(line, first) for first in inside)
        return any(last > pieces[-1] and words > length for last, words, _ in later)

    def _longest(self, line: _Line, first: int) -> _Found:
        """The longest known name that starts at a piece: up to which piece, over how many words but particles."""
        best = _NO_NAME
        role = line.role(line.surfaces[first])
        reached = [(node, first, 1) for node in role.roots]
        if role.begins:
            reached += _over_phrase(line, first, self._trie, 1)
        while reached:
            node, last, length = reached.pop()
            if _END in node and last > best[0] and self._is_name(line, first, last):
                best = last, length, node[_END]
            following = line.following(last) if len(node) > (_END in node) else None
            if following is not None:
                below = _walked(node, self._paths(line, following, node))
                reached += [(further, following, length + 1) for further in below]
                if len(node) > _FEW or not _phrase_keys().isdisjoint(node):
                    reached += _over_phrase(line, following, node, length + 1)
        return best

    def _paths(self, line: _Line, i: int, keys: Collection[str]) -> Iterable[tuple[str, ...]]:
        """The sequences of index keys that a piece may stand for; those that begin with none of `keys` may be left out.

        A word in small letters is compared with a few keys sooner than its case forms are looked up.
        """
        word = line.surfaces[i]
        if len(keys) > _FEW or _is_marked(word):
            return self._keys(word, line.english)
        initial, generic = _beginning(word)
        near = [key for key in keys if key[0] == initial or key == generic]
        tokens = read_word(word) if near else ()
        return [(key,) for key in near for token in tokens if _means(token, key, line.english)]

    def _find_role(self, word: str, english: bool) -> _Role:
        """What one word of text does in names of the registry."""
        paths = self._keys(word, english)
        before = [self._before[path[0]] for path in paths if path[0] in self._before]
        return _Role(tuple(_walked(self._trie, paths)), _NOTHING.union(*before), *_in_phrases(word))

    def _find_keys(self, word: str, english: bool) -> tuple[tuple[str, ...], ...]:
        """The sequences of index keys of the registry that one word of text may stand for."""
        tokens = read_word(word)
        if len(tokens) != 1:
            return (tuple(token.index_key for token in tokens),) if tokens else ()
        token = tokens[0]
        return tuple(
            (key,)
            for name in ((token, as_name(token)) if token.index_key[0] == "=" else (token,))
            for key in dict.fromkeys((*self._index.forms_of(name), *self._forms_of_others(name)))
            if key == name.index_key or _is_admitted(name, key, english)
        )

    def _forms_of_others(self, token: Token) -> Iterator[str]:
        """The words that a token is a form of, in names that the registry does not have, but the table of exonyms."""
        if token.index_key in self._others:
            yield token.index_key
        elif token.index_key[0] not in "=#":
            yield from (word for word in self._others_by_stem.related(token.key) if is_case_form(token.key, word))

    def _find_may_start(self, word: str) -> bool:
        """Whether a name may start with a word whatever follows it."""
        return _is_marked(word) or clean(word).casefold() in self._first_lower

    def _is_name(self, line: _Line, first: int, last: int) -> bool:
        """Whether the letters allow a name: a capital or a digit, or an alias that is written in lower case.

        A single letter and a bare number name nothing in a text, whatever the registry holds. A Slavic name that
        goes on from small letters to a capital has no function word in it: "выборы в США" is no name.
        """
        surface = line.text[line.pieces[first].start : line.pieces[last].end]
        if len(surface) == 1 or not any(map(str.isalpha, surface)):
            return False
        surfaces = line.surfaces[first : last + 1]
        if _is_marked(surfaces[0]):
            return True
        if any(map(_is_marked, surfaces)):
            return line.english or not any(is_function_word(word, line.lang) for word in surfaces)
        return " ".join(clean(surface).casefold().split()) in self._lower


def _walked(node: _Node, paths: Iterable[tuple[str, ...]]) -> Iterator[_Node]:
    """The nodes to which the paths lead from a node."""
    for path in paths:
        below = node
        for key in path:
            below = below.get(key, {})
        if below:
            yield below


def _over_phrase(line: _Line, i: int, node: _Node, length: int) -> list[tuple[_Node, int, int]]:
    """The way from a node over two pieces that are one generic word, if there is one."""
    phrase = line.phrase(i)
    return [(node[phrase], i + 1, length)] if phrase and phrase in node else []


def _frame(form: SurfaceForm) -> _Frame:
    before, after = form.text[: form.tokens[0].start], form.text[form.tokens[-1].end :]
    belongs = after in _SIGNS and form.text.count(after) == 1  # the period of U.S. is one of two
    return _Frame(before if before.rstrip().isalpha() else "", after if belongs else "")


def _with(frames: tuple[_Frame, ...] | None, frame: _Frame) -> tuple[_Frame, ...]:
    """The frames of a name and one more; the bare one is shared, as nearly all names have no other."""
    if frames is None:
        return _BARE if frame == _BARE[0] else (frame,)
    return frames if frame in frames else (*frames, frame)


def _whole(text: str, start: int, end: int, frames: Iterable[_Frame]) -> tuple[int, int]:
    """The span of a name with what its alias holds around its words, and with both marks of a quotation in it."""
    for before, after in frames:
        first = start - len(before)
        if before and text.endswith(before, 0, start) and not text[max(0, first - 1) : first].isalnum():
            start = first
        if after and text.startswith(after, end):
            end += len(after)
    inner = text[start:end]
    for opening, closing in _QUOTATION:
        opened, closed = inner.count(opening), inner.count(closing)
        if opening == closing:
            opened, closed = (opened % 2, 0) if text.startswith(closing, end) else (0, opened % 2)
        if opened > closed and text.startswith(closing, end):
            return start, end + 1
        if closed > opened and text.endswith(opening, 0, start):
            return start - 1, end
    return start, end


@lru_cache(maxsize=MANY)
def _is_marked(word: str) -> bool:
    """Whether a word has a capital or a digit."""
    return not (word.islower() and word.isalpha()) and (word != word.lower() or any(map(str.isdigit, word)))


@lru_cache(maxsize=FEW)
def _may_join(gap: str) -> bool:
    return not _BREAK.search(gap) and bool(_INNER.fullmatch(gap))


def _key(word: str) -> str:
    """The folded key of a word in small letters, a third of the cost of reading all that a word may be."""
    return fold(romanize(clean(word)) or "")


@lru_cache(maxsize=FEW)
def _beginning(word: str) -> tuple[str, str | None]:
    """The first letter of the key of a word in small letters, and its index key if it is a generic word.

    Two forms of one word begin alike. No number and no abbreviation is written in small letters alone.
    """
    key = _key(word)
    generic = concept(key)
    return key[:1], f"={generic}" if generic else None


def _means(token: Token, key: str, english: bool) -> bool:
    """Whether a word in small letters is a word of the registry, or surely a case form of it."""
    if key in (token.index_key, token.key):
        return True
    relation = None if token.initial else relate(token.key, key)
    return bool(relation and relation.exact and relation.base) and _is_admitted(token, key, english)


def _is_admitted(token: Token, key: str, english: bool) -> bool:
    """Whether a case form may stand in a text: in English not in the letters of English."""
    return not (english and token.script == "Latn") or bool(relate(token.key, key, "en"))


@lru_cache(maxsize=FEW)
def _phrase(first: str, second: str) -> str | None:
    """The index key of two words that are one generic word (air defence), else None."""
    one, other = read_word(first), read_word(second)
    if not one or not other:
        return None
    phrases = concept_phrases()
    found = phrases.get((one[0].key, other[0].key)) or phrases.get((one[0].index_key, other[0].index_key))
    return f"={found}" if found else None


@lru_cache(maxsize=MANY)
def _in_phrases(word: str) -> tuple[bool, bool]:
    """Whether a phrase that is one generic word may begin with this one, and whether it may end with it."""
    tokens = read_word(word)
    keys = {tokens[0].key, tokens[0].index_key} if tokens else _NOTHING
    firsts, seconds = _words_of_phrases()
    return not keys.isdisjoint(firsts), not keys.isdisjoint(seconds)


@cache
def _words_of_phrases() -> tuple[frozenset[str], frozenset[str]]:
    pairs = [phrase for phrase in concept_phrases() if len(phrase) == 2]
    return frozenset(first for first, _ in pairs), frozenset(second for _, second in pairs)


@cache
def _phrase_keys() -> frozenset[str]:
    return frozenset(f"={found}" for found in concept_phrases().values())


@lru_cache(maxsize=FEW)
def _is_skipped(word: str) -> bool:
    return word.islower() and is_particle(_key(word))
