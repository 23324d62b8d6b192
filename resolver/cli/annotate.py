"""`resolver annotate`: a text in, its names with their decisions out."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from resolver.cli.options import DEFAULT_PRESET, Accept, Aliases, Format, Language, Output, Preset, load_resolver
from resolver.cli.output import ENTITY, TABLE_DIGITS, status_of, write_records
from resolver.cli.resolve import entity_and_reason
from resolver.errors import CorpusError
from resolver.model import Resolution
from resolver.pipeline import Resolver
from resolver.wording import NAME, STYLES, console, mention_record, score_text, table_of, text_of, visible_lines

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from resolver.corpus import Document

COLUMNS = ("document", "start", "end", "text", "status", "id", "score", "reason")


def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A text, a web page, JSON lines; - reads stdin.")],
    *,
    lang: Language = None,
    policy: Preset = DEFAULT_PRESET,
    accept: Accept = None,
    aliases: Aliases = None,
    format_: Output = Format.TABLE,
) -> None:
    """Find the names in a text and say which entity each means. Offsets count code points.

    Where a line of JSON lines says which names it holds ("ents", as spaCy writes them, or "spans"), those are taken.

    Example: resolver annotate seeds/2025-07-01_wire.txt --format jsonl
    """
    annotated = _annotated(file, load_resolver(aliases, policy, accept), lang)
    if format_ is Format.TABLE:
        for document, resolutions in annotated:
            _print(document, resolutions)
    else:
        records = (mention_record(resolution, document.id) for document, found in annotated for resolution in found)
        write_records(records, COLUMNS, format_)


def _annotated(file: str, resolver: Resolver, lang: str | None) -> Iterator[tuple["Document", list[Resolution]]]:
    """The documents of a file with their resolutions; CorpusError at one that cannot be read."""
    from resolver.corpus import Unreadable, read_corpus

    for document in read_corpus([file]):
        if isinstance(document, Unreadable):
            raise CorpusError(f"{document.id}: {document.reason}")
        yield document, resolver.annotate(document.text, document.spans, lang=lang or document.lang)


def _print(document: "Document", resolutions: list[Resolution]) -> None:
    """The names as a table, and on a terminal the text before it with the names in colour."""
    output = console()
    output.print(text_of(document.id, "bold"))
    if output.is_terminal:
        output.print(_highlighted(document.text, resolutions))
    output.print(_table(resolutions))


def _highlighted(text: str, resolutions: Iterable[Resolution]) -> "Text":
    from rich.text import Text

    highlighted = Text(visible_lines(text))
    for resolution in resolutions:
        mention = resolution.mention
        highlighted.stylize(f"bold {STYLES[resolution.status]}", mention.start, mention.end)
    return highlighted


def _table(resolutions: Iterable[Resolution]) -> "Table":
    table = table_of("place", NAME, "status", "score", ENTITY, right=("place", "score"))
    for resolution in resolutions:
        mention = resolution.mention
        table.add_row(
            f"{mention.start}-{mention.end}",
            text_of(mention.text),
            status_of(resolution),
            score_text(resolution.score, TABLE_DIGITS),
            entity_and_reason(resolution),
        )
    return table
