"""What the commands that write a registry share: which may be written, the diff on the screen, and the question."""

import sys
from pathlib import Path

import typer

import resolver
from resolver.cli.output import say
from resolver.registry import Registry
from resolver.wording import console, text_of


def load_writable(aliases: Path | None) -> Registry:
    """The registry, if what a curator adds to it would last."""
    registry = Registry.load(aliases)
    if registry.path:
        refuse_bundled(registry.path, "--aliases")
    return registry


def refuse_bundled(path: Path, parameter: str) -> None:
    """Refuse a registry that the next update would replace; `parameter` is how the caller named it."""
    if is_replaced_by_updates(path):
        advice = f"copy {path} and name the copy: the next update of resolver would undo this one"
        raise typer.BadParameter(advice, param_hint=parameter)


def is_replaced_by_updates(path: Path) -> bool:
    """Whether a registry lies inside the installed package, where what a curator adds would not last."""
    return Path(resolver.__file__).parent in path.resolve().parents


def is_agreed(diff: str, path: Path, *, dry_run: bool, yes: bool) -> bool:
    """Show the diff, and go on only if a person agrees."""
    print_diff(diff)
    if dry_run:
        say("Nothing is written: --dry-run.")
        return False
    if diff and not yes:
        ask(f"Write this to {path}?")
    return True


def ask(question: str) -> None:
    """Go on only if a person agrees; where nobody can be asked, say how to agree."""
    if not sys.stdin.isatty():
        message = "nothing is written: nobody can be asked here, so add --yes to agree"
        raise typer.BadParameter(message, param_hint="--yes")
    typer.confirm(question, abort=True, err=True)


def print_diff(diff: str) -> None:
    """The diff as it is, so that `patch` can read it; on a terminal with its usual colours."""
    output = console()
    if not output.is_terminal:
        sys.stdout.write(diff)
        return
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff.splitlines():
        output.print(text_of(line, styles.get(line[:1], "")), soft_wrap=True)
