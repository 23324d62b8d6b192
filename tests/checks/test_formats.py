"""Findings for programs that show them beside the lines: SARIF and the workflow commands of GitHub."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.checks import RULES, Finding, Place
from resolver.checks.annotations import annotation
from resolver.checks.findings import finding
from resolver.checks.sarif import sarif_log

ROOT = Path("/srv/checkout")


def a_finding(path: str = "aliases/people.yaml", line: int = 7, message: str = "«Osa» again") -> Finding:
    return finding("R030", Place(path, line), message, entity_id="product:osa", text="Osa")


def test_sarif_has_what_the_format_requires() -> None:
    """Version, tool with its rules, and of each result the rule, the message and the place."""
    related = finding("R020", Place("a b/ю.yaml", 3), "shared", related=[Place("a.yaml", 9)])
    log = json.loads(json.dumps(sarif_log([a_finding(), related], version="1.2", root=ROOT)))
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    first, second = run["results"]

    assert (log["version"], driver["name"], driver["version"]) == ("2.1.0", "resolver", "1.2")
    assert [rule["id"] for rule in driver["rules"]] == list(RULES)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert (first["ruleId"], first["level"], first["message"]) == (
        "R030",
        "warning",
        {"text": "«Osa» again: remove it"},
    )
    assert driver["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "aliases/people.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 7},
            }
        }
    ]
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%D1%8E.yaml"
    assert second["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 9}
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///srv/checkout/"}}


def test_sarif_of_nothing_is_a_log_without_results() -> None:
    """Which says that the check was run."""
    assert sarif_log([], version="1", root=ROOT)["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/srv/checkout/a.yaml", {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/elsewhere/a.yaml", {"uri": "file:///elsewhere/a.yaml"}),
        ("../a.yaml", {"uri": "file:///srv/a.yaml"}),
    ],
)
def test_sarif_paths_are_relative_where_they_can_be(path: str, expected: dict[str, str]) -> None:
    """What lies outside of the checkout has an absolute address; a line of 0 becomes the first."""
    log = sarif_log([a_finding(path, 0)], version="1", root=ROOT)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]

    assert place == {"artifactLocation": expected, "region": {"startLine": 1}}


def test_a_message_of_sarif_is_no_link() -> None:
    """Viewers make one of brackets and parentheses; what a name holds should not lead anywhere."""
    log = sarif_log([a_finding(message="[all is well](https://evil.example)")], version="1", root=ROOT)

    assert log["runs"][0]["results"][0]["message"] == {"text": "[all is well] (https://evil.example): remove it"}


def test_a_fingerprint_follows_a_line_that_moves() -> None:
    """And differs for another name."""

    def fingerprint(each: Finding) -> str:
        return str(sarif_log([each], version="1", root=ROOT)["runs"][0]["results"][0]["partialFingerprints"])

    other = finding("R030", Place("a.yaml", 1), "", entity_id="product:osa", text="OSA")

    assert fingerprint(a_finding(line=7)) == fingerprint(a_finding(line=8))
    assert fingerprint(a_finding()) != fingerprint(other)


def test_an_annotation_has_severity_place_and_title() -> None:
    """A note is a notice to GitHub."""
    assert annotation(a_finding(), root=ROOT) == (
        "::warning file=aliases/people.yaml,line=7,title=R030 duplicate::«Osa» again: remove it"
    )
    assert annotation(finding("R040", Place("a", 1), ""), root=ROOT).startswith("::notice ")
    assert annotation(finding("R001", Place("a", 1), ""), root=ROOT).startswith("::error ")


def test_an_annotation_cannot_be_broken_out_of() -> None:
    """Signs that mean something in a command are written by their numbers."""
    written = annotation(a_finding("a,b:c%.yaml", 1, "50%\r\n::error::x, y: z"), root=ROOT)

    assert written == (
        "::warning file=a%2Cb%3Ac%25.yaml,line=1,title=R030 duplicate::50%25%0D%0A::error::x, y: z: remove it"
    )


@given(st.text(), st.text(min_size=1))
def test_an_annotation_is_one_command(message: str, path: str) -> None:
    """Whatever a name and a path hold, what was written can be read back."""
    path = path.replace("\0", "").strip("/.") or "a"
    written = annotation(finding("R030", Place(path, 1), message), root=ROOT)
    properties, _, told = written.removeprefix("::warning ").partition("::")

    assert "\n" not in written
    assert "\r" not in written
    assert re.fullmatch(r"file=[^,:]*,line=1,title=R030 duplicate", properties)
    assert told.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%") == f"{message}: remove it"
