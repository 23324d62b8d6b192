"""The hook for pre-commit and the action for GitHub: what they run is what the command line has."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "check" / "action.yml"
pytestmark = pytest.mark.skipif(not ACTION.exists(), reason="the source archive has no files that begin with a dot")
FAULTY = "- id: a\n  type: nothing\n  name: A\n"


def run(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command of a shell, with the `resolver` of this environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RESOLVER_")}
    environment |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **variables}
    return subprocess.run(["bash", "-ec", command], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A sound registry and a corpus."""
    shutil.copytree(ROOT / "aliases", tmp_path / "aliases")
    (tmp_path / "a.txt").write_text("Aleksandr Brechalov met Stanislav Petrovskyy.", encoding="utf-8")
    return tmp_path


def test_the_hook_checks_a_registry(registry: Path) -> None:
    """It fails for a faulty one and passes for a sound one."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert run(f"{hook['entry']} aliases", registry).returncode == 0
    (registry / "aliases" / "more.yaml").write_text(FAULTY, encoding="utf-8")
    assert run(f"{hook['entry']} aliases", registry).returncode == 1


def steps(**given: str) -> list[tuple[str, dict[str, str]]]:
    """What the action runs, but for the installation, with the variables that it gets."""
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    inputs = {name: each["default"] for name, each in action["inputs"].items()} | given
    wanted = [step for step in action["runs"]["steps"][1:] if "if" not in step or inputs["corpus"]]
    return [
        (
            step["run"],
            {name: inputs[value.split("inputs.")[1].split(" ")[0]] for name, value in step["env"].items()},
        )
        for step in wanted
    ]


def test_the_action_annotates_what_is_wrong(registry: Path) -> None:
    """In the words that GitHub puts beside the line."""
    ((command, variables),) = steps()
    assert run(command, registry, **variables).returncode == 0
    (registry / "aliases" / "more.yaml").write_text(FAULTY, encoding="utf-8")
    failed = run(command, registry, **variables)

    assert failed.returncode == 1
    assert "::error file=aliases/more.yaml,line=2" in failed.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("unresolved", 1), ("ambiguous", 0)])
def test_the_action_may_audit_a_corpus(registry: Path, fail_on: str, code: int) -> None:
    """And fails for what it is told to."""
    _, (command, variables) = steps(corpus="a.txt", **{"fail-on": fail_on})

    assert run(command, registry, RUNNER_TEMP=str(registry), **variables).returncode == code


def test_no_line_of_a_corpus_is_a_command_to_the_runner(registry: Path) -> None:
    """Commands are stopped under a token that nobody can guess, before anything of the texts is shown."""
    _, (command, variables) = steps(corpus="a.txt", **{"fail-on": "ambiguous"})
    shown = run(command, registry, RUNNER_TEMP=str(registry), **variables).stdout.splitlines()
    again = run(command, registry, RUNNER_TEMP=str(registry), **variables).stdout.splitlines()
    token = shown[0].removeprefix("::stop-commands::")

    assert re.fullmatch("[0-9a-f]{32}", token)
    assert (shown[-1], again[0] != shown[0]) == (f"::{token}::", True)
    assert len(shown) > 2


def test_a_strict_action_fails_for_warnings(registry: Path) -> None:
    """Two entities of one name are one."""
    twin = "".join(f"- id: event:forum-{n}\n  type: event\n  name: Army Forum\n" for n in (1, 2))
    (registry / "aliases" / "more.yaml").write_text(twin, encoding="utf-8")
    (relaxed,), (strict,) = steps(), steps(strict="true")

    assert run(relaxed[0], registry, **relaxed[1]).returncode == 0
    assert run(strict[0], registry, **strict[1]).returncode == 1
