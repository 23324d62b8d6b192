"""Reads a labelled set, and says of each of its queries what the resolver makes of it.

A set is a folder with registry.jsonl {id, type, names} and queries.jsonl {q, expected|null, type, lang}; `expected` is
the id that is meant, or null where no entity of the registry is.
"""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolver import Alias, Entity, Mention, Policy, Registry, Resolution, Resolver
from resolver.model import ENTITY_TYPES

_TYPES = {"vessel": "product"}  # what other projects call the types of the model
_SEED = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision, and the id that was meant, or None."""

    resolution: Resolution
    expected: str | None

    @property
    def is_first_right(self) -> bool:
        """Whether the best candidate is what is meant, be it linked or not."""
        best = self.resolution.candidates[:1]
        return bool(best) and best[0].entity.id == self.expected


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 1: hit of the labelled queries whose best candidate is right, fpr of the others that were linked."""

    hit: float
    precision: float
    recall: float
    f1: float
    fpr: float


def read_rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The records of one file of a set."""
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def type_of(row: dict[str, Any]) -> str | None:
    """The type of a row as the project calls it; None for other types."""
    kind = _TYPES.get(row["type"], row["type"])
    return kind if kind in ENTITY_TYPES and kind != "other" else None


def language_of(row: dict[str, Any]) -> str | None:
    """The language of a query; None where it is not determined."""
    return None if row.get("lang") in (None, "und") else row["lang"]


def build_resolver(folder: Path, *, policy: Policy | None = None, primary_only: bool = False) -> Resolver:
    """A resolver over the registry of a set; with `primary_only`, over the first name of each entity alone."""
    entities = []
    for row in read_rows(folder, "registry"):
        first, *others = dict.fromkeys(name for name in row["names"] if name.strip())
        aliases = () if primary_only else tuple(map(Alias, others))
        entities.append(Entity(row["id"], first, type_of(row) or "other", aliases))
    return Resolver(Registry.from_entities(entities), policy=policy)


def judge(folder: Path, resolver: Resolver, *, sample: int = 0) -> list[Judged]:
    """The decisions on the queries of a set, each with its type and language, or on a sample, always the same."""
    queries = read_rows(folder, "queries")
    if 0 < sample < len(queries):
        queries = random.Random(_SEED).sample(queries, sample)  # noqa: S311 (a sample, no secret)
    mentions = (Mention(row["q"], type=type_of(row), lang=language_of(row)) for row in queries)
    decided = zip(resolver.resolve_all(mentions), queries, strict=True)
    return [Judged(resolution, row["expected"]) for resolution, row in decided]


def figures(judged: Sequence[Judged]) -> Figures:
    """How well the decisions did. A wrong link counts against precision and recall."""
    labelled = sum(one.expected is not None for one in judged)
    linked = [one for one in judged if one.resolution.entity_id is not None]
    right = sum(one.resolution.entity_id == one.expected for one in linked)
    return Figures(
        hit=_share(sum(one.is_first_right for one in judged), labelled),
        precision=_share(right, len(linked)),
        recall=_share(right, labelled),
        f1=_share(2 * right, len(linked) + labelled),
        fpr=_share(sum(one.expected is None for one in linked), len(judged) - labelled),
    )


def with_part(text: str, marker: str, rows: Iterable[str]) -> str:
    """The text with these lines between `<!-- marker -->` and `<!-- end of marker -->`; ValueError without them."""
    start, end = f"<!-- {marker} -->\n", f"<!-- end of {marker} -->"
    head, found, rest = text.partition(start)
    _, also_found, tail = rest.partition(end)
    if not found or not also_found:
        raise ValueError(f"no place for {marker}: the lines {start.strip()} and {end} are missing")
    lines = "".join(f"{row}\n" for row in rows)
    return f"{head}{start}{lines}{end}{tail}"


def write_part(path: Path, marker: str, rows: Iterable[str]) -> None:
    """Replace what stands between the markers of a file."""
    path.write_text(with_part(path.read_text(encoding="utf-8"), marker, rows), encoding="utf-8", newline="\n")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
