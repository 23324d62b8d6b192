"""A corpus in, an `AuditReport` out: who is named where, under which spellings, and which names have no place yet.

1. `annotate_corpus` resolves the mentions of each document (`annotate`), on as many cores as asked (`parallel`).
2. A `Tally` counts what comes, so that only the counts stay in memory (`tally`); the rows of documents do not (`rows`).
3. `write_audit` also writes `mentions.jsonl` and `report.json`; a killed run can be taken up again (`writing`).

The result is the same, byte for byte, for any number of workers. `resolver.report` renders it; `resolver.review` builds
its queue from `read_occurrences`.
"""

from resolver.audit.annotate import Annotated, Annotator, annotate_corpus, annotate_document
from resolver.audit.tally import AuditReport, Counts, DocumentRow, EntityRow, NameRow, Tally, audit, document_row
from resolver.audit.writing import (
    MENTIONS,
    REPORT,
    Recorder,
    read_occurrences,
    report_json,
    report_pieces,
    write_audit,
    write_gathered,
)

__all__ = [
    "MENTIONS",
    "REPORT",
    "Annotated",
    "Annotator",
    "AuditReport",
    "Counts",
    "DocumentRow",
    "EntityRow",
    "NameRow",
    "Recorder",
    "Tally",
    "annotate_corpus",
    "annotate_document",
    "audit",
    "document_row",
    "read_occurrences",
    "report_json",
    "report_pieces",
    "write_audit",
    "write_gathered",
]
