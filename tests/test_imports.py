"""Imports flow one way, and `import resolver` takes only what it needs."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "resolver"
# The order in which data flows: a module imports only from the ones above it.
STAGES = (
    "errors",
    "model",
    "files",
    "memory",
    "wording",
    "language",
    "forms",
    "exonyms",
    "initialisms",
    "traits",
    "registry",
    "index",
    "cache",
    "mentions",
    "evidence",
    "decision",
    "coherence",
    "overlaps",
    "pipeline",
    "corpus",
    "audit",
    "report",
    "review",
    "exchange",
    "checks",
    "integrations",
    "cli",
)
ABOVE_ALL = ("__init__", "__main__")  # the public names and the map of the pipeline
MODULES = sorted(PACKAGE.rglob("*.py"))
NOT_NEEDED = ("typer", "rich", "hypothesis", "numpy", "pydantic", "resolver.cli", "resolver.audit", "resolver.review")


def stage_of(path: Path) -> str:
    """The stage that a file of the package belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, anywhere in it, each with its line; level-1 imports begin with a dot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if module == "resolver":  # `from resolver import registry` may name a module
                yield from ((f"resolver.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


@cache
def loaded_by(module: str) -> frozenset[str]:
    """The modules that a new interpreter holds after one import."""
    code = f"import {module}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return frozenset(done.stdout.split())


def ident(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.pure_python
@pytest.mark.parametrize("path", MODULES, ids=ident)
def test_every_module_has_a_stage(path: Path) -> None:
    """A new module is given its place in the order."""
    assert stage_of(path) in STAGES + ABOVE_ALL


@pytest.mark.pure_python
@pytest.mark.parametrize("path", [path for path in MODULES if stage_of(path) in STAGES], ids=ident)
def test_a_module_imports_only_from_the_stages_above_it(path: Path) -> None:
    """No import goes down the order, not even inside a function or for types only."""
    place = STAGES.index(stage_of(path))
    allowed = STAGES[: place + 1]
    used = [(name.split(".")[1], line) for name, line in imports_of(path) if name.startswith("resolver.")]
    wrong = [f"line {line}: {stage}" for stage, line in used if stage in STAGES and stage not in allowed]

    assert wrong == []


@pytest.mark.pure_python
@pytest.mark.parametrize("path", MODULES, ids=ident)
def test_imports_are_absolute(path: Path) -> None:
    """A module can be moved without changing what it imports."""
    assert [line for name, line in imports_of(path) if name.startswith(".")] == []


@pytest.mark.pure_python
def test_every_stage_exists() -> None:
    """The order names no module that is gone."""
    assert {stage_of(path) for path in MODULES} == set(STAGES + ABOVE_ALL)


@pytest.mark.parametrize("name", NOT_NEEDED)
def test_the_library_does_not_load(name: str) -> None:
    """A program that resolves names does not wait for the command line, or for what only other parts need."""
    assert name not in loaded_by("resolver")


def test_the_library_works_without_what_only_the_command_line_and_the_tests_need() -> None:
    """Typer, rich, numpy and the test tools may be absent."""
    absent = dict.fromkeys(("typer", "rich", "numpy", "hypothesis", "pytest", "scipy"))
    code = f"""
import sys
sys.modules.update({absent!r})
from resolver import Entity, Registry, Resolver
resolver = Resolver(Registry.from_entities([Entity("product:garpiya", "Garpiya", "product")]))
sys.exit(resolver.resolve("Garpiya").entity_id != "product:garpiya")
"""

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize(
    "name", ["resolver.corpus", "resolver.audit", "resolver.review", "resolver.report", "rich.table"]
)
def test_the_command_line_loads_only_what_a_command_needs(name: str) -> None:
    """`resolver resolve` does not wait for the audit."""
    assert name not in loaded_by("resolver.cli")
