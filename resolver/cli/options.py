"""The options that several commands share, as annotated types: one name, one meaning, one help text."""

import gc
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from resolver.decision import Policy
from resolver.model import ENTITY_TYPES
from resolver.pipeline import Resolver

ALIASES_VARIABLE = "RESOLVER_ALIASES"


class Format(StrEnum):
    """How data is written: a table for people, the others for programs."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class PresetName(StrEnum):
    """The presets of `Policy`."""

    STRICT = "strict"
    BALANCED = "balanced"
    RECALL = "recall"


DEFAULT_PRESET = PresetName.BALANCED


def policy_of(preset: PresetName, accept: float | None) -> Policy:
    """The policy of a preset; a threshold of one's own takes the place of its `accept` and never lowers the other."""
    policy = Policy.preset(preset.value)
    if accept is None:
        return policy
    return replace(policy, accept=accept, accept_lone=max(accept, policy.accept_lone))


def load_resolver(aliases: Path | None, preset: PresetName, accept: float | None) -> Resolver:
    """The resolver of a command. It stays until the end, so the garbage collector need not look through it."""
    resolver = Resolver.load(aliases, policy=policy_of(preset, accept))
    gc.freeze()
    return resolver


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
AuditFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--audit", metavar="DIR", exists=True, file_okay=False, help="Folder of an audit; may be given again."
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
Preset = Annotated[
    PresetName,
    typer.Option(
        "--policy", help="How sure a link must be: strict makes the fewest wrong ones, recall the most links."
    ),
]
Accept = Annotated[
    float | None,
    typer.Option("--accept", min=0.0, max=1.0, metavar="SCORE", help="Least score of a link; overrides --policy."),
]
By = Annotated[str, typer.Option(metavar="NAME", envvar=["USER", "USERNAME"], help="Who decided; kept with each line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change and write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Write without asking.")]
QueueFile = Annotated[
    Path,
    typer.Argument(metavar="QUEUE", exists=True, dir_okay=False, help="A queue.yaml of an audit, or a .jsonl file."),
]
