"""A command that other commands stand below: `resolver audit PATH...`, and `resolver audit diff OLD NEW` beside it.

A group of typer takes no arguments of its own, and a command has nothing below it. Here the first argument decides: if
it is the name of a command below, that one is run with the rest; else it is an argument of the command itself. A file
of such a name is written with its folder: `./diff`.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand
from typer.main import get_command


def command_with(below: Mapping[str, Callable[..., None]]) -> type[TyperCommand]:
    """The class of a command that has these commands below it, by name, for `app.command(cls=...)`."""
    built = {name: _command_of(name, function) for name, function in below.items()}

    class Nesting(TyperCommand):
        """A command with commands below it; `commands` has them, as those of a group."""

        commands: ClassVar[Mapping[str, Any]] = built

        def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
            """The context of the command that the first argument names, else of this one."""
            command = self.commands.get(args[0]) if args else None
            if command is None:
                return super().make_context(info_name, args, parent, **extra)
            return command.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)

        def format_options(self, ctx: Any, formatter: Any) -> None:
            """The options, and below them the commands, as a group lists them."""
            super().format_options(ctx, formatter)
            with formatter.section("Commands"):
                formatter.write_dl([(name, each.get_short_help_str(60)) for name, each in self.commands.items()])

    return Nesting


def _command_of(name: str, function: Callable[..., None]) -> Any:
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    app.command(name)(function)
    return get_command(app)
