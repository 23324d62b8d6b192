"""Plain arrays in one file, mapped into memory: what is compiled once is opened in no time and shared by processes.

    magic     8 bytes
    header    its length and its checksum, 4 bytes each, then JSON: the key of the content, and the name, type code,
              offset, size and checksum of each section
    sections  numbers or bytes as they lie in memory, each at a multiple of 8 bytes

A file that is not what it claims to be (another key, cut short, a bit turned) raises `StaleError`: it is to be written
again. A checksum guards against bad luck, not against an enemy: who can write into the folder can write any registry.
"""

import json
import mmap
import sys
import zlib
from array import array
from collections.abc import Mapping
from pathlib import Path

from resolver.files import replace_file

Section = memoryview  # of numbers, or of bytes
_MAGIC = b"resolve1"
_ALIGNMENT = 8


class StaleError(Exception):
    """A compiled file is damaged, or made of something else than asked for."""


def write_arrays(path: Path, key: str, sections: Mapping[str, "array[int] | array[float] | bytes"]) -> None:
    """Write the sections under the key of what they were made of. The old file, if any, stays whole until then."""
    table: dict[str, tuple[str, int, int, int]] = {}
    chunks: list[bytes] = []
    offset = 0
    for name, values in sections.items():
        content = values if isinstance(values, bytes) else values.tobytes()
        table[name] = ("B" if isinstance(values, bytes) else values.typecode, offset, len(content), zlib.crc32(content))
        padding = -len(content) % _ALIGNMENT
        chunks += [content, bytes(padding)]
        offset += len(content) + padding
    header = json.dumps({"key": key, "order": sys.byteorder, "sections": table}).encode()
    header += b" " * (-len(header) % _ALIGNMENT)
    start = [_MAGIC, len(header).to_bytes(4, "little"), zlib.crc32(header).to_bytes(4, "little"), header]
    replace_file(path, [*start, *chunks])


def open_arrays(path: Path, key: str) -> Mapping[str, Section]:
    """The sections of a file that was written under this key. OSError if there is none, StaleError if it is not it."""
    with path.open("rb") as file:
        try:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:  # an empty file cannot be mapped
            raise StaleError(f"{path}: empty") from error
    size = int.from_bytes(content[8:12], "little")
    start = 16 + size
    if (
        len(content) < 16
        or content[:8] != _MAGIC
        or zlib.crc32(content[16:start]) != int.from_bytes(content[12:16], "little")
    ):
        raise StaleError(f"{path}: no compiled registry of this version")
    header = json.loads(bytes(content[16:start]))
    if (header["key"], header["order"]) != (key, sys.byteorder):
        raise StaleError(f"{path}: compiled from something else")
    sections = {}
    for name, (code, offset, length, checksum) in header["sections"].items():
        section = content[start + offset : start + offset + length]
        if len(section) != length or zlib.crc32(section) != checksum:
            raise StaleError(f"{path}: damaged")
        sections[name] = section.cast(code) if code != "B" else section
    return sections
