"""Texts to files: a reader of the folder sees the old content or the new one, never half of it.

1. Every text goes to a temporary file in the folder of its target and is synced to the disk.
2. Only then the temporary files take the names of their targets; if one cannot, the others get their old content back.

Known limit: a crash of the machine between two renames leaves the files before it new and the rest old, each complete.
"""

import os
from collections.abc import Mapping
from pathlib import Path


def write_atomically(path: str | Path, text: str) -> None:
    """Give the file this text as UTF-8, with the line ends that the text has.

    The folder must exist. A link is followed, and the file keeps its permissions. OSError leaves the old content.
    """
    write_all({Path(path): text})


def write_all(texts: Mapping[Path, str]) -> None:
    """Give every file its text, or leave every file as it was and raise the OSError."""
    temporary: dict[Path, Path] = {}
    try:
        for path in sorted(texts):
            target = path.resolve()
            temporary[target] = _write_beside(target, texts[path].encode())
        _rename_all(temporary)
    finally:
        for path in temporary.values():
            path.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Give one file this content; readers that have the old one open keep it. OSError leaves the old content."""
    target = path.resolve()
    temporary = _write_beside(target, content)
    try:
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _write_beside(target: Path, content: bytes) -> Path:
    """Write a synced temporary file in the folder of the target, with its permissions."""
    path = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.is_file():
            path.chmod(target.stat().st_mode)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _rename_all(temporary: Mapping[Path, Path]) -> None:
    before: dict[Path, bytes | None] = {}
    try:
        for target, path in temporary.items():
            old = target.read_bytes() if target.is_file() else None
            path.replace(target)
            before[target] = old
    except OSError:
        for target, old in before.items():
            _restore(target, old)
        raise
    for folder in sorted({target.parent for target in temporary}):
        _sync_folder(folder)


def _restore(target: Path, content: bytes | None) -> None:
    if content is None:
        target.unlink()
    else:
        _write_beside(target, content).replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the new names survive a crash; only POSIX can open a folder for that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
