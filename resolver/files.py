"""Texts to files: a reader of the folder sees the old content or the new one, never half of it.

`write_all` writes several files, in any folder, as far as one process can see to it:

1. Every text goes to a temporary file in the folder of its target and is synced to the disk.
2. Only then the temporary files take the names of their targets; if one cannot, the others get their old content back.

`commit` also survives a kill between two renames. It first writes down in the folder what is to be renamed (`JOURNAL`);
who comes next finishes it (`recover`). `locked` keeps two processes from changing a folder at once.
"""

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from errno import EBADMSG, EBUSY
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows, where a folder cannot be locked: two changes at once are only seen by their texts
    fcntl = None  # type: ignore[assignment]

JOURNAL = ".change.json"  # in the folder that is changed: the renames that are under way
PATIENCE = 5.0  # seconds to wait for a change that is under way; it takes milliseconds

_TEMPORARY = re.compile(r"\.(.+)\.[0-9a-f]{12}\.tmp")  # the name of a temporary file holds that of its target


class BusyError(OSError):
    """Another process is changing the folder."""


def write_atomically(path: str | Path, text: str) -> None:
    """Give the file this text as UTF-8, with the line ends that the text has.

    The folder must exist. A link is followed, and the file keeps its permissions. OSError leaves the old content.
    """
    write_all({Path(path): text})


def write_all(texts: Mapping[Path, str]) -> None:
    """Give every file its text, or leave every file as it was and raise the OSError."""
    with _beside(texts) as temporary:
        _rename_all(temporary)


def commit(folder: Path, texts: Mapping[Path, str | None]) -> None:
    """Give every file its text, or remove it (None): all of them, also if the process is killed on the way.

    The files are of the folder, but those with a text may be anywhere. Hold the lock of the folder. OSError leaves
    every file as it was.
    """
    journal = folder / JOURNAL
    if journal.exists():
        raise BusyError(EBUSY, "holds a change that is not finished", str(folder))
    _sweep(folder)
    gone = [path.resolve() for path, text in texts.items() if text is None]
    with _beside({path: text for path, text in texts.items() if text is not None}) as temporary:
        renames = [str(path) for path in temporary.values()]
        write_atomically(journal, json.dumps({"rename": renames, "remove": [path.name for path in gone]}))
        try:
            _rename_all(temporary, gone)
        finally:
            journal.unlink()
            _sync_folder(folder)


def recover(folder: Path) -> None:
    """Finish what a killed `commit` left half done in a folder; OSError if that cannot be.

    Only temporary files take the names of their own targets, and only files of the folder go: whoever can write a
    journal can do no more with it than with those files.
    """
    journal = folder / JOURNAL
    if not journal.is_file():
        return
    with locked(folder, patience=PATIENCE):
        try:
            plan = json.loads(journal.read_bytes())
            renames, gone = list(map(_as_path, plan["rename"])), [_as_path(name).name for name in plan["remove"]]
        except FileNotFoundError:
            return  # it was under way, and is done
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise OSError(EBADMSG, "not written by this program: remove it", str(journal)) from error
        for path in renames:
            target = _TEMPORARY.fullmatch(path.name)
            if target and path.is_file():
                path.replace(path.with_name(target[1]))
        for name in gone:
            (folder / name).unlink(missing_ok=True)
        journal.unlink()
        _sync_folder(folder)


def _as_path(name: str) -> Path:
    """The path of a name in a journal; ValueError or TypeError if no file can be called so."""
    if "\0" in name:
        raise ValueError("a null character in a name")
    return Path(os.fsdecode(os.fsencode(name)))


@contextmanager
def locked(folder: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Hold the folder for one change; `BusyError` if another process does, for more seconds than the patience."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _lock(descriptor, folder, time.monotonic() + patience)
        yield
    finally:
        os.close(descriptor)  # which lets go of it


def _sweep(folder: Path) -> None:
    """Remove the temporary files that killed processes left."""
    for path in folder.iterdir():
        if _TEMPORARY.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _lock(descriptor: int, folder: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise BusyError(error.errno, "is being changed by another process", str(folder)) from error
            time.sleep(0.02)
        else:
            return


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
    path = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")  # see _TEMPORARY
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


@contextmanager
def _beside(texts: Mapping[Path, str]) -> Iterator[dict[Path, Path]]:
    """Target -> a synced temporary file with its text; what is left of them in the end goes."""
    temporary: dict[Path, Path] = {}
    try:
        for path in sorted(texts):
            target = path.resolve()
            temporary[target] = _write_beside(target, texts[path].encode())
        yield temporary
    finally:
        for path in temporary.values():
            path.unlink(missing_ok=True)


def _rename_all(temporary: Mapping[Path, Path], gone: Iterable[Path] = ()) -> None:
    before: dict[Path, bytes | None] = {}
    try:
        for target in (*temporary, *gone):
            old = target.read_bytes() if target.is_file() else None
            if target in temporary:
                temporary[target].replace(target)
            else:
                target.unlink(missing_ok=True)
            before[target] = old
    except BaseException:  # also Ctrl-C
        for target, old in before.items():
            _restore(target, old)
        raise
    for folder in sorted({target.parent for target in before}):
        _sync_folder(folder)


def _restore(target: Path, content: bytes | None) -> None:
    if content is None:
        target.unlink(missing_ok=True)
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
