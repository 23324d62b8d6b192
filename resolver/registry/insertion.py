"""Where lines of one file come and go: what comes in are items, what goes out is a patch of the file.

A new item goes below the last one of its list, indented as that one; a list that is not there yet goes below the keys
that stand before it in the usual order; a new entity goes to the end of the file. What goes takes its own lines along,
the last item of a list also the key; comments stay.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import yaml

from resolver.errors import Problem
from resolver.registry.keys import ENTITY_KEYS
from resolver.registry.nodes import Node, last_line_of, line_of, value_of
from resolver.registry.patch import Patch
from resolver.registry.sources import Source

_OFFSET = 2  # how far a list is indented below its key where the file gives no example


class SourceEditor:
    """Collects what changes in one file: call it from the top of the file to its end.

    `source` is None for a file that does not exist yet; `header` is the comment on top of such a file.
    """

    def __init__(self, path: Path, source: Source | None, *, header: Sequence[str] = ()) -> None:
        self.path = path
        self.patch = Patch(source.text if source else "")
        self.problems: list[Problem] = []
        self._root = source.root if source else None
        self._nodes = [node for _, node in source.entities] if source else []
        if source is None:
            self.patch.insert(0, header)

    @property
    def offset(self) -> int:
        """How far this file indents a list below its key."""
        columns = (
            value.start_mark.column - node.start_mark.column
            for node in self._nodes
            for _, value in node.value
            if isinstance(value, yaml.SequenceNode) and not value.flow_style
        )
        return next(columns, _OFFSET)

    def add_items(self, entity: yaml.MappingNode, key: str, items: Sequence[str]) -> None:
        """Add items to a list of an entity of this file."""
        value = value_of(entity, key)
        if not items:
            return
        if entity.flow_style:
            self._report(entity, "this entity is written in brackets: write one key per line to add to it")
        elif value is None:
            column = entity.start_mark.column
            lines = [f"{' ' * column}{key}:", *_items(items, column + self.offset)]
            self.patch.insert(self._last_line_before(entity, key), lines)
        elif not isinstance(value, yaml.SequenceNode) or value.flow_style:
            self._report(value, f"'{key}' is written in brackets: write '- item', one per line, to add to it")
        else:
            self.patch.insert(self._last_line(value), _items(items, value.start_mark.column))

    def remove_items(self, entity: yaml.MappingNode, key: str, numbers: Collection[int], *, keep_key: bool) -> None:
        """Take out items of a list of an entity, by their numbers from 0; with its last one the list goes, too."""
        if not numbers:
            return
        value = value_of(entity, key)
        if entity.flow_style or not isinstance(value, yaml.SequenceNode) or value.flow_style:
            self._report(
                value or entity, f"'{key}' is written in brackets: write '- item', one per line, to take one out"
            )
            return
        if len(numbers) == len(value.value) and not keep_key:
            line = next(line_of(name) for name, _ in entity.value if name.value == key)
            self.patch.remove(line, line)
        self._remove(value.value[number] for number in numbers)

    def remove_entity(self, entity: yaml.MappingNode, *, with_blank: bool) -> None:
        """Take out an entity, on request with the blank line above it."""
        if not self._is_block_list():
            return
        above = line_of(entity) - 1
        if with_blank and above and not self.patch.lines[above - 1].strip():
            self.patch.remove(above, above)
        self._remove([entity])

    def remove_from_root(self, numbers: Collection[int]) -> None:
        """Take out items of the list that is the file, by their numbers from 0."""
        if numbers and self._root and self._is_block_list():
            self._remove(self._root.value[number] for number in numbers)

    def append_items(self, items: Sequence[str]) -> None:
        """Add items to the list that is the file."""
        if items and self._is_block_list():
            self.patch.insert(self._end(), _items(items, self._column()))

    def append_entities(self, entities: Iterable[Sequence[str]]) -> list[bool]:
        """Add entities, each given as its lines, with blank lines between them if the file has them.

        Whether a blank line went above it, for each.
        """
        if not self._is_block_list():
            return []
        end, is_spaced = self._end(), self._is_spaced()
        above = self.patch.lines[end - 1] if end else ""
        is_first = not above.strip()
        spaced: list[bool] = []
        for lines in entities:
            spaced.append(is_spaced and not is_first)
            blank = [""] if spaced[-1] else []
            self.patch.insert(end, [*blank, *(" " * self._column() + line for line in lines)])
            is_first = False
        return spaced

    def _remove(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self.patch.remove(line_of(node), self._last_line(node))

    def _is_block_list(self) -> bool:
        if not isinstance(self._root, yaml.SequenceNode) or not self._root.flow_style:
            return True
        self._report(self._root, "this file is written in brackets: write one item per line to change it")
        return False

    def _column(self) -> int:
        return self._root.start_mark.column if self._root else 0

    def _end(self) -> int:
        """The last line of the file, or the one above an explicit end of the document."""
        lines = self.patch.lines
        start = last_line_of(self._root) if self._root else 0
        ends = (number for number in range(start, len(lines)) if lines[number].startswith("..."))
        return next(ends, len(lines))

    def _is_spaced(self) -> bool:
        """Whether blank lines stand between the last two entities; without two of them that is the custom."""
        pairs = list(pairwise(self._nodes[-2:]))
        return all(
            any(not line.strip() for line in self.patch.lines[self._last_line(first) : line_of(second) - 1])
            for first, second in pairs
        )

    def _last_line_before(self, entity: yaml.MappingNode, key: str) -> int:
        order = list(ENTITY_KEYS)
        before = set(order[: order.index(key)])
        return max(self._last_line(value) for name, value in entity.value if name.value in before)

    def _last_line(self, node: Node) -> int:
        """The last line of a node that is not blank."""
        number = last_line_of(node)
        while not self.patch.lines[number - 1].strip():
            number -= 1
        return number

    def _report(self, node: Node, message: str) -> None:
        self.problems.append(Problem(str(self.path), line_of(node), message))


def _items(items: Iterable[str], column: int) -> list[str]:
    return [f"{' ' * column}- {item}" for item in items]
