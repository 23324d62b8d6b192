"""Entities to YAML: what comes in are values of the model, what goes out are lines that read back equal.

Texts are written plain where any YAML reader takes them for the same text, else in double quotes. Lists that grow one
line at a time (aliases, never) are written as block lists, the others on one line.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml

from resolver.model import Alias, Entity
from resolver.registry.keys import ALIAS_KEYS, ENTITY_KEYS, EXPECT_KEYS, Key, Shape
from resolver.registry.nodes import UNPRINTABLE

# What means nothing but itself in every place of YAML, for all parsers (they disagree on "a?" in brackets).
_PLAIN = re.compile(r"[\w(«№](?:(?:[\w '’.()/+&«»№–—-]|:(?=[^\W\d]|//))*[\w'’.()/+&«»№–—-])?")
_RESOLVER = yaml.resolver.Resolver()
_HARMLESS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
_DEFAULTS = {"kind": "spelling"}
_BLOCK_LISTS = ("aliases", "never")

_Field = tuple[str, str, Shape, str | None]  # a key, its field of the model, its shape, and what goes without saying


def _fields(keys: Mapping[str, Key]) -> tuple[_Field, ...]:
    return tuple((name, key.field, key.shape, _DEFAULTS.get(name)) for name, key in keys.items())


_OF_ALIASES, _OF_ENTITIES, _OF_EXPECTATIONS = map(_fields, (ALIAS_KEYS, ENTITY_KEYS, EXPECT_KEYS))
_SCALARS = 256  # texts that were written last: keys, and what many lines have in common, such as a source and a day


@lru_cache(_SCALARS)
def scalar(text: str) -> str:
    """A text as YAML, in quotes unless every reader takes the plain text for the same string. Days stay plain.

    >>> print(scalar("Ak Bars"), scalar("NO"), scalar("12:30"), scalar("Kupol: plant"), scalar("2024-01-31"))
    Ak Bars "NO" "12:30" "Kupol: plant" 2024-01-31
    """
    if _PLAIN.fullmatch(text):
        tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        if tag in _HARMLESS:
            return text
    quoted = json.dumps(text, ensure_ascii=False)  # the escapes of JSON are escapes of YAML
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def flow(value: Any) -> str:
    """Texts, and lists and mappings of them, on one line.

    >>> print(flow({"text": "Купол", "lang": "ru"}))
    {text: Купол, lang: ru}
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def alias_data(alias: Alias) -> str | dict[str, str]:
    """What the YAML of a registry holds for an alias: its text, or a mapping if there is more to say.

    >>> alias_data(Alias("Kupol")), alias_data(Alias("Купол", lang="ru"))
    ('Kupol', {'text': 'Купол', 'lang': 'ru'})
    """
    data = _data(alias, _OF_ALIASES)
    return alias.text if len(data) == 1 else data


def entity_data(entity: Entity) -> dict[str, Any]:
    """What the YAML of a registry holds for an entity, without what is empty or goes without saying.

    >>> entity_data(Entity("product:osa", "Osa", "product", (Alias("9K33"),), cues=("SAM",)))
    {'id': 'product:osa', 'type': 'product', 'name': 'Osa', 'aliases': ['9K33'], 'cues': ['SAM']}
    """
    data = _data(entity, _OF_ENTITIES)
    expect = _data(entity, _OF_EXPECTATIONS)
    if not expect:
        return data
    data["expect"] = expect
    return {name: data[name] for name in ENTITY_KEYS if name in data}


def entity_lines(
    entity: Entity, *, phrases: Mapping[str, str | dict[str, str]] = MappingProxyType({}), offset: int = 2
) -> list[str]:
    """The lines of an entity, without line ends.

    phrases  what to write for a phrase under `never`, if more than itself
    offset   how far block lists are indented below their key

    >>> print(*entity_lines(Entity("product:osa", "Osa", "product", (Alias("Оса", lang="ru"),))), sep="\\n")
    - id: product:osa
      type: product
      name: Osa
      aliases:
        - {text: Оса, lang: ru}
    """
    data = entity_data(entity)
    if entity.never:
        data["never"] = [phrases.get(phrase, phrase) for phrase in entity.never]
    lines = []
    for name, value in data.items():
        if name in _BLOCK_LISTS:
            lines.append(f"{name}:")
            lines += [f"{' ' * offset}- {flow(item)}" for item in value]
        else:
            lines.append(f"{name}: {flow(value)}")
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def phrase_data(text: str, **about: str | None) -> str | dict[str, str]:
    """What the YAML holds for a phrase under `never` or a blocked string: its text, or a mapping with what is known."""
    known = {name: value for name, value in about.items() if value}
    return {"text": text, **known} if known else text


def _data(owner: Alias | Entity, fields: Iterable[_Field]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, field, shape, default in fields:
        value = getattr(owner, field, None)
        if not value or value == default:
            continue
        if shape == "pairs":
            value = dict(value)
        elif shape == "aliases":
            value = [alias_data(alias) for alias in value]
        elif isinstance(value, tuple):
            value = list(value)
        data[name] = value
    return data
