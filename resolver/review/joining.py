"""Which signatures were joined to clusters, under the rule that no cluster holds two that are surely apart.

Two are apart if the comparisons contradict each other, if they are equal but for their legal forms, or if the registry
says that one is not the entity that the other most likely is. A cluster has no end of spellings either: names that are
each a letter from the next would all be one.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from resolver.review.groups import NameGroup
from resolver.review.words import GIVEN, INITIAL, LEGAL, NOT, Signature

MAX_SIGNATURES = 100  # of a cluster; the labelled news in six languages has one of twelve


class Joined:
    """Signatures, each in a cluster of its own until it is joined with another."""

    def __init__(self, groups: Mapping[Signature, NameGroup], apart: Collection[frozenset[Signature]] = ()) -> None:
        self._groups = groups
        self._hubs = {signature: signature for signature in groups}
        self._members = {signature: [signature] for signature in groups}
        self._apart = apart

    def hub(self, signature: Signature) -> Signature:
        """The fullest signature of the cluster; of several one whose given names are known."""
        return self._hubs[signature]

    def members(self, hub: Signature) -> list[Signature]:
        """All signatures of the cluster of a hub."""
        return self._members[hub]

    def join(self, one: Signature, other: Signature) -> bool:
        """Make the clusters of two signatures one; False if a signature of one is apart from one of the other."""
        mine, others = self._hubs[one], self._hubs[other]
        if mine == others:
            return True
        if len(self._members[mine]) + len(self._members[others]) > MAX_SIGNATURES or self._are_apart(mine, others):
            return False
        hub, left = sorted((mine, others), key=_fullest_first)
        moved = self._members.pop(left)
        self._members[hub] += moved
        self._hubs.update(dict.fromkeys(moved, hub))
        return True

    def clusters(self) -> Iterator[tuple[Signature, list[Signature]]]:
        """(hub, signatures) of each cluster."""
        yield from self._members.items()

    def _are_apart(self, one: Signature, other: Signature) -> bool:
        return any(
            frozenset((mine, their)) in self._apart or self._are_told_apart(mine, their)
            for mine, their in product(self._members[one], self._members[other])
        )

    def _are_told_apart(self, one: Signature, other: Signature) -> bool:
        mine, others = self._groups[one], self._groups[other]
        is_never = not (mine.excluded.isdisjoint(others.nearest) and others.excluded.isdisjoint(mine.nearest))
        return is_never or _words(one) == _words(other)


def _fullest_first(signature: Signature) -> tuple[int, int, int, Signature]:
    """The order of signatures that may stand for a cluster: of equal ones that whose given names are known."""
    words, all_words = fullness(signature)
    return -words, -all_words, -sum(word.startswith(GIVEN) for word in signature), signature


def _words(signature: Signature) -> Signature:
    """The words of a name without what keeps equal ones apart."""
    return tuple(word for word in signature if not word.startswith((LEGAL, NOT)))


def fullness(signature: Signature) -> tuple[int, int]:
    """How much of a name is there: words, then initials."""
    return sum(not word.startswith(INITIAL) for word in signature), len(signature)
