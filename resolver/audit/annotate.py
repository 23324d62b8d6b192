"""Documents to occurrences: each resolution of a document with its place, its sentence and its candidates.

With several workers, documents are handed out in small batches and taken back in order, so the output does not depend
on who was fastest. Only a few batches are under way at a time: a corpus larger than the memory is no problem.
"""

import gc
import multiprocessing
import signal
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from resolver.corpus import Document, Unreadable
from resolver.decision import Policy
from resolver.errors import CorpusError, ResolverError
from resolver.mentions.segments import sentences
from resolver.model import Candidate, Occurrence, Resolution
from resolver.pipeline import Resolver
from resolver.registry import Registry

CANDIDATES = 5  # what a curator reads before looking at the text itself
# What is below shares a generic word or a given name with the mention, and would only distract. The best candidate is
# kept a little longer, as the reason speaks of it.
NEAR, BEST_NEAR = 0.05, 0.01
SENTENCE = 300  # code points of a sentence that are kept; longer ones are cut around the mention
BATCH = 8  # documents handed out at once: an article takes some 10 ms, handing it out 0.1 ms
_UNTOLD = frozenset({"none", "names_held"})  # evidence that says nothing of the two names
_AHEAD = 3  # batches under way for each worker


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document that was read, and what its names were resolved to, in text order."""

    document: str
    occurrences: tuple[Occurrence, ...]


def annotate_document(document: Document, resolver: Resolver) -> Annotated | Unreadable:
    """The occurrences of one document; an `Unreadable` if the resolver refuses the text."""
    try:
        resolutions = resolver.annotate(document.text, lang=document.lang)
    except ResolverError as error:
        return Unreadable(document.id, str(error))
    spans = sentences(document.text) if resolutions else []
    return Annotated(document.id, tuple(_occurrence(document, resolution, spans) for resolution in resolutions))


def annotate_corpus(
    documents: Iterable[Document | Unreadable], resolver: Resolver, *, workers: int = 1
) -> Iterator[Annotated | Unreadable]:
    """The result of every document, lazily and in the order of the corpus, for any number of workers."""
    if workers < 2:
        return (_result(document, resolver) for document in documents)
    return _annotate_in_parallel(documents, resolver, workers)


def _result(document: Document | Unreadable, resolver: Resolver) -> Annotated | Unreadable:
    return document if isinstance(document, Unreadable) else annotate_document(document, resolver)


# Workers. Each process holds the resolver in `_worker_resolver`: it comes once, not with every batch.

_worker_resolver: Resolver | None = None


def _annotate_in_parallel(
    documents: Iterable[Document | Unreadable], resolver: Resolver, workers: int
) -> Iterator[Annotated | Unreadable]:
    pool = _pool(resolver, workers)
    under_way: deque[Future[list[Annotated | Unreadable]]] = deque()
    remaining = iter(documents)
    try:
        while batch := list(islice(remaining, BATCH)):
            under_way.append(pool.submit(_annotate_batch, batch))
            if len(under_way) > workers * _AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BrokenProcessPool as error:
        raise CorpusError("a worker process was killed, perhaps out of memory; try fewer workers") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(resolver: Resolver, workers: int) -> ProcessPoolExecutor:
    """Forked workers share the resolver; elsewhere (macOS, Windows) each builds its own from what can be sent."""
    if multiprocessing.get_start_method() == "fork":
        return ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(resolver,))
    return ProcessPoolExecutor(workers, initializer=_build_worker, initargs=(resolver.registry, resolver.policy))


def _build_worker(registry: Registry, policy: Policy) -> None:
    _start_worker(Resolver(registry, policy=policy))


def _start_worker(resolver: Resolver) -> None:
    global _worker_resolver  # noqa: PLW0603 (a pool gives its workers no other place to keep a value)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the pool
    _worker_resolver = resolver
    gc.freeze()  # it stays; and pages that a collector does not write to stay shared between forked workers


def _annotate_batch(batch: list[Document | Unreadable]) -> list[Annotated | Unreadable]:
    if _worker_resolver is None:
        raise RuntimeError("_annotate_batch runs only in a process started by _annotate_in_parallel")
    return [_result(document, _worker_resolver) for document in batch]


# One resolution


def _occurrence(document: Document, resolution: Resolution, spans: list[tuple[int, int]]) -> Occurrence:
    mention = resolution.mention
    end = mention.start + len(mention.text) if mention.end is None else mention.end
    sentence_start, sentence_end = sentence_around(document.text, spans, mention.start, end)
    entity = resolution.entity
    return Occurrence(
        document=document.id,
        start=mention.start,
        end=end,
        text=mention.text,
        sentence=document.text[sentence_start:sentence_end],
        sentence_start=sentence_start,
        status=resolution.status,
        entity_id=resolution.entity_id,
        score=_rounded(resolution.score),
        reason=resolution.reason,
        candidates=tuple((c.entity.id, _rounded(c.score), why(c)) for c in near(resolution)),
        type=entity.type if entity else mention.type,
        lang=mention.lang or document.lang,
    )


def sentence_around(text: str, spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The sentence, out of the sorted spans, that a mention stands in, cut at words where it is too long.

    >>> text = "It rained. Brechalov spoke in Izhevsk. Nobody came."
    >>> start, end = sentence_around(text, sentences(text), 11, 20)
    >>> text[start:end]
    'Brechalov spoke in Izhevsk.'
    """
    index = bisect_right(spans, start, key=lambda span: span[0]) - 1
    first, last = spans[index] if index >= 0 else (start, end)
    first, last = min(first, start), max(last, end)  # a mention may run across a line end
    margin = max(0, SENTENCE - (end - start)) // 2
    if last - first <= SENTENCE:
        return first, last
    return _cut_before(text, first, start, margin), _cut_after(text, end, last, margin)


def _cut_before(text: str, first: int, start: int, margin: int) -> int:
    """Where to begin: at the sentence, or at the first word within the margin."""
    if start - first <= margin:
        return first
    space = text.find(" ", start - margin, start)
    return start - margin if space < 0 else space + 1


def _cut_after(text: str, end: int, last: int, margin: int) -> int:
    if last - end <= margin:
        return last
    space = text.rfind(" ", end, end + margin)
    return end + margin if space < 0 else space


def near(resolution: Resolution) -> list[Candidate]:
    """The candidates worth looking at."""
    best = [candidate for candidate in resolution.candidates[:1] if candidate.score >= BEST_NEAR]
    return best + [candidate for candidate in resolution.candidates[1:CANDIDATES] if candidate.score >= NEAR]


def why(candidate: Candidate) -> str:
    """Why a candidate is, or is not, meant: what contradicts it, else what agrees most and what speaks against it."""
    if candidate.vetoes:
        return "; ".join(item.detail or item.name for item in candidate.vetoes)
    told = [item for item in candidate.evidence if item.name not in _UNTOLD]
    agreeing = [item.detail or item.name for item in told if item.channel == "agree" and item.bits > 0]
    doubts = [item.detail or item.name for item in told if item.bits < 0]
    return "; but ".join(filter(None, ["; ".join(agreeing[:2]), *doubts[:1]]))


def _rounded(score: float) -> float:
    """Four digits: enough to rank, few enough to be the same on every machine."""
    return round(score, 4)
