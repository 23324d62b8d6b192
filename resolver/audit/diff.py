"""Two audits to what changed between them, and why: what comes in are two folders, what goes out is an `AuditDiff`.

1. `compare_audits` writes the documents of both, with their digests, into a temporary database on disk, and where the
   mentions of each new one stand. So the order of the two need not be the same, and memory grows with the number of
   different changes, not with that of documents or mentions.
2. In a document that is the same, mentions are compared place by place. What changed there is due to what differs
   between the two: the registry, the policy, the version; "code" if none of them does.
3. In a document that was edited, the mentions of one spelling are compared, as places have moved; what changed may also
   be due to the corpus. The mentions of documents that only one of the audits has are counted.

Known limits: if several things differ, nothing tells which of them did it, and all are named. The weights of a policy
are not in a report, so only its thresholds are compared. Audits without digests count a document as edited where a
sentence with a mention has changed.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from resolver.audit.reading import Conditions, read_by_document, read_conditions, read_documents
from resolver.audit.tally import spelling
from resolver.audit.writing import MENTIONS, parse_occurrence
from resolver.errors import CorpusError
from resolver.model import Occurrence

KINDS = ("lost", "moved", "gained", "other")
NOT_FOUND = "not found"  # the status of a name where no mention is
CORPUS, CODE = "corpus", "code"
_FIRST = b'{"document": "'


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a name: a status of the model or "not found", the entity if resolved, and why (not compared)."""

    text: str
    status: str
    entity_id: str | None
    reason: str = field(default="", compare=False)
    score: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """A name that was decided otherwise, wherever that happened in the same way.

    kind       lost: no longer resolved; moved: to another entity; gained: resolved now; other: neither is resolved
    causes     what it may be due to: "corpus", "registry", "policy", "version"; or "code", if none of them differs
    document, start   the first place, in the old audit if it has it
    """

    kind: str
    old: Decision
    new: Decision
    causes: tuple[str, ...]
    count: int
    documents: int
    document: str
    start: int


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """So many documents, and the mentions in them."""

    documents: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class AuditDiff:
    """What changed between two audits.

    differs   of "registry", "policy", "version", what is not the same
    added, removed, edited   documents; the mentions are those of the audit that has them, of the new one if both have
    resolved  how many mentions are resolved, in the old audit and in the new one; mentions: how many there are
    changes   by kind, most mentions first
    """

    old: Conditions
    new: Conditions
    differs: tuple[str, ...]
    added: DocumentCount
    removed: DocumentCount
    edited: DocumentCount
    mentions: tuple[int, int]
    resolved: tuple[int, int]
    changes: tuple[Change, ...]


def compare_audits(old: str | Path, new: str | Path) -> AuditDiff:
    """What changed between the audits in two folders. CorpusError if one of them holds none."""
    conditions = read_conditions(old), read_conditions(new)
    differs = conditions[0].differences(conditions[1])
    with closing(_Documents(Path(old), Path(new))) as documents:
        comparison = _Comparison(differs, documents)
        for document, before in read_by_document(old):
            comparison.add(document, before, documents.take(document))
        for document, after in documents.rest():
            comparison.add(document, [], after)
        return AuditDiff(
            *conditions,
            differs,
            added=DocumentCount(documents.count("added"), comparison.mentions_in["added"]),
            removed=DocumentCount(documents.count("removed"), comparison.mentions_in["removed"]),
            edited=DocumentCount(documents.count("edited") + comparison.reread, comparison.mentions_in["edited"]),
            mentions=(comparison.mentions["old"], comparison.mentions["new"]),
            resolved=(comparison.resolved["old"], comparison.resolved["new"]),
            changes=comparison.changes(),
        )


