"""The formats by name: how each is told from a file, read and written.

`find_format` looks at the suffix and at the first lines; `read_records` and `export_lines` are all that callers need.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from resolver.errors import CorpusError
from resolver.exchange.entity_ruler import read_patterns, write_patterns
from resolver.exchange.followthemoney import read_followthemoney, write_followthemoney
from resolver.exchange.lines import Line, read_lines
from resolver.exchange.openrefine import read_openrefine, write_openrefine
from resolver.exchange.records import Intake, Record
from resolver.exchange.skos import read_jsonld, read_turtle, write_jsonld, write_turtle
from resolver.exchange.ssslm import read_ssslm, write_ssslm
from resolver.exchange.sssom import read_sssom, write_sssom
from resolver.exchange.tables import read_table, write_csv, write_tsv
from resolver.exchange.wikidata import read_wikidata, write_wikidata
from resolver.model import Entity

MAX_ENTITIES = 250_000  # of one import: it is held in memory, at some 15 kilobytes an entity
_SNIFFED = 20  # lines


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, the suffixes of its files, its reader and its writer."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[Iterator[Line], Intake], Iterator[Record]]
    write: Callable[[Iterable[Entity]], Iterator[str]]


FORMATS = {
    each.name: each
    for each in (
        Format("csv", "table with commas", (".csv",), read_table, write_csv),
        Format("tsv", "table with tabs", (".tsv", ".tab"), read_table, write_tsv),
        Format("ftm", "FollowTheMoney, OpenSanctions", (".ftm.json",), read_followthemoney, write_followthemoney),
        Format("ssslm", "SSSLM, literal mappings", (".ssslm.tsv",), read_ssslm, write_ssslm),
        Format("sssom", "SSSOM, mappings of ids", (".sssom.tsv",), read_sssom, write_sssom),
        Format("turtle", "SKOS in Turtle", (".ttl",), read_turtle, write_turtle),
        Format("jsonld", "SKOS in JSON-LD", (".jsonld",), read_jsonld, write_jsonld),
        Format("wikidata", "Wikidata entities, JSON", (), read_wikidata, write_wikidata),
        Format("spacy", "patterns of spaCy's EntityRuler", (), read_patterns, write_patterns),
        Format("openrefine", "reconciled column of OpenRefine", (), read_openrefine, write_openrefine),
    )
}
# What the first lines of a file show, the surest first.
_SIGNS = (
    ("ftm", re.compile(r'^\{.*"schema"\s*:\s*"', re.MULTILINE)),
    ("spacy", re.compile(r'^\{.*"pattern"\s*:', re.MULTILINE)),
    ("jsonld", re.compile(r'"@(?:context|graph|id)"\s*:')),
    ("wikidata", re.compile(r'"(?:entities|labels|claims)"\s*:')),
    ("turtle", re.compile(r"^\s*(?:@prefix|@base|PREFIX|BASE)\s", re.MULTILINE | re.IGNORECASE)),
    ("sssom", re.compile(r"^(?:.*\t)?subject_id\t", re.MULTILINE)),
    ("ssslm", re.compile(r"^text\tcurie\t", re.MULTILINE)),
    ("openrefine", re.compile(r"^(?:[^\n]*[,;\t])?judgment(?:[,;\t\r]|$)", re.MULTILINE)),
)


def find_format(path: Path, name: str | None = None) -> Format:
    """The format of a file: the one that is named, else what the file shows; CorpusError if that is none."""
    if name is not None:
        if name not in FORMATS:
            raise CorpusError(f"{name!r} is no format: choose one of {', '.join(FORMATS)}")
        return FORMATS[name]
    start = "\n".join(line.text[:100_000] for line in islice(read_lines(path, Intake(path)), _SNIFFED))
    shown = next((found for found, sign in _SIGNS if sign.search(start)), None)
    plain = path.name.lower().removesuffix(".gz")
    suffixes = {suffix: each.name for each in FORMATS.values() for suffix in each.suffixes}
    longest = max((suffix for suffix in suffixes if plain.endswith(suffix)), key=len, default="")
    name = shown or suffixes.get(longest)
    if name is None:
        raise CorpusError(f"{path}: neither its name nor its first lines tell the format: name it with --format")
    return FORMATS[name]


def read_records(path: Path, format_: Format, intake: Intake) -> Iterator[Record]:
    """The records of a file, as they come; CorpusError if they are too many."""
    for number, record in enumerate(format_.read(read_lines(path, intake), intake), 1):
        if number > MAX_ENTITIES:
            raise CorpusError(f"{path}: over {MAX_ENTITIES:,} entities: split the file, or keep only what texts name")
        yield record


def export_lines(entities: Iterable[Entity], format_: Format) -> Iterator[str]:
    """The text of a format in pieces, the entities by id: the same registry gives the same bytes."""
    return format_.write(sorted(entities, key=lambda entity: entity.id))
