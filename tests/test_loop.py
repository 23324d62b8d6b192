"""The loop, end to end on copies of aliases/ and seeds/: audit, decide, apply, audit again.

What a curator decides becomes a few lines of YAML, and the same question never comes back.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from resolver.registry import Registry
from resolver.review import Item, load_queue

ROOT = Path(__file__).parents[1]
# The loop needs somebody who is surely not the one of the registry; the seeds speak only of people who are in it.
LETTER = """\
Sergei Brechalov teaches music in a village school. The parents are glad that Sergei Brechalov came.
In his letters he calls himself Сергей Бречалов.
"""
NAMESAKE = "person:aleksandr-brechalov"
# Name of the item -> what the curator writes on the line `decision:` and below it.
FIRST = {
    "Cheboksary": "{new: {type: location, name: Cheboksary}}\n  note: capital of Chuvashia",
    "VNIIR-Progress": "{new: {type: organization, name: VNIIR-Progress}}",
    "Sergei Brechalov": f"{{not: {NAMESAKE}}}\n  except: [Сергей Бречалов]\n  note: a teacher",
    "Firefox": "not_an_entity\n  note: a program",
    "Kometa": "unsure\n  note: a receiver, or a whole family of them?",
}
SECOND = {
    "VNIIR": "{match: organization:vniir-progress}",
    "Сергей Бречалов": f"{{not: {NAMESAKE}}}",
}
Done = subprocess.CompletedProcess[str]
# A program that dies before its n-th rename, as a machine may.
KILLED = """
import os, pathlib, signal, sys
from resolver.cli import main
rename, left = pathlib.Path.replace, int(sys.argv.pop(1))
def replace(path, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return rename(path, target)
pathlib.Path.replace = replace
main(sys.argv[1:])
"""


@dataclass(frozen=True)
class Workplace:
    """A folder with a registry, a corpus and what an audit leaves."""

    folder: Path

    def run(self, *arguments: str, python: tuple[str, ...] = ("-m", "resolver")) -> Done:
        """A command of the project, as a user runs it, or a program that gets its arguments."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RESOLVER_")}
        command = [sys.executable, *python, *arguments]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)

    def audit(self) -> None:
        """Audit the corpus into the folder audit/."""
        done = self.run("audit", "seeds", "--aliases", "aliases", "--out", "audit")
        assert done.returncode == 0, done.stderr

    def apply(self, *options: str, **run: tuple[str, ...]) -> Done:
        """Apply the queue to the registry."""
        command = ("review", "apply", "audit/queue.yaml", "--aliases", "aliases", "--by", "ada")
        return self.run(*command, *options, **run)

    def decide(self, decisions: dict[str, str]) -> None:
        """Write each decision into the item of that name, as a curator would."""
        path = self.folder / "audit" / "queue.yaml"
        text = path.read_text(encoding="utf-8")
        for item in load_queue(path):
            if item.name in decisions:
                lines = rf"(- key: +{item.key}\n(?:  .*\n)*?)  decision:.*\n  note:.*\n"
                text = re.sub(lines, lambda found, d=decisions[item.name]: f"{found[1]}  decision: {d}\n", text)
        path.write_text(text, encoding="utf-8")

    def items(self) -> dict[str, Item]:
        """The queue by the names of its items."""
        return {item.name: item for item in load_queue(self.folder / "audit" / "queue.yaml")}

    def files(self) -> dict[str, str]:
        """The registry and the queue, as they are on disk."""
        paths = [*(self.folder / "aliases").glob("*.yaml"), self.folder / "audit" / "queue.yaml"]
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(paths)}