class _Documents:
    """The documents of both audits, in a nameless database: which are the same, and where the new mentions stand."""

    _STATES = {  # noqa: RUF012 (a table, not a default)
        "added": "old IS NULL",
        "removed": "new IS NULL",
        "unknown": "old = '' OR new = ''",
        "edited": "old <> new AND old <> '' AND new <> ''",
        "same": "old = new",
    }

    def __init__(self, old: Path, new: Path) -> None:
        try:
            self._new = (new / MENTIONS).open("rb")
        except OSError as error:
            raise CorpusError(f"{new / MENTIONS}: {error.strerror}; run the audit again") from error
        self._base = sqlite3.connect("")
        try:
            self._fill(old, new)
        except BaseException:  # also Ctrl-C: nobody else can close them
            self.close()
            raise

    def _fill(self, old: Path, new: Path) -> None:
        self._base.execute(
            "CREATE TABLE document (id TEXT PRIMARY KEY, old TEXT, new TEXT, start INTEGER, mentions INTEGER, "
            "is_taken INTEGER DEFAULT 0) WITHOUT ROWID"
        )
        for column, folder in (("old", old), ("new", new)):
            self._base.executemany(
                f"INSERT INTO document (id, {column}) VALUES (?, ?) "  # noqa: S608 (one of two words)
                f"ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}",
                read_documents(folder),
            )
        self._base.executemany("UPDATE document SET start = ?, mentions = ? WHERE id = ?", self._spans())

    def close(self) -> None:
        """Let go of the files."""
        self._base.close()
        self._new.close()

    def state(self, document: str) -> str:
        """Whether a document is "added", "removed", "edited" or the "same"; "unknown" without a digest."""
        cases = " ".join(f"WHEN {condition} THEN '{state}'" for state, condition in self._STATES.items())
        query = f"SELECT CASE {cases} END FROM document WHERE id = ?"  # noqa: S608 (the conditions are those above)
        row = self._base.execute(query, [_stored(document)]).fetchone()
        return str(row[0]) if row else "edited"

    def count(self, state: str) -> int:
        """How many documents are in a state."""
        query = f"SELECT count(*) FROM document WHERE {self._STATES[state]}"  # noqa: S608 (likewise)
        return int(self._base.execute(query).fetchone()[0])

    def take(self, document: str) -> list[Occurrence]:
        """The new mentions of a document; the `rest` is then without them."""
        query = "UPDATE document SET is_taken = 1 WHERE id = ? RETURNING start, mentions"
        row = self._base.execute(query, [_stored(document)]).fetchone()
        return self._read(*row) if row and row[0] is not None else []

    def rest(self) -> Iterator[tuple[str, list[Occurrence]]]:
        """The documents that were not taken, each with its new mentions, in the order of the corpus."""
        query = "SELECT id, start, mentions FROM document WHERE NOT is_taken AND start IS NOT NULL ORDER BY start"
        for document, start, mentions in self._base.execute(query):
            yield document, self._read(start, mentions)

    def _spans(self) -> Iterator[tuple[int, int, str]]:
        """(start, number of mentions, id) of each document in the file of the new mentions."""
        start = place = count = 0
        document: str | None = None
        for line in self._new:
            each = _document_of(line, self._new.name)
            if each != document:
                if document is not None:
                    yield start, count, _stored(document)
                document, start, count = each, place, 0
            count += 1
            place += len(line)
        if document is not None:
            yield start, count, _stored(document)

    def _read(self, start: int, mentions: int) -> list[Occurrence]:
        self._new.seek(start)
        return [parse_occurrence(self._new.readline(), self._new.name) for _ in range(mentions)]


def _stored(document: str) -> str:
    """The id as the database can hold it: half a surrogate pair, which JSON can spell, as an escape."""
    return document.encode("utf-8", "backslashreplace").decode()


def _document_of(line: bytes, file: str) -> str:
    """The document of a mention; an audit writes it first, and then the rest of the line need not be read."""
    if line.startswith(_FIRST):
        name, _, _ = line[len(_FIRST) :].partition(b'"')
        if b"\\" not in name:
            return name.decode("utf-8", "replace")
    return parse_occurrence(line, file).document


@dataclass(slots=True)
class _Count:
    """The running count of one change; the reasons are those of its first place."""

    old: Decision
    new: Decision
    document: str
    start: int
    count: int = 0
    documents: int = 0


