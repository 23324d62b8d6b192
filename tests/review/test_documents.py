"""In how many documents a group of names stands."""

import random

import pytest

from resolver.review.documents import DocumentCounts


@pytest.mark.parametrize("size", [0, 10, 5000])
def test_each_document_of_a_group_counts_once(size: int):
    """In whatever order the pairs come, and however often."""
    rng = random.Random(size)  # noqa: S311 (a test, no secret)
    pairs = [(rng.randrange(20), f"{rng.randrange(100)}.txt") for _ in range(size)]
    groups = [[0], [1, 2, 3], [4, 5], list(range(6, 20)), [20]]
    counts = DocumentCounts()
    for name, document in pairs:
        counts.add(name, document)

    assert counts.of_groups(groups) == [len({d for name, d in pairs if name in group}) for group in groups]


def test_documents_may_come_after_a_count():
    """A count is of what has been added so far."""
    counts = DocumentCounts()
    counts.add(1, "a.txt")
    before = counts.of_groups([[1]])
    counts.add(1, "b\ud800.txt")

    assert (before, counts.of_groups([[1]])) == ([1], [2])
