"""Every problem of a registry is found, with its line; what is fine is read as it was typed."""

from pathlib import Path

import pytest

from resolver.errors import RegistryError
from resolver.model import Alias, Entity
from resolver.registry import Registry
from resolver.registry.nodes import MAX_BYTES, MAX_TEXT

OSA = "- id: product:osa\n  type: product\n  name: Osa\n"


def load(tmp_path: Path, text: str | bytes, name: str = "a.yaml") -> Registry:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return Registry.load(tmp_path)


def problems_of(tmp_path: Path, text: str | bytes, name: str = "a.yaml") -> list[tuple[int, str]]:
    with pytest.raises(RegistryError) as caught:
        load(tmp_path, text, name)
    assert {problem.path for problem in caught.value.problems} == {str(tmp_path / name)}
    return [(problem.line, problem.message) for problem in caught.value.problems]


SYNTAX = [
    ("- id: [a\n", 2, ": close the brackets, and put texts that hold brackets or commas in quotes"),
    ("- id: a\n  name: Kupol: the plant\n", 2, ": put a text that holds ': ' in quotes, or correct the indentation"),
    ("- id: a\n- name: @osa\n", 2, ": put a text that begins with @, `, % or a tab in quotes"),
    ("- id: a\n  name\n  type: b\n", 3, ": write 'key: value', or indent the line as the one above"),
    ("- id: a\n  name: *\n", 2, ": put a text that begins with * or & in quotes"),
    ("- id: a\n  aliases: - 9K33\n", 2, ": begin the list on the line below its key"),
    ("- a\n- 'b\n", 3, ": close the quotes or brackets"),
    ("- id: a\n   type: b\n", 2, ": put a text that holds ': ' in quotes, or correct the indentation"),
    ("- id: a\n type: b\n", 2, ": indent the line as the one it belongs to"),
    ("- id: a\n\ttype: b\n", 2, ": indent with spaces"),
    ('- "\\q"\n', 1, ": write \\\\ for a backslash in double quotes, or take single quotes"),
    ("%YAML 3.0\n---\n- a\n", 1, "incompatible YAML document: check quotes and indentation here and just above"),
    ("- a\n---\n- b\n", 2, "a second document"),
    ("- id: &osa a\n", 1, "'&osa' is a YAML anchor"),
    ("- id: a\n  name: *osa\n", 2, "'*osa' is a YAML reference"),
    ("- id: a\n  name: !osa b\n", 2, "'!osa' is a YAML tag"),
    (
        "- id: !!python/object/apply:os.system [ls]\n",
        1,
        "'tag:yaml.org,2002:python/object/apply:os.system' is a YAML tag",
    ),
    ("[" * 100_000, 1, "more than 8 levels deep"),
    ("- " * 100_000, 1, "more than 8 levels deep"),
    ("- a\n- b\x00\n", 2, "control character U+0000: remove it"),
    ("- a\n- b\x07\n", 2, "control character U+0007"),
    ("- a\n- b\u2028c\n", 2, "control character U+2028"),
    ("- a\n- b\ufeff\n", 2, "control character U+FEFF"),
    ("- a\r- b\n", 1, ": save the file with LF or CRLF line ends"),
    (b"\n- \xff\n", 2, "byte 0xff is not UTF-8: save the file as UTF-8"),
    ("- Купол\n".encode("utf-16"), 1, "byte 0xff is not UTF-8: save the file as UTF-8"),
]


