"""Words beside a name that do not count, if the other name has none for them.

without_titles      those of a person without titles, and without a nickname in quotes
without_repeated    those of a firm that say nothing new: Avangard, JSC Avangard
classes             what says of what class a product is: the frigate Admiral Essen
designations        what a product is called by those who make it, in front of its name: 9K33 Osa
"""

import re
from collections.abc import Collection
from itertools import pairwise

from resolver.forms import SurfaceForm, Token
from resolver.language import names
from resolver.language.organizations import is_class

_LONGEST_CODE = 4  # letters in front of the number of a designation: FGM-148
_AND = re.compile(r"\s*(?:&|\b(?:and|und|et|y|e|a|i|и|і|та)\b)\s*", re.IGNORECASE)
_NICKNAME = re.compile(r"(?<=\w )(?:\"[^\"]+\"|“[^”]+”|„[^”“]+[”“]|«[^»]+»|‘[^’]+’|'[^']+'|\([^()]+\))(?= \w)")


def without_titles(form: SurfaceForm, free: set[int], traits: Collection[str]) -> set[int]:
    """The free words of a person's name that are no titles, nor a nickname: Joaquín “El Chapo” Guzmán."""
    left = free - _title_phrase(form.tokens, free) if "title" in traits else free
    nickname = _NICKNAME.search(form.text) if left else None
    if nickname is None:
        return left
    return {i for i in left if not nickname.start() < form.tokens[i].start < nickname.end()}


def without_repeated(form: SurfaceForm, free: set[int]) -> set[int]:
    """The free words, but none if the name says nothing else than it said before: Avangard, JSC Avangard.

    Johnson & Johnson, or Johnson and Johnson, are two.
    """
    if not free or any(_are_two(form, one, other) for one, other in pairwise(form.tokens)):
        return free
    paired = {token.key for i, token in enumerate(form.tokens) if i not in free}
    return free if any(form.tokens[i].key not in paired for i in free) else set()


def _are_two(form: SurfaceForm, token: Token, following: Token) -> bool:
    """Whether a word stands twice with a conjunction between."""
    return token.key == following.key and _AND.fullmatch(form.text[token.end : following.start]) is not None


def classes(tokens: tuple[Token, ...], free: set[int]) -> set[int]:
    """The free words that say of what class a product is: the frigate Admiral Essen."""
    return {i for i in free if tokens[i].index_key[0] == "=" and is_class(tokens[i].index_key[1:])}


def designations(form: SurfaceForm, free: set[int], alias: SurfaceForm) -> set[int]:
    """The free words, if they are a designation of letters and digits in front of a name without any: 9K33 Osa.

    What stands behind the name is a model of it: Lancet-3, Leopard 2A4.
    """
    named = [i for i, token in enumerate(form.tokens) if i not in free and token.index_key[0] != "="]
    if alias.numbers or not free or not named or max(free) > named[0]:
        return set()
    words = [form.tokens[i] for i in free]
    signs = "".join([word.text for word in words])
    is_coded = all(word.number or (word.text.isupper() and len(word.text) <= _LONGEST_CODE) for word in words)
    return free if is_coded and any(map(str.isdigit, signs)) and any(map(str.isalpha, signs)) else set()


def _title_phrase(tokens: tuple[Token, ...], free: set[int]) -> set[int]:
    """The free words that are titles, and those with an office in front of the name: Governor of Udmurtia Brechalov."""
    titles = {i for i in free if _is_title(tokens, i)}
    if not titles:
        return titles
    first = min(set(range(len(tokens))) - free, default=0)
    in_front = {i for i in free if i < first} if any(i < first for i in titles) else set()
    if any(names.is_office(tokens[i].key) for i in in_front & titles):
        return titles | in_front
    return titles | {i for i in in_front if tokens[i].index_key[0] == "="}  # General of the Army


def _is_title(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word of a person's name is a title there; some are only in front: General Major, but John Major."""
    return tokens[i].title or (i + 1 < len(tokens) and names.is_title(tokens[i].key, tokens[i].latin, leading=True))
