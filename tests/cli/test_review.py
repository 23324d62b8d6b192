"""`resolver review`."""

import re
from pathlib import Path

import pytest
from command_line import Run, decide

import resolver
from resolver.cli.review import is_replaced_by_updates


def test_review_show_lists_the_questions(run: Run, queue: Path) -> None:
    """A row for each item, and how many are open."""
    result = run("review", "show", queue)

    assert result.code == 0
    assert "Stanislav Petrovskyy" in result.out
    assert "1 in the queue: 1 open" in result.err


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_review_show_gives_records(format_: str, run: Run, queue: Path) -> None:
    """The same items for programs."""
    (record,) = run("review", "show", queue, "--format", format_).records

    assert (record["name"], record["status"]) == ("Stanislav Petrovskyy", "unresolved")


def test_review_apply_shows_the_change_and_writes_nothing_on_a_dry_run(run: Run, queue: Path, aliases: Path) -> None:
    """The diff goes to stdout; registry and queue stay as they are."""
    decide(queue, "{match: person:aleksandr-brechalov}")
    before = (aliases / "all.yaml").read_bytes(), queue.read_bytes()

    result = run("review", "apply", queue, "--dry-run")

    assert result.code == 0
    assert "+    - {text: Stanislav Petrovskyy," in result.out
    assert before == ((aliases / "all.yaml").read_bytes(), queue.read_bytes())


def test_review_apply_closes_the_loop(run: Run, queue: Path, corpus: Path) -> None:
    """What was decided is in the registry with its provenance, off the queue, and never asked again."""
    decide(queue, "{new: {type: person, name: Stanislav Petrovskyy}}")

    applied = run("review", "apply", queue, "--yes", "--by", "grace")
    again = run("audit", corpus, "--out", "audit")

    assert (applied.code, again.code) == (0, 0)
    assert "person:stanislav-petrovskyy" in applied.out
    assert "Nothing is left to decide." in again.err
    assert run("resolve", "Stanislav Petrovskyy", "--format", "json").records[0]["id"] == "person:stanislav-petrovskyy"


def test_review_apply_says_who_decided(run: Run, queue: Path) -> None:
    """The name of the curator stands beside the alias: that of --by, else that of the user."""
    decide(queue, "{match: person:aleksandr-brechalov}")

    assert "by: ada" in run("review", "apply", queue, "--dry-run").out
    assert "by: grace" in run("review", "apply", queue, "--dry-run", "--by", "grace").out


def test_review_apply_twice_changes_nothing_more(run: Run, queue: Path, aliases: Path) -> None:
    """The second time there is nothing left to do."""
    decide(queue, "not_an_entity")
    run("review", "apply", queue, "--yes")
    before = {path: path.read_bytes() for path in aliases.iterdir()}

    result = run("review", "apply", queue, "--yes")

    assert result.code == 0
    assert "No decision in" in result.err
    assert before == {path: path.read_bytes() for path in aliases.iterdir()}


def test_review_apply_asks_first(run: Run, queue: Path, aliases: Path) -> None:
    """Where nobody can be asked, nothing is written without --yes."""
    decide(queue, "{match: person:aleksandr-brechalov}")
    before = (aliases / "all.yaml").read_bytes(), queue.read_bytes()

    result = run("review", "apply", queue)

    assert result.code == 2
    assert "--yes" in result.err
    assert before == ((aliases / "all.yaml").read_bytes(), queue.read_bytes())


@pytest.mark.parametrize("decision", ["{mtach: person:x}", "["])
def test_review_show_refuses_a_broken_queue_with_its_line(decision: str, run: Run, queue: Path) -> None:
    """What cannot be read is not shown in part."""
    decide(queue, decision)

    result = run("review", "show", queue)

    assert (result.code, result.out) == (1, "")
    assert re.search(r"queue\.yaml:\d+: ", result.err)


def test_review_apply_keeps_what_it_cannot_settle(run: Run, corpus: Path, aliases: Path, tmp_path: Path) -> None:
    """The registry asks for a cue beside OSA: the curator is told, and is not asked as if nothing had been decided."""
    (corpus / "b.txt").write_text("OSA is what they call it.", encoding="utf-8")
    run("audit", corpus, "--out", "audit")
    queue = tmp_path / "audit" / "queue.yaml"
    text = queue.read_text(encoding="utf-8")
    before, item = text.split("name:       OSA")
    queue.write_text(before + "name:       OSA" + item.replace("  decision:", "  decision: {match: product:osa}", 1))

    result = run("review", "apply", queue, "--yes")

    assert result.code == 0
    assert "note: 'OSA' does not resolve to product:osa yet: " in result.err
    assert "decision:   {match: product:osa}" in queue.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "expected"), [("resolver/aliases", True), ("aliases", False), ("resolver", False)], ids=str
)
def test_review_apply_knows_what_an_update_replaces(folder: str, expected: bool) -> None:
    """A registry inside the installed package is no place for the work of a curator; one beside it is."""
    assert is_replaced_by_updates(Path(resolver.__file__).parents[1] / folder) is expected
