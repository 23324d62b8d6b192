"""`resolver registry check`: a registry in; findings with file and line out, or some of them fixed."""

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from resolver import __version__
from resolver.checks import RULES, Finding, Severity, count_examples, read_registry
from resolver.checks.findings import is_wanted
from resolver.cli.change import ask, print_diff, refuse_bundled
from resolver.cli.options import AuditFolders, Format, RegistryPath
from resolver.cli.output import say, write_lines, write_records
from resolver.errors import Problem, RegistryError
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.wording import console, counted, text_of, visible

COLUMNS = ("code", "name", "severity", "path", "line", "entity_id", "text", "message", "fix", "repaired", "related")
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class CheckFormat(StrEnum):
    """How findings are written: text for people and editors, the others for programs."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    SARIF = "sarif"
    GITHUB = "github"


def _codes(values: Sequence[str] | None) -> list[str]:
    """The prefixes, each of which some code begins with."""
    codes = [code.strip().upper() for value in values or () for code in value.split(",") if code.strip()]
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise typer.BadParameter(f"no code begins with {code!r}: the codes are {', '.join(RULES)}")
    return codes


Codes = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", callback=_codes, help="Only these codes, by their beginning: R02 is all of R02x."),
]
NoCodes = Annotated[
    list[str] | None, typer.Option(metavar="CODE", callback=_codes, help="Leave these codes out, by their beginning.")
]


def check(
    path: RegistryPath = None,
    *,
    audit: AuditFolders = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day by which aliases expire; today if not given."),
    ] = None,
    select: Codes = None,
    ignore: NoCodes = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 also for warnings.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List the notes, too.")] = False,
    format_: Annotated[CheckFormat, typer.Option("--format", help="How to write the findings.")] = CheckFormat.TEXT,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Remove duplicates and repair look-alike letters; R040 only with --select R040."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --fix: write without asking.")] = False,
) -> None:
    """List what is wrong with a registry, with file and line.

    Files that cannot be read and examples that do not hold are errors; they give exit code 1. Names that entities
    share, duplicates, common words are warnings. What is only worth knowing is a note: notes are counted, and listed
    with --verbose or if --select names their code. With --audit it also tells which aliases no text holds, and which
    fit too much. docs/registry.md has all codes.

    Example: resolver registry check aliases
    """
    from resolver.checks.running import check_registry, file_findings
    from resolver.checks.usage import read_usage

    usage = read_usage(audit) if audit else None
    try:
        registry, places = read_registry(path)
    except RegistryError as error:
        _write(file_findings(error.problems), format_)
        say(f"{counted(len(error.problems), 'problem')}: nothing else was checked")
        raise typer.Exit(1) from error
    day = (on or datetime.combine(date.today(), datetime.min.time())).date().isoformat()
    resolver = Resolver(registry)
    gc.freeze()  # it stays: the garbage collector need not look through it
    findings = check_registry(resolver, places, on=day, usage=usage, select=select or (), ignore=ignore or ())
    if fix:
        _fix(findings, registry, select or (), is_agreed=yes)
        return
    is_listed = verbose or bool(select)
    _write([each for each in findings if is_listed or each.severity is not Severity.NOTE], format_)
    _say_totals(findings, registry, has_tried=is_wanted("R01", select or (), ignore or ()), is_listed=is_listed)
    counts = Counter(each.severity for each in findings)
    if counts[Severity.ERROR] or (strict and counts[Severity.WARNING]):
        raise typer.Exit(1)


def _fix(findings: Sequence[Finding], registry: Registry, select: Sequence[str], *, is_agreed: bool) -> None:
    """Show what the fixes change, ask, and write."""
    from resolver.checks.fixing import fixable, plan_fixes

    fixes = fixable(findings, registry, select)
    if not fixes or registry.path is None:
        say("Nothing that can be fixed without a curator.")
        return
    refuse_bundled(registry.path, "PATH")
    change = plan_fixes(registry.path, fixes, registry)
    print_diff(change.diff())
    if not is_agreed:
        ask(f"Write this to {registry.path}?")
    change.write()
    say(f"{counted(len(fixes), 'finding')} fixed in {registry.path}.")


# Rendering


def _write(findings: Sequence[Finding], format_: CheckFormat) -> None:
    writers: dict[CheckFormat, Callable[[Sequence[Finding]], None]] = {
        CheckFormat.TEXT: _write_text,
        CheckFormat.SARIF: _write_sarif,
        CheckFormat.GITHUB: _write_annotations,
    }
    if format_ in writers:
        writers[format_](findings)
    else:
        is_csv = format_ is CheckFormat.CSV
        write_records((_flat(each) if is_csv else _record(each) for each in findings), COLUMNS, Format(format_.value))


def _write_text(findings: Sequence[Finding]) -> None:
    """One line each, as editors and compilers have it; on a terminal by code, with the reason of the code."""
    if console().is_terminal:
        _print_groups(findings)
    else:
        write_lines(f"{visible(str(_problem(each)))}\n" for each in findings)


def _problem(each: Finding) -> Problem:
    return Problem(each.place.path, each.place.line, f"{each.code} {each.told}")


def _print_groups(findings: Sequence[Finding]) -> None:
    from rich.padding import Padding

    order = list(Severity)
    output = console()
    ranked = sorted(findings, key=lambda each: (order.index(each.severity), each.code))  # stable: by place within
    for (severity, code), group in groupby(ranked, key=lambda each: (each.severity, each.code)):
        rule, held = RULES[code], list(group)
        title = text_of(f"{code} {rule.name}", STYLES[severity]).append(f", {counted(len(held), severity.value)}")
        output.print(title)
        output.print(Padding(text_of(f"{rule.why} {rule.fix}", "dim"), (0, 0, 0, 2), expand=False))
        for each in held:
            place = f"{each.place.path}:{each.place.line}: " if each.place.line else f"{each.place.path}: "
            own = "" if each.fix == rule.fix else f": {each.advice}"
            output.print(text_of(place, "dim").append_text(text_of(f"{each.message}{own}", "not dim")))
        output.print()


def _write_sarif(findings: Sequence[Finding]) -> None:
    from resolver.checks.sarif import sarif_log

    log = sarif_log(findings, version=__version__, root=Path.cwd())
    write_lines([json.dumps(log, ensure_ascii=False, indent=1) + "\n"])


def _write_annotations(findings: Sequence[Finding]) -> None:
    from resolver.checks.annotations import annotation

    write_lines(f"{visible(annotation(each, root=Path.cwd()))}\n" for each in findings)


def _record(each: Finding) -> dict[str, Any]:
    """All that is known of a finding; the keys are always the same."""
    return {
        "code": each.code,
        "name": RULES[each.code].name,
        "severity": each.severity.value,
        "path": each.place.path,
        "line": each.place.line,
        "entity_id": each.entity_id,
        "text": each.text,
        "message": each.message,
        "fix": each.fix,
        "repaired": each.repaired,
        "related": [{"path": place.path, "line": place.line} for place in each.related],
    }


def _flat(each: Finding) -> dict[str, Any]:
    """The same with texts instead of lists, for a spreadsheet."""
    return _record(each) | {"related": "; ".join(f"{place.path}:{place.line}" for place in each.related)}


def _say_totals(findings: Sequence[Finding], registry: Registry, *, has_tried: bool, is_listed: bool) -> None:
    """How much was found, and which notes were not listed; `has_tried` says that the examples were run."""
    counts = Counter(each.severity for each in findings)
    found = ", ".join(counted(counts[severity], severity.value) for severity in Severity)
    examples = count_examples(registry)
    failed = sum(each.code.startswith("R01") for each in findings)
    held = f", {examples - failed} of {examples} examples hold" if has_tried else ""
    say(f"{registry.path}: {counted(len(registry), 'entity', 'entities')}, {found}{held}")
    notes = list(_counted_notes(findings))
    if notes and not is_listed:
        say(f"notes, listed by --verbose: {', '.join(notes)}")


def _counted_notes(findings: Iterable[Finding]) -> Iterator[str]:
    counts = Counter(each.code for each in findings if each.severity is Severity.NOTE)
    for code, count in sorted(counts.items()):
        yield f"{count:,} {RULES[code].name} ({code})"
