"""Files are written completely or not at all."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from resolver.files import (
    JOURNAL,
    BusyError,
    commit,
    held,
    locked,
    locked_beside,
    recover,
    replace_file,
    sweep,
    write_all,
    write_atomically,
)

# A program that commits three files and is killed before its n-th rename or removal.
KILLED = """
import os, pathlib, signal, sys
from resolver.files import commit
folder, left = pathlib.Path(sys.argv[1]), int(sys.argv[2])
def counted(change):
    def call(path, *arguments, **options):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return change(path, *arguments, **options)
    return call
pathlib.Path.replace = counted(pathlib.Path.replace)
pathlib.Path.unlink = counted(pathlib.Path.unlink)
commit(folder, {folder / "a": "new", folder / "b": "new", folder / "c": None, folder.parent / "elsewhere": "new"})
"""


def test_the_text_arrives_as_it_is(tmp_path: Path) -> None:
    """Line ends and letters of any script are written byte for byte, as UTF-8."""
    path = tmp_path / "a.yaml"
    write_atomically(path, "Бречалов\r\nOsa\n")

    assert "Бречалов\r\nOsa\n".encode() == path.read_bytes()


def test_an_old_text_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    """Replacing a file does not open it to other users, nor close it to them."""
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    write_atomically(str(path), "new")

    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind a link gets the text."""
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "a.yaml", tmp_path / "link.yaml"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_atomically(link, "new")

    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_no_temporary_file_stays(tmp_path: Path) -> None:
    """After writing, the folder holds the files and nothing else."""
    write_all({tmp_path / "b": "b", tmp_path / "a": "a"})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_folder_in_the_place_of_a_file_leaves_all_files_as_they_were(tmp_path: Path) -> None:
    """If one rename fails, the files renamed before it get their old text back, and new ones go away."""
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "c" / "content").mkdir(parents=True)

    with pytest.raises(OSError, match="c"):
        write_all({tmp_path / "a": "new", tmp_path / "b": "new", tmp_path / "c": "new"})

    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]


