"""Files from a stranger, as a registry and as a queue: refused with a line, soon, and without filling the memory."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from resolver import Resolver
from resolver.errors import ProblemsError
from resolver.registry import Registry, nodes
from resolver.registry.nodes import MAX_BYTES, MAX_NODES, MAX_PROBLEMS, MAX_TEXT, parse
from resolver.review import load_queue
from resolver.review.reading import MAX_BYTES as MAX_QUEUE

ENTITY = "- {id: 'x:a', type: person, name: %s}\n"

# Title -> what the file holds, what the registry says of it, what the queue says; None where it is no matter of a queue
FILES: dict[str, tuple[str | bytes, str, str | None]] = {
    "a tag that makes an object": ("- !!python/object/apply:os.system ['touch owned']\n", "YAML tag", "YAML tag"),
    "a tag of its own": ("- !entity {id: x}\n", "YAML tag", "YAML tag"),
    "a tag of the core": (ENTITY % "!!binary aGk=", "YAML tag", "YAML tag"),
    "a directive": ("%TAG ! tag:evil.example,2000:\n---\n- !x a\n", "YAML tag", "YAML tag"),
    "an anchor": ("- &a {id: x}\n", "YAML anchor", "YAML anchor"),
    "an alias to itself": ("- &a [*a]\n", "YAML anchor", "YAML anchor"),
    "a billion laughs": (
        "- &a0 [x]\n" + "".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
        "YAML anchor",
        "YAML anchor",
    ),
    "a merge key": ("- {<<: {id: 'x:a'}, type: person, name: X}\n", "unknown key '<<'", "unknown key '<<'"),
    "a key twice": ("- {id: 'x:a', id: 'x:b', type: person, name: X}\n", "key 'id' again", "unknown key 'id'"),
    "keys beyond number": (f"- {{{', '.join(f'k{n}: x' for n in range(5_000))}}}\n", "unknown key", "unknown key"),
    "a list as a key": ("- {[a]: b}\n", "a key must be a text", "unknown key"),
    "deep lists": ("- " + "[" * 50_000, "levels deep", "levels deep"),
    "deep mappings": ("{a: " * 50_000, "levels deep", "levels deep"),
    "documents beyond number": ("---\n- a\n" * 50_000, "a second document", "a second document"),
    "an end and more": ("- {id: a}\n...\n--- !x\n- b\n", "a second document", "a second document"),
    "nothing but controls": ("\x07" * 1_000_000, "control character U+0007", "control character U+0007"),
    "a control on each line": ("#\x07\n" * 200_000, "control character U+0007", "control character U+0007"),
    "NUL": (ENTITY % "X\0Y", "control character U+0000", "control character U+0000"),
    "NUL by an escape": (ENTITY % r'"X\0Y"', "control character U+0000", None),
    "an escape sequence by an escape": (ENTITY % r'"X\e[31mY"', "control character U+001B", None),
    "half a surrogate pair by an escape": (ENTITY % r'"X\ud800Y"', "", ""),
    "a noncharacter": (ENTITY % "X\ufffeY", "control character U+FFFE", "control character U+FFFE"),
    "a byte-order mark within": ("# a\n\ufeff- b\n", "control character U+FEFF", "control character U+FEFF"),
    "UTF-16": ((ENTITY % "X").encode("utf-16"), "not UTF-8", "not UTF-8"),
    "UTF-32": ((ENTITY % "X").encode("utf-32"), "not UTF-8", "not UTF-8"),
    "a longer form of UTF-8": (b"- \xc0\xaf\n", "not UTF-8", "not UTF-8"),
    "a surrogate in UTF-8": (b"- \xed\xa0\x80\n", "not UTF-8", "not UTF-8"),
    "old line ends": ("- a\r- b\r", "LF or CRLF", "LF or CRLF"),
    "items that are none": ("- a\n" * 10_000, "an entity must be a mapping", "expected 'key: value'"),
    "a tag on each item": ("- !x a\n" * 50_000, "YAML tag", "YAML tag"),
    "an id again and again": ((ENTITY % "X") * 4_000, "id 'x:a' is taken", "unknown key 'id'"),
    "redirects to itself beyond number": (
        f"- {{id: 'x:a', type: person, name: X, redirects: [{', '.join(['x:a'] * 4_000)}]}}\n",
        "redirect 'x:a' is the entity's own id",
        "unknown key 'id'",
    ),
    "an endless name": (ENTITY % ("a " * MAX_TEXT), f"over {MAX_TEXT:,}", "unknown key 'id'"),
    "an endless word": (ENTITY % ("a" * 5_000_000), f"over {MAX_TEXT:,}", "unknown key 'id'"),
    "an endless id": (f"- {{id: '{'a' * (MAX_TEXT + 1)}', type: person, name: X}}\n", f"over {MAX_TEXT:,}", None),
    "an endless key": (f"- {{? '{'a' * 200_000}' : b}}\n", "over", "unknown key"),
    "an endless comment": ("#" * 5_000_000, "", ""),
    "an open quote": ("- '" + "a\n" * 100_000, "not valid YAML", "not valid YAML"),
    "no YAML": ("\t\t{]", "not valid YAML", "not valid YAML"),
}


def loaded(load: Callable[[Path], object], path: Path, content: str | bytes) -> tuple[str, int]:
    """What loading says of a file with this content, and how many problems it tells; ("", 0) if it is fine."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    try:
        load(path)
    except ProblemsError as error:
        return str(error), len(error.problems)
    return "", 0


