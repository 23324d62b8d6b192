"""`resolver review`."""

import re
from pathlib import Path

import pytest
from command_line import Run, decide

import resolver
from resolver.cli.change import is_replaced_by_updates
from resolver.review import load_queue


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


# Taking back, and telling


def applied(run: Run, queue: Path) -> None:
    decide(queue, "{new: {type: person, name: Stanislav Petrovskyy}}")
    assert run("review", "apply", queue, "--yes", "--by", "grace").code == 0


def test_review_apply_tells_what_it_does_to_the_audit(run: Run, queue: Path, tmp_path: Path) -> None:
    """The audit beside the queue, another one that is named, or a word that there is none."""
    decide(queue, "{new: {type: person, name: Stanislav Petrovskyy}}")
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_bytes(queue.read_bytes())

    expected = "1 placed: Stanislav Petrovskyy (unresolved -> person:stanislav-petrovskyy)"
    assert expected in run("review", "apply", queue, "--dry-run").err
    assert expected in run("review", "apply", elsewhere, "--dry-run", "--audit", queue.parent).err
    assert "No mentions.jsonl in" in run("review", "apply", elsewhere, "--dry-run").err


def test_review_apply_goes_on_without_a_sound_audit(run: Run, queue: Path, aliases: Path) -> None:
    """What the change does is then not shown, and it says why."""
    decide(queue, "{new: {type: person, name: Stanislav Petrovskyy}}")
    (queue.parent / "mentions.jsonl").write_text("{", encoding="utf-8")
    result = run("review", "apply", queue, "--yes")

    assert result.code == 0
    assert "mentions.jsonl:1: not a line of an audit" in result.err
    assert "Petrovskyy" in (aliases / "all.yaml").read_text(encoding="utf-8")


def test_review_undo_takes_the_last_application_back(run: Run, queue: Path, aliases: Path) -> None:
    """Registry and queue are as they were, and it says so."""
    before = (aliases / "all.yaml").read_bytes()
    applied(run, queue)
    decided = queue.read_bytes()
    done = run("review", "undo", queue, "--yes")

    assert (done.code, before) == (0, (aliases / "all.yaml").read_bytes())
    assert "-- id: person:stanislav-petrovskyy" in done.out
    assert "new Stanislav Petrovskyy of grace" in done.err
    assert queue.read_bytes() != decided
    assert "decision:   {new: {type: person, name: Stanislav Petrovskyy}}" in queue.read_text(encoding="utf-8")


def test_review_undo_asks_first_and_a_dry_run_writes_nothing(run: Run, queue: Path, aliases: Path) -> None:
    """As `apply` does."""
    applied(run, queue)
    before = {path: path.read_bytes() for path in (*aliases.iterdir(), queue)}

    assert run("review", "undo", queue).code == 2
    assert run("review", "undo", queue, "--dry-run").code == 0
    assert before == {path: path.read_bytes() for path in (*aliases.iterdir(), queue)}


def test_review_undo_without_anything_to_undo(run: Run, aliases: Path) -> None:
    """Exit code 1, and where it looked."""
    done = run("review", "undo", "--yes")

    assert done.code == 1
    assert "ledger.jsonl: no decision is left to take back" in done.err


def test_review_log_tells_who_decided_what(run: Run, queue: Path) -> None:
    """For people, for programs, and only what is asked about; what was taken back stays in it."""
    applied(run, queue)
    (row,) = run("review", "log", "--format", "json").records
    assert (row["by"], row["decision"], row["wrote"]) == (
        "grace",
        "new Stanislav Petrovskyy",
        "person:stanislav-petrovskyy is new",
    )
    assert run("review", "log", "petrovskyy").err == "1 decision\n"
    assert run("review", "log", "Osa").err == "0 decisions\n"
    run("review", "undo", "--decision", row["id"], "--yes", "--by", "ada")
    assert "taken back" in run("review", "log").out
    (row,) = run("review", "log", "--format", "csv").records
    assert row["undone"].endswith(" ada")


# Many at once


@pytest.fixture
def misspelt(run: Run, corpus: Path, tmp_path: Path) -> Path:
    """A queue with two names that miss a name of the registry in the same way."""
    (corpus / "b.txt").write_text("Garpiya-A2 and Garpiya-A3 flew over the river. Garpiya-A2 fell.", encoding="utf-8")
    run("audit", corpus, "--out", "audit")
    return tmp_path / "audit" / "queue.yaml"


def test_review_accept_lists_patterns_and_writes_nothing(run: Run, misspelt: Path) -> None:
    """Never without a look at what would be accepted."""
    before = misspelt.read_bytes()
    done = run("review", "accept", misspelt, "--above", "0.02")

    assert "number!" in done.out
    assert "Garpiya-A2 = product:garpiya-a1" in " ".join(done.out.split())
    assert misspelt.read_bytes() == before


def test_review_accept_matches_the_items_of_a_pattern(run: Run, misspelt: Path, aliases: Path) -> None:
    """All are shown; the registry waits for `apply`."""
    before = (aliases / "all.yaml").read_bytes()
    table = run("review", "accept", misspelt, "--above", "0.02").out
    pattern = next(line.split(maxsplit=2)[2] for line in table.splitlines() if "number!" in line)
    refused = run("review", "accept", misspelt, "--above", "0.02", "--pattern", pattern)
    assert refused.code == 2
    assert "Garpiya-A3" in refused.out
    assert run("review", "accept", misspelt, "--above", "0.02", "--pattern", pattern, "--dry-run").code == 0
    assert "match: product" not in misspelt.read_text(encoding="utf-8")
    done = run("review", "accept", misspelt, "--above", "0.02", "--pattern", pattern, "--yes")

    assert "2 items matched" in done.err
    assert misspelt.read_text(encoding="utf-8").count("decision:   {match: product:garpiya-a1}") == 2
    assert (aliases / "all.yaml").read_bytes() == before


def test_review_accept_refuses_what_no_item_has(run: Run, misspelt: Path) -> None:
    """A misspelt pattern accepts nothing."""
    assert run("review", "accept", misspelt, "--pattern", "spelling+", "--yes").code == 2
    assert "No open item" in run("review", "accept", misspelt, "--above", "1").err


# Two curators


def test_review_merge_makes_one_queue_of_two(run: Run, misspelt: Path, tmp_path: Path) -> None:
    """Decisions on different items come together, also under the names that git gives."""
    theirs, out = tmp_path / "theirs.yaml", tmp_path / ".merge_file_a1"
    theirs.write_bytes(misspelt.read_bytes())
    mine = tmp_path / ".merge_file_b2"
    decide(misspelt, "unsure")
    mine.write_bytes(misspelt.read_bytes())
    done = run("review", "merge", mine, theirs, "--base", theirs, "--out", out, "--name", "audit/queue.yaml")

    assert done.code == 0, done.err
    assert load_queue(out, like="queue.yaml") == load_queue(mine, like="queue.yaml")


def test_review_merge_tells_conflicts(run: Run, misspelt: Path, tmp_path: Path) -> None:
    """Exit code 1, the item open with both decisions in its note."""
    theirs, out = tmp_path / "theirs.yaml", tmp_path / "one.yaml"
    theirs.write_bytes(misspelt.read_bytes())
    decide(misspelt, "unsure")
    decide(theirs, "not_an_entity")
    done = run("review", "merge", misspelt, theirs, "--out", out)

    assert done.code == 1
    assert "unsure, or not_an_entity?" in done.err
    assert 'note:       "unsure, or not_an_entity?"' in out.read_text(encoding="utf-8")
