"""Lines are put into a text, and its difference has exactly those lines."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.registry.patch import Patch


def patched(text: str, inserted: dict[int, list[str]]) -> Patch:
    patch = Patch(text)
    for after, lines in inserted.items():
        patch.insert(after, lines)
    return patch


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("", 0, "x\n"),
        ("a\n", 0, "x\na\n"),
        ("a\n", 1, "a\nx\n"),
        ("a\nb\n", 1, "a\nx\nb\n"),
        ("a", 1, "a\nx"),
        ("a\r\nb", 2, "a\r\nb\r\nx"),
        ("a\r\nb\r\n", 0, "x\r\na\r\nb\r\n"),
        ("a\r\nb\n", 1, "a\r\nx\r\nb\n"),
        ("a\r\nb\n", 2, "a\r\nb\nx\n"),
        ("a\u2028b\n", 1, "a\u2028b\nx\n"),
    ],
)
def test_a_line_takes_the_line_end_of_its_neighbour(text: str, after: int, expected: str) -> None:
    """And a text without a final newline stays without one."""
    assert patched(text, {after: ["x"]}).result() == expected


def test_nothing_to_insert_is_no_difference() -> None:
    """An empty list of lines neither."""
    patch = patched("a", {1: []})

    assert (patch.result(), patch.diff("a.yaml")) == ("a", "")


def test_a_missing_final_newline_shows_in_the_diff() -> None:
    """As `diff -u` shows it, so that `patch` can apply it."""
    assert patched("a", {1: ["x"]}).diff("f") == (
        "--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+x\n\\ No newline at end of file\n"
    )


def test_a_new_file_has_no_old_name() -> None:
    """Its diff begins from nothing."""
    assert patched("", {0: ["x", "y"]}).diff("f", is_new=True) == "--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+x\n+y\n"


@given(
    st.lists(st.just("same"), max_size=40),
    st.dictionaries(st.integers(0, 40), st.lists(st.text("xyz", min_size=1, max_size=2), min_size=1, max_size=3)),
)
def test_the_diff_is_that_of_difflib(lines: list[str], inserted: dict[int, list[str]]) -> None:
    """However alike the lines are: numbers make them differ for difflib, which then finds the insertions too."""
    numbered = [f"{line} {number}\n" for number, line in enumerate(lines)]
    patch = patched("".join(numbered), {min(after, len(lines)): new for after, new in inserted.items()})
    expected = difflib.unified_diff(numbered, patch.result().splitlines(keepends=True), "a/f", "b/f")

    assert patch.diff("f") == "".join(expected)
