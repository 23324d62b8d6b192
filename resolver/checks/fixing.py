"""Findings to a change of the registry: what comes in are findings, what goes out is a `RegistryChange` to be shown.

Only what can be done without knowing the world is done: an alias that is there twice goes, a word in two scripts is
written in one. Redundant aliases go only if somebody asked for their code. Canonical names are left to people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from resolver.checks.findings import RULES, Finding
from resolver.registry import Registry, RegistryChange


def fixable(findings: Iterable[Finding], registry: Registry, select: Sequence[str]) -> list[Finding]:
    """The findings that can be fixed; those of a code that has to be asked for only if `select` has it in full."""
    allowed = {rule.code for rule in RULES.values() if rule.fixable == "safe"}
    allowed |= {rule.code for rule in RULES.values() if rule.fixable == "asked" and rule.code in select}
    return [each for each in findings if each.code in allowed and _is_alias(each, registry)]


def plan_fixes(path: Path, findings: Iterable[Finding], registry: Registry) -> RegistryChange:
    """The change that these findings call for; nothing is written yet."""
    change = RegistryChange(path)
    for each in findings:
        if each.entity_id is None or each.text is None:
            continue
        change.remove_alias(each.entity_id, each.text)
        if each.repaired is not None:
            alias = next(a for a in registry.get(each.entity_id).aliases if a.text == each.text)
            change.add_alias(each.entity_id, replace(alias, text=each.repaired))
    return change


def _is_alias(each: Finding, registry: Registry) -> bool:
    """Whether a finding is about an alias, not about the canonical name."""
    if each.entity_id is None:
        return False
    return each.text in {alias.text for alias in registry.get(each.entity_id).aliases}
