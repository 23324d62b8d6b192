"""An audit on disk: `mentions.jsonl`, one occurrence a line, and `report.json`, the `AuditReport`.

1. The lines of each finished document are added to a journal in the output folder, `audit.partial`.
2. When all are done, its lines become `mentions.jsonl`, the report is written, and what the caller makes of it.
3. Only then the journal is deleted.

So a killed run leaves no half file under a final name, and `resume=True` takes the journal up after its last complete
document: if the version, the registry and the policy are the same, the unchanged documents in it are not done again.

Memory does not grow with the number of documents, nor of mentions: what is kept of them is on disk. It grows with the
number of different names that the corpus holds, of which the report has a row each.

The journal is locked: of two audits that write into one folder at the same time, the second is refused.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from resolver.audit.annotate import Annotated, Annotator, digest_of
from resolver.audit.folder import refuse_links
from resolver.audit.tally import AuditReport, Counts, DocumentRow, Tally
from resolver.corpus import Document, Unreadable
from resolver.errors import CorpusError
from resolver.files import PATIENCE, BusyError, held, replace_file, sweep
from resolver.model import Occurrence
from resolver.pipeline import Resolver

MENTIONS = "mentions.jsonl"
REPORT = "report.json"
JOURNAL = "audit.partial"
_FIELDS = tuple(item.name for item in fields(Occurrence))
_VALUES = attrgetter(*_FIELDS)
# What the values of an occurrence are, in the order of its fields.
_Kinds = tuple[type | tuple[type, ...], ...]
_NUMBER, _OPTIONAL = (int, float), (str, type(None))
_KINDS: _Kinds = (str, int, int, str, str, int, str, _OPTIONAL, _NUMBER, str, tuple, _OPTIONAL, _OPTIONAL, _OPTIONAL)
_OF_CANDIDATE: _Kinds = (str, _NUMBER, str)
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def write_audit(
    out: str | Path,
    documents: Iterable[Document | Unreadable],
    resolver: Resolver,
    *,
    workers: int = 1,
    resume: bool = False,
    progress: Callable[[str], None] | None = None,
    found: Callable[[Occurrence], object] | None = None,
    finish: Callable[[AuditReport], object] | None = None,
) -> AuditReport:
    """The report on a corpus, written with all its mentions into the folder `out`, which is made if it is missing.

    `progress` gets the id of each document as it is done, and `found` each occurrence, in the order of the corpus,
    those of a resumed run included. `finish` gets the report when it is written: if it is killed in what it does with
    it, the audit can still be resumed. Raises `CorpusError` if the folder cannot be written to, or another audit is.
    """
    folder = Path(out)
    with _open_journal(folder) as journal:
        tally = Tally(folder)
        header = _line(_conditions(resolver))
        remaining = iter(documents)

        def count(result: Annotated | Unreadable) -> None:
            tally.add(result)
            if found and isinstance(result, Annotated):
                for occurrence in result.occurrences:
                    found(occurrence)
            if progress:
                progress(result.id if isinstance(result, Unreadable) else result.document)

        if resume and journal.readline() == header:
            remaining = _take_up(journal, remaining, count)
        else:
            journal.seek(0)
        with _writing_to(folder):
            journal.truncate()
            journal.write(b"" if journal.tell() else header)
        annotator = Annotator(resolver)
        recorder = Recorder(annotator)
        for record in annotator.map(recorder, remaining, lost=recorder.lost, workers=workers):
            with _writing_to(folder):
                journal.write(record.entry)
                journal.flush()
            count(record.result)
        report = tally.report(resolver)
        with _writing_to(folder):
            replace_file(folder / MENTIONS, _mention_lines(folder / JOURNAL))
            replace_file(folder / REPORT, (piece.encode() for piece in report_pieces(report)))
        if finish:
            finish(report)
    return report


def write_gathered(
    out: str | Path,
    rows: Iterable[tuple[DocumentRow | Unreadable, bytes]],
    counts: Counts,
    resolver: Resolver,
) -> AuditReport:
    """The same report and the same files from what was done elsewhere.

    rows     each document in the order of the corpus, with the lines of its mentions, see `Record.mentions`
    counts   of all documents

    Raises `CorpusError` if the folder cannot be written to.
    """
    folder = Path(out)
    with _open_journal(folder):  # that of a run that was interrupted goes with it: it is out of date then
        tally = Tally(folder, counts=counts)

        def lines() -> Iterator[bytes]:
            for row, mentions in rows:
                if isinstance(row, Unreadable):
                    tally.unreadable.append(row)
                else:
                    tally.documents.append(row)
                yield mentions

        with _writing_to(folder):
            replace_file(folder / MENTIONS, lines())
            report = tally.report(resolver)
            replace_file(folder / REPORT, (piece.encode() for piece in report_pieces(report)))
    return report


def report_json(report: AuditReport) -> str:
    """The report as JSON, with its totals and its coverage."""
    return "".join(report_pieces(report))


def report_pieces(report: AuditReport) -> Iterator[str]:
    """The same JSON in pieces, a row each: a report on many documents is larger than what should be in memory."""
    for number, item in enumerate(fields(report)):
        value = getattr(report, item.name)
        yield f"{',' if number else '{'}\n {json.dumps(item.name)}: "
        if isinstance(value, str | float):
            yield _valid(_encoded(value))
        else:
            yield from _list_pieces(value)
    summary = {"totals": {"mentions": report.mentions, **report.totals}, "coverage": report.coverage}
    yield "," + json.dumps(summary, indent=1)[1:] + "\n"


def _list_pieces(rows: Iterable[Any]) -> Iterator[str]:
    """A list of dataclasses as JSON, indented as the value of a field."""
    start = "["
    for row in rows:
        record = {item.name: getattr(row, item.name) for item in fields(row)}
        text = json.dumps(record, ensure_ascii=False, indent=1)
        yield _valid(f"{start}\n  " + text.replace("\n", "\n  "))
        start = ","
    yield "[]" if start == "[" else "\n ]"


def read_occurrences(path: str | Path) -> Iterator[Occurrence]:
    """The occurrences of an audit, lazily, from its folder or its `mentions.jsonl`.

    Raises `CorpusError` if there is no audit, or at a line that is none of its own.
    """
    file = Path(path) / MENTIONS if Path(path).is_dir() else Path(path)
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield parse_occurrence(line, f"{file}:{number}")
    except OSError as error:
        raise CorpusError(f"{file}: {error.strerror}; run `resolver audit` with this output folder first") from error


def parse_occurrence(line: bytes, place: str) -> Occurrence:
    """The occurrence on a line of `mentions.jsonl`; CorpusError, which names the place, if it is none."""
    try:
        return occurrence_of(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CorpusError(f"{place}: not a line of an audit; run the audit again") from error


# The journal: a header line, then for each document a line with its number of mentions, and a line for each of them


class Record(NamedTuple):
    """What a document gave, and its lines in the journal."""

    result: Annotated | Unreadable
    entry: bytes

    @property
    def mentions(self) -> bytes:
        """The lines of its mentions alone, as they stand in `mentions.jsonl`."""
        return self.entry.partition(b"\n")[2]


@dataclass(frozen=True, slots=True)
class Recorder:
    """Annotates documents, and writes down what they gave."""

    annotate: Annotator

    def __call__(self, document: Document | Unreadable) -> Record:
        """The result of a document, with its lines; they are made where the document is done."""
        return _record(document, self.annotate(document))

    def lost(self, document: Document | Unreadable) -> Record:
        """The same for a document that killed every process that worked on it."""
        return _record(document, self.annotate.lost(document))


def _record(document: Document | Unreadable, result: Annotated | Unreadable) -> Record:
    head: dict[str, Any] = {"digest": digest_of(document)}
    if isinstance(result, Unreadable):
        return Record(result, _line({**head, "document": result.id, "reason": result.reason}))
    head |= {"document": result.document, "mentions": len(result.occurrences)}
    return Record(result, b"".join(map(_line, [head, *map(row_of, result.occurrences)])))


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Any failure to write becomes a `CorpusError` that names the output folder."""
    try:
        yield
    except FileExistsError as error:
        raise CorpusError(f"{folder}: is a file; name a folder for the output") from error
    except BusyError as error:
        message = "another audit writes there at this moment; wait for its end, or name another folder"
        raise CorpusError(f"{folder}: {message}") from error
    except OSError as error:
        raise CorpusError(f"{folder}: cannot write the audit there: {error.strerror or error}") from error


