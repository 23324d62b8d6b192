"""Occurrences to an `AuditReport`: counts of entities, spellings and names without an entity.

`Counts` are of names; those of parts of a corpus can be merged, wherever the parts were counted. A `Tally` has a row
for each document besides. Neither keeps texts of documents: memory grows with the number of different names and
spellings; what grows with the number of documents is on disk (`resolver.audit.rows`).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path

from resolver.audit.annotate import Annotated, annotate_corpus
from resolver.audit.rows import Rows
from resolver.corpus import Document, Unreadable
from resolver.model import STATUSES, Occurrence
from resolver.pipeline import Resolver

_RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """How many mentions of a document have which status; its digest tells whether it is still the same."""

    id: str
    mentions: int
    resolved: int
    ambiguous: int
    unresolved: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity that the corpus names: how often, in how many documents, and its spellings, most frequent first."""

    id: str
    name: str
    type: str
    count: int
    documents: int
    spellings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NameRow:
    """A spelling without a certain entity, with the reason and the candidates where its best one scored highest."""

    text: str
    type: str | None
    count: int
    documents: int
    reason: str
    candidates: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit found.

    version, registry   of the resolver, and the fingerprint of its registry: the same three with the same corpus give
    accept, review      the same report; the thresholds of the policy are the third
    documents           in corpus order; unreadable likewise
    entities            most mentions first, then by id; ambiguous and unresolved names likewise, then by text
    """

    version: str
    registry: str
    accept: float
    review: float
    documents: Sequence[DocumentRow]
    unreadable: Sequence[Unreadable]
    entities: tuple[EntityRow, ...]
    ambiguous: tuple[NameRow, ...]
    unresolved: tuple[NameRow, ...]

    @property
    def mentions(self) -> int:
        """The number of mentions in the corpus."""
        return sum(self.totals.values())

    @property
    def totals(self) -> dict[str, int]:
        """The number of mentions of each status."""
        return {
            "resolved": sum(row.count for row in self.entities),
            "ambiguous": sum(row.count for row in self.ambiguous),
            "unresolved": sum(row.count for row in self.unresolved),
        }

    @property
    def coverage(self) -> float | None:
        """The share of the mentions that is resolved, 0.0 to 1.0; None without any mention."""
        return self.totals["resolved"] / self.mentions if self.mentions else None


@dataclass(slots=True)
class _Name:
    """The running count of one spelling without an entity."""

    count: int = 0
    documents: int = 0
    score: float = -1.0
    type: str | None = None
    reason: str = ""
    candidates: tuple[tuple[str, float, str], ...] = ()

    def add(self, occurrence: Occurrence, *, is_new_document: bool) -> None:
        self.count += 1
        self.documents += is_new_document
        if occurrence.score > self.score:
            self.score, self.type = occurrence.score, occurrence.type
            self.reason, self.candidates = occurrence.reason, occurrence.candidates

    def merge(self, later: "_Name") -> None:
        self.count += later.count
        self.documents += later.documents
        if later.score > self.score:
            self.score, self.type = later.score, later.type
            self.reason, self.candidates = later.reason, later.candidates


class Counts:
    """Counts of entities, their spellings, and names without an entity.

    What was counted elsewhere is merged in the order of the corpus: of equal scores, that of the first place is shown.

    >>> where = ("Kupol makes it.", 0, "unresolved", None, 0.0, "no entity of this name")
    >>> first, second, both = Counts(), Counts(), Counts()
    >>> first.add(Annotated("a.txt", (Occurrence("a.txt", 0, 5, "Kupol", *where),)))
    >>> second.add(Annotated("b.txt", (Occurrence("b.txt", 0, 5, "Kupol", *where),)))
    >>> for key, part in [*first.parts(), *second.parts()]:
    ...     both.merge(key, part)
    >>> [(row.text, row.count, row.documents) for row in both.name_rows("unresolved")]
    [('Kupol', 2, 2)]
    """

    def __init__(self) -> None:
        self._spellings: dict[str, Counter[str]] = {}
        self._entity_documents: Counter[str] = Counter()
        self._names: dict[tuple[str, str], _Name] = {}

    def add(self, result: Annotated) -> None:
        """Count the occurrences of one document."""
        seen: set[tuple[str, str]] = set()
        for occurrence in result.occurrences:
            key = (occurrence.status, occurrence.entity_id or spelling(occurrence.text))
            self._count(occurrence, key, is_new_document=key not in seen)
            seen.add(key)

    def _count(self, occurrence: Occurrence, key: tuple[str, str], *, is_new_document: bool) -> None:
        if occurrence.entity_id:
            self._spellings.setdefault(occurrence.entity_id, Counter())[spelling(occurrence.text)] += 1
            self._entity_documents[occurrence.entity_id] += is_new_document
        else:
            self._names.setdefault(key, _Name()).add(occurrence, is_new_document=is_new_document)

    def parts(self) -> Iterator[tuple[str, str]]:
        """What was counted, piece by piece: a key and a value, both JSON, for `merge`; each key comes once."""
        for entity_id, spellings in self._spellings.items():
            yield json.dumps([_RESOLVED, entity_id]), json.dumps([self._entity_documents[entity_id], spellings])
        for key, name in self._names.items():
            yield json.dumps(key), json.dumps(asdict(name))

    def merge(self, key: str, part: str) -> None:
        """Add a piece of what was counted further on in the corpus."""
        status, subject = json.loads(key)
        if status == _RESOLVED:
            documents, spellings = json.loads(part)
            self._entity_documents[subject] += documents
            self._spellings.setdefault(subject, Counter()).update(spellings)
        else:
            row = json.loads(part)
            name = _Name(**row | {"candidates": tuple(map(tuple, row["candidates"]))})
            self._names.setdefault((status, subject), _Name()).merge(name)

    def entity_rows(self, resolver: Resolver) -> tuple[EntityRow, ...]:
        """The entities with their names in the registry of the resolver, most mentions first."""
        rows = []
        for entity_id, spellings in self._spellings.items():
            entity = resolver.registry.get(entity_id)
            ordered = tuple(sorted(spellings.items(), key=lambda item: (-item[1], item[0])))
            documents = self._entity_documents[entity_id]
            rows.append(EntityRow(entity_id, entity.name, entity.type, spellings.total(), documents, ordered))
        return tuple(sorted(rows, key=lambda row: (-row.count, row.id)))

    def name_rows(self, status: str) -> tuple[NameRow, ...]:
        """The names of a status, most mentions first."""
        rows = [
            NameRow(text, name.type, name.count, name.documents, name.reason, name.candidates)
            for (name_status, text), name in self._names.items()
            if name_status == status
        ]
        return tuple(sorted(rows, key=lambda row: (-row.count, row.text)))


class Tally:
    """Counts results as they come; `report` gives what has been counted so far.

    `folder` is where the rows of documents are kept once they are many: a temporary file that no other program sees.
    `counts` are those of documents that were counted elsewhere; of these only the rows are added.
    """

    def __init__(self, folder: Path | None = None, *, counts: Counts | None = None) -> None:
        self.documents = Rows(DocumentRow, [item.name for item in fields(DocumentRow)], folder=folder)
        self.unreadable = Rows(Unreadable, [item.name for item in fields(Unreadable)], folder=folder)
        self._counts = counts or Counts()

    def add(self, result: Annotated | Unreadable) -> None:
        """Count one document."""
        if isinstance(result, Unreadable):
            self.unreadable.append(result)
        else:
            self.documents.append(document_row(result))
            self._counts.add(result)

    def report(self, resolver: Resolver) -> AuditReport:
        """The report on what has been counted, with the names that the registry of the resolver gives."""
        return AuditReport(
            version=version("resolver"),
            registry=resolver.registry.fingerprint,
            accept=resolver.policy.accept,
            review=resolver.policy.review,
            documents=self.documents,
            unreadable=self.unreadable,
            entities=self._counts.entity_rows(resolver),
            ambiguous=self._counts.name_rows("ambiguous"),
            unresolved=self._counts.name_rows("unresolved"),
        )


def document_row(result: Annotated) -> DocumentRow:
    """How many mentions of a document have which status."""
    statuses = Counter(occurrence.status for occurrence in result.occurrences)
    counts = {status: statuses[status] for status in STATUSES}
    return DocumentRow(result.document, len(result.occurrences), **counts, digest=result.digest)


def spelling(text: str) -> str:
    """The text of a mention on one line: names are broken across lines in many texts.

    >>> spelling("Aleksandr\\n  Brechalov")
    'Aleksandr Brechalov'
    """
    return " ".join(text.split())


def audit(
    documents: Iterable[Document | Unreadable],
    resolver: Resolver,
    *,
    workers: int = 1,
    progress: Callable[[str], None] | None = None,
) -> AuditReport:
    """The report on a corpus, without writing anything. `progress` gets the id of each document as it is done."""
    tally = Tally()
    for result in annotate_corpus(documents, resolver, workers=workers):
        tally.add(result)
        if progress:
            progress(result.id if isinstance(result, Unreadable) else result.document)
    return tally.report(resolver)