class _Comparison:
    """Compares the mentions of one document after the other, and keeps the different changes."""

    def __init__(self, differs: tuple[str, ...], documents: _Documents) -> None:
        self._differs = differs
        self._documents = documents
        self._counts: dict[tuple[Decision, Decision, tuple[str, ...]], _Count] = {}
        self.mentions: Counter[str] = Counter()
        self.resolved: Counter[str] = Counter()
        self.mentions_in: Counter[str] = Counter()
        self.reread = 0  # documents without a digest whose mentions show that they were edited

    def add(self, document: str, old: list[Occurrence], new: list[Occurrence]) -> None:
        """Compare what both audits found in a document."""
        for side, found in (("old", old), ("new", new)):
            self.mentions[side] += len(found)
            self.resolved[side] += sum(each.status == "resolved" for each in found)
        state = self._documents.state(document)
        if state == "unknown":
            state = "same" if _is_same_text(old, new) else "edited"
            self.reread += state == "edited"
        self.mentions_in[state] += len(new or old)
        if state in ("added", "removed"):
            return
        same = state == "same"
        causes = (self._differs or (CODE,)) if same else (CORPUS, *self._differs)
        seen: set[tuple[Decision, Decision, tuple[str, ...]]] = set()
        for before, after in _by_place(old, new) if same else _by_spelling(old, new):
            key = _decision(before, after), _decision(after, before), causes
            if (key[0].status, key[0].entity_id) == (key[1].status, key[1].entity_id):
                continue
            first = before or after
            start = first.start if first else 0
            known = self._counts.setdefault(key, _Count(key[0], key[1], document, start))
            known.count += 1
            known.documents += key not in seen
            seen.add(key)

    def changes(self) -> tuple[Change, ...]:
        """The changes so far, by kind, most mentions first."""
        found = [
            Change(_kind(c.old, c.new), c.old, c.new, causes, c.count, c.documents, c.document, c.start)
            for (_, _, causes), c in self._counts.items()
        ]
        return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[int, int, str, str, str, str]:
    old, new = change.old, change.new
    return KINDS.index(change.kind), -change.count, old.text, new.text, repr(old), repr((new, change.causes))


def _kind(old: Decision, new: Decision) -> str:
    if old.entity_id and new.entity_id:
        return "moved"
    return "lost" if old.entity_id else "gained" if new.entity_id else "other"


def _decision(mention: Occurrence | None, other: Occurrence | None) -> Decision:
    """What became of a mention; where there is none, the name is that of the other audit."""
    if mention is None:
        return Decision(spelling(other.text) if other else "", NOT_FOUND, None, "no name was found there")
    return Decision(spelling(mention.text), mention.status, mention.entity_id, mention.reason, mention.score)


_Pairs = Iterator[tuple[Occurrence | None, Occurrence | None]]


def _by_place(old: Sequence[Occurrence], new: Sequence[Occurrence]) -> _Pairs:
    """The mentions of two readings of one text: those of one place together, else those that overlap, else alone."""
    after = {(each.start, each.end): each for each in new}
    lone: list[Occurrence] = []
    for each in old:
        same = after.pop((each.start, each.end), None)
        if same:
            yield each, same
        else:
            lone.append(each)
    left = list(after.values())
    for each in lone:
        other = next((o for o in left if o.start < each.end and each.start < o.end), None)
        if other:
            left.remove(other)
        yield each, other
    yield from ((None, each) for each in left)


def _by_spelling(old: Iterable[Occurrence], new: Iterable[Occurrence]) -> _Pairs:
    """The mentions of one spelling that were decided otherwise; what only one of the two texts names is left out."""
    by_text: dict[str, tuple[list[Occurrence], list[Occurrence]]] = {}
    for side, found in enumerate((old, new)):
        for each in found:
            by_text.setdefault(spelling(each.text), ([], []))[side].append(each)
    for before, after in by_text.values():
        gone = _without(before, after)
        come = _without(after, before)
        yield from zip(gone, come, strict=False)


def _without(found: Iterable[Occurrence], others: Iterable[Occurrence]) -> list[Occurrence]:
    """The mentions that are left when each of the others has taken away one that is decided as it is."""
    left = Counter((each.status, each.entity_id) for each in others)
    kept = []
    for each in found:
        if left[each.status, each.entity_id]:
            left[each.status, each.entity_id] -= 1
        else:
            kept.append(each)
    return kept


def _is_same_text(old: Sequence[Occurrence], new: Sequence[Occurrence]) -> bool:
    """Whether no sentence with a mention has changed: all that can be told without a digest."""
    known = {(each.start, each.end): (each.text, each.sentence) for each in old}
    return all(known.get((e.start, e.end), (e.text, e.sentence)) == (e.text, e.sentence) for e in new)