@dataclass(frozen=True)
class Loop:
    """One round of the loop, with what was there at each step."""

    place: Workplace
    asked: dict[str, Item]
    before: dict[str, str]
    dry_run: Done
    after_dry_run: dict[str, str]
    applied: Done
    after: dict[str, str]
    left: dict[str, Item]
    again: dict[str, Item]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """An audit with the decisions of the first round written into its queue."""
    folder = tmp_path_factory.mktemp("decided")
    for name in ("aliases", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "seeds" / "letter.txt").write_text(LETTER, encoding="utf-8")
    place = Workplace(folder)
    place.audit()
    place.decide(FIRST)
    return place


@pytest.fixture(scope="module")
def loop(decided: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """The first round: a dry run, the application, and another audit."""
    place = copy_of(decided, tmp_path_factory.mktemp("loop"))
    asked, before = place.items(), place.files()
    dry_run = place.apply("--dry-run")
    after_dry_run = place.files()
    applied = place.apply("--yes")
    after, left = place.files(), place.items()
    place.audit()
    return Loop(place, asked, before, dry_run, after_dry_run, applied, after, left, place.items())


def copy_of(place: Workplace, folder: Path) -> Workplace:
    shutil.copytree(place.folder, folder / "copy")
    return Workplace(folder / "copy")


def is_subsequence(old: str, new: str) -> bool:
    """Whether all lines of the old text stand in the new one, in their order."""
    lines: Iterator[str] = iter(new.splitlines())
    return all(line in lines for line in old.splitlines())


def test_the_audit_asks_about_what_the_curator_decides(loop: Loop) -> None:
    """Else the rest of this file would test nothing."""
    assert FIRST.keys() <= loop.asked.keys()
    assert loop.asked["Sergei Brechalov"].candidates[0].id == NAMESAKE


def test_a_dry_run_shows_the_change_and_writes_nothing(loop: Loop) -> None:
    """The diff is that of the application itself."""
    assert loop.dry_run.returncode == 0
    assert loop.dry_run.stdout == loop.applied.stdout
    assert loop.after_dry_run == loop.before


def test_the_registry_gets_lines_and_loses_none(loop: Loop) -> None:
    """Comments, order and quoting are the curator's: every line of before stands where it stood."""
    changed = {name for name in loop.before if loop.before[name] != loop.after[name]} - {"queue.yaml"}

    assert changed == {"blocked.yaml", "organizations.yaml", "people.yaml", "places.yaml"}
    assert all(is_subsequence(loop.before[name], loop.after[name]) for name in changed)
    assert not re.search(r"(?m)^-(?!--)", loop.applied.stdout)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("places.yaml", "- id: location:cheboksary"),
        ("organizations.yaml", "- id: organization:vniir-progress"),
        ("people.yaml", "{text: Sergei Brechalov, note: a teacher, source: letter.txt, added: "),
        ("blocked.yaml", "Firefox"),
    ],
)
def test_each_decision_becomes_readable_yaml(file: str, line: str, loop: Loop) -> None:
    """Where an editor would have put it."""
    added = [found for found in loop.applied.stdout.splitlines() if found.startswith("+") and line.strip() in found]

    assert line.strip() in loop.after[file]
    assert len(added) >= 1


@pytest.mark.parametrize("name", ["Cheboksary", "VNIIR-Progress", "Sergei Brechalov", "Firefox"])
def test_what_was_decided_is_not_asked_again(name: str, loop: Loop) -> None:
    """Neither right after the application nor by the next audit, also where the answer was only who it is not."""
    assert name not in {text for item in loop.left.values() for text, _ in item.variants}
    assert name not in {text for item in loop.again.values() for text, _ in item.variants}


def test_what_was_not_decided_is_asked_again(loop: Loop) -> None:
    """With the same key, and nothing else is new."""
    open_ = {item.key for name, item in loop.asked.items() if name not in FIRST}
    keys = {item.key for item in loop.again.values()}

    assert open_ <= keys
    assert keys - open_ <= {loop.again["Kometa"].key, loop.again["Сергей Бречалов"].key}


