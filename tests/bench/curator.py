#!/usr/bin/env python3
"""Lets a curator who always knows the answer work through the review queue, from an empty registry.

    python tests/bench/curator.py SET_DIR [--sample N] [--decisions 100,300,1000]

A set is a folder with documents.jsonl {id, lang, text, mentions: [{start, end, text, gold_id, type}]}. Its texts are
audited, the first items of the queue decided from what the mentions mean, the decisions applied to the registry as the
command does it, and the texts audited again. Printed are

1. how well the first queue groups the mentions that have an id: B-cubed precision, recall and F1 over mentions, after
   Bagga and Baldwin, "Algorithms for scoring coreference chains" (1998);
2. after each number of decisions: entities in the registry, mentions of the texts that get the right id, wrong links,
   how many decisions it took for 1,000 mentions in their right place, and the share of links beside the labels: on a
   part of a labelled name, or on one that nobody labelled.
"""

import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from sets import read_rows, type_of

from resolver import Registry, Resolver
from resolver.audit.annotate import annotate_document
from resolver.corpus import Document, Unreadable
from resolver.model import Occurrence
from resolver.review import Item, Judgement, Queue, build_queue, plan_application

_SEED = 5
_DAY = "2026-01-01"  # of the decisions; any day will do
_NAMELESS = "-"  # what a span means that no reader took for a name

Span = tuple[str, int, int]  # document, start, end


@dataclass(frozen=True, slots=True)
class Truth:
    """What the mentions of the texts mean: gold ids by span, the type of each id."""

    ids: Mapping[Span, str]
    types: Mapping[str, str]


def main(
    folder: Annotated[Path, typer.Argument(metavar="SET_DIR", exists=True, file_okay=False)],
    sample: Annotated[int, typer.Option(help="Take so many texts, always the same; 0 takes all.")] = 0,
    decisions: Annotated[str, typer.Option(help="After how many decisions to look.")] = "100,300,1000",
) -> None:
    """Print how good the clusters are and what decisions buy."""
    rows = read_rows(folder, "documents")
    if 0 < sample < len(rows):
        rows = random.Random(_SEED).sample(rows, sample)  # noqa: S311 (a sample, no secret)
    truth = truth_of(rows)
    with tempfile.TemporaryDirectory() as name:
        registry = Path(name)
        (registry / "blocked.yaml").write_text("# what is no name\n", encoding="utf-8")
        curator = Curator(truth)
        found = audit(rows, registry)
        queue = build_queue(found)
        print_clusters(queue, found, truth)
        titles = f"{'decisions':>9}  {'per 1,000':>9}  {'entities':>8}  {'right':>7}  {'wrong links':>11}"
        print(f"{titles}  {'beside':>6}  {'left':>7}")
        print_progress(registry, found, truth, curator, queue)
        for goal in map(int, decisions.split(",")):
            curator.work(queue, found, registry, goal)
            found = audit(rows, registry)
            queue = build_queue(found, Registry.load(registry).entities)
            print_progress(registry, found, truth, curator, queue)


def truth_of(rows: Sequence[Mapping[str, Any]]) -> Truth:
    """The gold ids of all mentions."""
    ids, types = {}, {}
    for row in rows:
        for mention in row["mentions"]:
            ids[row["id"], mention["start"], mention["end"]] = mention["gold_id"]
            types.setdefault(mention["gold_id"], type_of(mention) or "other")
    return Truth(ids, types)


def audit(rows: Sequence[Mapping[str, Any]], folder: Path) -> list[Occurrence]:
    """All names of the texts with their decisions."""
    resolver = Resolver(Registry.load(folder))
    found: list[Occurrence] = []
    for row in rows:
        annotated = annotate_document(Document(row["id"], row["text"], row["lang"]), resolver)
        if not isinstance(annotated, Unreadable):
            found += annotated.occurrences
    return found


