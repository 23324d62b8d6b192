"""The errors: one tree, and messages that say where, what and what to do."""

import pickle

import pytest

from resolver.errors import (
    CorpusError,
    Problem,
    ProblemsError,
    RegistryError,
    ResolverError,
    ReviewError,
    UnknownEntityError,
)

PROBLEMS = (Problem("people.yaml", 12, "no name: add one"), Problem("places.yaml", 3, "no id: add one"))


@pytest.mark.parametrize("error", [ProblemsError, RegistryError, ReviewError, CorpusError, UnknownEntityError])
def test_every_error_is_caught_by_the_base(error: type[Exception]) -> None:
    """A caller needs one except clause."""
    assert issubclass(error, ResolverError)


@pytest.mark.parametrize("error", [RegistryError, ReviewError])
def test_errors_of_files_hold_their_problems(error: type[ProblemsError]) -> None:
    """The problems stay values beside the message, in order."""
    assert error(list(PROBLEMS)).problems == PROBLEMS


@pytest.mark.parametrize("error", [CorpusError, UnknownEntityError])
def test_other_errors_are_not_about_files_that_people_edit(error: type[Exception]) -> None:
    """Whoever catches ProblemsError may rely on `problems`."""
    assert not issubclass(error, ProblemsError)


@pytest.mark.parametrize("builtin", [ValueError, KeyError, OSError, RuntimeError])
def test_no_error_hides_behind_a_builtin_one(builtin: type[Exception]) -> None:
    """A clause that catches a mistake of the program does not swallow them."""
    assert not issubclass(ResolverError, builtin)


def test_message_has_a_line_for_each_problem() -> None:
    """All places are reported at once."""
    assert str(RegistryError(PROBLEMS)) == "people.yaml:12: no name: add one\nplaces.yaml:3: no id: add one"


def test_problem_of_a_whole_file_has_no_line_number() -> None:
    """Line 0 means the file: an editor would not find it."""
    assert str(Problem("people.yaml", 0, "is empty")) == "people.yaml: is empty"


def test_errors_survive_the_way_between_processes() -> None:
    """An error that a worker raises says the same in the parent."""
    error = RegistryError(PROBLEMS)

    received = pickle.loads(pickle.dumps(error))  # noqa: S301 (its own bytes)

    assert (received.problems, str(received)) == (error.problems, str(error))
