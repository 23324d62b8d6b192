"""An `AuditReport` as one HTML page that needs no network and no other file.

All rows are rendered here, so the page can be read, searched by the browser and printed without JavaScript; `page.js`
adds the filters. Every text is escaped and shown in its own direction, and the content security policy names the one
style sheet and the one script by their hashes: nothing else runs, whatever a name holds.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TypeVar

from resolver.audit import AuditReport, DocumentRow, EntityRow, NameRow
from resolver.corpus import Unreadable
from resolver.files import write_atomically
from resolver.model import ENTITY_TYPES
from resolver.pipeline import Resolver
from resolver.report.waterfall import explain_name, waterfall
from resolver.wording import counted, percent, score_text, visible

PAGE = "report.html"
ROWS = 5_000  # of each table: what a browser shows at ease; the rest is in report.json
SPELLINGS_SHOWN = 6
SPELLINGS = 200
EXPLAINED = 200  # rows of each table whose evidence is shown: it is weighed anew, at some milliseconds each
WATERFALLS = 3  # candidates of a name whose evidence is shown
Row = TypeVar("Row")
_STATUSES = ("resolved", "ambiguous", "unresolved")


def write_html(out: str | Path, report: AuditReport, *, resolver: Resolver | None = None) -> Path:
    """Write the page as `report.html` into the output folder, which must exist; the path of the page."""
    path = Path(out) / PAGE
    write_atomically(path, render_html(report, resolver=resolver))
    return path


def render_html(report: AuditReport, *, resolver: Resolver | None = None) -> str:
    """The report as a page of its own. Equal reports give equal pages.

    With the resolver that made the report, the page also shows the evidence: for the names without an entity that of
    the nearest ones, for an entity that of its weakest spelling.
    """
    style, script = _resource("page.css"), _resource("page.js")
    return Template(_resource("page.html")).substitute(
        style=style,
        script=script,
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
        headline=_headline(report),
        lead=_lead(report),
        bar=_bar(report.totals, report.mentions, "bar total"),
        legend=_legend(report),
        facts=_facts(report),
        type_filters=_type_filters(report),
        status_filters=_status_filters(report),
        sections="\n".join(_sections(report, resolver)),
        footer=_footer(report),
    )


def _resource(name: str) -> str:
    return files("resolver.report").joinpath(name).read_text(encoding="utf-8").strip()


def _csp_hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


# The head of the page


def _headline(report: AuditReport) -> str:
    if report.coverage is None:
        return "No names found"
    return f"{percent(report.coverage)} of the mentions are resolved"


def _lead(report: AuditReport) -> str:
    """How much is left for a person to do, as links to where it stands."""
    links = {
        "ambiguous": (len(report.ambiguous), "ambiguous name", "ambiguous names", ""),
        "unresolved": (len(report.unresolved), "unresolved name", "unresolved names", ""),
        "unreadable": (len(report.unreadable), "document", "documents", " could not be read"),
    }
    parts = [
        f'<a href="#{anchor}">{counted(number, singular, plural)}{rest}</a>'
        for anchor, (number, singular, plural, rest) in links.items()
        if number
    ]
    return " · ".join(parts) or "Nothing is left to review"


def _legend(report: AuditReport) -> str:
    return "".join(
        f'<li><span class="key {status}"></span><b>{count:,}</b> {status} '
        f"<span>{percent(count / report.mentions if report.mentions else None)}</span></li>"
        for status, count in report.totals.items()
    )


def _facts(report: AuditReport) -> str:
    facts = {
        "Documents": f"{len(report.documents):,}",
        "Mentions": f"{report.mentions:,}",
        "Entities": f"{len(report.entities):,}",
        "Spellings": f"{sum(len(row.spellings) for row in report.entities):,}",
    }
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())


def _type_filters(report: AuditReport) -> str:
    used = {row.type for row in report.entities} | {row.type for row in report.ambiguous + report.unresolved}
    return "".join(
        f'<button type="button" class="chip {kind}" data-filter="type" data-value="{kind}" aria-pressed="false">'
        f"{kind}</button>"
        for kind in ENTITY_TYPES
        if kind in used
    )


def _status_filters(report: AuditReport) -> str:
    return "".join(
        f'<button type="button" class="toggle" data-filter="status" data-value="{status}" aria-pressed="false">'
        f'<span class="key {status}"></span>{status}</button>'
        for status, count in report.totals.items()
        if count
    )


def _footer(report: AuditReport) -> str:
    return (
        f"resolver {_text(report.version)} · registry <code>{_text(report.registry[:16])}</code> · "
        f"linked from a score of {report.accept:g}, shown to a curator from {report.review:g}"
    )


# The tables


def _sections(report: AuditReport, resolver: Resolver | None) -> Iterable[str]:
    yield _section(
        "entities", "resolved", "Entities", "Who and what the texts name, and every spelling they use.",
        ("Entity", "Mentions", "Documents", "Spellings"),
        [_entity_row(row, _most(report.entities), by) for row, by in _with(resolver, report.entities)],
        len(report.entities),
    )  # fmt: skip
    names = (
        ("ambiguous", "Ambiguous names", "Several entities fit: a person has to say which is meant.", report.ambiguous),
        ("unresolved", "Unresolved names", "No entity is certain enough. A wrong link is worse than none.",
         report.unresolved),
    )  # fmt: skip
    for status, title, note, rows in names:
        yield _section(
            status, status, title, note, ("Name", "Mentions", "Documents", "Why, and the nearest entities"),
            [_name_row(row, _most(rows), status, by) for row, by in _with(resolver, rows)], len(rows),
        )  # fmt: skip
    most = max((row.mentions for row in report.documents), default=1)
    yield _section(
        "documents", "documents", "Documents", "How the names of each text were placed.",
        ("Document", "Mentions", "Resolved, ambiguous, unresolved"),
        [_document_row(row, most) for row in report.documents[:ROWS]], len(report.documents),
    )  # fmt: skip
    yield _section(
        "unreadable", "documents", "Not read", "What was left out of the counts, and what to do about it.",
        ("Document", "Reason"), [_unreadable_row(row) for row in report.unreadable[:ROWS]], len(report.unreadable),
    )  # fmt: skip


def _section(
    anchor: str, status: str, title: str, note: str, columns: Sequence[str], rows: Sequence[str], total: int
) -> str:
    """A table with its heading; nothing if it has no rows."""
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    rest = total - len(rows)
    more = f'<p class="rest-note">{rest:,} more in report.json.</p>' if rest else ""
    return (
        f'<section id="{anchor}" data-status="{status}" aria-labelledby="{anchor}-title">\n'
        f'<h2 id="{anchor}-title">{title} <span class="n">{total:,}</span></h2><p class="note">{note}</p>\n'
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n<tbody>\n{"".join(rows)}</tbody></table></div>\n'
        f'<button type="button" class="show-more" hidden></button>{more}\n</section>'
    )


def _most(rows: Sequence[EntityRow] | Sequence[NameRow]) -> int:
    return rows[0].count if rows else 1


def _with(resolver: Resolver | None, rows: Sequence[Row]) -> Iterable[tuple[Row, Resolver | None]]:
    """The rows that are shown, the first of them with the resolver that explains them."""
    return ((row, resolver if number < EXPLAINED else None) for number, row in enumerate(rows[:ROWS]))


def _entity_row(row: EntityRow, most: int, resolver: Resolver | None) -> str:
    return (
        f'<tr data-type="{_text(row.type)}"><th scope="row"><span class="name">{_name(row.name)}</span>'
        f"{_chip(row.type)}<code>{_text(row.id)}</code></th>"
        f"{_count_cell(row.count, most, 'resolved')}"
        f'<td class="number">{row.documents:,}</td><td>{_pills(row.spellings)}'
        f"{_weakest(row, resolver) if resolver else ''}</td></tr>\n"
    )


def _weakest(row: EntityRow, resolver: Resolver) -> str:
    """The evidence for that spelling of an entity which alone says least: the one to look at first."""
    shown = [text for text, _ in row.spellings[:SPELLINGS_SHOWN]]
    found = [(explain_name(resolver, text, None, row.id), text) for text in shown]
    weakest, text = min(found, key=lambda item: (item[0].candidate.score, item[1]))
    return waterfall(weakest, summary=f"Weakest: {_name(text)} <b>{score_text(weakest.candidate.score)}</b>")


def _name_row(row: NameRow, most: int, status: str, resolver: Resolver | None) -> str:
    candidates = "".join(f"<li>{_candidate(row, place, resolver)}</li>" for place in range(len(row.candidates)))
    return (
        f'<tr data-type="{_text(row.type or "")}"><th scope="row"><span class="name">{_name(row.text)}</span>'
        f"{_chip(row.type) if row.type else ''}</th>"
        f"{_count_cell(row.count, most, status)}"
        f'<td class="number">{row.documents:,}</td><td><p class="why">{_text(row.reason)}</p>'
        f"{f'<ol>{candidates}</ol>' if candidates else ''}</td></tr>\n"
    )


def _candidate(row: NameRow, place: int, resolver: Resolver | None) -> str:
    """A candidate with its score and the short reason; for the first few the evidence unfolds below."""
    entity_id, score, reason = row.candidates[place]
    line = f"<code>{_text(entity_id)}</code> <b>{score_text(score)}</b>{f' {_text(reason)}' if reason else ''}"
    if resolver is None or place >= WATERFALLS:
        return line
    return waterfall(explain_name(resolver, row.text, row.type, entity_id), summary=line)


def _document_row(row: DocumentRow, most: int) -> str:
    counts = {status: getattr(row, status) for status in _STATUSES}
    return (
        f'<tr><th scope="row">{_name(row.id)}</th><td class="number">{row.mentions:,}</td>'
        f"<td>{_bar(counts, most, 'bar')}</td></tr>\n"
    )


def _unreadable_row(row: Unreadable) -> str:
    return f'<tr><th scope="row">{_name(row.id)}</th><td>{_text(row.reason)}</td></tr>\n'


# Pieces


def _text(text: str) -> str:
    return escape(visible(text))


def _name(text: str) -> str:
    """A name in its own direction: Arabic and Hebrew read right, and no character turns round what follows."""
    return f"<bdi>{_text(text)}</bdi>"


def _chip(kind: str) -> str:
    return f'<span class="chip {_text(kind)}">{_text(kind)}</span>'


def _count_cell(count: int, most: int, status: str) -> str:
    width = 100 * count / most
    return (
        f'<td class="number count">{count:,}<svg class="meter" aria-hidden="true">'
        f'<rect class="{status}" width="{width:.4g}%" height="100%"/></svg></td>'
    )


def _pills(spellings: Sequence[tuple[str, int]]) -> str:
    pills = [
        f'<li class="{"pill" if number < SPELLINGS_SHOWN else "pill rest"}">{_name(text)} <span>{count:,}</span></li>'
        for number, (text, count) in enumerate(spellings[:SPELLINGS])
    ]
    hidden = len(pills) - SPELLINGS_SHOWN
    button = f'<li><button type="button" class="more" aria-expanded="false">{hidden} more</button></li>'
    left_out = len(spellings) - len(pills)
    note = f'<li class="rest">{left_out:,} more in report.json</li>' if left_out else ""
    return f'<ul class="pills">{"".join(pills)}{note}{button if hidden > 0 else ""}</ul>'


def _bar(counts: dict[str, int], total: int, classes: str) -> str:
    """A stacked bar. SVG, as the content security policy forbids style attributes."""
    position = 0.0
    parts = []
    for status, count in counts.items():
        width = 100 * count / total if total else 0.0
        if count:
            parts.append(
                f'<rect class="{status}" x="{position:.5g}%" width="{width:.5g}%" height="100%">'
                f"<title>{count:,} {status}</title></rect>"
            )
        position += width
    label = ", ".join(f"{count:,} {status}" for status, count in counts.items())
    return f'<svg class="{classes}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
