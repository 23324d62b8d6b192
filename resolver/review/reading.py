"""A queue file -> `Queue`, or a `ReviewError` that lists every problem at once as `path:line: what and what to do`.

1. The text becomes nodes (`resolver.review.nodes`): all scalars stay strings, all keep their line.
2. The nodes become items; a check that fails adds a problem and the reading goes on.
3. Where a registry is given, the ids in the decisions are looked up in it.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from resolver.errors import Problem, ReviewError, UnknownEntityError
from resolver.model import ENTITY_TYPES
from resolver.registry import Registry
from resolver.registry.nodes import BYTE_ORDER_MARK, MAX_PROBLEMS, decode
from resolver.registry.reading import nearest
from resolver.review.nodes import Node, node_of_record, nodes_of_jsonl, nodes_of_yaml
from resolver.review.queue import (
    DECISION_KEYS,
    DECISION_WORDS,
    DECISIONS,
    QUEUE_STATUSES,
    Item,
    Judgement,
    Queue,
    Snippet,
    Suggestion,
    one_line,
)
from resolver.review.writing import SUFFIXES

MAX_BYTES = 256 * 2**20  # of a queue: some 150,000 names, more than anybody decides
REQUIRED = ("key", "name", "status", "count", "documents", "variants")
OPTIONAL = (
    "type",
    "reason",
    "first",
    "last",
    "changed",
    "snippets",
    "candidates",
    "proposal",
    "decision",
    "except",
    "note",
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNDECIDED = ("", "~", "null")  # what a hand or a tool may leave where nothing is decided


def load_queue(path: str | Path, *, registry: Registry | None = None, like: str | Path | None = None) -> Queue:
    """The queue of a .yaml, .yml or .jsonl file; `ReviewError` lists everything that is wrong with it.

    With a registry, an id that it does not hold is a problem too. A file whose name does not tell its format is read
    `like` one of another name.
    """
    source, suffix = Path(path), Path(like or path).suffix
    if suffix not in SUFFIXES:
        raise ReviewError([Problem(str(path), 0, "a queue is a .yaml or .jsonl file")])
    reader = _Reader(str(path))
    text = _text_of(source)
    body = text.removeprefix(BYTE_ORDER_MARK)
    nodes = (nodes_of_jsonl if suffix == ".jsonl" else nodes_of_yaml)(body, str(path))
    items = [item for node in nodes if (item := reader.item(node))]
    queue = Queue(tuple(items), path=str(path), text=text)
    problems = reader.problems + (unknown_ids(queue, registry) if registry else [])
    if problems:
        raise ReviewError(sorted(problems, key=lambda problem: problem.line))
    return queue


def item_of_record(record: Mapping[str, Any], path: str, line: int) -> Item:
    """The item of a record as `as_record` makes it; `ReviewError` with this place if it is none."""
    reader = _Reader(path)
    item = reader.item(node_of_record(record, line))
    if item is None:
        raise ReviewError(reader.problems)
    return item


def unknown_ids(queue: Queue, registry: Registry) -> list[Problem]:
    """A problem for each id in a decision that the registry does not hold, with the nearest ids."""
    problems = []
    for item in queue:
        for entity_id in item.judgement.entities:
            try:
                registry.get(entity_id)
            except UnknownEntityError as error:
                problems.append(Problem(queue.path, item.judgement.line, str(error)))
    return problems


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReviewError([Problem(str(path), 0, f"cannot be read: {error.strerror}")]) from error
    if len(content) > MAX_BYTES:
        raise ReviewError([Problem(str(path), 0, f"over {MAX_BYTES:,} bytes: audit parts of the corpus")])
    text, problems = decode(str(path), content)
    if problems:
        raise ReviewError(problems)
    return text


class _Reader:
    """Turns nodes into items and collects what is wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._lines: dict[str, int] = {}

    def item(self, node: Node) -> Item | None:
        """The item of a node, or None if the node holds a problem."""
        before = len(self.problems)
        fields = self._fields(node, REQUIRED + OPTIONAL, required=REQUIRED)
        self._claim(fields.get("key"))
        item = Item(
            key=self._text(fields.get("key")),
            name=self._text(fields.get("name")),
            type=self._choice(fields.get("type"), ENTITY_TYPES, "type") if _filled(fields, "type") else None,
            status=self._choice(fields.get("status"), QUEUE_STATUSES, "status"),
            reason=self._text(fields.get("reason")),
            count=self._count(fields.get("count")),
            documents=self._count(fields.get("documents")),
            variants=self._variants(fields.get("variants")),
            snippets=tuple(map(self._snippet, self._rows(fields.get("snippets")))),
            candidates=tuple(map(self._suggestion, self._rows(fields.get("candidates")))),
            proposal=self._text(fields.get("proposal")),
            judgement=self._judgement(fields),
            first=self._text(fields.get("first")) or None,
            last=self._text(fields.get("last")) or None,
            changed=self._text(fields.get("changed")) or None,
        )
        self._check_excepted(item, fields)
        return item if len(self.problems) == before < MAX_PROBLEMS else None

    def _claim(self, node: Node | None) -> None:
        """Note where a key stands; a second item of the same key is a problem."""
        if node is not None and node.kind == "text":
            first = self._lines.setdefault(node.text, node.line)
            if first != node.line:
                self._problem(node, f"the key {node.text!r} is used on line {first}: remove one of the two items")
            elif not node.text:
                self._problem(node, "an empty key: keep the key that the audit gave")

    def _variants(self, node: Node | None) -> tuple[tuple[str, int], ...]:
        fields = self._fields(node)
        if node is not None and node.kind == "mapping" and not fields:
            self._problem(node, "no variants: keep the lines 'spelling: count' of the item")
        return tuple((text, self._count(count)) for text, count in fields.items())

    def _snippet(self, node: Node) -> Snippet:
        names = ("document", "start", "end", "text")
        fields = self._fields(node, names, required=names)
        start, end = self._count(fields.get("start")), self._count(fields.get("end"))
        return Snippet(self._text(fields.get("document")), start, end, self._text(fields.get("text")))

    def _suggestion(self, node: Node) -> Suggestion:
        fields = self._fields(node, ("id", "score", "why"), required=("id", "score"))
        score = self._score(fields.get("score"))
        return Suggestion(self._text(fields.get("id")), score, self._text(fields.get("why")))

    def _judgement(self, fields: dict[str, Node]) -> Judgement:
        note = self._text(fields.get("note")) or None
        excepted = tuple(map(self._text, self._rows(fields.get("except"))))
        node = fields.get("decision")
        if node is None or (node.kind == "text" and node.text in _UNDECIDED):
            return Judgement(note=note, except_=excepted)
        judgement = self._word(node) if node.kind == "text" else self._call(node)
        return replace(judgement, note=note, except_=excepted, line=node.line)

    def _word(self, node: Node) -> Judgement:
        """A decision that needs nothing else."""
        if node.text in DECISION_KEYS:
            self._problem(node, f"{node.text!r} of what? Write {_usage(node.text)}")
        elif node.text not in DECISION_WORDS:
            self._problem(node, f"unknown decision {node.text!r}{_hint(node.text, DECISIONS)}")
        return Judgement(node.text)

    def _call(self, node: Node) -> Judgement:
        """A decision that speaks of an entity: {match: id}, {not: id} or {new: {...}}."""
        fields = self._fields(node, DECISION_KEYS)
        if len(fields) != 1:
            if node.kind == "mapping" and len(node.pairs) != 1:
                self._problem(node, "a decision is one of match, new and not: decide for one")
            return Judgement()
        ((word, value),) = fields.items()
        if word == "new":
            return self._new(value)
        if word == "match" and value.kind == "list":
            self._problem(value, f"one name means one entity: write {_usage(word)}")
            return Judgement()
        ids = value.rows if value.kind == "list" else (value,)
        entities = tuple(map(self._text, ids))
        if not all(entities) or not entities:
            self._problem(value, f"no id: write {_usage(word)}")
        return Judgement(word, entities=entities)

    def _new(self, node: Node) -> Judgement:
        fields = self._fields(node, ("type", "name"), required=("type", "name"))
        kind = self._choice(fields["type"], ENTITY_TYPES, "type") if "type" in fields else None
        name = one_line(self._text(fields.get("name")))
        if "name" in fields and not name:
            self._problem(node, "a new entity needs a name")
        return Judgement("new", type=kind, name=name)

    def _check_excepted(self, item: Item, fields: dict[str, Node]) -> None:
        known = [text for text, _ in item.variants]
        for text in item.judgement.except_:
            if text not in known:
                self._problem(fields["except"], f"{text!r} is no variant of the item{_hint(text, known)}")
        if item.judgement.decision and known and not item.decided:
            self._problem(fields["except"], "every variant is excepted: empty the decision instead")

    def _fields(self, node: Node | None, names: Iterable[str] = (), *, required: Iterable[str] = ()) -> dict[str, Node]:
        """The values of a mapping by key; with `names`, other keys are problems."""
        if node is None:
            return {}
        if node.kind != "mapping":
            self._problem(node, "expected 'key: value' lines here")
            return {}
        fields: dict[str, Node] = {}
        for key, value in node.pairs:
            if key.text in fields:
                self._problem(key, f"{key.text!r} stands twice: remove one of the two")
            elif names and (key.kind != "text" or key.text not in names):
                self._problem(key, f"unknown key {key.text!r}{_hint(key.text, names)}")
            else:
                fields[self._text(key)] = value
        for name in required:
            if name not in fields:
                self._problem(node, f"the key {name!r} is missing")
        return fields

    def _rows(self, node: Node | None) -> tuple[Node, ...]:
        if node is None or (node.kind == "text" and node.text in _UNDECIDED):
            return ()
        if node.kind != "list":
            self._problem(node, "expected a list here: [a, b] or '- a' lines")
        return node.rows

    def _text(self, node: Node | None) -> str:
        if node is None:
            return ""
        if node.kind != "text":
            self._problem(node, "expected a text here")
        elif not node.text.isascii() and _SURROGATE.search(node.text):
            self._problem(node, "not a text: half of a surrogate pair")
        return node.text

    def _choice(self, node: Node | None, values: Iterable[str], what: str) -> str:
        text = self._text(node)
        if node is not None and node.kind == "text" and text not in values:
            self._problem(node, f"unknown {what} {text!r}{_hint(text, values)}")
        return text

    def _count(self, node: Node | None) -> int:
        text = self._text(node)
        if text.isascii() and text.isdigit() and len(text) <= 18:
            return int(text)
        if node is not None and node.kind == "text":
            self._problem(node, f"expected a whole number, not {text!r}")
        return 0

    def _score(self, node: Node | None) -> float:
        text = self._text(node)
        try:
            score = float(text)
        except ValueError:
            score = math.nan
        if node is not None and node.kind == "text" and not 0.0 <= score <= 1.0:
            self._problem(node, f"expected a number from 0 to 1, not {text!r}")
        return score

    def _problem(self, node: Node, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.path, node.line, message))


def _filled(fields: dict[str, Node], name: str) -> bool:
    node = fields.get(name)
    return node is not None and not (node.kind == "text" and node.text in _UNDECIDED)


def _usage(word: str) -> str:
    return "{new: {type: person, name: Some Name}}" if word == "new" else f"{{{word}: person:x}}"


def _hint(text: str, values: Iterable[str]) -> str:
    """What was probably meant, else the list of all that is possible."""
    choices = list(values)
    best = nearest(text, choices)
    return f": did you mean {best[0]!r}?" if best else f": use one of {', '.join(choices)}"
