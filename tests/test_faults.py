"""What goes wrong around a command: it says so in a line, leaves with a code other than 0, and nothing half written."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from command_line import ARTICLE
from soak.commands import Commands, Done
from soak.scenarios import check_halves, copy_registry, files_of

from resolver.audit.writing import JOURNAL
from resolver.files import held, locked
from resolver.registry import Registry
from resolver.review import Ledger, load_queue, plan_application

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="faults as Linux has them")

AUDIT = ("audit", "news", "--aliases", "aliases", "--out", "audit")
APPLY = ("review", "apply", "audit/queue.yaml", "--aliases", "aliases", "--by", "ada", "--yes")
COMPILE = ("registry", "compile", "aliases")
EXPORT = ("registry", "export", "aliases", "--format", "csv", "--out", "export.csv")
CHANGES = {"audit": AUDIT, "apply": APPLY, "compile": COMPILE, "export": EXPORT}
CACHE = {"RESOLVER_CACHE": "cache"}


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    with Commands() as commands:
        yield commands


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, commands: Commands) -> Path:
    """A registry, a corpus, an audit of it with a decision in its queue."""
    folder = tmp_path_factory.mktemp("faults") / "place"
    copy_registry(folder, ("people.yaml", "events.yaml"))
    (folder / "news").mkdir()
    for name in ("Petrovskyy", "Petrovych"):
        (folder / "news" / f"{name}.txt").write_text(ARTICLE.replace("Petrovskyy", name), encoding="utf-8")
    assert commands.run(*AUDIT, folder=folder).code == 0
    queue = folder / "audit" / "queue.yaml"
    text = queue.read_text(encoding="utf-8")
    queue.write_text(text.replace("\n  decision:\n", "\n  decision:   not_an_entity\n", 1), encoding="utf-8")
    (folder / "news" / "more.txt").write_text(ARTICLE.replace("Petrovskyy", "Petrosyan"), encoding="utf-8")
    return folder


@pytest.fixture
def place(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "place"))


def refused(done: Done) -> str:
    """The one line of a command that failed."""
    assert done.code in (1, 2)
    assert "Traceback" not in done.err
    return done.err.strip().splitlines()[-1]


# The disk


@pytest.mark.parametrize("limit", [300, 3_000, 20_000])
@pytest.mark.parametrize("name", CHANGES)
def test_a_file_that_cannot_be_written_to_its_end_leaves_the_old_ones(
    name: str, limit: int, place: Path, commands: Commands
) -> None:
    """No file may be larger than so many bytes, as on a disk that is full at that moment."""
    expected = place.with_name("expected")
    shutil.copytree(place, expected)
    assert commands.run(*CHANGES[name], folder=expected, environment=CACHE).code == 0
    before, after = files_of(place), files_of(expected)
    done = commands.run(*CHANGES[name], folder=place, environment=CACHE, limit=limit)
    found = files_of(place)

    if done.code == 0:
        assert found == after
    else:
        assert "File too large" in refused(done) or "cannot be written" in refused(done)
        check_halves(found, before, after, is_whole=name == "apply")
        assert [each for each in found if each.endswith(".tmp")] == []
    assert commands.run(*CHANGES[name], folder=place, environment=CACHE).code == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 128 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder]).returncode:
        pytest.skip("only the superuser can mount a disk, and not everywhere")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("name", ["audit", "apply", "export"])
def test_a_full_disk_leaves_the_old_files(name: str, prepared: Path, small_disk: Path, commands: Commands) -> None:
    """It is told, and once there is room again the command succeeds."""
    place = Path(shutil.copytree(prepared, small_disk / "place"))
    before = files_of(place)
    filler = small_disk / "filler"
    with filler.open("wb") as file:
        room = os.statvfs(small_disk)
        file.write(bytes(max(0, room.f_bavail - 1) * room.f_frsize))
    done = commands.run(*CHANGES[name], folder=place)

    assert "No space left on device" in refused(done)
    left = {name: content for name, content in files_of(place).items() if not name.endswith(JOURNAL)}
    assert left == before
    filler.unlink()
    assert commands.run(*CHANGES[name], folder=place).code == 0


@pytest.mark.parametrize("name", ["audit", "apply", "export"])
def test_a_disk_that_may_only_be_read(name: str, prepared: Path, small_disk: Path, commands: Commands) -> None:
    """Nothing changes."""
    place = Path(shutil.copytree(prepared, small_disk / "place"))
    before = files_of(place)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    assert "Read-only file system" in refused(commands.run(*CHANGES[name], folder=place))
    assert files_of(place) == before
    for reading in (("resolve", "Kupol", "--aliases", "aliases"), ("review", "show", "audit/queue.yaml")):
        assert commands.run(*reading, folder=place).code == 0


# Streams


@pytest.mark.parametrize(
    "arguments",
    [
        "annotate news/more.txt",
        "annotate news/more.txt --format jsonl",
        "audit news --aliases aliases --out other --format json",
        "registry export aliases --format csv",
        "--help",
    ],
)
def test_a_stream_that_cannot_be_written(arguments: str, place: Path) -> None:
    """A reader that leaves is no news; a full disk and a closed stream are."""
    command = f"env -u PYTHONUNBUFFERED {sys.executable} -m resolver {arguments}"  # what is buffered fails at the end

    def shell(more: str) -> Done:
        done = subprocess.run(["bash", "-c", f"{command} {more}"], cwd=place, capture_output=True, text=True)
        assert "Traceback" not in done.stderr
        return Done(done.returncode, done.stdout, done.stderr, 0.0)

    assert shell("| head -c 1 >/dev/null").err.replace("Report: other/report.html\n", "").count("\n") <= 1
    assert refused(shell(">/dev/full")) == "resolver: cannot write: No space left on device"
    assert refused(shell(">&-")) == "resolver: cannot write: Bad file descriptor"
    assert shell(">&- 2>&-").code == 2
    assert shell("2>&- >/dev/null").code == 0


# Signals


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=str)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_audit_that_is_stopped_can_be_resumed(
    sent: signal.Signals, code: int, workers: str, place: Path, commands: Commands
) -> None:
    """It says so, and no process stays."""
    for number in range(150):
        (place / "news" / f"{number:03}.txt").write_text(ARTICLE * 20, encoding="utf-8")
    journal = place / "audit" / JOURNAL
    running = commands.start(*AUDIT, "--workers", workers, folder=place)
    wait_until(lambda: journal.exists() and journal.stat().st_size > 1_000)
    running.send(sent)
    done = running.wait()

    assert (done.code, done.err) == (
        code, "Interrupted. What is done is kept: the same command with --resume takes it up.\n"
    )  # fmt: skip
    assert sorted(path.name for path in (place / "audit").iterdir() if path.name.startswith(".")) == []
    assert journal.exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=str)
@pytest.mark.parametrize("command", [("serve",), ("review", "serve", "audit/queue.yaml")], ids=["serve", "review"])
def test_a_server_that_is_stopped_says_so(
    sent: signal.Signals, command: tuple[str, ...], place: Path, commands: Commands
) -> None:
    """That is how it is meant to end."""
    running = commands.start(*command, "--aliases", "aliases", "--port", "0", folder=place)
    wait_until(lambda: "Ctrl-C" in running.said())
    with urlopen(re.findall(r"http://\S+", running.said())[0]) as page:  # noqa: S310 (an address of this machine)
        assert page.status == 200
    running.send(sent)
    done = running.wait()

    assert done.code == 0
    assert done.err.splitlines()[-1].startswith("Stopped.")


# Two at once


def test_an_audit_beside_another_is_refused(place: Path, commands: Commands) -> None:
    """The folder stays as it is."""
    before = files_of(place)
    with held(place / "audit" / JOURNAL):
        message = refused(commands.run(*AUDIT, folder=place))

    assert message.startswith("resolver: audit: another audit writes there at this moment; wait for its end")
    assert files_of(place) == before


@pytest.mark.parametrize("busy", ["aliases", "audit"])
def test_an_application_beside_another_change_is_refused(busy: str, place: Path, commands: Commands) -> None:
    """Of the registry, or of the queue, which the review page may be saving."""
    before = files_of(place)
    with locked(place / busy):
        message = refused(commands.run(*APPLY, folder=place))

    assert "another change is being written at this moment: nothing was changed, start again" in message
    assert files_of(place) == before


@pytest.mark.parametrize("name", ["apply", "compile"])
def test_two_at_once_make_what_one_makes(name: str, place: Path) -> None:
    """One of two applications may be told to start again; two compilations do not meet."""
    before = files_of(place)
    with Commands() as one, Commands() as other:
        done = [
            running.wait()
            for running in [each.start(*CHANGES[name], folder=place, environment=CACHE) for each in (one, other)]
        ]
        assert 0 in [each.code for each in done]
        assert {each.code for each in done} <= ({0, 1} if name == "apply" else {0})
        assert "Traceback" not in "".join(each.err for each in done)
        found = files_of(place)
        shutil.rmtree(place)
        for path, content in before.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)
        one.run(*CHANGES[name], folder=place, environment=CACHE)

    assert found == files_of(place)


# The clock


def test_the_ledger_goes_by_the_order_of_its_lines(place: Path) -> None:
    """A machine whose date went back between two applications: the last one is the one that was written last."""
    aliases, queue = place / "aliases", place / "audit" / "queue.yaml"
    for day in ("2031-05-01", "2001-05-01"):
        plan_application(load_queue(queue), Registry.load(aliases), by="ada", on=day).write()
        text = queue.read_text(encoding="utf-8")
        queue.write_text(text.replace("\n  decision:\n", "\n  decision:   not_an_entity\n", 1), encoding="utf-8")

    assert [entry.on for entry in Ledger.beside(aliases).standing] == ["2031-05-01", "2001-05-01"]


def wait_until(is_so: object, seconds: float = 60.0) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.005)