@pytest.mark.parametrize("title", FILES)
def test_a_registry_of_a_stranger(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused with the line and what to do, and nothing in it runs."""
    monkeypatch.chdir(tmp_path)
    content, message, _ = FILES[title]
    said, count = loaded(Registry.load, tmp_path / "a.yaml", content)

    assert message in said
    assert bool(message) == bool(said) or title.startswith("half")
    assert count <= MAX_PROBLEMS * 3  # of the reading of the items, of the ids
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("title", [title for title, row in FILES.items() if row[2] is not None])
def test_a_queue_of_a_stranger(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same."""
    monkeypatch.chdir(tmp_path)
    content, _, message = FILES[title]
    said, count = loaded(load_queue, tmp_path / "queue.yaml", content)

    assert str(message) in said
    assert count <= MAX_PROBLEMS + 10
    assert [path.name for path in tmp_path.iterdir()] == ["queue.yaml"]


@pytest.mark.parametrize("line", ["[", "{", '{"key": ', "5", "nonsense", '"' + "a" * 100])
def test_json_lines_of_a_stranger(line: str, tmp_path: Path) -> None:
    """However many are wrong, so many are told."""
    said, count = loaded(load_queue, tmp_path / "queue.jsonl", f"{line}\n" * 20_000)

    assert "queue.jsonl:1: " in said
    assert count <= MAX_PROBLEMS + 10


@pytest.mark.parametrize(
    ("content", "ends"), [("\ufeff" + ENTITY % "X", "mark"), ((ENTITY % "X")[:-1] + "\r\n", "CRLF")]
)
def test_what_other_editors_write_is_fine(content: str, ends: str, tmp_path: Path) -> None:
    """A byte-order mark at the start, and the line ends of Windows."""
    assert loaded(Registry.load, tmp_path / "a.yaml", content) == ("", 0)


@pytest.mark.parametrize(
    ("load", "name", "limit"), [(Registry.load, "a.yaml", MAX_BYTES), (load_queue, "queue.yaml", MAX_QUEUE)]
)
def test_a_file_that_is_too_large_is_refused(
    load: Callable[[Path], object], name: str, limit: int, tmp_path: Path
) -> None:
    """By its size, with the number of bytes that may be."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(limit + 1)

    with pytest.raises(ProblemsError) as caught:
        load(tmp_path / name)
    assert f"{limit}" in str(caught.value).replace(",", "")


def test_a_list_of_nothings_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred bytes for each two of the file: they are counted."""
    monkeypatch.setattr(nodes, "MAX_NODES", 10_000)
    tracemalloc.start()
    root, problems = parse("a.yaml", "- [" + "a," * 1_000_000 + "]")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert root is None
    assert [problem.message for problem in problems] == ["more than 10,000 texts and lists: split the file"]
    assert peak < 30_000_000
    assert MAX_NODES * 16 < MAX_BYTES  # an ordinary registry of the largest size has fewer


def test_a_name_of_the_longest_is_resolved(tmp_path: Path) -> None:
    """The limit is one that the matcher can take."""
    (tmp_path / "a.yaml").write_text(ENTITY % f"'{'ab ' * (MAX_TEXT // 3)}'", encoding="utf-8")
    resolver = Resolver.load(tmp_path)

    assert resolver.resolve("ab").status != "resolved"
    assert resolver.annotate("Ab ab ab.") == []
