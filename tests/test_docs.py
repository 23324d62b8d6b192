"""The README is true: its examples run, and the output that it shows is what the commands print.

`python tests/test_docs.py` writes the present output, and the table of evidence, into the README; look at the diff
before you keep it.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from command_line import commands

import resolver
from resolver.evidence import COMPARISONS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
WRITTEN_ON = "2026-11-22"  # the day on which the curator of the README works
NEEDS_A_SERVER = {ROOT / "docs" / "reconciliation.md"}  # tests/integrations run it beside one
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EVIDENCE = re.compile(r"(\| evidence \| .*\n\|---\|---\|\n)(?:.*\n)*?(?=\| `document` )")


def blocks(language: str, path: Path = README) -> list[str]:
    """The contents of the fenced blocks of a language."""
    return [match[2] for match in FENCE.finditer(path.read_text(encoding="utf-8")) if match[1] == language]


def with_evidence(text: str) -> str:
    """The text with a row in its table of evidence for each comparison, in their order."""
    rows = (f"| `{compare.__name__}` | {(compare.__doc__ or '').partition(chr(10))[0]} |\n" for compare in COMPARISONS)
    return EVIDENCE.sub(lambda match: match[1] + "".join(rows), text)


def replay(text: str, folder: Path) -> str:
    """The text with the output of its console blocks as it is, run one after the other in a folder.

    A yaml block that begins with `# <file>` is an edit: what it decides about a key is written into that file.
    """
    for name in ("seeds", "aliases"):
        shutil.copytree(ROOT / name, folder / name)
    return FENCE.sub(lambda match: _replayed(match, folder), text)


def without_numbers(text: str) -> str:
    """The words of the text: a new alias changes counts, scores and the width of columns, and makes nothing untrue."""
    return " ".join(re.sub(r"\b(?:[0-9a-f]{12}|[0-9a-f]{8})\b|\d[\d.,]*", "#", re.sub("[█─]+", "", text)).split())


def _replayed(match: re.Match[str], folder: Path) -> str:
    language, content = match[1], match[2]
    if language == "yaml" and content.startswith("# "):
        _edit(folder / content.partition("\n")[0].removeprefix("# "), content)
    if language != "console":
        return match[0]
    commands = [line for line in content.splitlines() if line.startswith("$ ")]
    return "```console\n" + "".join(f"{command}\n{_output(command[2:], folder)}" for command in commands) + "```"


def _edit(path: Path, block: str) -> None:
    """Write the decision and the note of the item in the block under the same key of the file."""
    text = path.read_text(encoding="utf-8")
    key = re.findall(r"- key: +(\S+)", block)[0]
    for field, line in re.findall(r"(?m)^  (decision|note)(:.*)", block):
        text, count = re.subn(rf"(- key: +{key}\n(?:  .*\n)*?  {field}):.*", rf"\1{line}", text)
        assert count == 1, f"{path}: no item {key}"
    path.write_text(text, encoding="utf-8")


def _output(command: str, folder: Path) -> str:
    """What a command prints, on a terminal of 80 columns without colours."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RESOLVER_")}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "USER": "ada",
        "RESOLVER_CACHE": str(folder / "cache"),
    }
    # In a pipe, data and talk arrive in no fixed order: then the data is shown first.
    talk = subprocess.PIPE if "|" in command else subprocess.STDOUT
    done = subprocess.run(  # noqa: S602 (the lines of the README are ours, and some of them are pipes)
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=talk, text=True
    )
    printed = (done.stdout + (done.stderr or "")).replace(date.today().isoformat(), WRITTEN_ON)
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


@pytest.mark.skipif(os.name != "posix", reason="the README shows a POSIX shell")
def test_the_output_in_the_readme_is_what_the_commands_print(tmp_path: Path) -> None:
    """Run in order, in a folder with the seeds and the aliases. Where they differ, run `python tests/test_docs.py`."""
    text = README.read_text(encoding="utf-8")

    assert without_numbers(text) == without_numbers(replay(text, tmp_path))


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block: str) -> None:
    """Each block runs on its own; lines with >>> are a doctest."""
    test = doctest.DocTestParser().get_doctest(block, {}, "README", str(README), 0)
    if test.examples:
        assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0
    else:
        exec(compile(block, str(README), "exec"), {})  # noqa: S102 (the README is ours)


@pytest.mark.parametrize("page", sorted({*(ROOT / "docs").glob("*.md")} - NEEDS_A_SERVER), ids=lambda path: path.name)
def test_python_of_a_page_runs(page: Path) -> None:
    """All blocks of a page, one after the other."""
    text = "\n".join(blocks("python", page))
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)

    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0


@pytest.mark.skipif(not (ROOT / "mkdocs.yml").exists(), reason="the source archive does not make the site")
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """Every link leads somewhere, every name of the library is there."""
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "api" / "index.html").read_text(encoding="utf-8")
    assert all(f'id="resolver.{name}"' in page for name in ("Resolver", "Registry", "Policy", "Resolution"))
    assert "&gt;&gt;&gt;" in page


@pytest.mark.parametrize("command", commands())
def test_each_command_is_in_the_readme(command: str) -> None:
    """No command without an example."""
    assert any(f"$ resolver {command} " in block for block in blocks("console"))


@pytest.mark.pure_python
def test_each_kind_of_evidence_is_in_the_readme() -> None:
    """A curator who reads a name of evidence finds what it means, in the words of the code."""
    text = README.read_text(encoding="utf-8")

    assert text == with_evidence(text)


def test_make_targets_of_the_readme_exist() -> None:
    """What the README says to make can be made."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([\w-]+)", "\n".join(blocks("sh"))))

    assert named
    assert named <= targets


def test_commands_stand_where_they_are_run() -> None:
    """A `resolver` line outside a console block would never be tried."""
    assert not [line for block in blocks("sh") for line in block.splitlines() if line.startswith("resolver ")]


@pytest.mark.pure_python
def test_public_names_are_sorted_and_complete() -> None:
    """`__all__` lists what can be seen, and nothing that cannot."""
    modules = {path.stem for path in (ROOT / "resolver").iterdir()}
    visible = {name for name in vars(resolver) if not name.startswith("_")} - modules

    assert list(resolver.__all__) == sorted(resolver.__all__)
    assert set(resolver.__all__) == visible


def test_the_version_is_that_of_the_package_and_of_the_changelog() -> None:
    """One version, three places."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f'version = "{resolver.__version__}"' in project
    assert f"## [{resolver.__version__}] - " in changelog


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        renewed = replay(with_evidence(README.read_text(encoding="utf-8")), Path(temporary))
        README.write_text(renewed, encoding="utf-8", newline="\n")
