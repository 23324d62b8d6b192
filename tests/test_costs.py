"""No input of n characters takes much more than n times as long: work is counted, as far as counting tells."""

import cProfile
import pstats
from collections.abc import Callable
from typing import Any

import pytest
from fuzzing.costs import OPERATIONS, Cost, caches, measure
from fuzzing.nasty import KINDS
from fuzzing.targets import large

from resolver.memory import MANY
from resolver.model import Mention
from resolver.pipeline import Resolver

pytestmark = pytest.mark.pure_python  # a compiled build shows neither its calls nor its caches

SMALL, TIMES = 500, 8  # characters, and how many times as many are given then
MOST = 3 * TIMES  # times the work; what is linear takes eight times as much, what is square 64 times
FEWEST = 20_000  # calls, below which their number is that of a beginning
LONG = 100_000  # characters that nothing but a linear pattern reads in `SECONDS`
SECONDS = 20.0  # of the processor; a tenth of a second is usual, and a square one takes minutes

# Texts that once took the square of their length, or raised an error for it.
MENDED = ["one capital", "one capital again", "alternating case", "camel case", "a long numeric reference"]
COUNTED = [
    *((operation, kind) for operation in ("annotate", "resolve", "read HTML") for kind in KINDS),
    *(("make a queue", kind) for kind in ("initials and a surname", "one name")),
    *(("load a registry", kind) for kind in OPERATIONS["load a registry"].kinds),
    *(("load a damaged registry", kind) for kind in OPERATIONS["load a damaged registry"].kinds),
]


def calls(do: Callable[[Any], object], made: Any) -> int:
    """How many calls of functions it takes: the same on each machine."""
    profile = cProfile.Profile()
    profile.runcall(do, made)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("operation", "kind"), COUNTED)
def test_work_grows_with_the_input(operation: str, kind: str) -> None:
    """Eight times the input takes not much more than eight times the calls."""
    given = OPERATIONS[operation]
    small, large = (calls(given.do, given.make(given.kinds[kind], SMALL * times)) for times in (1, TIMES))

    assert large <= max(MOST * small, FEWEST)


@pytest.mark.parametrize("operation", ["annotate", "annotate German", "read HTML"])
@pytest.mark.parametrize("kind", MENDED)
def test_long_words_are_read_at_once(operation: str, kind: str) -> None:
    """Patterns do their work in one call, so that only the clock can tell."""
    (point,) = measure(operation, kind, [LONG], rounds=1).points

    assert point[1] < SECONDS


def test_what_is_remembered_is_forgotten_before_each_measurement() -> None:
    """Also the words of the registry that a word is near: else what has room there looks cheaper than it is."""
    large().annotate("Kupol")

    assert large().index._vocabulary._remembered in caches()


# Memory


def ask(resolver: Resolver, first: int, count: int) -> None:
    """Resolve and annotate so many names, of which none was seen before."""
    for number in range(first, first + count):
        name = "".join("aeioubdgkl"[int(digit)] for digit in str(number)).title()
        resolver.resolve(Mention(f"Petr {name}ov", "person", "ru"))
        resolver.annotate(f"The {number} Brigade met {name}a Hari of Banco {name} and Нью-{name}ськ.")


def test_what_is_remembered_is_bounded(resolver: Resolver) -> None:
    """A service is asked for new names for months: the largest caches are those of words, and each cache has an end."""
    ask(resolver, 1_000, 50)  # loads the tables: caches without an end are those of what they hold
    endless = [each for each in caches() if each.cache_parameters()["maxsize"] is None]
    before = [each.cache_info().currsize for each in endless]
    ask(resolver, 5_000, 100)
    grown = {each.__name__: each.cache_info().currsize - size for each, size in zip(endless, before, strict=True)}

    assert {name: growth for name, growth in grown.items() if growth >= 100} == {}
    assert max(each.cache_parameters()["maxsize"] or 0 for each in caches()) == MANY


@pytest.mark.parametrize(("power", "exponent"), [(1, 1.0), (2, 2.0)])
def test_an_exponent_is_the_slope(power: int, exponent: float) -> None:
    """Of the last doublings: constant costs at the small end do not count."""
    points = tuple((length, 0.01 + (length / 10_000) ** power) for length in (100, 200_000, 400_000, 800_000))

    assert Cost("made up", "made up", points).exponent == pytest.approx(exponent, abs=0.01)


def test_what_is_too_quick_to_tell_has_no_exponent() -> None:
    """The clock says more of it than the input."""
    assert Cost("made up", "made up", ((1, 0.0), (2, 0.001))).exponent == 0.0
