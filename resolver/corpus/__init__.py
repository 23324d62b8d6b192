"""Reads a corpus: files, folders, globs or stdin in; `Document`s, and the `Unreadable` with the reason, out.

1. Each argument is checked at once: what does not exist, or holds nothing to read, is a `CorpusError`.
2. Folders are walked in sorted order, hidden files and linked folders left out (`walk`, below).
3. The suffix of a file picks its reader (`formats.READERS`); `.gz` may follow any suffix.
4. HTML becomes its visible text (`markup`); rows of tables and JSON become one document each.

Everything streams: one document is in memory at a time. One bad document never stops the rest. Ids are POSIX paths
relative to the deepest folder that holds all the arguments, with `#line` for a row without an id of its own.

Known limits: encodings are UTF-8, UTF-16 with a byte-order mark, and what an HTML page declares; a `.json` file is
read whole (JSON lines stream); line breaks inside `<pre>` are lost.
"""

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from resolver.corpus.documents import Document, Unreadable, clean_id
from resolver.corpus.formats import (
    MAX_BYTES,
    READERS,
    Meter,
    ReadOptions,
    Source,
    read_file,
    read_stream,
    read_text,
    row_document,
    suffix_of,
)
from resolver.errors import CorpusError

__all__ = [
    "MAX_BYTES",
    "Document",
    "Meter",
    "ReadOptions",
    "Unreadable",
    "clean_id",
    "corpus_size",
    "is_known_kind",
    "list_corpus",
    "read_corpus",
    "read_file",
    "read_stream",
    "row_document",
    "unknown_kind",
]

STDIN = "-"
SUFFIXES = ", ".join(READERS)


def read_corpus(
    paths: str | Path | Iterable[str | Path],
    *,
    text_field: str = "text",
    id_field: str = "id",
    limit: int = MAX_BYTES,
    exclude: Iterable[str | Path] = (),
    stdin: BinaryIO | None = None,
    meter: Meter | None = None,
) -> Iterator[Document | Unreadable]:
    """The documents of files, folders, globs and `-` (stdin, read as one text), lazily and in a fixed order.

    text_field, id_field   the fields of JSON rows and the columns of tables that hold the text and its id
    limit                  the largest document in bytes, after decompression
    exclude                folders to leave out, such as the output folder of an earlier audit
    stdin                  where `-` is read from; the default is the stdin of the process
    meter                  is told how far the reading has come, out of `corpus_size`

    A file named as an argument is read as text whatever its suffix; in a folder an unknown suffix is listed as
    unreadable. A file that several arguments reach is read once. Raises `CorpusError` before the first document if
    an argument does not exist or holds nothing to read.
    """
    options = ReadOptions(text_field=text_field, id_field=id_field, limit=limit)
    return _read(_plan(paths, exclude), options, meter or Meter(), lambda: stdin or sys.stdin.buffer)


def corpus_size(paths: str | Path | Iterable[str | Path], *, exclude: Iterable[str | Path] = ()) -> int | None:
    """How many bytes the files hold that `read_corpus` reads; None with stdin, of which nobody knows.

    Raises `CorpusError` like `read_corpus`.
    """
    plan = _plan(paths, exclude)
    if None in plan.roots:
        return None
    return sum(path.stat().st_size for _, path, problem in _files(plan) if path and not problem)


def list_corpus(
    paths: str | Path | Iterable[str | Path], *, exclude: Iterable[str | Path] = ()
) -> Iterator[tuple[str, Path, str | None]]:
    """(id, path, why it is not opened) of every file that `read_corpus` reads, in its order; `read_file` reads one.

    Raises `CorpusError` like `read_corpus`, and for stdin, which only this process can read.
    """
    plan = _plan(paths, exclude)
    if None in plan.roots:
        raise CorpusError("stdin cannot be read in parts; write it to a file first")
    return ((document_id, path, problem) for document_id, path, problem in _files(plan) if path)


def is_known_kind(path: Path) -> bool:
    """Whether the suffix of a file tells how to read it."""
    return suffix_of(path) in READERS


def unknown_kind(path: Path) -> str:
    """What is said of a file in a folder that is not of a known kind."""
    return f"unknown kind of file ({suffix_of(path) or 'no suffix'}); name the file itself to read it as text"


