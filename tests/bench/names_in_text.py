#!/usr/bin/env python3
"""Says how well names are found in running text, which of the unknown ones are shown, and what the errors are.

    python tests/bench/names_in_text.py SET_DIR [--sample N] [--jobs N] [--errors FILE]

A set is a folder with registry.jsonl {id, type, names} and documents.jsonl {id, lang, text, mentions: [{start, end,
expected|null, type}]}: what a person read in each text. `expected` is the id that is meant, or null where the registry
has no such entity (NIL). The language of a text is not told. Four questions, each answered by tables:

1. Strict: a link is right if its span and its id are both those of a mention. P, R and F1 by language, then the class
   of each link (`LINKS`) and of each mention of the registry (`MENTIONS`).
2. Given spans: the share of mentions that get their id, or none if NIL.
3. Persons of one word, such as a surname alone, with given spans: the same share.
4. Unknown names: which NIL mentions are shown, that is found and not linked (`UNKNOWN`), and what is shown (`SHOWN`).
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from sets import build_resolver, read_rows

from resolver import Resolution, Resolver

LINKS = {  # classes of links; the first that fits counts
    "right": "span and id are right",
    "wrong id": "the span of a mention of another id",
    "boundary, right id": "overlaps a mention of this id",
    "boundary, other id": "overlaps a mention of another id",
    "NIL": "overlaps NIL mentions alone",
    "no name, capital": "overlaps no mention, has a capital",
    "no name, lower case": "overlaps no mention, has none",
}
MENTIONS = {  # classes of mentions that the registry knows; the first that fits counts
    "found": "span and id are right",
    "under a link": "overlaps a link",
    "shown, right first": "overlaps an unresolved span whose best candidate is right",
    "shown, other first": "overlaps an unresolved span whose best candidate is another, or that has none",
    "no span": "overlaps nothing that was found",
}
UNKNOWN = {  # classes of NIL mentions; all that fit count
    "shown, same span": "an unresolved span is the same",
    "shown, other span": "overlaps an unresolved span",
    "linked": "overlaps a link",
    "no span": "overlaps nothing that was found",
}
SHOWN = {  # classes of unresolved and ambiguous spans; the first that fits counts
    "a NIL mention": "overlaps one",
    "a missed mention": "overlaps one that the registry knows and that is not found",
    "no name": "overlaps neither",
}
_CLASSES = {"link": LINKS, "mention": MENTIONS, "unknown": UNKNOWN, "shown": SHOWN}
_NO_ERROR = {("link", "right"), ("mention", "found"), ("unknown", "shown, same span"), ("shown", "a NIL mention")}
_SEED = 5
_AROUND = 40  # characters of the text on either side of an error

Table = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Named:
    """A span with the id of the entity that it names: what a person read, or what was found.

    best   the id of the best candidate of a span that was found, linked or not
    type   the type of a mention, as the set calls it
    """

    start: int
    end: int
    id: str | None
    best: str | None = None
    type: str | None = None

    def overlaps(self, other: "Named") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end

    def is_same_span(self, other: "Named") -> bool:
        """Whether they start and end at the same places."""
        return (self.start, self.end) == (other.start, other.end)


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its mentions as a person read them, what was found in it, and the ids that given spans got."""

    id: str
    lang: str
    text: str
    meant: tuple[Named, ...]
    found: tuple[Named, ...]
    given: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a span, of which there is one table: "link", "mention", "unknown" or "shown"."""

    about: str
    name: str
    span: Named
    beside: tuple[Named, ...] = ()


# Reading the texts


def read_texts(folder: Path, *, sample: int, jobs: int) -> list[Read]:
    """The texts of a set, in order, as the resolver over its registry reads them; of a sample, always the same."""
    documents = read_rows(folder, "documents")
    if 0 < sample < len(documents):
        documents = random.Random(_SEED).sample(documents, sample)  # noqa: S311 (a sample, no secret)
    if jobs == 1:
        resolver = build_resolver(folder)
        return [read_text(resolver, document) for document in documents]
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(folder,)) as pool:
        return list(pool.map(_read, documents, chunksize=8))


_resolvers: list[Resolver] = []  # of a process of the pool: it is built once, and no task can carry it


def _start(folder: Path) -> None:
    _resolvers.append(build_resolver(folder))


def _read(document: dict[str, Any]) -> Read:
    return read_text(_resolvers[0], document)


def read_text(resolver: Resolver, document: dict[str, Any]) -> Read:
    """What the resolver finds in a text, by itself and with the spans given."""
    text, rows = document["text"], document["mentions"]
    meant = [Named(row["start"], row["end"], row["expected"], type=row["type"]) for row in rows]
    given = resolver.annotate(text, spans=[(one.start, one.end) for one in meant])
    found = map(_named, resolver.annotate(text))
    ids = tuple(resolution.entity_id for resolution in given)
    return Read(document["id"], document["lang"], text, tuple(meant), tuple(found), ids)


def _named(resolution: Resolution) -> Named:
    start, best = resolution.mention.start, resolution.candidates[:1]
    end = start + len(resolution.mention.text)
    return Named(start, end, resolution.entity_id, best[0].entity.id if best else None)


# Judging


def verdicts(read: Read) -> Iterator[Verdict]:
    """The class of each link, of each mention, and of each span that is shown."""
    for span in read.found:
        beside = tuple(mention for mention in read.meant if mention.overlaps(span))
        about, name = ("link", link_class(span, beside, read.text)) if span.id else ("shown", shown_class(beside, read))
        yield Verdict(about, name, span, beside)
    for mention in read.meant:
        beside = tuple(span for span in read.found if span.overlaps(mention))
        if mention.id:
            yield Verdict("mention", mention_class(mention, beside), mention, beside)
        else:
            yield from (Verdict("unknown", name, mention, beside) for name in unknown_classes(mention, beside))


def link_class(link: Named, beside: Sequence[Named], text: str) -> str:
    """One of `LINKS`, by the mentions that the link overlaps."""
    known = [mention for mention in beside if mention.id]
    if any(mention.is_same_span(link) for mention in known):
        return "right" if _is_found(link, known) else "wrong id"
    if known:
        return "boundary, right id" if any(mention.id == link.id for mention in known) else "boundary, other id"
    if beside:
        return "NIL"
    return "no name, lower case" if text[link.start : link.end].islower() else "no name, capital"


def mention_class(mention: Named, beside: Sequence[Named]) -> str:
    """One of `MENTIONS`, by the spans that a mention overlaps."""
    if _is_found(mention, beside):
        return "found"
    if not beside:
        return "no span"
    if any(span.id for span in beside):
        return "under a link"
    return "shown, right first" if any(span.best == mention.id for span in beside) else "shown, other first"


def unknown_classes(mention: Named, beside: Sequence[Named]) -> Iterator[str]:
    """Those of `UNKNOWN` that hold, by the spans that a NIL mention overlaps."""
    shown = [span for span in beside if not span.id]
    if shown:
        yield "shown, same span" if any(span.is_same_span(mention) for span in shown) else "shown, other span"
    if len(shown) < len(beside):
        yield "linked"
    if not beside:
        yield "no span"


def shown_class(beside: Sequence[Named], read: Read) -> str:
    """One of `SHOWN`, by the mentions that a span overlaps."""
    if any(mention.id is None for mention in beside):
        return "a NIL mention"
    return "no name" if all(_is_found(mention, read.found) for mention in beside) else "a missed mention"


def _is_found(one: Named, others: Iterable[Named]) -> bool:
    """Whether another has the same span and the same id."""
    return any(other.is_same_span(one) and other.id == one.id for other in others)


# The tables


def strict_table(texts: Sequence[Read]) -> Table:
    """A row for each language, and one for all: P, R and F1 of the links."""
    rows: Table = [("language", "texts", "mentions", "links", "P", "R", "F1")]
    for lang in (*sorted({read.lang for read in texts}), "all"):
        own = [read for read in texts if lang in (read.lang, "all")]
        right = sum(_is_found(span, read.meant) for read in own for span in read.found if span.id)
        links = sum(span.id is not None for read in own for span in read.found)
        known = sum(mention.id is not None for read in own for mention in read.meant)
        shares = (_percent(right, links), _percent(right, known), _percent(2 * right, links + known))
        rows.append((lang, *(f"{count:,}" for count in (len(own), known, links)), *shares))
    return rows


def class_table(heading: str, classes: dict[str, str], counts: Counter[str], whole: int) -> Table:
    """A row for each class: how many, which share of all, and what it means."""
    rows: Table = [(f"{heading} ({whole:,})", "n", "%", "")]
    rows += [(name, f"{counts[name]:,}", _percent(counts[name], whole), told) for name, told in classes.items()]
    return rows


def given_table(texts: Sequence[Read]) -> Table:
    """Accuracy with given spans: of all mentions, and of the persons that are named by one word."""
    rows: Table = [("given spans", "mentions", "right", "of those in the registry", "right", "NIL", "left alone")]
    judged = [(mention, got) for read in texts for mention, got in _given(read)]
    persons = [(mention, got) for read in texts for mention, got in _given(read) if _is_lone_person(mention, read)]
    for heading, kind in (("all", judged), ("persons of one word", persons)):
        known = [mention.id == got for mention, got in kind if mention.id]
        unknown = [got is None for mention, got in kind if not mention.id]
        counted = ((f"{len(right):,}", _percent(sum(right), len(right))) for right in (known + unknown, known, unknown))
        rows.append((heading, *(cell for pair in counted for cell in pair)))
    return rows


def _given(read: Read) -> Iterator[tuple[Named, str | None]]:
    return zip(read.meant, read.given, strict=True)


def _is_lone_person(mention: Named, read: Read) -> bool:
    return mention.type == "person" and len(read.text[mention.start : mention.end].split()) == 1


def tables(texts: Sequence[Read]) -> Iterator[Table]:
    """All tables, in the order of the questions."""
    judged = [verdict for read in texts for verdict in verdicts(read)]
    counts = {about: Counter(v.name for v in judged if v.about == about) for about in _CLASSES}
    nil = sum(mention.id is None for read in texts for mention in read.meant)
    found = _with_sum(counts["unknown"], "shown", "shown, same span", "shown, other span")
    shown = _with_sum(counts["shown"], "a name", "a NIL mention", "a missed mention")
    yield strict_table(texts)
    yield class_table("links", LINKS, counts["link"], counts["link"].total())
    yield class_table("mentions in the registry", MENTIONS, counts["mention"], counts["mention"].total())
    yield given_table(texts)
    yield class_table("NIL mentions", {**UNKNOWN, "shown": "on one span or the other"}, found, nil)
    yield class_table(
        "unresolved spans", {**SHOWN, "a name": "of one kind or the other"}, shown, counts["shown"].total()
    )


def _with_sum(counts: Counter[str], name: str, *parts: str) -> Counter[str]:
    return counts | Counter({name: sum(counts[part] for part in parts)})


def lines_of(table: Table) -> Iterator[str]:
    """The lines of a table: its first column and its words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = zip(row, widths, strict=True)
        yield "  ".join(
            cell.ljust(width) if column == 0 or not table[0][column] else cell.rjust(width)
            for column, (cell, width) in enumerate(cells)
        ).rstrip()


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""


