"""`resolver resolve`."""

import re
from pathlib import Path

import pytest
from command_line import ESCAPE, Run

from resolver.cli.options import DEFAULT_PRESET, PresetName, policy_of
from resolver.decision import PRESETS, Policy


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_resolve_gives_one_record_a_name(format_: str, run: Run) -> None:
    """Every format for programs has the same fields in the same order."""
    result = run("resolve", "Aleksandr Bechalov", "Nobody Known", "--format", format_)

    assert [list(record) for record in result.records] == [["name", "status", "id", "score", "reason"]] * 2
    assert [record["id"] or None for record in result.records] == ["person:aleksandr-brechalov", None]


def test_resolve_reads_names_from_stdin(run: Run) -> None:
    """`-` stands for the lines of stdin; empty ones are no names."""
    result = run("resolve", "Osa", "-", "--format", "jsonl", stdin="Купол\n\n  Garpiya-A1  \n")

    assert [record["name"] for record in result.records] == ["Osa", "Купол", "Garpiya-A1"]


def test_resolve_takes_the_registry_that_is_named(run: Run, tmp_path: Path) -> None:
    """--aliases wins over the environment."""
    (tmp_path / "other.yaml").write_text("- {id: 'event:osa', type: event, name: Osa}\n", encoding="utf-8")

    result = run("resolve", "Osa", "--aliases", "other.yaml", "--format", "json")

    assert [record["id"] for record in result.records] == ["event:osa"]


@pytest.mark.parametrize(("context", "expected"), [("a Soviet air defence system", "product:osa"), ("", None)])
def test_resolve_reads_cues_from_the_context(context: str, expected: str | None, run: Run) -> None:
    """An alias that needs a cue is resolved beside one, and only there."""
    result = run("resolve", "OSA", "--context", context, "--format", "json")

    assert [record["id"] for record in result.records] == [expected]