def _plan(paths: str | Path | Iterable[str | Path], exclude: Iterable[str | Path]) -> "_Plan":
    arguments = [paths] if isinstance(paths, str | Path) else list(paths)
    if not arguments:
        raise CorpusError("no corpus named: give a file, a folder, a glob, or - for stdin")
    excluded = frozenset(_absolute(Path(path)) for path in exclude)
    return _Plan(tuple(root for argument in arguments for root in _roots(argument, excluded)), excluded)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to read: the arguments as paths, globs expanded, and the folders to leave out."""

    roots: tuple[Path | None, ...]  # None is stdin
    excluded: frozenset[Path]

    def base(self) -> Path | None:
        """The deepest folder that holds every root; None if there is none."""
        folders = [_absolute(root if _is_folder(root) else root.parent) for root in self.roots if root]
        drives = {folder.anchor for folder in folders}
        return Path(os.path.commonpath(folders)) if len(drives) == 1 else None


def _roots(argument: str | Path, excluded: frozenset[Path]) -> list[Path | None]:
    """The paths of one argument; a `CorpusError` if they hold nothing to read: a mistyped path is no empty corpus."""
    if str(argument) == STDIN:
        return [None]
    matches = _matches(argument)
    if not any(_is_promising(path, root) for root in matches for path in _walk(root, excluded)):
        raise CorpusError(f"{argument}: nothing to read in this folder; it may hold {SUFFIXES} (also .gz)")
    return list(matches)


def _matches(argument: str | Path) -> list[Path]:
    """What exists under the name, else what the glob matches."""
    try:
        if Path(argument).exists():
            return [Path(argument)]
    except OSError as error:
        raise CorpusError(f"{argument}: {error.strerror}; check the path and its permissions") from error
    if not glob.has_magic(str(argument)):
        raise CorpusError(f"{argument}: no such file or folder; check the spelling and the current folder")
    matches = sorted(glob.glob(str(argument), recursive=True))  # noqa: PTH207 (Path.glob knows no absolute patterns)
    if not matches:
        raise CorpusError(f"{argument}: no file matches this pattern; check the spelling and the current folder")
    return [Path(match) for match in matches]


def _walk(root: Path, excluded: frozenset[Path]) -> Iterator[Path]:
    """The root itself if it is a file, else the files below it, sorted; and each folder that cannot be entered."""
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if not _is_folder(path) or (path.is_symlink() and path != root):
            yield path
        elif _absolute(path) not in excluded:
            children = _children(path)
            if children is None:
                yield path
            else:
                waiting.extend(sorted(children, reverse=True))


def _is_promising(path: Path, root: Path) -> bool:
    return not _is_folder(path) and (path == root or is_known_kind(path))


def _children(folder: Path) -> list[Path] | None:
    """What a folder holds, hidden names left out; None if it cannot be listed."""
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError:
        return None


def _read(
    plan: _Plan, options: ReadOptions, meter: Meter, stdin: Callable[[], BinaryIO]
) -> Iterator[Document | Unreadable]:
    """Every document of the plan."""
    for document_id, path, problem in _files(plan):
        if path is None:
            yield from read_text(Source(document_id, stdin()), options)
        elif problem:
            yield Unreadable(document_id, problem)
        else:
            yield from read_file(path, document_id, options, meter)


def _files(plan: _Plan) -> Iterator[tuple[str, Path | None, str | None]]:
    """(id, path, why it is not opened) of every file of the plan, each once; stdin has no path."""
    base = plan.base()
    seen: set[Path] = set()
    for root in plan.roots:
        if root is None:
            yield "stdin", None, None
            continue
        for path in _walk(root, plan.excluded):
            absolute = _absolute(path)
            if absolute in seen:
                continue
            if len(plan.roots) > 1:  # with a single root nothing comes twice: no need to remember a million paths
                seen.add(absolute)
            document_id = clean_id((absolute.relative_to(base) if base else absolute).as_posix())
            problem = None if path == root and not _is_folder(path) else _problem(path)
            yield document_id, path, problem


def _problem(path: Path) -> str | None:
    """Why a path found in a folder is not even opened, or None. Opening a pipe would wait for ever."""
    if path.is_dir():
        return (
            "linked folder, not followed"
            if path.is_symlink()
            else "folder that cannot be listed; check its permissions"
        )
    if not os.path.isfile(path):  # noqa: PTH113 (as in `_is_folder`)
        return "broken link, or not a regular file"
    return None if is_known_kind(path) else unknown_kind(path)


def _absolute(path: Path) -> Path:
    """The path from the root without `..`, links kept as they are named."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (Path.resolve would follow links and change the ids)


def _is_folder(path: Path) -> bool:
    """Whether it is a folder, as far as can be seen: Path.is_dir would raise where permissions forbid to look."""
    return os.path.isdir(path)  # noqa: PTH112
