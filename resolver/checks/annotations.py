r"""Findings as the workflow commands of GitHub Actions: lines on stdout that become notes beside the lines of a file.

    ::warning file=aliases/media.yaml,line=9,title=R030 duplicate::«ASTRA» is «Astra» again: remove it

A percent sign, a line break, and in properties a colon and a comma, are written by their numbers: what a name holds
cannot end the command, nor begin another one.
"""

from pathlib import Path

from resolver.checks.findings import RULES, Finding, Severity
from resolver.checks.sarif import relative_path

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def annotation(each: Finding, *, root: Path) -> str:
    """The command for a finding, without a line end; `root` is the folder of the checkout."""
    path = relative_path(each.place.path, root)
    properties = {
        "file": path.as_posix() if path else each.place.path,
        "line": str(max(1, each.place.line)),
        "title": f"{each.code} {RULES[each.code].name}",
    }
    written = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[each.severity]} {written}::{each.told.translate(_IN_MESSAGE)}"
