"""Findings as SARIF 2.1.0, the format that code hosts and editors read: one log with one run.

Paths are relative to the folder in which the command runs, which SARIF calls %SRCROOT%; what lies outside of it has an
absolute address. A fingerprint of code, entity and name lets a host follow a finding whose line has moved.
"""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from resolver.checks.findings import RULES, Finding, Place, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_NUMBERS = {code: number for number, code in enumerate(RULES)}


def sarif_log(findings: Sequence[Finding], *, version: str, root: Path) -> dict[str, Any]:
    """The log, ready to be written as JSON; `version` is that of the tool, `root` the folder that paths start from."""
    driver = {"name": "resolver", "version": version, "rules": [_rule(rule) for rule in RULES.values()]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": root.resolve().as_uri().rstrip("/") + "/"}},
        "results": [_result(each, root.resolve()) for each in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def relative_path(path: str, root: Path) -> Path | None:
    """A path as it is written from `root` on; None if it lies elsewhere."""
    full = (root / path).resolve()
    return full.relative_to(root) if full.is_relative_to(root) else None


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.about},
        "fullDescription": {"text": f"{rule.about} {rule.why}"},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(each: Finding, root: Path) -> dict[str, Any]:
    identity = f"{each.code}\0{each.entity_id}\0{each.text}".encode("utf-8", "backslashreplace")
    result = {
        "ruleId": each.code,
        "ruleIndex": _NUMBERS[each.code],
        "level": each.severity.value,
        "message": {"text": each.told.replace("](", "] (")},  # which would be a link, by section 3.11.6
        "locations": [_location(each.place, root)],
        "partialFingerprints": {"finding/v1": blake2b(identity, digest_size=8).hexdigest()},
    }
    if each.related:
        result["relatedLocations"] = [_location(place, root) for place in each.related]
    return result


def _location(place: Place, root: Path) -> dict[str, Any]:
    path = relative_path(place.path, root)
    if path is None:
        artifact = {"uri": (root / place.path).resolve().as_uri()}
    else:
        artifact = {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}
    region = {"startLine": max(1, place.line)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
