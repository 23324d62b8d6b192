"""What a request may hold: JSON of a bounded size and shape. What does not fit raises BadRequestError with a status."""

import json
from collections.abc import Mapping, Sequence, Sized
from typing import Any

from resolver import ResolverError
from resolver.wording import visible

Body = Mapping[str, Any]

MOST_BYTES = 1_000_000  # of a request: a batch of a hundred names has some ten kilobytes, a long article a hundred
MOST_CHARACTERS = 500  # of a name: longer ones are no names
_LONGEST_LANGUAGE = 8  # letters, by BCP 47
_SHOWN = 40  # characters of what somebody sent, in a message about it


class BadRequestError(ResolverError):
    """A request that cannot be answered.

    status  of HTTP: 400 for a wrong shape, 404 for something unknown, 413 for too much, 415 for another format
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def read_json(content: str | bytes, what: str) -> Any:
    """The value of a JSON text; `what` names it in the message."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadRequestError(f"{what} is no JSON: see /openapi.json") from error


def as_object(value: Any, what: str) -> Body:
    """The value, if it is an object."""
    if not isinstance(value, dict):
        raise BadRequestError(f"{what} must be an object, not {_kind(value)}")
    return value


def as_list(value: Any, what: str, *, most: int) -> Sequence[Any]:
    """The value, if it is a list that is not too long: 413 if it is."""
    if not isinstance(value, list):
        raise BadRequestError(f"{what} must be a list, not {_kind(value)}")
    check_length(value, what, most=most)
    return value


def check_length(value: Sized, what: str, *, most: int) -> None:
    """BadRequestError, 413, if something has more parts than it may."""
    if len(value) > most:
        raise BadRequestError(f"{what}: {len(value):,}, and at most {most:,} are taken at once: send fewer", 413)


def as_text(value: Any, what: str) -> str:
    """The value, if it is a text."""
    if not isinstance(value, str):
        raise BadRequestError(f"{what} must be a text, not {_kind(value)}")
    return value


def as_optional_text(body: Body, name: str) -> str | None:
    """A text of an object, or None where there is none or an empty one."""
    value = body.get(name)
    return None if value is None else as_text(value, name) or None


def as_name(value: Any, what: str) -> str:
    """The value, if it is a text that may be a name."""
    if len(as_text(value, what)) > MOST_CHARACTERS:
        raise BadRequestError(f"{what}: {len(value):,} characters, and a name has at most {MOST_CHARACTERS}")
    return str(value)


def as_language(value: Any) -> str | None:
    """The language of a tag without its region, or None where there is none.

    >>> as_language("uk-UA"), as_language("")
    ('uk', None)
    """
    language = as_text(value, "lang").strip().partition("-")[0].lower() if value else ""
    if language and not (language.isascii() and language.isalpha() and len(language) <= _LONGEST_LANGUAGE):
        raise BadRequestError(f"lang {quoted(language)} is no language: uk, ru, en and so on")
    return language or None


def as_count(value: Any, what: str, *, least: int = 1) -> int:
    """The value, if it is a whole number, also written as 5.0 or "5"."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise BadRequestError(f"{what} must be a whole number from {least} on")
    return value


def quoted(text: str) -> str:
    """What somebody sent, in a message about it: short, and with nothing that a terminal obeys."""
    return repr(visible(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"))


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