@contextmanager
def _open_journal(folder: Path) -> Iterator[BinaryIO]:
    """The journal, for this audit alone; it goes at the end, and stays if the audit fails.

    The processes of an audit that was killed hold it for another moment.
    """
    with ExitStack() as stack:
        with _writing_to(folder):
            folder.mkdir(parents=True, exist_ok=True)
            refuse_links(folder)
            journal = stack.enter_context(held(folder / JOURNAL, patience=PATIENCE))
            sweep(folder)
        yield journal


def _take_up(
    journal: BinaryIO,
    documents: Iterator[Document | Unreadable],
    count: Callable[[Annotated | Unreadable], None],
) -> Iterator[Document | Unreadable]:
    """The documents that are still to do; those which the journal holds are counted, and it stands behind them."""
    kept = journal.tell()
    for document in documents:
        result = _recorded(journal, digest_of(document))
        if result is None:
            documents = chain([document], documents)
            break
        count(result)
        kept = journal.tell()
    journal.seek(kept)
    return documents


def _recorded(journal: BinaryIO, digest: str) -> Annotated | Unreadable | None:
    """The next entry of the journal; None if it is of another document, damaged, or not complete."""
    try:
        head = json.loads(_complete(journal.readline()))
        if head["digest"] != digest:
            return None
        if "reason" in head:
            return Unreadable(head["document"], head["reason"])
        if head["mentions"] < 0:
            return None
        lines = [_complete(journal.readline()) for _ in range(head["mentions"])]
        return Annotated(head["document"], tuple(occurrence_of(json.loads(line)) for line in lines), digest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _complete(line: bytes) -> bytes:
    """The line, if a killed run finished it; ValueError if not, and at the end."""
    if not line.endswith(b"\n"):
        raise ValueError("a line that does not end")
    return line


def _conditions(resolver: Resolver) -> dict[str, str]:
    """What must be the same for an earlier result to be still right."""
    policy = blake2b(repr(resolver.policy).encode(), digest_size=8).hexdigest()
    return {"version": version("resolver"), "registry": resolver.registry.fingerprint, "policy": policy}


def row_of(occurrence: Occurrence) -> dict[str, Any]:
    """An occurrence as what is written as JSON."""
    return dict(zip(_FIELDS, _VALUES(occurrence), strict=True))


def occurrence_of(row: dict[str, Any]) -> Occurrence:
    """And back; TypeError or another error of a wrong value if it is no such row: others can write files, too."""
    candidates = tuple((entity_id, score, reason) for entity_id, score, reason in row["candidates"])
    occurrence = Occurrence(**{**row, "candidates": candidates})
    for value, kinds in zip(_VALUES(occurrence), _KINDS, strict=True):
        if not isinstance(value, kinds):
            raise TypeError(f"{value!r} is of a wrong kind")
    if not all(
        isinstance(value, kinds) for each in candidates for value, kinds in zip(each, _OF_CANDIDATE, strict=True)
    ):
        raise TypeError("a candidate is an id, a score and a reason")
    return occurrence


def _mention_lines(journal: Path) -> Iterator[bytes]:
    """The lines of the mentions in a complete journal."""
    with journal.open("rb") as lines:
        next(lines)
        for head in lines:
            yield from islice(lines, json.loads(head).get("mentions", 0))


def _line(row: dict[str, Any]) -> bytes:
    return _valid(_encoded(row)).encode() + b"\n"


def _valid(text: str) -> str:
    """The JSON with halves of a surrogate pair as escapes: they are legal in JSON but not in UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()
