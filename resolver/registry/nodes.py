"""YAML text to nodes whose scalars are strings: what comes in is a text, what goes out is its tree and problems.

1. `decode` refuses what is no clean UTF-8 text: foreign encodings, control characters, old line ends.
2. `parse` builds the tree from the events of the parser. It does what `yaml.compose` does with `BaseLoader`, so `NO`,
   `1984` and `12:30` stay what was typed, and it refuses on the way what a registry has no use for and an attacker has:
   anchors and aliases (a few lines can expand to gigabytes, or to a cycle), tags, several documents, deep nesting,
   endless texts and lists.
   `parse_items` gives the items of a long list one by one, so that the tree is never in memory as a whole.

Marks count lines from 0, problems from 1.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from resolver.errors import Problem

MAX_BYTES = 64 * 2**20  # 64 MB: some 80,000 entities with ten aliases; more belongs into several files
MAX_DEPTH = 8  # list, entity, aliases, alias are 4
MAX_NODES = 3_000_000  # 64 MB of an ordinary registry have two million, and 64 MB of `- a` sixteen; one takes 300 bytes
MAX_TEXT = 20_000  # characters of one text: a long note has some thousand
MAX_PROBLEMS = 1_000  # that are told of a file: nobody reads more at once, and a file of noise has millions
BYTE_ORDER_MARK = "\ufeff"

Node = yaml.ScalarNode | yaml.SequenceNode | yaml.MappingNode

_LOADER: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Characters that no name has: controls, line and paragraph separators, lone surrogates, byte-order marks.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# Of these, tabs and line ends may stand in a file.
# U+0085, U+2028 and U+2029 are line ends for YAML 1.1 and for no editor: line numbers would not mean what people see.
_UNCLEAN = re.compile(r"(?![\t\n])(?!\r\n)" + UNPRINTABLE.pattern)
_ADVICE = (
    ("mapping values are not allowed", "put a text that holds ': ' in quotes, or correct the indentation"),
    ("cannot start any token", "put a text that begins with @, `, % or a tab in quotes"),
    ("could not find expected ':'", "write 'key: value', or indent the line as the one above"),
    ("did not find expected alphabetic", "put a text that begins with * or & in quotes"),
    ("unexpected end of stream", "close the quotes or brackets"),
    ("did not find expected ',' or", "close the brackets, and put texts that hold brackets or commas in quotes"),
    ("did not find expected '-'", "indent the line as the one it belongs to"),
    ("block sequence entries", "begin the list on the line below its key"),
    ("tab character", "indent with spaces"),
    ("escape character", "write \\\\ for a backslash in double quotes, or take single quotes"),
)


def decode(path: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a file, byte-order mark and line ends as they are, and what makes it unusable."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8: save the file as UTF-8"
        return "", [Problem(path, line, message)]
    body = text.removeprefix(BYTE_ORDER_MARK)
    problems = []
    line, counted = 1, 0
    for found in islice(_UNCLEAN.finditer(body), MAX_PROBLEMS):
        name = f"U+{ord(found[0]):04X}"
        advice = "save the file with LF or CRLF line ends" if found[0] == "\r" else "remove it"
        line += body.count("\n", counted, found.start())
        counted = found.start()
        problems.append(Problem(path, line, f"control character {name}: {advice}"))
    return text, problems


def parse(path: str, text: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a clean text, None if it holds nothing but comments; or all that keeps it from being read."""
    builder = _TreeBuilder(path)
    for _ in _events(builder, text):
        pass
    return builder.root, builder.problems


def parse_items(path: str, text: str, problems: list[Problem]) -> Iterator[Node]:
    """The items of a text that is a list, one by one; what is wrong is added to the problems.

    A text that is something else has no items: its root is then a problem.
    """
    builder = _TreeBuilder(path, keeps_items=False)
    for _ in _events(builder, text):
        yield from builder.items
        builder.items.clear()
    problems += builder.problems
    if builder.root is not None and not isinstance(builder.root, yaml.SequenceNode):
        problems.append(Problem(path, line_of(builder.root), "this file is a list of items: each starts with '- '"))


