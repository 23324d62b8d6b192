"""What is killed, and what must be true after it.

A scenario is a folder with files, a command, and what the command makes of the folder when nobody disturbs it. The
command runs on a copy and is killed. Then

1. every file is the old one or the new one, never half of one; where the command says so, all old or all new;
2. the command that takes it up again makes the same folder, byte for byte, with nothing else in it.
"""

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from soak.commands import Commands, Running
from soak.usage import tree_of
from soak.wires import Wires

from resolver import Registry
from resolver.audit.writing import JOURNAL
from resolver.files import JOURNAL as CHANGE

ROOT = Path(__file__).parents[2]
SMALL, CACHED = ("events.yaml", "media.yaml", "other.yaml"), ("people.yaml",)  # of aliases/: what is read is not tested
DOCUMENTS, EARLIER = 16, 10  # wires of the audit that is killed, and of the one before it: some batches for two workers
WRITING = 0.03  # seconds that most writes take, syncs and all
MOST_KILLS = 3  # of one command, before it may go on to its end
Files = dict[str, bytes]


@dataclass(frozen=True)
class Scenario:
    """A command that is killed.

    folder     the files before it
    arguments  the command, and `again` what takes it up
    is_whole   whether all files change together
    mend       what looks at the folder first after a kill, as any command of the project would
    before, after  the files of the folder, and what the undisturbed command makes of them
    seconds    that it takes
    """

    name: str
    folder: Path
    arguments: tuple[str, ...]
    again: tuple[str, ...]
    environment: Mapping[str, str]
    is_whole: bool = False
    mend: Callable[[Path], object] = lambda folder: None
    before: Mapping[str, bytes] | None = None
    after: Mapping[str, bytes] | None = None
    seconds: float = 0.0

    def measured(self, commands: Commands) -> "Scenario":
        """The same, with what the undisturbed command does and how long it takes."""
        before = files_of(self.folder)
        folder = copy_of(self.folder)
        done = commands.run(*self.arguments, folder=folder, environment=self.environment)
        assert done.code == 0, done.err
        after = files_of(folder)
        shutil.rmtree(folder)
        assert after != before
        return replace(self, before=before, after=after, seconds=done.seconds)

    def try_once(self, commands: Commands, chance: random.Random) -> int:
        """Kill the command, and those that take it up, up to three times; AssertionError if something is not true.

        How many were killed before they had ended.
        """
        assert self.before is not None
        assert self.after is not None
        folder = copy_of(self.folder)
        arguments, kills = self.arguments, 0
        for _ in range(chance.randint(1, MOST_KILLS)):
            running = commands.start(*arguments, folder=folder, environment=self.environment)
            if chance.random() < 0.5:
                running.send(signal.SIGKILL, after=chance.random() * self.seconds)
            else:  # most of the time nothing is written
                wait_for_writing(folder, running)
                running.send(signal.SIGKILL, after=chance.random() * WRITING)
            done = running.wait()
            assert done.code in (0, -signal.SIGKILL), done.err
            kills += done.code != 0
            self.mend(folder)
            found = files_of(folder)
            check_halves(found, self.before, self.after, is_whole=self.is_whole)
            if found == self.after:  # all was done: to do it again would be another audit, of which nothing is new
                break
            arguments = self.again
        else:
            done = commands.run(*arguments, folder=folder, environment=self.environment)
            assert done.code == 0, done.err
            check_same(files_of(folder), self.after)
        shutil.rmtree(folder)
        return kills


def scenarios(folder: Path, *, seed: int) -> list[Scenario]:
    """All scenarios, their files made in the folder."""
    off = {"RESOLVER_CACHE": "off"}
    audited = _audit(folder / "audit", seed)
    audit = ("audit", "wires", "--aliases", "aliases", "--out", "audit", "--workers")
    made = [
        Scenario(f"audit, {count} workers", audited, (*audit, count), (*audit, count, "--resume"), off)
        for count in ("1", "2")
    ]
    cached = _cache(folder / "cache")
    cache = {"RESOLVER_CACHE": "cache"}
    for name, command in (
        ("registry compile", ("registry", "compile", "aliases")),
        ("the automatic cache", ("resolve", "Kupol", "--aliases", "aliases")),
    ):
        made.append(Scenario(name, cached, command, command, cache))
    decided = _decided(folder / "apply")
    apply = ("review", "apply", "audit/queue.yaml", "--aliases", "aliases", "--by", "ada", "--yes")
    made.append(Scenario("review apply", decided, apply, apply, off, is_whole=True, mend=_load))
    return made


def kill_worker(scenario: Scenario, commands: Commands, chance: random.Random) -> int:
    """Kill one worker of an audit, or all; it must not show. How many there were."""
    assert scenario.after is not None
    folder = copy_of(scenario.folder)
    running = commands.start(*scenario.arguments, folder=folder, environment=scenario.environment)
    time.sleep(chance.random() * scenario.seconds)
    workers = tree_of(running.process)[1:]
    victims = workers if chance.random() < 0.2 else workers[:1]
    for worker in victims:
        with suppress(ProcessLookupError):  # it has ended just now
            os.kill(worker, signal.SIGKILL)
    done = running.wait()
    assert done.code == 0, done.err
    check_same(files_of(folder), scenario.after)
    shutil.rmtree(folder)
    return len(victims)


