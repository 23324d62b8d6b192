"""`resolver registry check`."""

import json
from pathlib import Path

import pytest
from command_line import ESCAPE, Run

SHARED = "- {id: 'event:osa', type: event, name: Osa}\n"  # product:osa has a cue, so this is a note
TWICE = "- {id: 'event:x', type: event, name: Zarya Week}\n- {id: 'event:y', type: event, name: zarya week}\n"
BROKEN = "- {id: 'event:x', type: event, name: X-Day, expect: {resolve: [Kupol]}}\n"
FIXABLE = """\
- id: event:astra
  type: event
  name: Astra Channel
  aliases:
    - Astra Week Days
    - ASTRA week days
    - {text: Oхaйо Days, note: two scripts}
    - Astra Channell
"""


def add(aliases: Path, text: str) -> Path:
    """A file more in the registry."""
    path = aliases / "more.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_registry(run: Run) -> None:
    """Nothing on stdout, the counts on stderr."""
    result = run("registry", "check")

    assert (result.code, result.out) == (0, "")
    assert "4 entities, 0 errors, 0 warnings, " in result.err
    assert "2 of 2 examples hold" in result.err


def test_every_problem_of_the_files_is_listed(run: Run, aliases: Path) -> None:
    """The problems are the data: one line each on stdout."""
    (aliases / "bad.yaml").write_text("- id: x\n  nmae: A\n  type: planet\n", encoding="utf-8")
    (aliases / "worse.yaml").write_text("- [\n", encoding="utf-8")

    result = run("registry", "check")

    assert result.code == 1
    assert {line.split(":")[0] for line in result.out.splitlines()} == {
        str(aliases / "bad.yaml"),
        str(aliases / "worse.yaml"),
    }
    assert f"{aliases / 'bad.yaml'}:2: R001 unknown key 'nmae': did you mean 'name'?" in result.out
    assert "nothing else was checked" in result.err


def test_an_example_that_does_not_hold_is_an_error(run: Run, aliases: Path) -> None:
    """At its place, with what to do."""
    path = add(aliases, BROKEN)
    result = run("registry", "check")

    assert result.code == 1
    assert result.out.startswith(f"{path}:1: R010 expect.resolve 'Kupol': resolves to organization:kupol")
    assert result.out.endswith(": add an alias, or remove the example\n")


def test_warnings_fail_only_if_asked(run: Run, aliases: Path) -> None:
    """With --strict."""
    path = add(aliases, TWICE)

    assert run("registry", "check").code == 0
    assert run("registry", "check").out.startswith(f"{path}:1: R020 ")
    assert run("registry", "check", "--strict").code == 1
    assert run("registry", "check", "--strict", "--ignore", "R02").code == 0


def test_notes_are_counted_and_listed_if_asked(run: Run, aliases: Path) -> None:
    """By --verbose, or by their code; other codes are then not even counted."""
    add(aliases, SHARED)
    plain, verbose = run("registry", "check"), run("registry", "check", "--verbose")
    chosen = run("registry", "check", "--select", "r02,R05")

    assert plain.out == ""
    assert "1 shared-name (R020)" in plain.err
    assert "R020 «Osa» is a name of event:osa and product:osa" in verbose.out
    assert chosen.out.count("\n") == 1
    assert "R020" in chosen.out
    assert "examples hold" not in chosen.err


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_records_have_all_that_is_known(format_: str, run: Run, aliases: Path) -> None:
    """Code, severity, place, entity, name, message and fix."""
    path = add(aliases, TWICE)
    (record,) = run("registry", "check", "--format", format_).records

    assert (record["code"], record["name"], record["severity"]) == ("R020", "shared-name", "warning")
    assert (record["path"], int(record["line"]), record["entity_id"]) == (str(path), 1, "event:x")
    assert record["text"] == "Zarya Week"
    assert record["message"]
    assert record["fix"]


