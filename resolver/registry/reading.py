"""Nodes to entities: what comes in is the tree of one file, what goes out are entities and everything that is wrong.

Reading goes on after a problem, with an empty value in the place of the wrong one, so that a curator sees all at once,
up to `MAX_PROBLEMS` of a file.
The caller must not use what it got if `problems` is not empty. Texts are trimmed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import yaml

from resolver.errors import Problem
from resolver.model import Alias, Entity
from resolver.registry.keys import (
    ALIAS_KEYS,
    ENTITY_KEYS,
    EXPECT_KEYS,
    LANGUAGE_OF_COUNTRY,
    PHRASE_KEYS,
    Key,
    Shape,
)
from resolver.registry.nodes import MAX_PROBLEMS, MAX_TEXT, UNPRINTABLE, Node, line_of

_KIND_OF_NODE = {yaml.ScalarNode: "a text", yaml.SequenceNode: "a list", yaml.MappingNode: "a mapping"}
# A longer text may have tabs and line breaks. Escapes can bring in the others past the check of the file.
_UNPRINTABLE_IN_NOTE = re.compile(r"(?![\t\n])" + UNPRINTABLE.pattern)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SIMILAR = 60  # of 100: one or two letters of a short key are wrong


def nearest(word: str, choices: Iterable[str], *, limit: int = 1) -> list[str]:
    """The choices that are most alike, best first, or [] if none is.

    >>> nearest("alises", ["id", "aliases", "cues"])
    ['aliases']
    """
    from rapidfuzz import fuzz, process  # few registries have mistakes

    found = process.extract(word, sorted(choices), scorer=fuzz.ratio, limit=limit, score_cutoff=_SIMILAR)
    return [choice for choice, _, _ in found]


class NodeReader:
    """Reads the nodes of one file and collects its problems."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._readers: dict[Shape, Callable[[Key, Node], Any]] = {
            "line": lambda key, node: self._text(node, f"'{key.name}'"),
            "text": lambda key, node: self._text(node, f"'{key.name}'", one_line=False),
            "date": self._date,
            "lang": self._lang,
            "choice": self._choice,
            "lines": self._lines,
            "aliases": self._aliases,
            "phrases": lambda key, node: self.phrases(node, f"'{key.name}'"),
            "pairs": self._pairs,
            "expect": lambda key, node: self._mapping(node, EXPECT_KEYS, "'expect'"),
        }

    def entities(self, root: Node | None) -> list[tuple[Entity, yaml.MappingNode]]:
        """The entities of a file, each with its node; a file of comments has none."""
        if root is None:
            return []
        if not isinstance(root, yaml.SequenceNode):
            self._wrong_kind(root, "the file", "a list of entities", "begin each with '- id: ...'")
            return []
        found = []
        for node in root.value:
            if isinstance(node, yaml.MappingNode):
                found.append((self._entity(node), node))
            else:
                self._wrong_kind(node, "an entity", "a mapping", "write '- id: ...', 'type: ...', 'name: ...'")
        return found

    def phrases(self, node: Node, what: str) -> tuple[str, ...]:
        """The texts of a list whose items are texts, or mappings that also say where they come from."""
        items = self._items(node, what)
        phrases = tuple(self._phrase(item) for item in items)
        self._refuse_repeats(phrases, items)
        return phrases

    def _entity(self, node: yaml.MappingNode) -> Entity:
        nodes = self._known_keys(node, ENTITY_KEYS, "the entity")
        values = self._values(nodes, ENTITY_KEYS)
        values |= values.pop("expect", None) or {}
        entity = Entity(**{"id": "", "name": "", "type": ""} | values)
        self._check_entity(entity, nodes)
        return entity

    def _check_entity(self, entity: Entity, nodes: Mapping[str, Node]) -> None:
        """Report what contradicts itself within one entity."""
        aliases = nodes["aliases"].value if entity.aliases else []
        for alias, node in zip(entity.aliases, aliases, strict=True):
            if alias.text and alias.text == entity.name:
                self._report(node, f"alias {alias.text!r} is the name already: remove it")
        names = {alias.text for alias in entity.names}
        for phrase, node in zip(entity.never, nodes["never"].value if entity.never else [], strict=True):
            if phrase and phrase in names:
                self._report(node, f"{phrase!r} is both a name of the entity and under 'never': remove one")
        both = sorted(set(entity.resolve) & set(entity.reject) - {""})
        for text in both:
            self._report(nodes["expect"], f"{text!r} is both under 'resolve' and under 'reject': remove one")

    def _aliases(self, key: Key, node: Node) -> tuple[Alias, ...]:
        items = self._items(node, f"'{key.name}'")
        aliases = tuple(self._alias(item) for item in items)
        self._refuse_repeats([alias.text for alias in aliases], items)
        return aliases

    def _alias(self, node: Node) -> Alias:
        if not isinstance(node, yaml.MappingNode):
            return Alias(self._text(node, "an alias", or_mapping=True))
        if self._is_unquoted(node, ALIAS_KEYS):
            return Alias("")
        alias = Alias(**{"text": ""} | self._mapping(node, ALIAS_KEYS, "the alias"))
        if alias.from_ and alias.until and alias.from_ > alias.until:
            self._report(node, f"'from' {alias.from_} is after 'until' {alias.until}: swap or correct them")
        return alias

    def _phrase(self, node: Node) -> str:
        if not isinstance(node, yaml.MappingNode):
            return self._text(node, "a phrase", or_mapping=True)
        if self._is_unquoted(node, PHRASE_KEYS):
            return ""
        return str(self._mapping(node, PHRASE_KEYS, "the phrase").get("text", ""))

    def _is_unquoted(self, node: yaml.MappingNode, keys: Mapping[str, Key]) -> bool:
        """Whether a text with ': ' was meant, as in `- Kupol: the plant`; that is then the problem."""
        pairs = node.value
        if node.flow_style or len(pairs) != 1 or not all(isinstance(part, yaml.ScalarNode) for part in pairs[0]):
            return False
        if pairs[0][0].value in keys or nearest(pairs[0][0].value, keys):
            return False
        text = ": ".join(part.value for part in pairs[0])
        self._report(node, f"{text!r} reads as a key with a value: put it in quotes")
        return True

    def _mapping(self, node: Node, keys: Mapping[str, Key], what: str) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            self._wrong_kind(node, what, "a mapping", f"write {', '.join(f'{name}: ...' for name in keys)}")
            return {}
        return self._values(self._known_keys(node, keys, what), keys)

    def _values(self, nodes: Mapping[str, Node], keys: Mapping[str, Key]) -> dict[str, Any]:
        return {keys[name].field: self._readers[keys[name].shape](keys[name], node) for name, node in nodes.items()}

    def _known_keys(self, node: yaml.MappingNode, keys: Mapping[str, Key], what: str) -> dict[str, Node]:
        """The values by key; unknown, repeated and missing keys are problems."""
        found: dict[str, Node] = {}
        lines: dict[str, int] = {}
        meant: list[str] = []
        for key, value in node.value:
            name = self._text(key, "a key")
            if name in lines:
                self._report(key, f"key {name!r} again: merge it with line {lines[name]}")
            elif name in keys:
                found[name] = value
            elif name:
                meant += nearest(name, keys)
                self._report(key, _unknown_key(name, keys))
            lines.setdefault(name, line_of(key))
        for name, wanted in keys.items():
            if wanted.required and name not in found and name not in meant:
                self._report(node, f"{what} has no '{name}': add one")
        return found

    def _items(self, node: Node, what: str) -> list[Node]:
        if isinstance(node, yaml.SequenceNode):
            items: list[Node] = node.value
            return items
        if isinstance(node, yaml.ScalarNode) and not node.value:
            self._report(node, f"{what} is empty: list something below it, or remove the key")
        else:
            self._wrong_kind(node, what, "a list", "write '- ' before each item, on a line of its own")
        return []

    def _lines(self, key: Key, node: Node) -> tuple[str, ...]:
        items = self._items(node, f"'{key.name}'")
        lines = tuple(self._text(item, f"an item of '{key.name}'") for item in items)
        self._refuse_repeats(lines, items)
        return lines

    def _pairs(self, key: Key, node: Node) -> tuple[tuple[str, str], ...]:
        if not isinstance(node, yaml.MappingNode):
            self._wrong_kind(node, f"'{key.name}'", "a mapping", "write 'scheme: value'")
            return ()
        names = [self._text(name, "a key") for name, _ in node.value]
        self._refuse_repeats(names, [name for name, _ in node.value])
        return tuple(
            (name, self._text(value, f"identifier {name!r}"))
            for name, (_, value) in zip(names, node.value, strict=True)
        )

    def _date(self, key: Key, node: Node) -> str | None:
        text = self._text(node, f"'{key.name}'")
        if not text or _is_day(text):
            return text or None
        self._report(node, f"'{key.name}' is {text!r}: write a day that exists as YYYY-MM-DD")
        return None

    def _lang(self, key: Key, node: Node) -> str | None:
        text = self._text(node, f"'{key.name}'")
        if text in LANGUAGE_OF_COUNTRY:
            advice = f"{LANGUAGE_OF_COUNTRY[text]!r} is the language, {text!r} the country"
        elif text and not _LANGUAGE.fullmatch(text):
            advice = "write a code of ISO 639 such as ru, uk, en"
        else:
            return text or None
        self._report(node, f"'{key.name}' is {text!r}: {advice}")
        return None

    def _choice(self, key: Key, node: Node) -> str | None:
        text = self._text(node, f"'{key.name}'")
        if not text or text in key.choices:
            return text or None
        self._report(node, f"'{key.name}' is {text!r}: choose one of {', '.join(key.choices)}")
        return None

    def _text(self, node: Node, what: str, *, one_line: bool = True, or_mapping: bool = False) -> str:
        """The trimmed text of a scalar; "" after a problem."""
        if not isinstance(node, yaml.ScalarNode):
            wanted = "a text or a mapping with 'text'" if or_mapping else "a text"
            self._wrong_kind(node, what, wanted, "write one text")
            return ""
        text: str = node.value.strip()
        unclean = (UNPRINTABLE if one_line else _UNPRINTABLE_IN_NOTE).search(text)
        if not text:
            self._report(node, f"{what} is empty: fill it in or remove it")
        elif unclean:
            self._report(node, f"{what} holds {_describe(unclean[0])}")
        elif len(text) > MAX_TEXT:
            self._report(node, f"{what} has {len(text):,} characters, over {MAX_TEXT:,}: shorten it")
        else:
            return text
        return ""

    def _refuse_repeats(self, texts: Iterable[str], nodes: Iterable[Node]) -> None:
        first: dict[str, int] = {"": 0}
        for text, node in zip(texts, nodes, strict=True):
            if text and text in first:
                self._report(node, f"{text!r} again: it is in line {first[text]} already, remove one")
            first.setdefault(text, line_of(node))

    def _wrong_kind(self, node: Node, what: str, wanted: str, advice: str) -> None:
        self._report(node, f"{what} must be {wanted}, not {_KIND_OF_NODE[type(node)]}: {advice}")

    def _report(self, node: Node, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.path, line_of(node), message))


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _describe(char: str) -> str:
    names = {"\n": "a line break: write it on one line", "\t": "a tab: write a space"}
    return names.get(char, f"the control character U+{ord(char):04X}: remove it")


def _unknown_key(name: str, keys: Mapping[str, Key]) -> str:
    best = nearest(name, keys)
    advice = f"did you mean {best[0]!r}?" if best else f"the keys are {', '.join(keys)}"
    return f"unknown key {name!r}: {advice}"