class Curator:
    """Decides from the truth: the id that most of the mentions of an item mean."""

    def __init__(self, truth: Truth) -> None:
        self.made = 0
        self.ids: dict[str, str] = {}  # gold id -> id in the registry
        self._truth = truth

    def work(self, queue: Queue, found: Sequence[Occurrence], folder: Path, goal: int) -> None:
        """Decide the first items of a queue, until so many decisions are made in all, and apply them."""
        meant = meanings(found, self._truth)
        decided: list[Item] = []
        golds: dict[str, str] = {}
        for item in queue.items[: max(0, goal - self.made)]:
            gold = self._meant(item, meant)
            judgement = self._judge(item, gold, meant)
            if gold not in self.ids and gold in golds.values():
                judgement = Judgement("unsure")  # the entity is being made: the next round matches it
            decided.append(replace(item, judgement=judgement))
            golds[item.key] = gold
            self.made += 1
        application = plan_application(Queue(tuple(decided)), Registry.load(folder), by="curator", on=_DAY)
        application.write()
        for key, _, entity_id in application.names:
            if golds[key] != _NAMELESS:
                self.ids.setdefault(golds[key], entity_id)

    def _meant(self, item: Item, meant: Mapping[str, Counter[str]]) -> str:
        votes = sum((meant[text] for text, _ in item.variants), Counter[str]())
        return min(votes, key=lambda one: (-votes[one], one), default=_NAMELESS)

    def _judge(self, item: Item, gold: str, meant: Mapping[str, Counter[str]]) -> Judgement:
        others = tuple(text for text, _ in item.variants if meant[text][gold] * 2 < meant[text].total())
        if len(others) == len(item.variants):
            return Judgement("unsure")  # no spelling means mostly this
        if gold == _NAMELESS:
            return Judgement("not_an_entity", except_=others)
        if gold in self.ids:
            return Judgement("match", entities=(self.ids[gold],), except_=others)
        return Judgement("new", name=item.name, type=self._truth.types[gold], except_=others)


def meanings(found: Sequence[Occurrence], truth: Truth) -> Mapping[str, Counter[str]]:
    """Spelling -> how often its open mentions mean which id."""
    meant: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        if one.status != "resolved":
            meant[one.text][truth.ids.get((one.document, one.start, one.end), _NAMELESS)] += 1
    return meant


def print_clusters(queue: Queue, found: Sequence[Occurrence], truth: Truth) -> None:
    """How well the items of a queue group the mentions that have an id, by B-cubed."""
    item_of = {text: item.key for item in queue for text, _ in item.variants}
    pairs = [
        (item_of[one.text], gold)
        for one in found
        if one.text in item_of and (gold := truth.ids.get((one.document, one.start, one.end)))
    ]
    both, clusters, golds = Counter(pairs), Counter(key for key, _ in pairs), Counter(gold for _, gold in pairs)
    precision = sum(count * count / clusters[key] for (key, _), count in both.items()) / len(pairs)
    recall = sum(count * count / golds[gold] for (_, gold), count in both.items()) / len(pairs)
    print(f"{len(queue):,} items; {len(pairs):,} mentions of {len(golds):,} ids in {len(clusters):,} of them")
    print(f"B-cubed: P {precision:.1%}  R {recall:.1%}  F1 {2 * precision * recall / (precision + recall):.1%}")
    print()


def print_progress(folder: Path, found: Sequence[Occurrence], truth: Truth, curator: Curator, queue: Queue) -> None:
    """A row of the table: what the decisions so far have bought."""
    linked = {(one.document, one.start, one.end): one.entity_id for one in found if one.entity_id}
    right = sum(linked.get(span) == curator.ids.get(gold, _NAMELESS) for span, gold in truth.ids.items())
    labelled = {span: entity_id for span, entity_id in linked.items() if span in truth.ids}
    wrong = sum(curator.ids.get(truth.ids[span], "") != entity_id for span, entity_id in labelled.items())
    entities = len(Registry.load(folder).entities)
    share, beside = wrong / max(1, len(labelled)), 1 - len(labelled) / max(1, len(linked))
    cost = f"{1000 * curator.made / right:.0f}" if right else "none"
    row = (
        f"{curator.made:>9,}  {cost:>9}  {entities:>8,}  {right / len(truth.ids):>7.1%}  {share:>11.1%}  {beside:>6.1%}"
    )
    print(f"{row}  {len(queue):>7,}")


if __name__ == "__main__":
    typer.run(main)
