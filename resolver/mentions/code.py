"""What stands in a running text and is none: code, the names of files, identifiers, coded data.

1. Blocks between two fences (```), but for those that say that they hold prose: ```markdown.
2. Code between back-ticks in a line: `Moscow.load()`. In Zelensky`s, the sign is an apostrophe.
3. Elements whose content is not read (script, style, code, ...) and comments. <pre> is read: it may hold any text.
4. Files and paths (Moscow.jpg, /home/Kupol, C:\\Kupol) and pages without a scheme (t.me/kupol).
5. Identifiers behind a scheme: doi:10.1000/Kupol.2020, urn:isbn:..., tg://...
6. Coded data: long words with many digits, as in Base64, hashes and UUIDs.

A fence or an element that is not closed within `LONGEST_BLOCK` hides nothing but itself. Time is linear in the text.
"""

import re
from collections.abc import Iterator
from functools import partial

from resolver.language.tables import values_of

_table = partial(values_of, name="segments", package="resolver.mentions")
_Offsets = tuple[int, int]


def _any_of(key: str) -> str:
    """A pattern of the values of a row, in small letters or in capitals."""
    values = sorted(_table(key), key=lambda value: (-len(value), value))
    return "|".join(re.escape(style) for value in values for style in dict.fromkeys((value, value.upper())))


LONGEST_BLOCK = 50_000  # code points; a style sheet in a page seldom has more
_NOT_IN_ADDRESSES = r"\s<>\"\u00ab\u00bb\u201c\u201d"
_BEHIND = ".,;:!?)'\u2019"  # signs that end a sentence or a bracket, not an address


def code(text: str) -> Iterator[_Offsets]:
    """The regions of a text that are no running text, in no order; they may overlap.

    >>> text = "```sh\\nmake Kupol\\n```\\nThen `Moscow.load()` in Moscow.py."
    >>> [text[start:end] for start, end in code(text)]
    ['```sh\\nmake Kupol\\n```', '`Moscow.load()`', 'Moscow.py']
    """
    if "```" in text or "~~~" in text:
        yield from _blocks(text)
    if "`" in text:
        yield from (match.span() for match in _IN_LINE.finditer(text))
    if "<" in text:
        yield from _elements(text)
    yield from _files(text)
    yield from _identifiers(text)
    yield from _coded(text)


_FENCE_LINE = re.compile(r"^[ \t>]{0,12}+(`{3,}+|~{3,}+)[ \t]*+([^\n`]*+)$", re.MULTILINE)
_PROSE = _table("prose")
_IN_LINE = re.compile(r"`(?<![\w`]`)(`?+)(?![`\s])[^`\n]{1,200}+(?<!\s)`\1(?![\w`])")
_ELEMENT = re.compile(rf"<(?:(/?)({_any_of('unread')})\b[^<>]*+>|(!)--)|-->")


def _blocks(text: str) -> Iterator[_Offsets]:
    """The blocks between two fences of the same sign; a shorter one inside a block is part of it."""
    opened: dict[str, re.Match[str]] = {}
    for fence in _FENCE_LINE.finditer(text):
        sign = fence[1][0]
        first = opened.get(sign)
        if first is None or fence.end() - first.start() > LONGEST_BLOCK:
            opened[sign] = fence
        elif not fence[1].startswith(first[1]):
            continue
        elif fence[2]:  # it opens another one, so that the first was never closed
            opened[sign] = fence
        else:
            del opened[sign]
            if first[2].strip().lower() not in _PROSE:
                yield first.start(), fence.end()


def _elements(text: str) -> Iterator[_Offsets]:
    """The elements that are not read, and comments, each from its first sign to its last."""
    opened: dict[str, int] = {}
    for tag in _ELEMENT.finditer(text):
        name = (tag[2] or "").lower()
        if tag[3] or (name and not tag[1]):
            opened[name] = tag.start()
        elif name in opened and tag.end() - opened[name] <= LONGEST_BLOCK:
            yield opened.pop(name), tag.end()


_DOT = re.compile(
    rf"\.(?=[a-zA-Z0-9])(?:(?:{_any_of('extension')})(?!\w)"
    rf"|[a-z]{{2,4}}/(?=[a-z0-9@])(?![\w-]++\.[a-z]{{2,4}}\b)[^{_NOT_IN_ADDRESSES}]++)"
)
_LONGEST_NAME = 200  # code points of a file name in front of its last dot
_NAME_BEFORE = re.compile(r"(?<![\w./\\~%+:-])[\w./\\~%+:-]*+\Z")
_PATH = re.compile(rf"/(?<![^\s\"'(\[=~]/)(?:{_any_of('folder')})/[^{_NOT_IN_ADDRESSES}]++")
_DRIVE = re.compile(rf"\b[A-Za-z]:\\[^{_NOT_IN_ADDRESSES}|*?]++")


def _files(text: str) -> Iterator[_Offsets]:
    for dot in _DOT.finditer(text):
        first = max(0, dot.start() - _LONGEST_NAME)
        name = _NAME_BEFORE.search(text, first, dot.start())
        yield name.start() if name else first, _end(dot)
    if "/" in text:
        yield from ((path.start(), _end(path)) for path in _PATH.finditer(text))
    if ":\\" in text:
        yield from ((path.start(), _end(path)) for path in _DRIVE.finditer(text))


_COLON = re.compile(r":(?=[^\s:])")
_SCHEMES = tuple(style for scheme in sorted(_table("scheme")) for style in (scheme, scheme.upper()))
_SCHEME = re.compile(r"(?<![\w+.-])[A-Za-z][\w+.-]*+\Z")
_LONGEST_SCHEME = 20
_REST = re.compile(rf"[^{_NOT_IN_ADDRESSES}]++")
_DOI = re.compile(rf"10\.(?<!\w10\.)\d{{4,9}}/[^{_NOT_IN_ADDRESSES}]++")


def _identifiers(text: str) -> Iterator[_Offsets]:
    done = 0
    for colon in _COLON.finditer(text):
        at = colon.start()
        with_slashes = text.startswith("//", at + 1)
        if at < done or not (with_slashes or text.endswith(_SCHEMES, 0, at)):
            continue
        scheme = _SCHEME.search(text, max(done, at - _LONGEST_SCHEME), at)
        rest = _REST.match(text, at + 1)
        if scheme and rest and (with_slashes or scheme.group() in _SCHEMES):
            done = _end(rest)
            yield scheme.start(), done
    if "10." in text:
        yield from ((number.start(), _end(number)) for number in _DOI.finditer(text))


_CODED = re.compile(r"[0-9][A-Za-z0-9+/=_-]{15,}+")  # from its first digit on, which is near its start
_CODED_BEFORE = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/=_-]*+\Z")
_CODED_LENGTH = 32  # an MD5 hash; a UUID has 36
_DIGITS = 4  # of 32 random signs of Base64, five are digits; words of a language hold none


def _coded(text: str) -> Iterator[_Offsets]:
    """Long words with many digits."""
    for rest in _CODED.finditer(text):
        word = _CODED_BEFORE.search(text, max(0, rest.start() - _CODED_LENGTH), rest.start())
        start = word.start() if word else rest.start()
        if rest.end() - start >= _CODED_LENGTH and sum(map(str.isdigit, rest.group())) >= _DIGITS:
            yield start, rest.end()


def _end(match: re.Match[str]) -> int:
    """The end of an address without the signs behind it."""
    return match.start() + len(match.group().rstrip(_BEHIND))
