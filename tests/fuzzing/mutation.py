"""Sound bytes to damaged ones: what a bad disk, an editor, another program or an enemy makes of a file.

1. A sound input is taken, or now and then none: bytes at random, a text made to cost much.
2. Some changes follow each other: of bytes, of pieces such as lines, cells and words, of JSON values.
3. What comes out has at most `LONGEST` bytes, and depends on nothing but the random numbers.
"""

import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

from fuzzing.nasty import KINDS

LONGEST = 20_000  # bytes
_LONGEST_NASTY = 4_000  # characters of a text made to cost much, as a rule
_PIECES = re.compile(rb"\n|[^\n]*\n|[^\n]+")
_WORDS = re.compile(rb"\w+|\s+|[^\w\s]+")
# What parsers stumble over, in any format.
_STUMBLING = """\
" ' \\ \\u0000 \\ud800 [ ] { } [[[[[[[[[[ {} [] "" : , ; | # & * !!python/object ? --- > @ ` % = ~
<!-- <script> &#1114112; &#xd800; &#99999999999; <![CDATA[ </ <svg &amp null true NaN Infinity -1 0 1e999 0x10 1.5
999999999999999999999999999999 1970-01-01 2025-02-30 ../.. /dev/null C:\\x http://[::1 \\N{x} $(x) %s {0}
\u202e \u200b \u0301 \ufffe \u2028 \x85 \U0001f468\u200d\U0001f469 \u0130 \u00df \ufdfa \u01c4 \ue000
Бречалов Купол 北京 محمد กรุง \u02bc \u2019 \u2212 \u2116 \u00bd \u2460 \U0001d50e \ufb01 \uff41 A. ООО Ltd 9K33 155-я
"""
TOKENS: tuple[bytes, ...] = (
    *(token.encode() for token in _STUMBLING.split(" ")),
    *(b"", b"\0", b"\n", b"\r", b"\r\n", b"\t", b" ", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe"),
    *(b"- ", b": ", b"|\n", b">-\n", b"9" * 5000, b"[" * 3000, b'{"a":' * 3000, b"&#" + b"9" * 5000),
)
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**30, 1.5, 1e308, "", "x", "\0", "\ud800", "Бречалов", "A" * 600, [], {}, [[]], [None]),
    *({"text": 1}, {"": ""}, ["x", 1], [{"id": "x"}], {"id": [], "name": {}}, {"match": "x"}),
)

Change = Callable[[bytes, random.Random], bytes]


class Mutator:
    """Makes inputs out of sound ones; the same seed makes the same."""

    def __init__(self, sound: Sequence[bytes], seed: random.Random) -> None:
        self._sound = sound
        self._random = seed

    def input(self) -> bytes:
        """The next input."""
        chance = self._random
        content = self._from_nothing() if chance.random() < 0.05 else chance.choice(self._sound)
        for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 5, 9))):
            content = chance.choice(_CHANGES)(content, chance)
            if chance.random() < 0.1:
                content = _spliced(content, chance.choice(self._sound), chance)
        return content[:LONGEST]

    def _from_nothing(self) -> bytes:
        chance = self._random
        if chance.random() < 0.3:
            return chance.randbytes(chance.randrange(64))
        return _nasty(chance)


def _nasty(chance: random.Random) -> bytes:
    kind = KINDS[chance.choice(_NAMES)]
    return kind(int(_LONGEST_NASTY ** chance.random())).encode("utf-8", "surrogatepass")


_NAMES = tuple(KINDS)


def _span(length: int, chance: random.Random, longest: int = 40) -> tuple[int, int]:
    start = chance.randrange(length + 1)
    return start, min(length, start + chance.randrange(longest))


def _flipped(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes((content[at] ^ 1 << chance.randrange(8),)) + content[at + 1 :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    start, end = _span(len(content), chance)
    return content[:start] + content[end:]


def _ended(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _filled(content: bytes, chance: random.Random) -> bytes:
    start, end = _span(len(content), chance, 6)
    return content[:start] + chance.choice(TOKENS) + content[end:]


def _repeated(content: bytes, chance: random.Random) -> bytes:
    start, end = _span(len(content), chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 30)) + content[end:]


def _spliced(content: bytes, other: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


def _stuffed(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + _nasty(chance) + content[at:] if chance.random() < 0.2 else _filled(content, chance)


def _of_pieces(pattern: re.Pattern[bytes]) -> Change:
    def changed(content: bytes, chance: random.Random) -> bytes:
        pieces = pattern.findall(content)
        if not pieces:
            return content
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(5):
            case 0:
                del pieces[at]
            case 1:
                pieces.insert(at, pieces[other])
            case 2:
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case 3:
                pieces[at] = chance.choice(TOKENS)
            case _:
                pieces[at] = b"  " * chance.randrange(3) + pieces[at].lstrip()
        return b"".join(pieces)

    return changed


def _of_values(content: bytes, chance: random.Random) -> bytes:
    """One value of the JSON, or of a line of it, is another one."""
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    for where, text in ((None, content), (at, lines[at])):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        changed = json.dumps(_with_other_value(value, chance), ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
        if where is None:
            return changed
        return b"\n".join([*lines[:where], changed, *lines[where + 1 :]])
    return _filled(content, chance)


def _with_other_value(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(list(value))
        rest = {name: each for name, each in value.items() if name != key}
        match chance.randrange(6):
            case 0:
                return rest
            case 1:
                return rest | {chance.choice(("", "x", "text", key.upper())): value[key]}
            case _:
                return value | {key: _with_other_value(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], _with_other_value(value[at], chance), *value[at + 1 :]]
    return chance.choice((*VALUES, [value], {"x": value}))


_CHANGES: tuple[Change, ...] = (
    *(_flipped, _cut, _ended, _filled, _repeated, _stuffed),
    *(_of_pieces(_PIECES), _of_pieces(_PIECES), _of_pieces(_WORDS), _of_pieces(_WORDS), _of_values, _of_values),
)