def test_sarif_and_annotations(run: Run, aliases: Path, tmp_path: Path) -> None:
    """Paths start where the command runs; without a finding, SARIF is still a log."""
    add(aliases, TWICE)
    log = json.loads(run("registry", "check", "--format", "sarif").out)
    (result,) = log["runs"][0]["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "aliases/more.yaml"
    assert run("registry", "check", "--format", "github").out.startswith("::warning file=aliases/more.yaml,line=1,")
    (aliases / "more.yaml").unlink()
    assert json.loads(run("registry", "check", "--format", "sarif").out)["runs"][0]["results"] == []
    assert run("registry", "check", "--format", "github").out == ""


def test_problems_of_files_have_every_format(run: Run, aliases: Path) -> None:
    """CI shows them beside the lines, too."""
    add(aliases, "- [\n")
    result = run("registry", "check", "--format", "github")

    assert result.code == 1
    assert result.out.startswith("::error file=aliases/more.yaml,line=")


def test_with_an_audit_it_tells_what_nobody_writes(run: Run, corpus: Path) -> None:
    """Notes, as a corpus is never all of the texts."""
    run("audit", corpus, "--out", "audit")
    result = run("registry", "check", "--audit", "audit", "--select", "R06")

    assert result.code == 0
    assert "R061 product:osa is not named in the audits" in result.out
    assert "R060 «Купол» is not in the audits" in result.out
    assert "product:garpiya-a1 is not named" not in result.out


def test_an_alias_expires_by_the_day_that_is_given(run: Run, aliases: Path) -> None:
    """Or by today."""
    add(aliases, "- {id: x, type: event, name: Zarya, aliases: [{text: Zarya-25, until: 2025-12-31}]}\n")

    assert "R032" in run("registry", "check", "--on", "2026-01-01", "--verbose").out
    assert "R032" not in run("registry", "check", "--on", "2025-12-31", "--verbose").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "X9"], "no code begins with 'X9'"),
        (["--ignore", "R020,R999"], "no code begins with 'R999'"),
        (["--on", "yesterday"], "yesterday"),
        (["--audit", "nowhere"], "nowhere"),
        (["--format", "xml"], "xml"),
    ],
)
def test_wrong_options_are_refused(arguments: list[str], words: str, run: Run) -> None:
    """With what is wrong."""
    result = run("registry", "check", *arguments)

    assert result.code == 2
    assert words in result.err


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_findings_stand_by_code(
    columns: int, run: Run, aliases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors first, in colour, with the reason of each code once."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    add(aliases, TWICE + BROKEN.replace("event:x", "event:z"))
    out = run("registry", "check").out

    assert out.index("R010 example-not-resolved") < out.index("R020 shared-name")
    assert out.count("The name stays ambiguous wherever it stands.") == 1
    assert ESCAPE in out


def test_names_cannot_write_to_the_terminal(run: Run, aliases: Path) -> None:
    """What is obeyed and not seen is shown as a picture."""
    add(aliases, '- {id: x, type: event, name: "Za\\u202Erya"}\n- {id: y, type: event, name: "za\\u202Erya"}\n')
    result = run("registry", "check", "--verbose")

    assert "\u202e" not in result.out + result.err


def test_safe_fixes_are_shown_and_written(run: Run, aliases: Path) -> None:
    """Duplicates go, words are written in one script; the rest of the file stays as it is."""
    path = add(aliases, FIXABLE)
    result = run("registry", "check", "--fix", "--yes")

    assert result.code == 0
    assert "-    - ASTRA week days\n" in result.out
    assert "2 findings fixed" in result.err
    text = path.read_text(encoding="utf-8")
    assert text == FIXABLE.replace("    - ASTRA week days\n", "").replace(
        "    - {text: Oхaйо Days, note: two scripts}\n    - Astra Channell\n",
        "    - Astra Channell\n    - {text: Охайо Days, note: two scripts}\n",
    )
    assert "Nothing that can be fixed" in run("registry", "check", "--fix", "--yes").err


def test_redundant_aliases_go_only_if_asked_by_code(run: Run, aliases: Path) -> None:
    """In full: a group is not enough."""
    path = add(aliases, FIXABLE)
    run("registry", "check", "--fix", "--yes", "--select", "R04")

    assert path.read_text(encoding="utf-8") == FIXABLE
    run("registry", "check", "--fix", "--yes", "--select", "R040")
    assert "Astra Channell" not in path.read_text(encoding="utf-8")


def test_nothing_is_fixed_without_consent(run: Run, aliases: Path) -> None:
    """Where nobody can be asked."""
    path = add(aliases, FIXABLE)
    result = run("registry", "check", "--fix")

    assert result.code == 2
    assert "-    - ASTRA week days\n" in result.out
    assert "--yes" in result.err
    assert path.read_text(encoding="utf-8") == FIXABLE


def test_the_bundled_registry_has_nothing_that_a_curator_should_act_on(run: Run) -> None:
    """No error and no warning: what is noted there is meant so."""
    result = run("registry", "check", Path(__file__).parents[2] / "aliases", "--strict", "--ignore", "R01")

    assert (result.code, result.out) == (0, "")
