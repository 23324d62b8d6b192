"""Words that one name writes apart and another one together: Abd al-Rahman, Abdurrahman; Ali Reza, علیرضا."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from resolver.forms import SurfaceForm, Token
from resolver.language.abjads import ABJADS, is_spelt_as
from resolver.language.compounds import is_written_as_one, names_in, without_articles
from resolver.language.romanization import join_keys
from resolver.memory import FEW

_ARTICLE_BEFORE = re.compile(r"\b[ae]l\W+$", re.IGNORECASE)
_ARTICLE_BEHIND = re.compile(r"\W+u[lr]\W", re.IGNORECASE)


Places = tuple[int, ...]  # neighbouring words of a name


def written_together(name: SurfaceForm, other: SurfaceForm) -> Iterator[tuple[Places, Places]]:
    """The words of two names that are one where each writes apart, or with the article, what the other does not."""
    if len(name.tokens) != len(other.tokens):
        yield from (((i, i + 1), (j,)) for i, j in _joined_words(name, other))
        yield from (((i,), (j, j + 1)) for j, i in _joined_words(other, name))
    yield from (((i,), (j,)) for i, j in _with_article(name, other))
    yield from (((i,), (j,)) for j, i in _with_article(other, name))


def _joined_words(name: SurfaceForm, other: SurfaceForm) -> list[tuple[int, int]]:
    """(first of two neighbours, word) for each two neighbours in a name that are one word of the other."""
    parts, words = name.tokens, other.tokens
    if len(parts) < 2:
        return []
    joined, keys = _joined_keys(name.key), other.key.split(" ")
    unvowelled = (words[0].script in ABJADS) != (parts[0].script in ABJADS)
    compounds = _compounds(other.key)
    if not unvowelled and not compounds and joined.isdisjoint(keys):
        return []
    found = []
    for i, (one, two) in enumerate(pairwise(parts)):
        both = join_keys((one.key, two.key))
        if both in keys and min(len(one.key), len(two.key)) > 1:
            found.append((i, keys.index(both)))
        found += [(i, j) for j in compounds if is_written_as_one(one.key, two.key, words[j].key)]
        if unvowelled:
            found += [(i, j) for j, word in enumerate(words) if _is_written_as_one(word, one, two)]
    return found


def _with_article(name: SurfaceForm, other: SurfaceForm) -> list[tuple[int, int]]:
    """(word of a name with an article, word of the other beside one): Elburhan, al-Burhan; Ziaur Rahman, Zia ur-."""
    found = []
    for i, bare, in_front in without_articles(name.key):
        for j, word in enumerate(other.tokens):
            if word.key == bare and _has_article(other, word, in_front):
                found.append((i, j))
    return found


def _has_article(name: SurfaceForm, word: Token, in_front: bool) -> bool:
    if in_front:
        return _ARTICLE_BEFORE.search(name.text[: word.start]) is not None
    return _ARTICLE_BEHIND.match(name.text[word.end :]) is not None


@lru_cache(maxsize=FEW)
def _compounds(key: str) -> tuple[int, ...]:
    """The places of the words of a name, by its key, in which another name may stand."""
    return tuple([i for i, word in enumerate(key.split(" ")) if names_in(word)])


@lru_cache(maxsize=FEW)
def _joined_keys(key: str) -> frozenset[str]:
    """The keys of each two neighbours in a name, by its key, as if they were one word."""
    return frozenset(map(join_keys, pairwise(key.split(" "))))


def _is_written_as_one(word: Token, one: Token, two: Token) -> bool:
    """Whether a word spells two others together, whichever side is in Arabic or Hebrew letters: علیرضا, Ali Reza."""
    if one.script != two.script or (word.script in ABJADS) == (one.script in ABJADS):
        return False
    return is_spelt_as(word.latin, word.script, one.latin + two.latin, one.script)