def _events(builder: "_TreeBuilder", text: str) -> Iterator[None]:
    """Build what a text holds, event by event."""
    try:
        for event in yaml.parse(text.removeprefix(BYTE_ORDER_MARK), Loader=_LOADER):
            if not builder.add(event):
                return
            yield
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(builder.path, error))


def line_of(node: Node) -> int:
    """The line on which a node begins, counted from 1."""
    return int(node.start_mark.line) + 1


def value_of(mapping: yaml.MappingNode, name: str) -> Node | None:
    """The value of a key, or None if the mapping has no such key."""
    return next((value for key, value in mapping.value if key.value == name), None)


def last_line_of(node: Node) -> int:
    """The last line that a node takes, counted from 1.

    A block collection itself ends only where the next thing begins, below comments and blank lines. A block text (`|`)
    ends where the next thing begins too: the blank lines below it count as its own.
    """
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return last_line_of(last[1] if isinstance(node, yaml.MappingNode) else last)
    end = node.end_mark
    return int(end.line if end.column == 0 and end.line > node.start_mark.line else end.line + 1)


def _syntax_problem(path: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = error.problem or error.context or "unreadable"
    advice = (advice for part, advice in _ADVICE if part in what)
    message = f"not valid YAML: {what}: {next(advice, 'check quotes and indentation here and just above')}"
    return Problem(path, mark.line + 1 if mark else 0, message)


class _TreeBuilder:
    """Builds the tree with a stack instead of recursion, so that no input can exhaust Python's.

    `items` are the complete ones of a list; unless the tree keeps them, they are nowhere else.
    """

    def __init__(self, path: str, *, keeps_items: bool = True) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.items: list[Node] = []
        self._keeps_items = keeps_items
        self._nodes = 0
        self._open: list[tuple[yaml.CollectionStartEvent, list[Node]]] = []

    def add(self, event: yaml.Event) -> bool:
        """Take the next event; whether there is any use in going on."""
        if isinstance(event, yaml.NodeEvent):
            self._refuse_features(event)
            self._nodes += self._keeps_items
            if self._nodes > MAX_NODES:
                self._report(event, f"more than {MAX_NODES:,} texts and lists: split the file")
        if len(self.problems) >= MAX_PROBLEMS or self._nodes > MAX_NODES:
            return False
        if isinstance(event, yaml.ScalarEvent):
            self._add(yaml.ScalarNode("", event.value, *_marks(event, event), event.style))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) == MAX_DEPTH:
                self._report(event, f"more than {MAX_DEPTH} levels deep: a registry needs four")
                return False
            self._open.append((event, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._report(event, "a second document: remove the '---', one file is one list")
            return False
        return True

    def _close(self, end: yaml.CollectionEndEvent) -> None:
        start, children = self._open.pop()
        flow, marks = start.flow_style, _marks(start, end)
        if isinstance(start, yaml.SequenceStartEvent):
            self._add(yaml.SequenceNode("", children, *marks, flow))
        else:
            pairs = list(zip(children[::2], children[1::2], strict=True))
            self._add(yaml.MappingNode("", pairs, *marks, flow))

    def _add(self, node: Node) -> None:
        is_item = len(self._open) == 1 and isinstance(self._open[0][0], yaml.SequenceStartEvent)
        if is_item and not self._keeps_items:
            self.items.append(node)
        elif self._open:
            self._open[-1][1].append(node)
        else:
            self.root = node

    def _refuse_features(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._report(event, f"'*{event.anchor}' is a YAML reference: put it in quotes, or write it out")
            self._add(yaml.ScalarNode("", "", *_marks(event, event)))
        elif event.anchor is not None:
            self._report(event, f"'&{event.anchor}' is a YAML anchor: put the text in quotes, or remove it")
        if tag is not None:
            self._report(event, f"{tag!r} is a YAML tag: put a text that begins with ! in quotes, or remove it")

    def _report(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.path, _marks(event, event)[0].line + 1, message))


def _marks(first: yaml.Event, last: yaml.Event) -> tuple[Any, Any]:
    # Any: nodes are typed for the marks of the Python parser; those of the C parser have the same attributes.
    return first.start_mark, last.end_mark
