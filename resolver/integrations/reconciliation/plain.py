"""Names and texts in, decisions out: the same JSON as `resolver resolve` and `resolver annotate` write."""

from typing import Any

from resolver import Mention
from resolver.integrations.reconciliation.bodies import (
    MOST_CHARACTERS,
    BadRequestError,
    Body,
    as_language,
    as_list,
    as_name,
    as_optional_text,
    as_text,
)
from resolver.integrations.reconciliation.served import Served
from resolver.wording import mention_record, name_record

MOST_NAMES = 1_000  # of a request
MOST_SPANS = 10_000
MOST_CONTEXT = 10_000  # characters around a name: each of the names is held against all of them
DOCUMENT = "text"  # the name of a document that was sent without one
Records = list[dict[str, Any]]


def resolve_names(served: Served, asked: Body) -> Records:
    """The decisions on {names, type?, lang?, context?}, in their order."""
    names = as_list(asked.get("names"), "names", most=MOST_NAMES)
    kind, lang = as_optional_text(asked, "type"), as_language(asked.get("lang"))
    if kind is not None and kind not in served.types:
        raise BadRequestError(f"type must be one of {', '.join(served.types)}")
    context = as_optional_text(asked, "context") or ""
    if len(context) > MOST_CONTEXT:
        raise BadRequestError(f"context: {len(context):,} characters, and at most {MOST_CONTEXT:,} are read: send less")
    mentions = [Mention(as_name(name, f"name {number}"), kind, lang, context) for number, name in enumerate(names)]
    return [name_record(resolution) for resolution in served.resolver.resolve_all(mentions)]


def annotate_text(served: Served, asked: Body) -> Records:
    """The names of {text, spans?, lang?, document?}; offsets count code points."""
    text = as_text(asked.get("text"), "text")
    lang, document = as_language(asked.get("lang")), as_optional_text(asked, "document") or DOCUMENT
    spans = None
    if asked.get("spans") is not None:
        listed = as_list(asked["spans"], "spans", most=MOST_SPANS)
        spans = [_span(span, number, len(text)) for number, span in enumerate(listed)]
    found = served.resolver.annotate(text, spans, lang=lang)
    return [mention_record(resolution, document) for resolution in found]


def _span(value: Any, number: int, length: int) -> tuple[int, int]:
    ends = as_list(value, f"span {number}", most=2)
    if len(ends) != 2 or not all(type(end) is int for end in ends) or not 0 <= ends[0] < ends[1] <= length:
        raise BadRequestError(f"span {number} must be [start, end], code points of the text, 0 <= start < end")
    if ends[1] - ends[0] > MOST_CHARACTERS:
        raise BadRequestError(
            f"span {number}: {ends[1] - ends[0]:,} characters, and a name has at most {MOST_CHARACTERS}"
        )
    return ends[0], ends[1]
