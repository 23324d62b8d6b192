"""An audit on disk: `mentions.jsonl`, one occurrence a line, and `report.json`, the `AuditReport`.

1. Each finished document becomes one line of a journal in the output folder, `audit.partial`.
2. When all are done, the journal becomes `mentions.jsonl`, the report is written, and the journal is deleted.

So a killed run leaves no half file under a final name, and `resume=True` takes the journal up after its last complete
line: if the version, the registry and the policy are the same, the unchanged documents in it are not done again.

Known limit: two audits must not write into one folder at the same time.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

from resolver.audit.annotate import Annotated, annotate_corpus
from resolver.audit.tally import AuditReport, Tally
from resolver.corpus import Document, Unreadable
from resolver.errors import CorpusError
from resolver.files import write_atomically
from resolver.model import Occurrence
from resolver.pipeline import Resolver

MENTIONS = "mentions.jsonl"
REPORT = "report.json"
JOURNAL = "audit.partial"
_FIELDS = tuple(item.name for item in fields(Occurrence))


def write_audit(
    out: str | Path,
    documents: Iterable[Document | Unreadable],
    resolver: Resolver,
    *,
    workers: int = 1,
    resume: bool = False,
    progress: Callable[[str], None] | None = None,
) -> AuditReport:
    """The report on a corpus, written with all its mentions into the folder `out`, which is made if it is missing.

    `progress` gets the id of each document as it is done. Raises `CorpusError` if the folder cannot be written to.
    """
    folder = Path(out)
    digests: deque[str] = deque()
    tally = Tally()
    with _open_journal(folder) as journal:
        header = _line(_conditions(resolver))
        remaining = iter(documents)
        if resume and journal.readline() == header:
            remaining = _take_up(journal, remaining, tally, progress)
        else:
            journal.seek(0)
        with _writing_to(folder):
            journal.truncate()
            journal.write(b"" if journal.tell() else header)
        for result in annotate_corpus(_digested(remaining, digests), resolver, workers=workers):
            tally.add(result)
            with _writing_to(folder):
                journal.write(_line({"digest": digests.popleft(), **_entry(result)}))
                journal.flush()
            _tell(progress, result)
    report = tally.report(resolver)
    with _writing_to(folder):
        _write_mentions(folder)
        write_atomically(folder / REPORT, report_json(report))
        (folder / JOURNAL).unlink()
    return report


def report_json(report: AuditReport) -> str:
    """The report as JSON, with its totals and its coverage."""
    content = {**asdict(report), "totals": {"mentions": report.mentions, **report.totals}, "coverage": report.coverage}
    return _valid(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def read_occurrences(path: str | Path) -> Iterator[Occurrence]:
    """The occurrences of an audit, lazily, from its folder or its `mentions.jsonl`.

    Raises `CorpusError` if there is no audit, or at a line that is none of its own.
    """
    file = Path(path) / MENTIONS if Path(path).is_dir() else Path(path)
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield _parsed(line, f"{file}:{number}")
    except OSError as error:
        raise CorpusError(f"{file}: {error.strerror}; run `resolver audit` with this output folder first") from error


def _parsed(line: bytes, place: str) -> Occurrence:
    try:
        return _occurrence(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CorpusError(f"{place}: not a line of an audit; run the audit again") from error


# The journal: a header line, then one line for each document, in corpus order


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Any failure to write becomes a `CorpusError` that names the output folder."""
    try:
        yield
    except FileExistsError as error:
        raise CorpusError(f"{folder}: is a file; name a folder for the output") from error
    except OSError as error:
        raise CorpusError(f"{folder}: cannot write the audit there: {error.strerror or error}") from error


def _open_journal(folder: Path) -> BinaryIO:
    with _writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / JOURNAL
        path.touch()
        return path.open("r+b")


def _take_up(
    journal: BinaryIO,
    documents: Iterator[Document | Unreadable],
    tally: Tally,
    progress: Callable[[str], None] | None,
) -> Iterator[Document | Unreadable]:
    """The documents that are still to do; those which the journal holds are counted, and it stands behind them."""
    kept = journal.tell()
    while entry := _complete(journal.readline()):
        document = next(documents, None)
        if document is None or _digest(document) != entry["digest"]:
            documents = chain([] if document is None else [document], documents)
            break
        result = _result(entry)
        tally.add(result)
        _tell(progress, result)
        kept = journal.tell()
    journal.seek(kept)
    return documents


def _conditions(resolver: Resolver) -> dict[str, str]:
    """What must be the same for an earlier result to be still right."""
    policy = blake2b(repr(resolver.policy).encode(), digest_size=8).hexdigest()
    return {"version": version("resolver"), "registry": resolver.registry.fingerprint, "policy": policy}


def _digested(documents: Iterable[Document | Unreadable], digests: deque[str]) -> Iterator[Document | Unreadable]:
    """The same documents; the digest of each is queued for when its result comes."""
    for document in documents:
        digests.append(_digest(document))
        yield document


def _digest(document: Document | Unreadable) -> str:
    content = document.reason if isinstance(document, Unreadable) else f"{document.lang}\0{document.text}"
    data = f"{document.id}\0{content}".encode("utf-8", "backslashreplace")
    return blake2b(data, digest_size=8).hexdigest()


def _entry(result: Annotated | Unreadable) -> dict[str, Any]:
    if isinstance(result, Unreadable):
        return {"document": result.id, "reason": result.reason}
    rows = [{name: getattr(occurrence, name) for name in _FIELDS} for occurrence in result.occurrences]
    return {"document": result.document, "occurrences": rows}


def _result(entry: dict[str, Any]) -> Annotated | Unreadable:
    if "reason" in entry:
        return Unreadable(entry["document"], entry["reason"])
    return Annotated(entry["document"], tuple(_occurrence(row) for row in entry["occurrences"]))


def _occurrence(row: dict[str, Any]) -> Occurrence:
    candidates = tuple((entity_id, score, reason) for entity_id, score, reason in row["candidates"])
    return Occurrence(**{**row, "candidates": candidates})


def _complete(line: bytes) -> dict[str, Any] | None:
    """The entry of a journal line; None for one that a killed run did not finish, and at the end."""
    try:
        return cast("dict[str, Any]", json.loads(line)) if line.endswith(b"\n") else None
    except ValueError:
        return None


def _write_mentions(folder: Path) -> None:
    """The journal as `mentions.jsonl`, streaming."""
    temporary = folder / f".{MENTIONS}.tmp"
    with (folder / JOURNAL).open("rb") as journal, temporary.open("wb") as file:
        journal.readline()
        for line in journal:
            for row in json.loads(line).get("occurrences", ()):
                file.write(_line(row))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / MENTIONS)


def _line(row: dict[str, Any]) -> bytes:
    return _valid(json.dumps(row, ensure_ascii=False)).encode() + b"\n"


def _valid(text: str) -> str:
    """The JSON with halves of a surrogate pair as escapes: they are legal in JSON but not in UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()


def _tell(progress: Callable[[str], None] | None, result: Annotated | Unreadable) -> None:
    if progress:
        progress(result.id if isinstance(result, Unreadable) else result.document)
