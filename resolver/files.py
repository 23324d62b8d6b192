"""Texts to files: a reader of the folder sees the old content or the new one, never half of it.

`write_all` writes several files, in any folder, as far as one process can see to it:

1. Every text goes to a temporary file in the folder of its target and is synced to the disk.
2. Only then the temporary files take the names of their targets; if one cannot, the others get their old content back.

`commit` also survives a kill between two renames. It first writes down in the folder what is to be renamed (`JOURNAL`);
who comes next finishes it (`recover`). `locked` keeps two processes from changing a folder at once, and `held` from
writing one file that takes long.

A temporary file is locked for as long as its writer lives: so who comes next can tell what a killed one has left, and
removes it (`sweep`). Nothing here asks for the time of a file: clocks go wrong.
"""

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EBADMSG, EBUSY
from pathlib import Path
from typing import BinaryIO

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
    sweep(folder)
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
            _finish_rename(path, folder)
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


@contextmanager
def locked_beside(paths: Iterable[Path], folder: Path) -> Iterator[None]:
    """Hold the folders of files, each for as long as a write takes, but for the one folder that is held already."""
    with ExitStack() as stack:
        for each in sorted({path.resolve().parent for path in paths} - {folder.resolve()}):
            stack.enter_context(locked(each, patience=PATIENCE))
        yield


@contextmanager
def held(path: Path, *, patience: float = 0.0) -> Iterator[BinaryIO]:
    """Hold a file alone, to read and to write; it is made if it is missing, and removed at the end.

    What it holds stays if an exception comes, or a kill. `BusyError` as of `locked`.
    """
    until = time.monotonic() + patience
    while True:
        path.touch()
        with path.open("r+b") as file:
            if fcntl is not None:
                _lock(file.fileno(), path, until)
                if not _is_still(file, path):
                    continue  # who had it before has removed it
            yield file
            if fcntl is None:
                file.close()  # Windows removes no open file
            path.unlink()
            return


def sweep(folder: Path, target: str | None = None) -> None:
    """Remove the temporary files that killed processes left, all or those of one target; OSError if that cannot be."""
    for path in folder.iterdir():
        found = _TEMPORARY.fullmatch(path.name)
        if found and target in (None, found[1]):
            _remove_abandoned(path)


def _remove_abandoned(path: Path) -> None:
    """Remove a temporary file, unless a process that lives is writing it."""
    if fcntl is None:
        path.unlink(missing_ok=True)
        return
    with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)  # while it is locked: nobody takes it for his own meanwhile, see _open_beside


def _is_still(file: BinaryIO, path: Path) -> bool:
    """Whether an open file is the one of this path."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _finish_rename(path: Path, folder: Path) -> None:
    """Let a temporary file take its name. One that is gone was renamed, or another text was written since."""
    target = _TEMPORARY.fullmatch(path.name)
    if not target or not path.is_file():
        return
    if path.parent == folder.resolve():  # which is locked
        path.replace(path.with_name(target[1]))
        return
    with locked(path.parent, patience=PATIENCE):
        if path.is_file():
            path.replace(path.with_name(target[1]))


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


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Give one file this content; readers that have the old one open keep it. OSError leaves the old content."""
    target = path.resolve()
    with _temporary(target, pieces) as temporary:
        temporary.replace(target)
    _sync_folder(target.parent)


@contextmanager
def _temporary(target: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """A synced temporary file in the folder of the target, with its permissions; it goes if it is not renamed."""
    sweep(target.parent, target.name)
    path, file = _open_beside(target)
    try:
        with file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
            if target.is_file():
                path.chmod(target.stat().st_mode)
            if fcntl is None:
                file.close()  # Windows renames no open file
            yield path
    finally:
        path.unlink(missing_ok=True)


def _open_beside(target: Path) -> tuple[Path, BinaryIO]:
    """A new temporary file that is locked, if the disk has locks, until it is closed."""
    while True:
        path = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")  # see _TEMPORARY
        file = path.open("xb")
        if fcntl is None:
            return path, file
        with suppress(OSError):  # who cannot lock it here cannot find it abandoned either
            fcntl.flock(file, fcntl.LOCK_EX)
        if _is_still(file, path):  # nobody swept it before it was locked
            return path, file
        file.close()


@contextmanager
def _beside(texts: Mapping[Path, str]) -> Iterator[dict[Path, Path]]:
    """Target -> a synced temporary file with its text; what is left of them in the end goes."""
    with ExitStack() as stack:
        targets = {path.resolve(): texts[path] for path in sorted(texts)}
        yield {target: stack.enter_context(_temporary(target, [text.encode()])) for target, text in targets.items()}


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
        with _temporary(target, [content]) as temporary:
            temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the new names survive a crash; only POSIX can open a folder for that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
