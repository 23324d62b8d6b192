"""Documents to occurrences: each resolution of a document with its place, its sentence and its candidates.

Any number of processes does the same (`resolver.audit.parallel`).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from resolver.audit.parallel import map_in_order
from resolver.corpus import Document, Unreadable
from resolver.decision import UNTOLD, Policy
from resolver.errors import ResolverError
from resolver.mentions.segments import sentences
from resolver.model import Candidate, Occurrence, Resolution
from resolver.pipeline import Resolver
from resolver.registry import Registry

CANDIDATES = 5  # what a curator reads before looking at the text itself
# What is below shares a generic word or a given name with the mention, and would only distract. The best candidate is
# kept a little longer, as the reason speaks of it.
NEAR, BEST_NEAR = 0.05, 0.01
SENTENCE = 300  # code points of a sentence that are kept; longer ones are cut around the mention
# Documents are handed out some 50,000 characters at a time, twenty articles: neighbours tell of the same things, and
# what one process has found out, the others do not know. That takes 0.3 s, to hand it out 1 ms.
_BATCH = 50_000
_FIXED = 200  # what even an empty document weighs, in characters
LOST = "killed the process that worked on it, twice, perhaps out of memory"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document that was read, and what its names were resolved to, in text order; `digest` as of `digest_of`."""

    document: str
    occurrences: tuple[Occurrence, ...]
    digest: str = ""


def annotate_document(document: Document, resolver: Resolver) -> Annotated | Unreadable:
    """The occurrences of one document; an `Unreadable` if the resolver refuses the text."""
    try:
        resolutions = resolver.annotate(document.text, document.spans, lang=document.lang)
    except ResolverError as error:
        return Unreadable(document.id, str(error))
    spans = sentences(document.text) if resolutions else []
    occurrences = tuple(_occurrence(document, resolution, spans) for resolution in resolutions)
    return Annotated(document.id, occurrences, digest_of(document))


def digest_of(document: Document | Unreadable) -> str:
    """Sixteen hex digits that change with the id, the text, the language, the day or the given spans of a document."""
    if isinstance(document, Unreadable):
        content = document.reason
    else:
        spans = "" if document.spans is None else f"{document.spans}\0"
        content = f"{document.lang}\0{document.date}\0{spans}{document.text}"
    data = f"{document.id}\0{content}".encode("utf-8", "backslashreplace")
    return blake2b(data, digest_size=8).hexdigest()


class Annotator:
    """Annotates documents with one resolver; where another process gets it, it is built anew from what can be sent."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver

    def map(
        self,
        work: Callable[[Document | Unreadable], R],
        documents: Iterable[Document | Unreadable],
        *,
        lost: Callable[[Document | Unreadable], R],
        workers: int = 1,
    ) -> Iterator[R]:
        """A work that annotates, done on every document, in order; `lost` is for one that kills its process."""
        if workers > 1:
            self.resolver.annotate("")  # loads what finds names: forked processes share what was there before them
        return map_in_order(work, documents, workers=workers, weight=_weight, batch=_BATCH, lost=lost)

    def __call__(self, document: Document | Unreadable) -> Annotated | Unreadable:
        """The result of a document; what could not be read stays as it is."""
        return document if isinstance(document, Unreadable) else annotate_document(document, self.resolver)

    @staticmethod
    def lost(document: Document | Unreadable) -> Unreadable:
        """The result of a document that killed every process that worked on it."""
        return Unreadable(document.id, LOST)

    def __reduce__(self) -> tuple[Callable[..., "Annotator"], tuple[Registry, Policy]]:
        return _rebuilt, (self.resolver.registry, self.resolver.policy)


def _rebuilt(registry: Registry, policy: Policy) -> Annotator:
    return Annotator(Resolver(registry, policy=policy))


def annotate_corpus(
    documents: Iterable[Document | Unreadable], resolver: Resolver, *, workers: int = 1
) -> Iterator[Annotated | Unreadable]:
    """The result of every document, lazily and in the order of the corpus, for any number of workers."""
    annotator = Annotator(resolver)
    return annotator.map(annotator, documents, lost=annotator.lost, workers=workers)


def _weight(document: Document | Unreadable) -> int:
    """How much work a document is, in characters."""
    return _FIXED + (len(document.text) if isinstance(document, Document) else 0)


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
        date=document.date,
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
    told = [item for item in candidate.evidence if item.name not in UNTOLD]
    agreeing = [item.detail or item.name for item in told if item.channel == "agree" and item.bits > 0]
    doubts = [item.detail or item.name for item in told if item.bits < 0]
    return "; but ".join(filter(None, ["; ".join(agreeing[:2]), *doubts[:1]]))


def _rounded(score: float) -> float:
    """Four digits: enough to rank, few enough to be the same on every machine."""
    return round(score, 4)
