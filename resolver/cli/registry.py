"""`resolver registry`: a registry in; what is wrong with it, or what is in it, out."""

import sys
from typing import TYPE_CHECKING

import typer

from resolver.cache import CACHE_VARIABLE, LEAST, Place, cache_folder, keep_compiled, open_compiled, place_of
from resolver.cli import exchange
from resolver.cli.check import check
from resolver.cli.coverage import coverage
from resolver.cli.options import Format, Output, RegistryPath
from resolver.cli.output import say, write_records
from resolver.errors import CorpusError
from resolver.index import AliasIndex
from resolver.registry import Registry
from resolver.wording import console, counted, table_of, text_of, visible

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS = ("group", "name", "count")
BAR = 24  # cells of the longest bar

registry_commands = typer.Typer(
    no_args_is_help=True, help="Check, count and compile a registry, and see what it covers."
)
registry_commands.command()(check)
registry_commands.command()(coverage)


@registry_commands.command()
def stats(path: RegistryPath = None, *, format_: Output = Format.TABLE) -> None:
    """Count entities by type, and aliases by kind and language.

    Example: resolver registry stats --format json
    """
    registry = Registry.load(path)
    if format_ is Format.TABLE:
        console().print(_table(registry))
    else:
        write_records(_rows(registry), COLUMNS, format_)


@registry_commands.command("compile")
def compile_(path: RegistryPath = None) -> None:
    """Analyse a registry ahead of time, so that all commands start at once.

    The result lies in the cache folder; commands that load a registry do the same without being asked, and write it
    anew when a file of the registry has changed. The variable RESOLVER_CACHE names another folder, or is "off". The
    name of the file is all that is written to stdout.

    Example: resolver registry compile aliases
    """
    if cache_folder() is None:
        raise typer.BadParameter(f"the cache is off: unset {CACHE_VARIABLE}, or give it a folder")
    place = place_of(path)
    known = open_compiled(place)
    index = known[0] if known else _compiled(Registry.load(path), place)
    if index and place:
        file, _ = place
        size = f"{counted(len(index), 'name')}, {file.stat().st_size / 1e6:.1f} MB"
        say(f"{size}, as it was" if known else size)
        sys.stdout.write(f"{file}\n")


def _compiled(registry: Registry, place: Place | None) -> AliasIndex | None:
    """The index of a registry, written to the cache; None if the registry is too small for that."""
    if place is None:
        say(f"{registry.path}: under {LEAST:,} bytes, which is analysed faster than it is opened: nothing written")
        return None
    index = AliasIndex(registry.entities)
    if keep_compiled(registry, index, place) is None:
        folder = cache_folder()
        advice = f"check the folder or name another in {CACHE_VARIABLE}; if the registry was just changed, try again"
        raise CorpusError(f"{folder}: cannot be written: {advice}")
    return index


def _rows(registry: Registry) -> list[dict[str, str | int]]:
    return [
        {"group": group, "name": name, "count": count}
        for group, counts in registry.stats().items()
        for name, count in counts.items()
    ]


def _table(registry: Registry) -> "Table":
    """Each group with the most frequent first, and a bar beside each count."""
    title = visible(f"{registry.path}, fingerprint {registry.fingerprint[:12]}")
    table = table_of("", "count", "", title=title, right=("count",))
    for group, counts in registry.stats().items():
        table.add_section()
        table.add_row(text_of(group, "bold"), "", "")
        most = max(counts.values(), default=1)
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            bar = "" if group == "totals" else "█" * max(1, round(BAR * count / most))
            table.add_row(text_of(f"  {name or 'not given'}"), f"{count:,}", text_of(bar, "cyan"))
    return table


registry_commands.command("import")(exchange.import_)
registry_commands.command()(exchange.export)
