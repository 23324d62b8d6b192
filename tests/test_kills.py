"""Commands are killed at random moments: a short version of `tests/soak/kills.py`, where more is said."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from soak.commands import Commands
from soak.reviewing import Reviewing
from soak.scenarios import Scenario, kill_worker, scenarios

TRIES = 2
NAMES = ("audit, 1 workers", "audit, 2 workers", "registry compile", "the automatic cache", "review apply")

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked at in /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kills")


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, Scenario]:
    """The scenarios by their names."""
    return {each.name: each for each in scenarios(folder, seed=1)}


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    with Commands() as commands:
        yield commands


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_command_leaves_old_or_new_files_and_is_taken_up(
    name: str, made: dict[str, Scenario], commands: Commands
) -> None:
    """Byte for byte as if nobody had disturbed it, and nothing else is left."""
    scenario = made[name].measured(commands)
    for number in range(TRIES):
        scenario.try_once(commands, random.Random(f"{name} {number}"))  # noqa: S311 (no secret)
    if name == "audit, 2 workers":
        kill_worker(scenario, commands, random.Random(name))  # noqa: S311 (no secret)


def test_the_scenarios_are_all_tried(made: dict[str, Scenario]) -> None:
    assert list(NAMES) == list(made)


def test_a_killed_page_has_saved_what_it_answered(folder: Path, commands: Commands) -> None:
    """And nothing that nobody decided."""
    reviewing = Reviewing(folder / "review")
    for number in range(TRIES):
        reviewing.try_once(commands, random.Random(number))  # noqa: S311 (no secret)
    reviewing.close()
