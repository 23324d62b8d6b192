"""The walk over the aliases of each word of a name, as far as it pays: the rough scores of those that may be meant.

An alias whose words have W bits, and that shares m of the M bits of the form, scores m/M * m/W, where neither share is
more than one. The aliases of a word stand in the order of W, their mass: a short name that has the word is a better
match than a long one. So it is known before an alias is looked at what it can score at most.

1. The words of the form are taken one after another, the rarest first, each with all that it may be a form of.
2. A bar rises with all that is found: a share of the best score, or what enough other aliases have for sure. The walk
   over the aliases of a word ends where none can reach the bar even if it has all words that are still to come. Behind
   that place only aliases count that a rarer word has found already.
3. What shares several words is scored one by one. Of what shares one word only the first few can be among the best.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from resolver.index.tables import Numbers

_FEW = 8  # aliases of a word
_ROUNDING = 1.0 + 1e-9  # bounds are wider by more than sums in another order may differ

Found = Iterable[tuple[str, float, str]]  # (index key, similarity, blocking key) of words, the most alike first


class _Run(NamedTuple):
    """The aliases of one word in the order of their mass, and the bits that each of them shares by it."""

    aliases: Sequence[int]
    bits: float


class Walk:
    """The walk over the aliases of an index, by their words and their masses."""

    def __init__(self, postings: Numbers, masses: Sequence[float]) -> None:
        self._postings = postings
        self._masses = masses

    def scores(
        self, near: Sequence[Found], weights: Sequence[float], *, limit: int, worth: float, most: int | None = None
    ) -> dict[int, float]:
        """The rough scores of so many aliases, the best, and of some others; fewer if no more are worth enough.

        `near` has what each word of the form may be a form of, and `weights` its bits. An alias is worth enough if it
        scores the share `worth` of the best. Of the aliases of a word no more than `most` are walked, the shortest.
        """
        masses = self._masses
        bar = _Bar(sum(weights) or 1.0, worth, limit)
        left = sum(weights)
        shared: dict[int, float] = {}  # the bits that each alias shares with the form
        several: set[int] = set()  # the aliases that share more than one word of it
        runs: list[_Run] = []
        for at in sorted(range(len(near)), key=lambda i: -weights[i]):
            left -= weights[at]
            found = self._runs(near[at], weights[at], most)
            for n, run in enumerate(found):
                if not n or len(run.aliases) >= limit:
                    bar.raise_for_run(run, masses)
            more = self._shared(found, left, shared, bar)
            both = more.keys() & shared.keys()
            if both:
                for i in both:
                    more[i] += shared[i]
                bar.raise_for([(more[i], masses[i]) for i in both])
                several |= both
            shared |= more
            runs += found
        first = [i for run in runs for i in run.aliases[: min(limit, bar.reach(run, 0.0, masses))]]
        total, least = bar.total, bar.least
        scores = {}
        for i in several.union(first):  # as `_Bar.score`, without a call for each of some fifty
            bits, mass = shared[i], masses[i]
            score = (bits / total if bits < total else 1.0) * (bits / mass if bits < mass else 1.0)
            if score >= least:
                scores[i] = score
        return scores

    def _runs(self, near: Found, weight: float, most: int | None) -> list[_Run]:
        """The aliases of each word that a word of the form may be a form of, the most alike word first."""
        listed = [(self._postings.get(word, ()), similarity) for word, similarity, _ in near]
        if most is not None:
            listed = [(aliases[:most], similarity) for aliases, similarity in listed]
        return [_Run(aliases, weight * similarity) for aliases, similarity in listed if aliases]

    def _shared(self, runs: Sequence[_Run], left: float, known: Mapping[int, float], bar: "_Bar") -> dict[int, float]:
        """The bits that aliases share by one word, but for aliases not `known` yet that cannot reach the bar.

        `left` is what an alias may share by the words that come later.
        """
        total = bar.total
        shared: dict[int, float] = {}
        for run in reversed(runs):  # of an alias that has two of the words, the more alike one counts: it comes later
            aliases, bits = run
            end = bar.reach(run, left, self._masses) if len(aliases) > _FEW else len(aliases)
            if end < len(aliases):
                last = bar.reach(run, total - bits, self._masses)  # longer ones are not even with all words
                shared |= dict.fromkeys(known.keys() & aliases[end:last], bits)
                aliases = aliases[:end]
            shared |= dict.fromkeys(aliases, bits)
        return shared


class _Bar:
    """What an alias must score to be looked at: `least`, which rises with the best scores that are known so far."""

    __slots__ = ("_limit", "_worth", "least", "total")

    def __init__(self, total: float, worth: float, limit: int) -> None:
        self.total = total
        self._worth = worth
        self._limit = limit
        self.least = 0.0

    def score(self, shared: float, mass: float) -> float:
        """The rough score of an alias of that mass."""
        total = self.total
        return (shared / total if shared < total else 1.0) * (shared / mass if shared < mass else 1.0)

    def raise_for_run(self, run: _Run, masses: Sequence[float]) -> None:
        """Takes note of the aliases of a word, each of which shares at least its bits."""
        self.least = max(self.least, self._worth * self.score(run.bits, masses[run.aliases[0]]))
        if len(run.aliases) >= self._limit:
            self.least = max(self.least, self.score(run.bits, masses[run.aliases[self._limit - 1]]))

    def raise_for(self, found: Iterable[tuple[float, float]]) -> None:
        """Takes note of different aliases, each with the bits that it shares at least, and its mass."""
        scores = sorted([self.score(shared, mass) for shared, mass in found], reverse=True)
        self.least = max(self.least, self._worth * scores[0])
        if len(scores) >= self._limit:
            self.least = max(self.least, scores[self._limit - 1])

    def reach(self, run: _Run, left: float, masses: Sequence[float]) -> int:
        """How many aliases of a word may reach the bar, if each of them shares so much more by other words.

        All of a few: they are looked at sooner than it is found out.
        """
        aliases, bits = run
        if len(aliases) <= _FEW or not self.least:
            return len(aliases)
        shared, needed = (bits + left) * _ROUNDING, self.total * self.least
        longest = shared * shared / needed if shared >= needed else 0.0
        return bisect_right(aliases, longest, key=masses.__getitem__)