@pytest.mark.parametrize(("text", "line", "message"), SYNTAX, ids=[repr(row[2])[:40] for row in SYNTAX])
def test_what_is_no_plain_yaml_is_refused(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    """One problem for each place, before anything is read from the file. The message begins or ends so."""
    ((found_line, found),) = problems_of(tmp_path, text)

    assert found_line == line
    assert found.startswith(message) or found.endswith(message)


CONTENT = [
    ("Osa\n", 1, "the file must be a list of entities, not a text"),
    ("id: a\ntype: person\n", 1, "the file must be a list of entities, not a mapping"),
    ("# a comment\n- Osa\n", 2, "an entity must be a mapping, not a text"),
    (f"{OSA}- [a]\n", 4, "an entity must be a mapping, not a list"),
    (f"{OSA}  name: Osa\n", 4, "key 'name' again: merge it with line 3"),
    (f"{OSA}  alises: [9K33]\n", 4, "unknown key 'alises': did you mean 'aliases'?"),
    (f"{OSA}  xyz: [9K33]\n", 4, "unknown key 'xyz': the keys are id, type, name,"),
    (f"{OSA}  ? [a]\n  : b\n", 4, "a key must be a text, not a list"),
    ("- type: product\n  name: Osa\n", 1, "the entity has no 'id': add one"),
    ("- id: a\n  name: Osa\n", 1, "the entity has no 'type': add one"),
    ("- id: a\n  type: event\n", 1, "the entity has no 'name': add one"),
    ("- id: a\n  type: event\n  name:\n", 3, "'name' is empty: fill it in or remove it"),
    ("- id: '  '\n  type: event\n  name: b\n", 1, "'id' is empty"),
    ("- id: a\n  type: event\n  name: [b]\n", 3, "'name' must be a text, not a list"),
    ('- id: a\n  type: event\n  name: "b\\nc"\n', 3, "'name' holds a line break: write it on one line"),
    ('- id: a\n  type: event\n  name: "b\\tc"\n', 3, "'name' holds a tab: write a space"),
    ('- id: a\n  type: event\n  name: "b\\x07"\n', 3, "'name' holds the control character U+0007"),
    (f'{OSA}  note: "a\\0"\n', 4, "'note' holds the control character U+0000"),
    ("- id: a\n  type: drone\n  name: b\n", 2, "'type' is 'drone': choose one of person, organization,"),
    (f"{OSA}- id: product:osa\n  type: event\n  name: b\n", 4, "a.yaml:1: choose another"),
    (f"{OSA}  aliases:\n", 4, "'aliases' is empty: list something below it"),
    (f"{OSA}  aliases: 9K33\n", 4, "'aliases' must be a list, not a text"),
    (f"{OSA}  aliases:\n    - ''\n", 5, "an alias is empty"),
    (f"{OSA}  aliases:\n    - [9K33]\n", 5, "an alias must be a text or a mapping with 'text', not a list"),
    (f"{OSA}  aliases:\n    - Osa: missile\n", 5, "'Osa: missile' reads as a key with a value: put it in quotes"),
    (f"{OSA}  aliases:\n    - txt: Оса\n", 5, "unknown key 'txt': did you mean 'text'?"),
    (f"{OSA}  aliases:\n    - lang: ru\n", 5, "the alias has no 'text'"),
    (f"{OSA}  aliases:\n    - 9K33\n    - ' 9K33 '\n", 6, "'9K33' again: it is in line 5 already"),
    (f"{OSA}  aliases:\n    - 9K33\n    - {{text: 9K33, lang: ru}}\n", 6, "'9K33' again"),
    (f"{OSA}  aliases:\n    - Osa\n", 5, "alias 'Osa' is the name already: remove it"),
    (f"{OSA}  aliases:\n    - {{text: Оса, lang: ua}}\n", 5, "'uk' is the language, 'ua' the country"),
    (f"{OSA}  aliases:\n    - {{text: Оса, lang: Russian}}\n", 5, "write a code of ISO 639"),
    (f"{OSA}  aliases:\n    - {{text: Оса, kind: speling}}\n", 5, "choose one of spelling, transliteration,"),
    (f"{OSA}  aliases:\n    - {{text: Оса, case: upper}}\n", 5, "choose one of fold, exact"),
    (f"{OSA}  aliases:\n    - {{text: Оса, match: loose}}\n", 5, "choose one of exact, inflected, fuzzy"),
    (f"{OSA}  aliases:\n    - {{text: Оса, requires: it}}\n", 5, "choose one of cue, type"),
    (f"{OSA}  aliases:\n    - text: Оса\n      from: 2014\n", 6, "'from' is '2014': write a day"),
    (f"{OSA}  aliases:\n    - {{text: Оса, until: 2023-02-29}}\n", 5, "'until' is '2023-02-29': write a day"),
    (f"{OSA}  aliases:\n    - {{text: Оса, added: 20240101}}\n", 5, "'added' is '20240101'"),
    (
        f"{OSA}  aliases:\n    - {{text: Оса, from: 2024-01-02, until: 2024-01-01}}\n",
        5,
        "'from' 2024-01-02 is after 'until' 2024-01-01",
    ),
    (f"{OSA}  cues:\n    - SAM\n    - SAM\n", 6, "'SAM' again: it is in line 5 already"),
    (f"{OSA}  cues: [[SAM]]\n", 4, "an item of 'cues' must be a text, not a list"),
    (f"{OSA}  identifiers: Q42\n", 4, "'identifiers' must be a mapping, not a text"),
    (f"{OSA}  identifiers: {{a: b, a: c}}\n", 4, "'a' again"),
    (f"{OSA}  identifiers: {{a: [b]}}\n", 4, "identifier 'a' must be a text, not a list"),
    (f"{OSA}  never: [Osa]\n", 4, "'Osa' is both a name of the entity and under 'never'"),
    (f"{OSA}  never:\n    - {{text: Osa Peninsula, lang: en}}\n", 5, "unknown key 'lang'"),
    (f"{OSA}  expect: [Osa]\n", 4, "'expect' must be a mapping, not a list: write resolve: ..., reject: ..."),
    (f"{OSA}  expect: {{rejects: [Osa]}}\n", 4, "did you mean 'reject'?"),
    (f"{OSA}  expect: {{resolve: [Osas], reject: [Osas]}}\n", 4, "both under 'resolve' and under 'reject'"),
    (f"{OSA}  redirects: [product:osa]\n", 1, "redirect 'product:osa' is the entity's own id"),
    (f"{OSA}  redirects: [a, a]\n", 4, "'a' again"),
    (f"{OSA}  redirects: [b]\n- id: b\n  type: event\n  name: B\n", 1, "redirect 'b' is taken by"),
    (f"{OSA}  redirects: [c]\n- id: b\n  type: event\n  name: B\n  redirects: [c]\n", 5, "redirect 'c' is taken by"),
]


@pytest.mark.parametrize(("text", "line", "message"), CONTENT, ids=[row[2][:50] for row in CONTENT])
def test_what_is_wrong_is_reported_once_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    """The message says what is wrong and what to do."""
    ((found_line, found),) = problems_of(tmp_path, text)

    assert found_line == line
    assert message in found


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (f"{OSA}  expect: {{resolve: [''], reject: ['']}}\n", ["an item of 'resolve' is", "an item of 'reject' is"]),
        (f"{OSA}  never: [{{note: a}}, {{note: b}}]\n", ["the phrase has no 'text'"] * 2),
        (f"{OSA}  aliases: [{{lang: ru}}, {{lang: uk}}]\n", ["the alias has no 'text'"] * 2),
        ("- {type: event, name: A}\n- {type: event, name: B}\n", ["the entity has no 'id'"] * 2),
    ],
)
def test_what_is_missing_twice_is_not_the_same(tmp_path: Path, text: str, messages: list[str]) -> None:
    """Nor does it contradict itself: each place has its problem, and no other follows from that."""
    found = [message for _, message in problems_of(tmp_path, text)]

    assert len(found) == len(messages)
    assert all(map(str.startswith, found, messages))