def wait_for_writing(folder: Path, running: Running) -> None:
    """Wait until a command begins to write the files of a folder, or has ended."""
    folders = [folder, *(path for path in folder.iterdir() if path.is_dir())]
    while running.is_alive() and not any(is_temporary(path.name) for each in folders for path in each.iterdir()):
        time.sleep(0.0002)


def check_halves(found: Files, before: Mapping[str, bytes], after: Mapping[str, bytes], *, is_whole: bool) -> None:
    """Each file is old or new, and none is lost; temporary files and the journal of an audit do not count."""
    seen = {name: content for name, content in found.items() if not is_passing(name)}
    if is_whole:
        assert seen in (dict(before), dict(after)), f"neither old nor new: {_differences(seen, before, after)}"
    half = [name for name, content in seen.items() if content not in (before.get(name), after.get(name))]
    lost = [name for name in before if name in after and name not in seen]
    assert not half, f"half written: {half}"
    assert not lost, f"lost: {lost}"


def check_same(found: Files, expected: Mapping[str, bytes]) -> None:
    """The files are those, and there are no others."""
    assert sorted(found) == sorted(expected)
    different = [name for name in found if found[name] != expected[name]]
    assert not different, f"other than undisturbed: {different}"


def is_passing(name: str) -> bool:
    """Whether a file is one that a killed command may leave until the next one comes."""
    return Path(name).name in (JOURNAL, CHANGE) or is_temporary(Path(name).name)


def is_temporary(name: str) -> bool:
    """Whether a file is on its way to another name."""
    return name.startswith(".") and name.endswith(".tmp")


def files_of(folder: Path) -> Files:
    """All files below a folder, hidden ones, too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def copy_of(folder: Path) -> Path:
    """A copy beside it; the times of the files are those of the original, as caches go by them."""
    copies = folder.with_name(f"{folder.name}-copies")
    copies.mkdir(exist_ok=True)
    number = sum(1 for _ in copies.iterdir())
    while (copies / str(number)).exists():
        number += 1
    return Path(shutil.copytree(folder, copies / str(number)))


def _differences(found: Files, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    names = sorted({*found, *before, *after})
    told = {name: [found.get(name) == before.get(name), found.get(name) == after.get(name)] for name in names}
    return json.dumps(told)


def _load(folder: Path) -> None:
    Registry.load(folder / "aliases")


def copy_registry(folder: Path, names: tuple[str, ...]) -> None:
    """Make a registry of some files of that of the project."""
    (folder / "aliases").mkdir(parents=True)
    for name in names:
        shutil.copy(ROOT / "aliases" / name, folder / "aliases")


def _audit(folder: Path, seed: int) -> Path:
    """A corpus that has grown since it was audited last, and a queue that somebody began to decide."""
    copy_registry(folder, SMALL)
    (folder / "wires").mkdir()
    registry = Registry.load(folder / "aliases")
    for number, text in zip(range(DOCUMENTS), Wires(registry, sentences=200, seed=seed), strict=False):
        if number == EARLIER:
            _run_audit(folder)
        (folder / "wires" / f"{number:03}.txt").write_text(text, encoding="utf-8")
    _decide(folder / "audit" / "queue.yaml", every=5)
    return folder


def _cache(folder: Path) -> Path:
    """A registry, and in the cache an older one that must stay sound."""
    copy_registry(folder, CACHED)
    (folder / "cache").mkdir()
    (folder / "cache" / f"{'0' * 32}.index").write_bytes(b"an older one")
    return folder


def _decided(folder: Path) -> Path:
    """An audit with decisions in its queue, of all kinds of files that an application writes."""
    copy_registry(folder, SMALL)
    shutil.copytree(ROOT / "seeds", folder / "wires")
    _run_audit(folder)
    _decide(folder / "audit" / "queue.yaml", every=2)
    return folder


def _run_audit(folder: Path) -> None:
    with Commands() as commands:
        done = commands.run("audit", "wires", "--aliases", "aliases", "--out", "audit", folder=folder)
    assert done.code == 0, done.err


def _decide(queue: Path, *, every: int) -> None:
    """Write decisions into a queue: new entities and things that are none by turns."""
    text = queue.read_text(encoding="utf-8")
    lines, number = [], 0
    for line in text.splitlines(keepends=True):
        if line.startswith("  decision:"):
            number += 1
            if number % every == 0:
                name = f"Name {number}" if number % (2 * every) else ""
                decision = f"{{new: {{type: other, name: {name}}}}}" if name else "not_an_entity"
                lines.append(f"  decision:   {decision}\n")
                continue
        lines.append(line)
    queue.write_text("".join(lines), encoding="utf-8")
