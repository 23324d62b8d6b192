"""Words within a few edits of another, found without looking at all of them.

Two words that k edits part become the same when up to k letters are deleted from each (Mor and Fraenkel 1982), and so
do the first letters of both. So a word stands in a table under what deletions leave of its first letters, and a word
that is looked up meets it there. Of the first KEPT + k letters exactly k go, since words that are the same with fewer
deletions are the same with k. So one table holds words of all lengths, and a look-up needs few keys.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz.distance import OSA

from resolver.index.tables import NearLists

MIN_TYPO_LENGTH = 4  # shorter words are never matched with an edit
MAX_EDITS = 3
KEPT = 6  # letters of a word that are left of its beginning: more take memory, fewer find too much to compare


def allowed_edits(length: int) -> int:
    """How many edits a word of this many letters may have: none below 4, one below 10, two below 14, then three.

    Longer words carry more; the steps follow where one more edit still meant the same name in labelled Slavic news.
    """
    return 0 if length < MIN_TYPO_LENGTH else 1 if length < 10 else 2 if length < 14 else MAX_EDITS


def find_near(word: str, known: NearLists) -> Iterator[tuple[str, int]]:
    """(word, edits) of all known words within as many edits as the length of `word` allows.

    >>> list(find_near("bercalov", NearWords(["brecalov", "kupol"])))
    [('brecalov', 1)]
    """
    word = word.lower()
    edits = allowed_edits(len(word))
    if not edits:
        return
    table = known.table(edits)
    for near in dict.fromkeys([near for rest in rests(word, edits) for near in table.get(rest, ())]):
        distance = OSA.distance(word, near.lower(), score_cutoff=edits)
        if distance <= edits:
            yield near, distance


class NearWords:
    """Words by what deletions leave of them, for each number of edits."""

    def __init__(self, words: Iterable[str]) -> None:
        known = tuple(words)
        self._tables = [_table(known, edits) for edits in range(1, MAX_EDITS + 1)]

    def table(self, edits: int) -> Mapping[str, tuple[str, ...]]:
        """The words that may be so many edits from a word that may have as many, by what deletions leave of them."""
        return self._tables[edits - 1]


def _table(words: Iterable[str], edits: int) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word in words:
        if allowed_edits(len(word) - edits) <= edits <= allowed_edits(len(word) + edits):
            for rest in rests(word.lower(), edits):
                table.setdefault(rest, []).append(word)
    return {rest: tuple(words) for rest, words in table.items()}


def rests(word: str, edits: int) -> Iterable[str]:
    """What is left of the beginning of a word when so many of its letters are deleted; or fewer, if the word is short.

    >>> sorted(rests("osama", 1))
    ['oama', 'osaa', 'osam', 'osama', 'osma', 'sama']
    """
    head = word[: KEPT + edits]
    if edits == 1:  # nine of ten words; the general way takes three times as long
        found = {head[:i] + head[i + 1 :]: None for i in range(len(head))}
        return found if len(head) > KEPT else {**found, word: None}
    sizes = range(len(head) - edits, min(len(head), KEPT) + 1)
    return dict.fromkeys("".join(kept) for size in sizes for kept in combinations(head, size))
