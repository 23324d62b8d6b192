"""Patterns of spaCy's EntityRuler, JSON lines: `{"label": "PERSON", "pattern": "Aleksandr Brechalov", "id": "x"}`.

https://spacy.io/api/entityruler has the format. Each name is a phrase pattern; the first of an id is the canonical
name. A pattern of tokens is read if each token only has its text (ORTH, TEXT or LOWER).
"""

import json
from collections.abc import Iterable, Iterator

from resolver.exchange.lines import Line, read_json
from resolver.exchange.records import UNKNOWN, Intake, Record, gather
from resolver.model import Entity

LABELS = {
    "person": "PERSON",
    "organization": "ORG",
    "location": "GPE",
    "product": "PRODUCT",
    "event": "EVENT",
    "other": "MISC",
}
TYPES = {label: kind for kind, label in LABELS.items()} | {
    "PER": "person",
    "LOC": "location",
    "FAC": "location",
    "WORK_OF_ART": "product",
}
_TEXTS = ("ORTH", "TEXT", "LOWER")


def read_patterns(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of a file of patterns."""
    return gather(_records(lines, intake))


def write_patterns(entities: Iterable[Entity]) -> Iterator[str]:
    """A line for each name."""
    for entity in entities:
        for alias in entity.names:
            pattern = {"label": LABELS[entity.type], "pattern": alias.text, "id": entity.id}
            yield json.dumps(pattern, ensure_ascii=False) + "\n"


def _records(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    for line, data in read_json(lines, intake):
        phrase = _phrase(data.get("pattern"))
        if phrase is None:
            intake.report(line, "no phrase: write the pattern as a text; one of token attributes names nothing")
            continue
        label = intake.text(line, data.get("label"), "the label")
        yield intake.record(line, data.get("id"), phrase, TYPES.get(label.upper(), UNKNOWN))


def _phrase(pattern: object) -> str | None:
    """The text of a pattern, None if it is more than a text."""
    if isinstance(pattern, str):
        return pattern
    if not isinstance(pattern, list) or not pattern:
        return None
    words = []
    for token in pattern:
        texts = [value for key, value in token.items() if key in _TEXTS] if isinstance(token, dict) else []
        if len(texts) != 1 or len(token) != 1 or not isinstance(texts[0], str):
            return None
        words.append(texts[0])
    return " ".join(words)
