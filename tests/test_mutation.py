"""Tests of tests/soak/mutation.py: which faults it makes, and that they take effect in a module that is loaded."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from soak.mutation import Patcher, mutants_of

SOURCE = '''\
"""A module."""
from functools import cache

LIMIT = 3
Name = str


class Box:
    """A class."""

    @property
    def twice(self) -> int:
        """A docstring."""
        return LIMIT * 2


@cache
def tell(number: int, *, most: int = 9) -> str:
    """A docstring."""
    seen = []
    if number > LIMIT and not number > most:
        seen.append("many")
    return f"{number} is {seen or ''}"
'''
TOLD = [
    (4, "3 -> 4"),
    (14, "return LIMIT * 2: None"),
    (14, "LIMIT * 2: Div"),
    (14, "2 -> 3"),
    (19, "9 -> 10"),
    (21, "not (number > LIMIT and (not number > most))"),
    (21, "never (number > LIMIT and (not number > most))"),
    (21, "number > LIMIT and (not number > most): Or"),
    (21, "number > LIMIT: GtE"),
    (21, "not number > most without not"),
    (21, "number > most: GtE"),
    (22, "without seen.append('many')"),
    (22, "'many' -> 'XXmanyXX'"),
    (23, "return f\"{number} is {seen or ''}\": None"),
    (23, "seen or '': And"),
    (23, "'' -> 'XXXX'"),
]


@pytest.fixture
def module(tmp_path: Path) -> Iterator[ModuleType]:
    """The module, loaded."""
    path = tmp_path / "mutated.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("mutated", path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules["mutated"] = loaded
    spec.loader.exec_module(loaded)
    yield loaded
    del sys.modules["mutated"]


def told(module: ModuleType) -> tuple[object, ...]:
    """What the module does."""
    return module.tell(3), module.tell(4), module.tell(9), module.tell(10), module.Box().twice


def test_every_operator_makes_its_faults(module: ModuleType) -> None:
    """And none in docstrings, annotations, names of types and the fixed words of a text with values in it."""
    found = {(mutant.line, mutant.change) for mutant in mutants_of(Path(str(module.__file__)))}

    assert found == set(TOLD)


@pytest.mark.parametrize(("line", "change"), TOLD)
def test_a_fault_takes_effect_where_it_is_loaded(module: ModuleType, line: int, change: str) -> None:
    """Behind a cache that knows the answers, in a property, in a constant and in a default."""
    path, before = Path(str(module.__file__)), told(module)
    mutant = next(each for each in mutants_of(path) if (each.line, each.change) == (line, change))

    Patcher({path: module}).apply(mutant)

    assert told(module) != before


def test_a_watched_module_tells_which_blocks_are_reached(module: ModuleType) -> None:
    """By the line on which they begin; what it does stays the same."""
    path, before, seen = Path(str(module.__file__)), told(module), set[tuple[str, int]]()
    Patcher({path: module}).watch(seen.add)

    assert module.tell(3) == before[0]
    assert {line for _, line in seen} == {19}
    assert told(module) == before
    assert {line for _, line in seen} == {13, 19, 22}
