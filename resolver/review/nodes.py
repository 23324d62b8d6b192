"""Text of a queue file -> nodes that know their line, the same for YAML and for JSON lines. Every scalar is a string.

YAML goes through the guarded parser of the registry, which refuses tags, anchors, deep nesting and control characters.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from resolver.errors import Problem, ReviewError
from resolver.registry import nodes as yaml_nodes


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (kind "text"), a list (its `rows`) or a mapping (its `pairs`), and its line."""

    kind: str
    line: int
    text: str = ""
    rows: tuple["Node", ...] = ()
    pairs: tuple[tuple["Node", "Node"], ...] = ()


@dataclass(frozen=True, slots=True)
class _JsonObject:
    """A JSON object with its keys as they come, so that a key given twice can be told."""

    pairs: list[tuple[str, Any]]


def nodes_of_yaml(text: str, path: str) -> Iterator[Node]:
    """The items of a YAML list, one by one.

    `ReviewError`, in the end, if it is no YAML, no list, or uses what a queue never needs.

    >>> [pair[1].text for pair in next(nodes_of_yaml("- key: osa-1\\n  name: NO", "queue.yaml")).pairs]
    ['osa-1', 'NO']
    """
    problems: list[Problem] = []
    yield from map(_of_yaml, yaml_nodes.parse_items(path, text, problems))
    if problems:
        raise ReviewError(problems)


def nodes_of_jsonl(text: str, path: str) -> Iterator[Node]:
    """One node for each line that is not blank; `ReviewError`, in the end, with every line that is no JSON."""
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and len(problems) < yaml_nodes.MAX_PROBLEMS:
            try:
                yield _of_json(_loads(line), number)
            except json.JSONDecodeError as error:
                message = f"not valid JSON: {error.msg} at column {error.colno}: one item a line"
                problems.append(Problem(path, number, message))
            except RecursionError:
                problems.append(Problem(path, number, "nested too deeply for a queue"))
    if problems:
        raise ReviewError(problems)


def node_of_record(record: Mapping[str, Any], line: int) -> Node:
    """The node of a record of plain dicts, lists, texts and numbers."""
    return _of_json(_loads(json.dumps(record)), line)


def _loads(line: str) -> Any:
    return json.loads(line, object_pairs_hook=_JsonObject, parse_int=str, parse_float=str, parse_constant=str)


def _of_yaml(node: yaml_nodes.Node) -> Node:
    line = yaml_nodes.line_of(node)
    if isinstance(node, yaml.SequenceNode):
        return Node("list", line, rows=tuple(map(_of_yaml, node.value)))
    if isinstance(node, yaml.MappingNode):
        return Node("mapping", line, pairs=tuple((_of_yaml(key), _of_yaml(value)) for key, value in node.value))
    return Node("text", line, text=node.value)


def _of_json(value: Any, line: int) -> Node:
    if isinstance(value, list):
        return Node("list", line, rows=tuple(_of_json(row, line) for row in value))
    if isinstance(value, _JsonObject):
        pairs = tuple((Node("text", line, text=key), _of_json(inner, line)) for key, inner in value.pairs)
        return Node("mapping", line, pairs=pairs)
    return Node("text", line, text="" if value is None else str(value))
