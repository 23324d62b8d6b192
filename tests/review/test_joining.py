"""Joining signatures to clusters."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from resolver.review.groups import NameGroup
from resolver.review.joining import MAX_SIGNATURES, Joined


def group(*, nearest: str = "", excluded: str = "") -> NameGroup:
    return NameGroup((), frozenset(), frozenset({nearest} - {""}), frozenset({excluded} - {""}), False, True, None)


NAMES = [("kupol",), ("kupola",), ("given:igor", "kupol"), ("osa",)]
GROUPS = {name: group() for name in NAMES}


def test_the_hub_is_the_fullest_name():
    """Then the first in the alphabet; it does not matter who was joined with whom."""
    joined = Joined(GROUPS)

    assert joined.join(("kupola",), ("kupol",))
    assert joined.hub(("kupola",)) == ("kupol",)
    assert joined.join(("kupol",), ("given:igor", "kupol"))
    assert joined.hub(("kupola",)) == ("given:igor", "kupol")


def test_two_that_are_apart_are_not_joined_by_a_third():
    """A contradiction holds for whole clusters."""
    joined = Joined(GROUPS, {frozenset([("kupol",), ("osa",)])})

    assert joined.join(("kupol",), ("kupola",))
    assert not joined.join(("osa",), ("kupola",))
    assert joined.join(("osa",), ("given:igor", "kupol"))


def test_what_the_registry_tells_apart_stays_apart():
    """In both directions, and through a third name."""
    groups = {("a",): group(excluded="x"), ("b",): group(nearest="x"), ("c",): group(nearest="y")}
    joined = Joined(groups)

    assert not joined.join(("a",), ("b",))
    assert joined.join(("c",), ("b",))
    assert not joined.join(("c",), ("a",))


def test_firms_that_differ_in_their_legal_form_stay_apart():
    """They were told apart on purpose."""
    joined = Joined({("azimut", "legal:llc"): group(), ("azimut", "legal:jsc"): group(), ("azimut",): group()})

    assert not joined.join(("azimut", "legal:llc"), ("azimut", "legal:jsc"))
    assert not joined.join(("azimut", "legal:llc"), ("azimut",))


def test_a_chain_of_near_names_ends_somewhere():
    """Each is joined with the one before it, until a cluster is full; the next one begins another."""
    names = [(f"kupol{number:03}",) for number in range(MAX_SIGNATURES + 3)]
    joined = Joined({name: group() for name in names})

    answers = [joined.join(one, other) for one, other in pairwise(names)]

    assert answers == [True] * (MAX_SIGNATURES - 1) + [False, True, True]
    assert sorted(len(members) for _, members in joined.clusters()) == [3, MAX_SIGNATURES]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))))
def test_clusters_are_a_partition(pairs):
    """Every signature is in one cluster, whatever was joined, and its hub is one of them."""
    joined = Joined(GROUPS, {frozenset([("kupol",), ("osa",)])})
    for one, other in pairs:
        joined.join(one, other)

    clusters = dict(joined.clusters())

    assert sorted(NAMES) == sorted(member for members in clusters.values() for member in members)
    assert all(joined.hub(member) == hub for hub, members in clusters.items() for member in members)
    assert not any({("kupol",), ("osa",)} <= set(members) for members in clusters.values())
