"""What the comparisons find in pairs of names, word by word and value by value as in `golden/findings/`.

Labelled pairs tell a change of the evidence only where it moves a decision. Here are the first pairs of each rule, and
those of `cases/findings.yaml`, each from both sides: the mention beside the name, and the name beside the mention. If a
change is meant, read the difference and keep it: `pytest tests/evidence/test_findings.py --update-golden`, then
`git diff`.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from factories import entity, mention
from test_pairs import PAIRS_OF_ALL, RULES, Pair, read

from resolver.evidence import align, findings
from resolver.forms import analyse
from resolver.index import AliasIndex
from resolver.model import Alias, Entity

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "golden" / "findings"
OTHERS = read(ROOT / "cases" / "findings.yaml")
SIGNS = {"agree": "+", "absent": "-", "contradict": "!"}
PAIRS_OF_A_RULE = 6  # half of them of one entity


def lines(text: str, known: Entity, *, alias: int = 0, **fields: Any) -> Iterator[str]:
    """A mention beside a name of an entity, and all that is found, one a line; values of zero are left out."""
    index, form = AliasIndex([known]), analyse(text, fields.get("lang"))
    assert form is not None
    pair = align(mention(text, **fields), index.query(form), index.entries_of(known)[alias], alike=1)
    yield f"{text} / {pair.entry.alias.text}"
    for comparison, found in findings(pair):
        values = " ".join(f"{feature} {value:.2f}" for feature, value in found.values.items() if value)
        yield f"  {SIGNS[found.channel]} {comparison}: {values}: {found.text}"


def from_both_sides(text: str, name: str, kind: str, lang: str | None = None) -> Iterator[str]:
    """A mention beside a name, and the name beside the mention."""
    yield from lines(text, entity(name, type=kind), lang=lang)
    yield from lines(name, entity(text, type=kind))


def check(name: str, found: Iterator[str], *, update: bool) -> None:
    """Compare lines with those of a golden file, which is rewritten first if asked for."""
    text, file = "".join(f"{line}\n" for line in found), GOLDEN / f"{name}.txt"
    if update:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    assert file.read_bytes().decode() == text


def of_rule(rule: str) -> Iterator[Pair]:
    """The first pairs of a rule."""
    for same in ("true", "false"):
        found = (pair for pair in PAIRS_OF_ALL if (pair["rule"], pair["same"]) == (rule, same))
        yield from islice(found, PAIRS_OF_A_RULE // 2)


@pytest.mark.parametrize("rule", RULES)
def test_findings_in_labelled_pairs_are_golden(rule: str, update_golden: bool) -> None:
    """Which comparisons have something to say, for or against, how much, and in which words."""
    pairs = ((pair["mention"], pair["name"], pair.get("type", "person"), pair.get("lang")) for pair in of_rule(rule))

    check(rule, (line for pair in pairs for line in from_both_sides(*pair)), update=update_golden)


@pytest.mark.parametrize("kind", [kind for kind in OTHERS if kind != "options"])
def test_findings_in_other_pairs_are_golden(kind: str, update_golden: bool) -> None:
    """The same for what the labelled pairs seldom show."""
    found = (line for text, name in OTHERS[kind] for line in from_both_sides(text, name, kind))

    check(f"of_{kind}", found, update=update_golden)


def test_findings_with_options_are_golden(update_golden: bool) -> None:
    """What the registry demands of a name, and what the caller says of the mention."""

    def found() -> Iterator[str]:
        for case in OTHERS["options"]:
            aliases = [Alias(**case["alias"])] if "alias" in case else []
            about = {"type": case["type"], "cues": ("radar", "SAM"), "never": ("Osa Peninsula",)}
            known = entity(case["name"], *aliases, **about)
            yield from lines(
                case["mention"], known, alias=len(aliases), type=case.get("as"), context=case.get("context", "")
            )

    check("of_options", found(), update=update_golden)
