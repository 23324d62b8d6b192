"""A queue as text: YAML for people, JSON lines for programs, the same content in both.

Every item is first a plain record (`as_record`); the two formats only spell it. YAML is written by hand, not dumped, so
that fields stand in a column, short things stay on one line, and every scalar that YAML tools might take for something
else (`NO`, `12:30`, `- x`) is quoted.
"""

import json
import re
from pathlib import Path
from typing import Any

from resolver.files import write_atomically
from resolver.review.queue import Item, Judgement, Queue

HEADER = """\
# Names that the registry could not place, the question that settles most mentions first.
# Answer on the line `decision:` of an item, leave it empty to decide later, then run `resolver review apply`.
#   decision: {match: person:x}                       it is this entity: the spellings become its aliases
#   decision: {new: {type: person, name: Some Name}}  it is a new entity: `proposal` shows a draft of it
#   decision: {not: person:x}                         it is not this entity, whoever it is ({not: [a, b]} for several)
#   decision: not_an_entity                           it is no name of an entity and is never asked again
#   decision: unsure                                  looked at, not decided; it stays here
# Types: person, organization, location, product, event, other. `note:` says why, in your words.
# A spelling that does not belong to the others: leave it open with `except: [Spelling]` below the decision.
# Keep each `key:`. A new audit updates the counts and keeps decisions and notes.
"""
SUFFIXES = (".yaml", ".yml", ".jsonl")

# Letters first, then nothing that YAML gives a meaning; a colon or a slash only inside a word.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.()/-]|:(?=\w)|'(?=\w)| (?=[\w(]))*")
# What YAML 1.1 or 1.2 would read as another type than a string.
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_LONGEST_SIMPLE_KEY = 1000  # YAML allows 1024 characters before the colon
_LABEL_WIDTH = 12  # "candidates: "


def save_queue(queue: Queue, path: str | Path) -> None:
    """Write the queue, all of it or nothing; the suffix says how: .yaml or .yml for people, .jsonl for programs."""
    write_atomically(path, queue_text(queue, path))


def queue_text(queue: Queue, path: str | Path) -> str:
    """The queue as the text of a file of this name."""
    suffix = Path(path).suffix
    if suffix not in SUFFIXES:
        raise ValueError(f"{path}: a queue is saved as .yaml or .jsonl, not as {suffix or 'a bare name'!r}")
    return to_jsonl(queue) if suffix == ".jsonl" else to_yaml(queue)


def to_jsonl(queue: Queue) -> str:
    """One JSON object a line, keys in the order of the fields; what cannot be seen is written as an escape."""
    return "".join(map(json_line, queue))


def to_yaml(queue: Queue) -> str:
    """The instructions and a block for each item."""
    blocks = "\n".join(map(yaml_block, queue)) or "[]\n"
    return f"{HEADER}\n{blocks}"


def json_line(item: Item) -> str:
    """The item as the line that it is in a file of JSON lines."""
    line = json.dumps(as_record(item), ensure_ascii=False)
    return "".join(char if char.isprintable() else _json_escaped(char) for char in line) + "\n"


def yaml_block(item: Item) -> str:
    """The item as the lines that it has in a YAML file; an empty line stands between two of them."""
    lines = [line for name, value in as_record(item).items() for line in _yaml_field(name, value)]
    return "\n".join(("- " if i == 0 else "  ") + line if line else "" for i, line in enumerate(lines)) + "\n"


def as_record(item: Item) -> dict[str, Any]:
    """The item in plain dicts, lists, strings and numbers, in the order of the file; a few keys only where needed.

    >>> item = Item("osa-1", "Osa", None, "unresolved", "", 3, 1, (("Osa", 3),), judgement=Judgement("unsure"))
    >>> record = as_record(item)
    >>> record["variants"], record["decision"], record["note"]
    ({'Osa': 3}, 'unsure', None)
    """
    judgement = item.judgement
    record: dict[str, Any] = {
        "key": item.key,
        "name": item.name,
        "type": item.type,
        "status": item.status,
        "reason": item.reason,
        "count": item.count,
        "documents": item.documents,
        **{name: value for name in ("first", "last", "changed") if (value := getattr(item, name))},
        "variants": dict(item.variants),
        "snippets": [{"document": s.document, "start": s.start, "end": s.end, "text": s.text} for s in item.snippets],
        "candidates": [{"id": c.id, "score": c.score, "why": c.why} for c in item.candidates],
        "proposal": item.proposal,
        "decision": _decision(judgement),
    }
    if judgement.except_:
        record["except"] = list(judgement.except_)
    return {**record, "note": judgement.note}


def quoted(text: str) -> str:
    """The text as a YAML scalar that every YAML reader takes for this very string.

    >>> quoted("Oleksandr Syrskyi"), quoted("person:x"), quoted("NO"), quoted("a: b"), quoted("12:30")
    ('Oleksandr Syrskyi', 'person:x', '"NO"', '"a: b"', '"12:30"')
    """
    if _PLAIN.fullmatch(text) and text.isprintable() and text.casefold() not in _RESERVED:
        return text
    body = text.replace("\\", "\\\\")
    if not body.isprintable():
        body = "".join(char if char.isprintable() else _escaped(char) for char in body)
    return '"' + body.replace('"', '\\"') + '"'


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


def _json_escaped(char: str) -> str:
    """The escape of a character; JSON has only 16 bits for it and spells the others as two."""
    return _escaped(char) if ord(char) <= 0xFFFF else json.dumps(char)[1:-1]


def _decision(judgement: Judgement) -> Any:
    if judgement.decision == "match":
        return {"match": judgement.entities[0]}
    if judgement.decision == "not":
        return {"not": judgement.entities[0] if len(judgement.entities) == 1 else list(judgement.entities)}
    if judgement.decision == "new":
        return {"new": {"type": judgement.type, "name": judgement.name}}
    return judgement.decision


def _yaml_field(name: str, value: Any) -> list[str]:
    """The lines of one field: a list or the variants below its name, all else beside it."""
    if name == "variants":
        return [f"{name}:", *(line for text, count in value.items() for line in _yaml_count(text, count))]
    if name in ("snippets", "candidates") and value:
        return [f"{name}:", *(f"  - {_flow(row)}" for row in value)]
    if name == "proposal" and _fits_literal(value):
        return [f"{name}: |", *(f"  {line}" for line in value.splitlines())]
    return [f"{name + ':':<{_LABEL_WIDTH}}{_flow(value)}".rstrip()]


def _yaml_count(text: str, count: int) -> list[str]:
    key = quoted(text)
    return [f"  {key}: {count}"] if len(key) < _LONGEST_SIMPLE_KEY else [f"  ? {key}", f"  : {count}"]


def _fits_literal(text: str) -> bool:
    """Whether a literal block gives back this text: lines that are printable, not empty and not indented at first."""
    lines = text.split("\n")
    body, end = lines[:-1], lines[-1]
    return bool(body) and not end and not text.startswith(" ") and all(x.strip() and x.isprintable() for x in body)


def _flow(value: Any) -> str:
    """A value on one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return quoted(value) if isinstance(value, str) else repr(value)