def test_the_longest_text_is_read(tmp_path: Path) -> None:
    """One character more is refused."""
    note = "a" * MAX_TEXT

    assert load(tmp_path, f"{OSA}  note: {note}\n").entities[0].note == note
    assert problems_of(tmp_path, f"{OSA}  note: {note}a\n") == [
        (4, "'note' has 20,001 characters, over 20,000: shorten it")
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: b\n", 1, "the file must be a list, not a mapping"),
        ("- unknown\n- unknown\n", 2, "'unknown' again"),
        ("- {note: no text}\n", 1, "the phrase has no 'text'"),
        ("- id: product:osa\n", 1, "'id: product:osa' reads as a key with a value"),
        ("- [a]\n", 1, "a phrase must be a text or a mapping with 'text', not a list"),
    ],
)
def test_blocked_yaml_holds_phrases(tmp_path: Path, text: str, line: int, message: str) -> None:
    """It is checked as strictly as the files of entities."""
    ((found_line, found),) = problems_of(tmp_path, text, "blocked.yaml")

    assert found_line == line
    assert message in found


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    """In the order of the files and lines, unreadable files among them."""
    (tmp_path / "a.yaml").write_text("- id: x\n  type: drone\n  name: ''\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("- [\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes(b"\xff")
    (tmp_path / "d.yml").write_text("- id: x\n  type: event\n  name: X\n", encoding="utf-8")

    with pytest.raises(RegistryError) as caught:
        Registry.load(tmp_path)

    places = [(Path(problem.path).name, problem.line) for problem in caught.value.problems]
    assert places == [("a.yaml", 2), ("a.yaml", 3), ("b.yaml", 2), ("c.yaml", 1), ("d.yml", 1)]
    assert f"{tmp_path / 'a.yaml'}:2: 'type' is 'drone'" in str(caught.value)


def test_every_anchor_of_a_file_is_named(tmp_path: Path) -> None:
    """A file that would expand to a billion texts is refused without expanding it."""
    levels = "".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    found = problems_of(tmp_path, f"- &a0 [osa]\n{levels}")

    assert len(found) == 10 + 9 * 9
    assert found[0] == (1, "'&a0' is a YAML anchor: put the text in quotes, or remove it")


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    """The size is looked at before the content."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(RegistryError) as caught:
        Registry.load(tmp_path)
    assert str(caught.value) == f"{path}: {MAX_BYTES + 1} bytes, over {MAX_BYTES}: split the file"


def test_all_keys_are_read(tmp_path: Path) -> None:
    """The model gets every value, trimmed."""
    text = """\
# A comment
- id: product:osa
  type: product
  name: ' Osa '
  aliases:
    - 9K33
    - {text: OSA, lang: en, kind: acronym, case: exact, match: exact, requires: cue}
    - text: Оса
      from: 1971-10-04
      until: 2024-12-31
      source: 000_ec5e525d67e04358
      added: 2025-01-31
      by: kate
      note: |
        two
        lines
  cues: [air defence, SAM]
  identifiers: {wikidata: "1"}
  never: [Osa Peninsula, {text: OSA Foundation, note: a charity, source: a, added: 2025-01-31, by: b}]
  expect: {resolve: [the Osa], reject: [Osaka]}
  redirects: [product:9k33]
  source: a
  note: b
"""
    expected = Entity(
        "product:osa",
        "Osa",
        "product",
        (
            Alias("9K33"),
            Alias("OSA", lang="en", kind="acronym", case="exact", match="exact", requires="cue"),
            Alias(
                "Оса",
                from_="1971-10-04",
                until="2024-12-31",
                source="000_ec5e525d67e04358",
                added="2025-01-31",
                by="kate",
                note="two\nlines",
            ),
        ),
        cues=("air defence", "SAM"),
        identifiers=(("wikidata", "1"),),
        never=("Osa Peninsula", "OSA Foundation"),
        resolve=("the Osa",),
        reject=("Osaka",),
        redirects=("product:9k33",),
        source="a",
        note="b",
    )

    assert load(tmp_path, text).entities == (expected,)


@pytest.mark.parametrize(
    "text", ["NO", "on", "1984", "12:30", "2020-01-01", "~", "null", "0x1F", "1_000", "=", "<<", "9K33", ".5"]
)
def test_scalars_stay_what_was_typed(tmp_path: Path, text: str) -> None:
    """No text becomes a number, a date, a boolean or nothing."""
    assert load(tmp_path, f"{OSA}  aliases:\n    - {text}\n").entities[0].aliases == (Alias(text),)


@pytest.mark.parametrize("text", ["Johnson & Johnson", "Wham!", "5 * 5", "R&D", "C#", "Yahoo!: a"])
def test_signs_of_yaml_within_a_text_are_no_signs(tmp_path: Path, text: str) -> None:
    """Only where an anchor, a reference or a tag would stand is it refused."""
    quoted = f"'{text}'" if ":" in text else text

    assert load(tmp_path, f"{OSA}  cues:\n    - {quoted}\n").entities[0].cues == (text,)


@pytest.mark.parametrize("text", [f"\ufeff{OSA}", OSA.replace("\n", "\r\n"), OSA.removesuffix("\n"), f"---\n{OSA}..."])
def test_files_of_other_editors_are_fine(tmp_path: Path, text: str) -> None:
    """A byte-order mark, CRLF, no final newline and document marks are no problem."""
    assert load(tmp_path, text).get("product:osa").name == "Osa"


def test_a_spelling_that_differs_only_in_case_is_another_alias(tmp_path: Path) -> None:
    """OSA is matched otherwise than Osa."""
    assert load(tmp_path, f"{OSA}  aliases: [OSA]\n").entities[0].aliases == (Alias("OSA"),)


def test_blocked_strings_are_read(tmp_path: Path) -> None:
    """With or without their provenance."""
    (tmp_path / "blocked.yml").write_text("- unknown\n- {text: N/A, note: no name}\n", encoding="utf-8")

    assert load(tmp_path, OSA).blocked == ("unknown", "N/A")


def test_a_file_of_comments_is_empty(tmp_path: Path) -> None:
    """A registry may begin as a comment."""
    assert len(load(tmp_path, "# products\n")) == 0