def test_an_interruption_leaves_all_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two renames is no reason to keep the first one."""
    calls, replace = count(1), Path.replace

    def rename(path: Path, target: Path) -> Path:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return replace(path, target)

    (tmp_path / "a").write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", rename)
    with pytest.raises(KeyboardInterrupt):
        write_all({tmp_path / "a": "new", tmp_path / "b": "new"})

    assert contents(tmp_path) == {"a": "old"}


def test_a_missing_folder_leaves_all_files_as_they_were(tmp_path: Path) -> None:
    """If one text cannot be written, no file is renamed."""
    (tmp_path / "a").write_text("old", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        write_all({tmp_path / "a": "new", tmp_path / "missing" / "b": "new"})

    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


# Commit and recover


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def test_a_commit_writes_and_removes(tmp_path: Path) -> None:
    """And leaves nothing else behind."""
    (tmp_path / "b").write_text("old", encoding="utf-8")
    commit(tmp_path, {tmp_path / "a": "new", tmp_path / "b": None})

    assert contents(tmp_path) == {"a": "new"}


def test_a_commit_that_fails_leaves_all_as_it_was(tmp_path: Path) -> None:
    """The file that was to go is there again."""
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "d" / "content").mkdir(parents=True)

    with pytest.raises(OSError, match="d"):
        commit(tmp_path, {tmp_path / "a": "new", tmp_path / "d": None})
    assert contents(tmp_path) == {"a": "old"}


@pytest.mark.skipif(os.name != "posix", reason="a kill as POSIX has it")
@pytest.mark.parametrize("left", range(12))
def test_a_killed_commit_is_done_or_not_begun(tmp_path: Path, left: int) -> None:
    """Wherever the kill comes, the next one to look finds all of the old or all of the new files."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a", "c"):
        (folder / name).write_text("old", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", KILLED, folder, str(left)])
    recover(folder)
    commit(folder, {folder / "d": "next"})

    found = contents(tmp_path)
    assert done.returncode in (0, -signal.SIGKILL)
    kept = {name: text for name, text in found.items() if not name.startswith(".elsewhere.")}  # swept by nobody
    assert kept in ({"a": "old", "c": "old", "d": "next"}, {"a": "new", "b": "new", "elsewhere": "new", "d": "next"})


def test_a_journal_reaches_no_file_of_others(tmp_path: Path) -> None:
    """It may come with a folder from anywhere: only a temporary file takes a name, only that of its own target."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (folder / "theirs").write_text("theirs", encoding="utf-8")
    plan = {"rename": [str(folder / "theirs"), str(tmp_path / "mine")], "remove": ["../mine", str(tmp_path / "mine")]}
    (folder / JOURNAL).write_text(json.dumps(plan), encoding="utf-8")
    recover(folder)

    assert contents(tmp_path) == {"mine": "mine", "theirs": "theirs"}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"rename": 1, "remove": []}'])
def test_a_journal_of_others_is_refused(tmp_path: Path, text: str) -> None:
    """It says which file is in the way."""
    (tmp_path / JOURNAL).write_text(text, encoding="utf-8")

    with pytest.raises(OSError, match="not written by this program: remove it") as caught:
        recover(tmp_path)
    assert caught.value.filename == str(tmp_path / JOURNAL)


def test_one_change_at_a_time(tmp_path: Path) -> None:
    """The second one is told so; when the first is done, the way is free."""
    with locked(tmp_path), pytest.raises(BusyError), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_an_unfinished_change_is_not_written_over(tmp_path: Path) -> None:
    """It is finished first."""
    (tmp_path / JOURNAL).write_text(json.dumps({"rename": [], "remove": []}), encoding="utf-8")

    with pytest.raises(BusyError):
        commit(tmp_path, {tmp_path / "a": "new"})
    recover(tmp_path)
    commit(tmp_path, {tmp_path / "a": "new"})
    assert contents(tmp_path) == {"a": "new"}


# What killed processes leave

LEFT = ".a.0123456789ab.tmp"
# A program that has a temporary file, and waits to be killed.
WRITING = """
import pathlib, sys, time
from resolver.files import replace_file
def pieces():
    yield b"half"
    print(flush=True)
    time.sleep(60)
replace_file(pathlib.Path(sys.argv[1]), pieces())
"""


def test_what_was_left_of_a_file_goes_when_it_is_written(tmp_path: Path) -> None:
    """That of other files stays until somebody sweeps the folder; what nobody left is never touched."""
    for name in (LEFT, ".b.0123456789ab.tmp", ".a.tmp", "a.0123456789ab.tmp", ".a.0123456789AB.tmp"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    write_atomically(tmp_path / "a", "new")
    assert sorted(contents(tmp_path)) == [
        ".a.0123456789AB.tmp", ".a.tmp", ".b.0123456789ab.tmp", "a", "a.0123456789ab.tmp",
    ]  # fmt: skip

    sweep(tmp_path)
    assert sorted(contents(tmp_path)) == [".a.0123456789AB.tmp", ".a.tmp", "a", "a.0123456789ab.tmp"]


@pytest.mark.skipif(os.name != "posix", reason="a lock as POSIX has it")
def test_a_file_that_somebody_writes_is_not_swept(tmp_path: Path) -> None:
    """However long that takes, and whatever the clock says; once he is killed, it is."""
    with subprocess.Popen([sys.executable, "-c", WRITING, tmp_path / "a"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        sweep(tmp_path)
        write_atomically(tmp_path / "a", "new")
        assert len(list(tmp_path.iterdir())) == 2
        process.kill()
    sweep(tmp_path)

    assert contents(tmp_path) == {"a": "new"}


def test_pieces_that_fail_leave_the_old_file_and_no_other(tmp_path: Path) -> None:
    """Nothing is left to fill the disk."""
    (tmp_path / "a").write_text("old", encoding="utf-8")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        replace_file(tmp_path / "a", pieces())
    assert contents(tmp_path) == {"a": "old"}


def test_a_newer_text_elsewhere_is_not_renamed_over(tmp_path: Path) -> None:
    """A change was killed between two renames; before anybody finished it, a file of another folder was written."""
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / LEFT).write_text("of the change", encoding="utf-8")
    plan = {"rename": [str(elsewhere / LEFT)], "remove": []}
    (folder / JOURNAL).write_text(json.dumps(plan), encoding="utf-8")
    write_atomically(elsewhere / "a", "newer")
    recover(folder)

    assert contents(tmp_path) == {"a": "newer"}


def test_a_held_file_is_held_by_one(tmp_path: Path) -> None:
    """Its content stays after a failure, and it goes at the end; who waited for it gets a new one."""
    path = tmp_path / "a"
    with pytest.raises(KeyboardInterrupt), held(path) as file:  # noqa: PT012 (what it holds is written inside)
        file.write(b"kept")
        raise KeyboardInterrupt
    with held(path) as file:
        assert file.read() == b"kept"
        with pytest.raises(BusyError), held(path):
            pass
    assert not path.exists()


def test_folders_of_files_are_locked_each_once(tmp_path: Path) -> None:
    """But for the one that is locked already, under whatever name."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    files = [tmp_path / "link" / "1", tmp_path / "b" / "2", tmp_path / "b" / "3"]
    with locked(tmp_path / "a"), locked_beside(files, tmp_path / "a"), pytest.raises(BusyError), locked(tmp_path / "b"):
        pass
    with locked(tmp_path / "b"):
        pass


# What others do at the worst moment

Meanwhile = Callable[[int, Callable[[], object]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Has something done just before the n-th lock is taken, as another process may."""
    fcntl = pytest.importorskip("fcntl")

    def have_done(number: int, act: Callable[[], object]) -> None:
        calls, flock = count(1), fcntl.flock

        def lock(*arguments: object) -> None:
            if next(calls) == number:
                act()
            flock(*arguments)

        monkeypatch.setattr(fcntl, "flock", lock)

    return have_done


def test_a_file_that_goes_before_it_is_held_is_made_again(tmp_path: Path, meanwhile: Meanwhile) -> None:
    """Who held it before has removed it: what is written must not go with that one."""
    path = tmp_path / "a"
    path.touch()
    meanwhile(1, path.unlink)
    with held(path) as file:
        file.write(b"mine")
        file.flush()
        assert path.read_bytes() == b"mine"

    assert not path.exists()


def test_a_temporary_file_that_is_swept_before_it_is_locked_is_made_again(tmp_path: Path, meanwhile: Meanwhile) -> None:
    """It looks like one that a killed process left."""
    meanwhile(1, lambda: sweep(tmp_path))
    replace_file(tmp_path / "a", [b"new"])

    assert contents(tmp_path) == {"a": "new"}


def test_a_file_that_is_written_while_a_change_is_finished_is_newer(tmp_path: Path, meanwhile: Meanwhile) -> None:
    """Its folder is another one, and locked late: by then what was to take its name is gone."""
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / LEFT).write_text("of the change", encoding="utf-8")
    plan = {"rename": [str(elsewhere / LEFT)], "remove": []}
    (folder / JOURNAL).write_text(json.dumps(plan), encoding="utf-8")
    meanwhile(2, lambda: write_atomically(elsewhere / "a", "newer"))
    recover(folder)

    assert contents(tmp_path) == {"a": "newer"}