# The errors


def error_rows(read: Read) -> Iterator[dict[str, Any]]:
    """A row for each span that is not right, and for each given span with another id than it should have."""
    for verdict in verdicts(read):
        if (verdict.about, verdict.name) not in _NO_ERROR:
            beside = [[read.text[one.start : one.end], one.id, one.best] for one in verdict.beside]
            yield _row(read, verdict.about, verdict.name, verdict.span) | {"beside": beside}
    for mention, got in _given(read):
        if mention.id != got:
            yield _row(read, "given", "wrong" if got else "missed", mention) | {"got": got}


def _row(read: Read, about: str, name: str, span: Named) -> dict[str, Any]:
    around = read.text[max(0, span.start - _AROUND) : span.end + _AROUND]
    place = {"document": read.id, "lang": read.lang, "start": span.start, "end": span.end}
    text = read.text[span.start : span.end]
    return {"about": about, "class": name, "text": text, "id": span.id, "best": span.best, **place, "around": around}


def main(
    folder: Annotated[Path, typer.Argument(metavar="SET_DIR", exists=True, file_okay=False)],
    *,
    sample: Annotated[int, typer.Option(help="Texts, chosen at random; all without it.")] = 0,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that share the texts.")] = 1,
    errors: Annotated[Path | None, typer.Option(help="Write what is not right here, as JSON lines.")] = None,
) -> None:
    """Judge the names that are found in the texts of a set, and print the tables."""
    texts = read_texts(folder, sample=sample, jobs=jobs)
    for table in tables(texts):
        print(*lines_of(table), "", sep="\n")
    with ExitStack() as stack:
        if errors:
            file = stack.enter_context(errors.open("w", encoding="utf-8", newline="\n"))
            for row in (row for read in texts for row in error_rows(read)):
                print(json.dumps(row, ensure_ascii=False), file=file)


if __name__ == "__main__":
    typer.run(main)
