"""The options that several commands share, as annotated types: one name, one meaning, one help text."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from resolver.model import ENTITY_TYPES

ALIASES_VARIABLE = "RESOLVER_ALIASES"


class Format(StrEnum):
    """How data is written: a table for people, the others for programs."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def check_type(value: str | None) -> str | None:
    """The type, if it is one of the model."""
    if value is not None and value not in ENTITY_TYPES:
        raise typer.BadParameter(f"{value!r} is no type of an entity: choose one of {', '.join(ENTITY_TYPES)}")
    return value


Aliases = Annotated[
    Path | None,
    typer.Option(
        "--aliases",
        metavar="DIR",
        envvar=ALIASES_VARIABLE,
        exists=True,
        help="Registry: a folder of YAML files, or one file.",
        show_default="the registry that comes with resolver",
    ),
]
RegistryPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="PATH",
        envvar=ALIASES_VARIABLE,
        exists=True,
        help="Registry: a folder of YAML files, or one file.",
        show_default="the registry that comes with resolver",
    ),
]
Output = Annotated[Format, typer.Option("--format", help="How to write the result.")]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="CODE", help="Language of the text: uk, ru, en and so on.")
]
Type = Annotated[
    str | None,
    typer.Option(
        "--type",
        metavar="TYPE",
        callback=check_type,
        help=f"What the names are: {', '.join(ENTITY_TYPES)}.",
    ),
]
QueueFile = Annotated[
    Path,
    typer.Argument(metavar="QUEUE", exists=True, dir_okay=False, help="A queue.yaml of an audit, or a .jsonl file."),
]