def test_unsure_stays_with_its_note(loop: Loop) -> None:
    """The next audit updates the counts around it."""
    judgement = loop.again["Kometa"].judgement

    assert (judgement.decision, judgement.note) == ("unsure", "a receiver, or a whole family of them?")


def test_an_excepted_spelling_is_a_question_of_its_own(loop: Loop) -> None:
    """It was left open on purpose."""
    assert loop.again["Сергей Бречалов"].judgement.decision is None


def test_applying_twice_is_applying_once(loop: Loop) -> None:
    """Also with the queue of before, which a killed command would leave behind."""
    place = copy_of(loop.place, loop.place.folder / "twice")
    (place.folder / "audit" / "queue.yaml").write_text(loop.before["queue.yaml"], encoding="utf-8")

    done = place.apply("--yes")

    assert (done.returncode, done.stdout) == (0, "")
    assert "The registry knows it all already." in done.stderr
    assert place.files() == loop.after


def test_the_second_round_builds_on_the_first(loop: Loop) -> None:
    """A new entity takes other spellings, with their provenance, and they are resolved from then on."""
    place = copy_of(loop.place, loop.place.folder / "second")
    place.decide(SECOND)

    done = place.apply("--yes")
    place.audit()

    assert done.returncode == 0, done.stderr
    assert re.search(r"\+ +- \{text: VNIIR, .*by: ada\}", done.stdout)
    registry = Registry.load(place.folder / "aliases")
    assert "Сергей Бречалов" in registry.get(NAMESAKE).never
    assert not SECOND.keys() & {text for item in place.items().values() for text, _ in item.variants}


def test_the_change_is_shown_with_what_it_does_to_the_corpus(loop: Loop) -> None:
    """Before anything is written: which names it places."""
    assert re.search(r"Of [\d,]+ mentions in the audit", loop.dry_run.stderr)
    assert re.search(r"placed: .*Cheboksary ×\d+ \(unresolved -> location:cheboksary\)", loop.dry_run.stderr)


def test_an_application_is_taken_back_to_the_byte(loop: Loop, tmp_path: Path) -> None:
    """Registry and queue are as they were before it, and the ledger tells both."""
    place = copy_of(loop.place, tmp_path)
    (place.folder / "audit" / "queue.yaml").write_text(loop.after["queue.yaml"], encoding="utf-8")

    undone = place.run("review", "undo", "audit/queue.yaml", "--aliases", "aliases", "--by", "ada", "--yes")
    log = place.run("review", "log", "--aliases", "aliases", "--format", "jsonl")

    assert undone.returncode == 0, undone.stderr
    assert {**place.files(), "queue.yaml": ""} == {**loop.before, "queue.yaml": ""}
    assert place.items() == loop.asked
    assert log.stdout.count('"undone": "20') == len(FIRST) - 1  # all but the one that was unsure


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize("renames", range(7))
def test_a_killed_application_is_done_or_not_begun(
    renames: int, loop: Loop, decided: Workplace, tmp_path: Path
) -> None:
    """Killed before any of its renames: who comes next finds all files old or all new, and can go on."""
    place = copy_of(decided, tmp_path)

    killed = place.apply("--yes", python=("-c", KILLED, str(renames)))
    Registry.load(place.folder / "aliases")
    between = place.files()
    repeated = place.apply("--yes")

    assert killed.returncode == -9
    assert between == (loop.after if renames else loop.before)
    assert repeated.returncode == 0, repeated.stderr
    assert place.files() == loop.after


@pytest.mark.skipif(os.name != "posix", reason="a lock as POSIX has it")
def test_of_two_applications_at_once_one_wins(loop: Loop, decided: Workplace, tmp_path: Path) -> None:
    """The other says so, and nothing is written twice."""
    place = copy_of(decided, tmp_path)

    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: place.apply("--yes"), range(2)))

    losers = [each for each in done if each.returncode]
    assert all("nothing was changed" in each.stderr for each in losers)
    assert len(losers) < len(done)
    assert place.files() == loop.after
