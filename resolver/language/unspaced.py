"""Names that are written without spaces, taken apart: 深圳市易络电子有限公司 is Shenzhen, a name, electronics, Co Ltd.

What comes in is a run of Chinese, Japanese or Korean letters; what goes out are its parts: places, the generic words of
the glossary, legal forms, and what is left between them, which is the name itself.

Known limits: a name that holds a generic word by chance is cut there; Kanji are read as Chinese.
"""

import re
from functools import cache

from resolver.language.characters import unify_characters
from resolver.language.tables import read_table

_UNSPACED = "㐀-鿿豈-﫿가-힯"
_RUN = re.compile(f"[{_UNSPACED}]+")
_SHORTEST = 5  # letters; names of people have up to four


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all known words, the longest first, and what each is read as."""
    read_as: dict[str, str] = {}
    for table in ("glossary", "legal_forms"):
        read_as |= {
            unify_characters(word): word for _, words in read_table(table) for word in words if _RUN.fullmatch(word)
        }
    suffixes = ""
    for row, words in read_table("unspaced"):
        if row == "suffix":
            suffixes = "|".join(map(unify_characters, words))
        else:
            pairs = (word.partition("=") for word in words)
            read_as |= {unify_characters(word): reading or word for word, _, reading in pairs}
    known = "|".join(sorted(read_as, key=lambda word: (-len(word), word)))
    return re.compile(f"(?P<word>{known})(?:{suffixes})?"), read_as


def has_unspaced(text: str) -> bool:
    """Whether a text has letters that are written without spaces.

    >>> has_unspaced("OOO 北京"), has_unspaced("Купол")
    (True, False)
    """
    return _RUN.search(text) is not None


def split_unspaced(word: str) -> tuple[tuple[str, int, int], ...]:
    """(part, start, end) of the parts of a long run of letters without spaces; none if nothing in it is known.

    >>> [part for part, _, _ in split_unspaced("深圳市易络电子有限公司")]
    ['深圳', '易络', '电子', '有限公司']
    >>> split_unspaced("Kupol"), split_unspaced("王小明")
    ((), ())
    """
    if len(word) < _SHORTEST or not _RUN.fullmatch(word):
        return ()
    pattern, read_as = _words()
    word = unify_characters(word)
    parts: list[tuple[str, int, int]] = []
    end = 0
    for match in pattern.finditer(word):
        if match.start() > end:
            parts.append((word[end : match.start()], end, match.start()))
        parts += [(reading, match.start(), match.end()) for reading in read_as[match["word"]].split()]
        end = match.end()
    if not parts:
        return ()
    return (*parts, (word[end:], end, len(word))) if end < len(word) else tuple(parts)
