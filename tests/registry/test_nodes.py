"""The items of a long list, one by one, without the tree of all of them."""

from resolver.errors import Problem
from resolver.registry.nodes import parse, parse_items


def values_of(text: str) -> tuple[list[str], list[str]]:
    """The items of a text that are plain, and the problems."""
    problems: list[Problem] = []
    items = [str(node.value) for node in parse_items("a.yaml", text, problems)]
    return items, [str(problem) for problem in problems]


def test_items_come_one_by_one() -> None:
    """Those of the list itself, not of lists in it."""
    problems: list[Problem] = []
    found = list(parse_items("a.yaml", "- a\n- [b, c]\n- {d: [e]}\n", problems))

    assert [node.start_mark.line for node in found] == [0, 1, 2]
    assert [value.value for value in found[1].value] == ["b", "c"]
    assert problems == []


def test_items_in_front_of_what_is_wrong_are_read() -> None:
    """The rest of the text is not."""
    items, problems = values_of("- a\n- b\n- 'c\n")

    assert items == ["a", "b"]
    assert problems == ["a.yaml:4: not valid YAML: found unexpected end of stream: close the quotes or brackets"]


def test_what_is_no_list_has_no_items() -> None:
    """And is told of where it begins; nothing at all is an empty list."""
    message = "this file is a list of items: each starts with '- '"

    assert values_of("# none\na: b\n") == ([], [f"a.yaml:2: {message}"])
    assert values_of("a") == ([], [f"a.yaml:1: {message}"])
    assert values_of("# none\n") == ([], [])


def test_a_second_document_is_refused() -> None:
    """With what to do; nothing of it is read."""
    _, problems = parse("a.yaml", "- a\n---\n- [\n")

    assert [str(problem) for problem in problems] == [
        "a.yaml:2: a second document: remove the '---', one file is one list"
    ]


def test_the_tree_of_a_list_holds_its_items() -> None:
    """As the items one by one do."""
    root, problems = parse("a.yaml", "- a\n- b\n")

    assert root is not None
    assert ([node.value for node in root.value], problems) == (values_of("- a\n- b\n")[0], [])
