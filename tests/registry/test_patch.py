"""Lines are put into a text, and its difference has exactly those lines."""

import difflib

import pytest
from hypothesis import example, given
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


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("a\nb\nc\n", 2, 2, "a\nc\n"),
        ("a\nb\nc\n", 1, 2, "c\n"),
        ("a\nb\nc", 3, 3, "a\nb"),
        ("a\r\nb\r\nc", 2, 3, "a"),
        ("a", 1, 1, ""),
        ("a\nb\n", 1, 2, ""),
    ],
)
def test_a_line_is_taken_out(text: str, first: int, last: int, expected: str) -> None:
    """A text without a final newline stays without one, whichever line is its last now."""
    patch = Patch(text)
    patch.remove(first, last)

    assert patch.result() == expected


def test_a_line_is_replaced() -> None:
    """Taken out, and another put in its place."""
    patch = patched("a\nb\nc", {3: ["x"]})
    patch.remove(3, 3)

    assert patch.result() == "a\nb\nx"
    assert patch.diff("f") == (
        "--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n a\n b\n"
        "-c\n\\ No newline at end of file\n+x\n\\ No newline at end of file\n"
    )


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


def test_a_file_that_goes_has_no_new_name() -> None:
    """Its diff ends in nothing."""
    patch = Patch("x\ny\n")
    patch.remove(1, 2)

    assert patch.diff("f", is_gone=True) == "--- a/f\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n"


@given(
    st.lists(st.tuples(st.text("ab", max_size=2), st.sampled_from(["\n", "\r\n"])), max_size=9),
    st.sampled_from(["", "c"]),
    st.integers(0, 10),
    st.lists(st.text("xyz", min_size=1, max_size=3), min_size=1, max_size=4),
)
def test_taking_out_what_was_put_in_gives_the_text_back(
    ended: list[tuple[str, str]], last: str, after: int, lines: list[str]
) -> None:
    """Byte for byte, line ends and a missing last one included."""
    text = "".join(line + end for line, end in ended) + last
    patch = Patch(text)
    after = min(after, len(patch.lines))
    patch.insert(after, lines)
    back = Patch(patch.result())
    back.remove(after + 1, after + len(lines))

    assert back.result() == text


@example(["same"] * 40, {1: ["x"], 14: ["x", "y"], 27: ["x"], 39: ["y"]}, [20])  # each place counts those before it
@given(
    st.lists(st.just("same"), max_size=40),
    st.dictionaries(st.integers(0, 40), st.lists(st.text("xyz", min_size=1, max_size=2), min_size=1, max_size=3)),
    st.lists(st.integers(1, 40), max_size=5, unique=True),
)
def test_the_diff_is_that_of_difflib(lines: list[str], inserted: dict[int, list[str]], removed: list[int]) -> None:
    """However alike the lines are: numbers make them differ for difflib, which then finds the changes too."""
    numbered = [f"{line} {number}\n" for number, line in enumerate(lines)]
    patch = patched("".join(numbered), {min(after, len(lines)): new for after, new in inserted.items()})
    for number in removed:
        if number <= len(lines):
            patch.remove(number, number)
    expected = difflib.unified_diff(numbered, patch.result().splitlines(keepends=True), "a/f", "b/f")

    assert patch.diff("f") == "".join(expected)