@pytest.mark.parametrize("columns", [80, 120])
def test_resolve_prints_a_table_that_fits(columns: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Id, score and reason stand in the table whole, and no line is wider than the terminal."""
    monkeypatch.setenv("COLUMNS", str(columns))

    result = run("resolve", "Aleksandr Bechalov", "Гарпія-А1", "Osa")

    assert max(map(len, result.out.splitlines())) <= columns
    assert "person:aleksandr-brechalov" in result.out


def test_resolve_explains(run: Run) -> None:
    """--explain shows the candidates, each piece of evidence with its bits, and the sum."""
    result = run("resolve", "Aleksandr Bechalov", "--explain")

    assert "person:aleksandr-brechalov, by its name A" in result.out
    assert re.search(r"(?m)^ *[+-]\d+\.\d +spelling +\S", result.out)
    assert re.search(r"[+-]\d+\.\d +sum +score 0\.\d{3}, it takes 0", result.out)


def test_the_explanation_begins_where_every_candidate_does(run: Run) -> None:
    """The sum is read from the top: first what speaks against any candidate, then the rest by its weight."""
    out = run("resolve", "Igor Brechalov", "--explain").out
    bits = [float(number) for number in re.findall(r"(?m)^ *([+-]\d+\.\d) ", out.partition("by its name ")[2])]

    assert re.search(r"-\d+\.\d +none ", out)
    assert [abs(number) for number in bits[1:-1]] == sorted((abs(number) for number in bits[1:-1]), reverse=True)
    assert sum(bits[:-1]) == pytest.approx(bits[-1], abs=0.05 * len(bits))


def test_a_contradiction_is_said_in_words(run: Run) -> None:
    """Red alone would be lost in a file, and on some eyes."""
    out = run("resolve", "Igor Brechalov", "--against", "person:aleksandr-brechalov").out

    assert "contradicts: given names differ" in out
    assert "a contradiction is never outvoted" in " ".join(out.split())


def test_explanations_of_several_names_stand_apart(run: Run) -> None:
    """An empty line between them, none before the first."""
    out = run("resolve", "Kupol", "Osa", "--explain").out

    assert out.startswith("Kupol  resolved")
    assert "\n\nOsa  resolved" in out


def test_the_bits_of_the_evidence_add_up(run: Run) -> None:
    """The sum that is shown is that of the evidence."""
    (record,) = run("resolve", "Aleksandr Bechalov", "--explain", "--format", "json").records
    best = record["candidates"][0]

    assert best["bits"] == pytest.approx(sum(item["bits"] for item in best["evidence"]), abs=0.01)


def test_resolve_explains_an_entity_that_lost(run: Run) -> None:
    """--against shows why another entity is not meant."""
    (record,) = run("resolve", "Aleksandr Bechalov", "--against", "product:osa", "--format", "jsonl").records

    assert record["id"] == "person:aleksandr-brechalov"
    assert record["candidates"][-1]["id"] == "product:osa"


def test_an_explanation_as_json_is_complete(run: Run) -> None:
    """The thresholds, and for every candidate the same keys: what was seen, what it led to, and why."""
    (record,) = run("resolve", "Igor Brechalov", "--against", "product:osa", "--format", "json").records

    assert list(record) == ["name", "status", "id", "score", "reason", "thresholds", "candidates"]
    assert list(record["thresholds"]) == ["accept", "accept_lone", "review"]
    assert {tuple(candidate) for candidate in record["candidates"]} == {
        (
            *("id", "name", "type", "alias", "alias_lang", "alias_kind", "score", "bits", "linked", "needed"),
            *("missing_bits", "score_without_contradictions", "rival", "margin_bits", "why", "found_by", "evidence"),
        )
    }


def test_two_entities_stand_side_by_side(run: Run) -> None:
    """The best one and the one that is asked for: their evidence in one table, and what became of each."""
    out = run("resolve", "Aleksandr Bechalov", "--against", "product:osa").out

    assert re.search(r"(?m)^none +[+-]\d+\.\d .* [+-]\d+\.\d +most", out)
    assert "✓ person:aleksandr-brechalov is linked" in out
    assert "✗ product:osa is not linked" in out
    assert "person:aleksandr-brechalov is " in out
    assert "bits ahead" in out


@pytest.mark.parametrize("columns", [60, 76, 100])
@pytest.mark.parametrize("options", [["--explain"], ["--against", "product:osa"]])
def test_an_explanation_fits_the_terminal(
    columns: int, options: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than the terminal, and no number is lost in a narrow one."""
    monkeypatch.setenv("COLUMNS", str(columns))

    out = run("resolve", "Aleksandr Bechalov", *options).out

    assert max(map(len, out.splitlines())) <= columns
    assert len(re.findall(r"score 0\.\d{3}", out)) >= 1


@pytest.mark.parametrize(("name", "has_bars"), [("FORCE_COLOR", True), ("NO_COLOR", False)])
def test_bars_are_for_terminals(name: str, has_bars: bool, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file or a pipe there are numbers only."""
    monkeypatch.setenv(name, "1")

    assert ("━" in run("resolve", "Aleksandr Bechalov", "--explain").out) == has_bars


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], "resolved"),
        (["--policy", "balanced"], "resolved"),
        (["--accept", "1"], "unresolved"),
        (["--policy", "recall", "--accept", "1"], "unresolved"),
        (["--policy", "strict", "--accept", "0.1"], "resolved"),
    ],
)
def test_thresholds_can_be_chosen(options: list[str], status: str, run: Run) -> None:
    """A preset by name; a threshold of one's own overrides it."""
    (record,) = run("resolve", "Aleksandr Bechalow", "--format", "json", *options).records

    assert record["status"] == status


@pytest.mark.parametrize(("accept", "resolved"), [("0.1", 1), ("1", 0)])
def test_texts_and_corpora_take_a_threshold_too(accept: str, resolved: int, run: Run, tmp_path: Path) -> None:
    """One option, one meaning, in all commands that link."""
    (tmp_path / "a.txt").write_text("Garpiya-A1", encoding="utf-8")

    annotated = run("annotate", "a.txt", "--accept", accept, "--format", "json").records
    audited = run("audit", "a.txt", "--out", "audit", "--accept", accept, "--format", "jsonl").records

    assert [record["status"] for record in annotated].count("resolved") == resolved
    assert [record["status"] for record in audited].count("resolved") == resolved


@pytest.mark.parametrize("options", [["--policy", "bold"], ["--accept", "1.5"], ["--accept", "high"]])
def test_a_threshold_that_is_none_is_wrong_usage(options: list[str], run: Run) -> None:
    """It is said before anything is resolved."""
    result = run("resolve", "Osa", *options)

    assert result.code == 2
    assert result.out == ""


def test_the_presets_of_the_command_line_are_those_of_the_library() -> None:
    """One name, one meaning."""
    assert [preset.value for preset in PresetName] == list(PRESETS)
    assert policy_of(DEFAULT_PRESET, None) == Policy()


@pytest.mark.parametrize("accept", [0.2, 0.995])
def test_a_threshold_of_ones_own_lowers_no_other(accept: float) -> None:
    """A word alone never takes less than a name."""
    policy = policy_of(PresetName.BALANCED, accept)

    assert (policy.accept, policy.accept_lone) == (accept, max(accept, Policy().accept_lone))


def test_an_unknown_id_is_answered_with_the_nearest(run: Run) -> None:
    """Who mistypes an id sees what it may have been."""
    result = run("resolve", "Osa", "--against", "product:osaa")

    assert "did you mean product:osa" in result.err


def test_a_name_is_no_formula_in_csv(run: Run) -> None:
    """A spreadsheet runs nothing that a text held."""
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]
    result = run("resolve", "--format", "csv", "--", *names)

    assert [record["name"] for record in result.records] == [f"'{name}" for name in names]


@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_a_name_is_no_markup_in_a_table(explain: list[str], run: Run) -> None:
    """Brackets and emoji codes are shown as they are."""
    assert "[red]Osa[/nope] :smile:" in run("resolve", "[red]Osa[/nope] :smile:", *explain).out


@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_a_name_cannot_command_the_terminal(explain: list[str], run: Run) -> None:
    """Escape sequences and marks of direction do not reach the terminal."""
    result = run("resolve", f"Osa{ESCAPE}[31m\u202eKupol", *explain)

    assert ESCAPE not in result.out
    assert "\u202e" not in result.out


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv"])
def test_a_name_that_is_no_unicode_does_not_stop_the_rest(format_: str, run: Run) -> None:
    """Bytes of an argument that are no UTF-8 arrive as halves of a pair; the other names are answered."""
    result = run("resolve", "\udcff", "Garpiya-A1", "--format", format_)

    assert result.code == 0
    assert "product:garpiya-a1" in result.out
