"""Arabic names of two words in one: Abdelmalek is Abd al-Malik, Nooruddin Nur al-Din, Elburhan al-Burhan.

What comes in is a folded word; what goes out are the names that may stand in it, beside the servant (Abd), God (Allah),
the faith (Din), the Merciful (Rahman) or the article.

    names_in              abdelmalek -> malek; norudin -> nor; hezbolah -> hezb; of most words none
    without_articles      elburhan -> burhan; ziaur -> zia
    is_written_as_one     whether a word is two others, with whatever article stands between them
    is_same_compound      whether two such words hold the same names: Hizballah, Hezbollah

A word alone does not show that it is such a name (Borodin holds "boro"), so callers ask for the other part as well.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from resolver.language.names import given_names
from resolver.language.phonetics import differ_in_near_vowels
from resolver.memory import FEW

_SERVANT = "servant"
_ARTICLE = "article"
# How each part is written, folded: where it is a word of its own, and where another one stands with it.
_ALONE = {
    _SERVANT: re.compile("abd(?:[aeiou]{1,2}[a-z]?)?"),
    "faith": re.compile("[aeu]?dine?"),
    "god": re.compile("[aou]lah?"),
    "merciful": re.compile("r[ae]hmane?"),
}
_JOINED = {
    _SERVANT: re.compile("abd(?P<link>[aeiou]{0,2})(?P<name>.{3,})"),
    "faith": re.compile("(?P<name>.{2,}?)(?P<link>[aeiou]{0,2})dine?"),
    "god": re.compile("(?P<name>.{2,}?)(?P<link>[aou]{1,2})lah?"),
    "merciful": re.compile("(?P<name>.{3,}?)(?P<link>[aeiou]{0,2})r[ae]hmane?"),
    _ARTICLE: re.compile("(?P<link>[ae]l)(?P<name>[^aeiou].{3,})"),
}
_ENDINGS = ("din", "dine", "la", "lah", "hman", "hmane")
_BOUND = ("ul", "ur")  # articles at the end of the word in front of theirs
_MIN_BOUND = 5  # letters of such a word
_MIN_BESIDE_GOD = 4  # letters of a name: Paola is none


class Part(NamedTuple):
    """A name in a word, folded, and what it stands with."""

    beside: str
    name: str


@lru_cache(maxsize=FEW)
def names_in(key: str) -> tuple[Part, ...]:
    """The names that may stand in a folded word; none in most.

    >>> names_in("abdelmalek"), names_in("putin")
    ((Part(beside='servant', name='malek'), Part(beside='servant', name='lmalek')), ())
    >>> [part.name for part in names_in("ziaudin")]
    ['zi', 'zia']
    """
    if not key.startswith(("abd", "al", "el")) and not key.endswith(_ENDINGS):
        return ()
    found: dict[Part, None] = {}
    for beside, pattern in _JOINED.items():
        match = pattern.fullmatch(key)
        if match:
            name, link = match["name"], match["link"]
            if beside == _SERVANT:
                found |= {Part(beside, bare): None for bare in (name.removeprefix("l"), name) if len(bare) > 2}
            elif beside == _ARTICLE:
                found[Part(beside, name)] = None
            else:
                found |= {Part(beside, name + link[:i]): None for i in range(max(1, len(link)))}
    return tuple(found)


@lru_cache(maxsize=FEW)
def without_articles(name: str) -> tuple[tuple[int, str, bool], ...]:
    """The words of a folded name that may hold an article: where, what they are without it, and if it is in front.

    >>> without_articles("abdelfatah elburhan"), without_articles("ziaur rahman")
    (((1, 'burhan', True),), ((0, 'zia', False),))
    """
    found = []
    for i, word in enumerate(name.split(" ")):
        found += [(i, part.name, True) for part in names_in(word) if part.beside == _ARTICLE]
        if word.endswith(_BOUND) and len(word) >= _MIN_BOUND:
            found.append((i, word[:-2], False))
    return tuple(found)


def is_written_as_one(one: str, two: str, word: str) -> bool:
    """Whether a folded word is two others, in any spelling, with or without an article between them.

    >>> is_written_as_one("abd", "malik", "abdelmalek"), is_written_as_one("nor", "din", "norudin")
    (True, True)
    >>> is_written_as_one("abd", "halik", "abdelmalek"), is_written_as_one("boro", "din", "sadridin")
    (False, False)
    """
    for beside, name in names_in(word):
        if beside == _SERVANT and _ALONE[beside].fullmatch(one) and _are_one(name, two):
            return True
        if beside not in (_SERVANT, _ARTICLE) and _ALONE[beside].fullmatch(two) and _are_one(name, one):
            return True
    return False


def is_same_compound(key: str, other: str) -> bool:
    """Whether two folded words hold names that are one beside the same part.

    >>> is_same_compound("hizbalah", "hezbolah"), is_same_compound("abdelmalek", "abdulhalik")
    (True, False)
    """
    mine, others = names_in(key), names_in(other)
    return any(
        a.beside == b.beside and _is_surely(a) and _is_surely(b) and _are_one(a.name, b.name)
        for a in mine
        for b in others
    )


def _is_surely(part: Part) -> bool:
    """Whether a name stands in a word without anything else that shows it: Borodin is no Arabic name."""
    if part.beside == "god":
        return len(part.name) >= _MIN_BESIDE_GOD
    return part.beside != _ARTICLE and bool(given_names(part.name))


def _are_one(name: str, other: str) -> bool:
    """Whether two folded words are one name: the same, of one group, or but for vowels that stand for each other."""
    if name == other:
        return True
    mine, others = ({given.group for given in given_names(key)} for key in (name, other))
    if mine and others:
        return not mine.isdisjoint(others)
    return differ_in_near_vowels(name, other)
