"""Reading a queue: all problems at once, each with its line and what to do."""

import json

import pytest

from resolver.errors import ReviewError
from resolver.model import Entity
from resolver.registry import Registry
from resolver.review import load_queue

ITEM = """\
- key: kupol-1
  name: Kupol
  type: organization
  status: unresolved
  reason: no entity of this name
  count: 2
  documents: 1
  variants:
    Kupol: 1
    Купол: 1
  snippets:
    - {document: a.txt, start: 4, end: 9, text: "The «Kupol» plant"}
  candidates:
    - {id: product:kupol, score: 0.41, why: another type}
  proposal:
  decision:
  note:
"""


def problems_of(tmp_path, text: str, *, name: str = "queue.yaml", registry: Registry | None = None) -> list[str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(ReviewError) as caught:
        load_queue(path, registry=registry)
    return [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]


def loaded(tmp_path, text: str):
    path = tmp_path / "queue.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return load_queue(path)


@pytest.mark.parametrize("word", ["", " ~", " null", ' ""'])
def test_an_empty_decision_is_undecided(tmp_path, word):
    """A curator may come back later."""
    (item,) = loaded(tmp_path, ITEM.replace("decision:", f"decision:{word}"))

    assert item.judgement.decision is None


@pytest.mark.parametrize(
    ("written", "decision", "entities"),
    [
        ("unsure", "unsure", ()),
        ("not_an_entity", "not_an_entity", ()),
        ("{match: organization:kupol}", "match", ("organization:kupol",)),
        ("{not: product:kupol}", "not", ("product:kupol",)),
        ("{not: [product:kupol, product:osa]}", "not", ("product:kupol", "product:osa")),
        ("\n    match: organization:kupol", "match", ("organization:kupol",)),
    ],
)
def test_decisions(tmp_path, written, decision, entities):
    """Every way to answer, in brackets or in lines."""
    (item,) = loaded(tmp_path, ITEM.replace("decision:", f"decision: {written}"))

    assert (decision, entities) == (item.judgement.decision, item.judgement.entities)


def test_a_new_entity_with_a_note_and_an_exception(tmp_path):
    """All that a curator can write."""
    answer = "decision: {new: {type: organization, name: NPO Kupol}}\n  except: [Купол]\n  note: 'No: 1984'"
    (item,) = loaded(tmp_path, ITEM.replace("decision:\n  note:", answer))

    judgement = item.judgement
    assert (judgement.decision, judgement.type, judgement.name) == ("new", "organization", "NPO Kupol")
    assert (judgement.except_, judgement.note) == (("Купол",), "No: 1984")
    assert item.decided == ("Kupol",)


def test_the_line_of_a_decision_is_known(tmp_path):
    """Problems that only the registry can find still point into the file."""
    (item,) = loaded(tmp_path, ITEM.replace("decision:", "decision: unsure"))

    assert item.judgement.line == 16


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("decision:", "decison:", "queue.yaml:16: unknown key 'decison': did you mean 'decision'?"),
        (
            "decision:",
            "decision: not_entity",
            "queue.yaml:16: unknown decision 'not_entity': did you mean 'not_an_entity'?",
        ),
        ("decision:", "decision: match", "queue.yaml:16: 'match' of what? Write {match: person:x}"),
        (
            "decision:",
            "decision: new",
            "queue.yaml:16: 'new' of what? Write {new: {type: person, name: Some Name}}",
        ),
        ("decision:", "decision: {matches: a}", "queue.yaml:16: unknown key 'matches': did you mean 'match'?"),
        (
            "decision:",
            "decision: {match: a, not: b}",
            "queue.yaml:16: a decision is one of match, new and not: decide for one",
        ),
        ("decision:", "decision: {match: }", "queue.yaml:16: no id: write {match: person:x}"),
        ("decision:", "decision: {not: []}", "queue.yaml:16: no id: write {not: person:x}"),
        ("decision:", "decision: {match: [a, b]}", "queue.yaml:16: one name means one entity: write {match: person:x}"),
        (
            "decision:",
            "decision: {new: {type: persn, name: A}}",
            "queue.yaml:16: unknown type 'persn': did you mean 'person'?",
        ),
        ("decision:", "decision: {new: {type: person}}", "queue.yaml:16: the key 'name' is missing"),
        ("decision:", "decision: {new: {type: person, name: ''}}", "queue.yaml:16: a new entity needs a name"),
        ("decision:", "decision: {new: Kupol}", "queue.yaml:16: expected 'key: value' lines here"),
        (
            "decision:",
            "decision: unsure\n  except: [Kupil]",
            "queue.yaml:17: 'Kupil' is no variant of the item: did you mean 'Kupol'?",
        ),
        (
            "decision:",
            "decision: unsure\n  except: Kupol",
            "queue.yaml:17: expected a list here: [a, b] or '- a' lines",
        ),
        (
            "decision:",
            "decision: unsure\n  except: [Kupol, Купол]",
            "queue.yaml:17: every variant is excepted: empty the decision instead",
        ),
        ("decision:", "note: a\n  decision:", "queue.yaml:18: 'note' stands twice: remove one of the two"),
        ("  name: Kupol\n", "", "queue.yaml:1: the key 'name' is missing"),
        ("  name: Kupol\n", "  name: [Kupol]\n", "queue.yaml:2: expected a text here"),
        (
            "status: unresolved",
            "status: unsolved",
            "queue.yaml:4: unknown status 'unsolved': did you mean 'unresolved'?",
        ),
        ("count: 2", "count: many", "queue.yaml:6: expected a whole number, not 'many'"),
        ("count: 2", "count: -2", "queue.yaml:6: expected a whole number, not '-2'"),
        ("score: 0.41", "score: 1.5", "queue.yaml:14: expected a number from 0 to 1, not '1.5'"),
        ("score: 0.41", "score: .nan", "queue.yaml:14: expected a number from 0 to 1, not '.nan'"),
        (
            "    Kupol: 1\n    Купол: 1",
            "    {}",
            "queue.yaml:9: no variants: keep the lines 'spelling: count' of the item",
        ),
        ("key: kupol-1", "key:", "queue.yaml:1: an empty key: keep the key that the audit gave"),
    ],
)
def test_a_problem_says_where_what_and_what_to_do(tmp_path, old, new, problem):
    """Each is found by its line."""
    assert [problem] == problems_of(tmp_path, ITEM.replace(old, new, 1))


def test_all_problems_are_told_at_once(tmp_path):
    """Nobody likes to run a check ten times."""
    text = ITEM.replace("count: 2", "count: x").replace("decision:", "decision: maybe") + "- nothing\n"

    assert [int(problem.split(":")[1]) for problem in problems_of(tmp_path, text)] == [6, 16, 18]


def test_a_key_that_is_used_twice(tmp_path):
    """Two answers to one question would be a puzzle."""
    expected = "queue.yaml:18: the key 'kupol-1' is used on line 1: remove one of the two items"

    assert [expected] == problems_of(tmp_path, ITEM + ITEM)


def test_an_unknown_id_names_the_nearest(tmp_path):
    """A slip in an id is found before anything is applied."""
    registry = Registry.from_entities([Entity("organization:kupol", "Kupol", "organization")])
    (problem,) = problems_of(
        tmp_path, ITEM.replace("decision:", "decision: {match: organization:kupl}"), registry=registry
    )

    assert problem.startswith("queue.yaml:16: no entity 'organization:kupl'")
    assert "organization:kupol" in problem


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- &a [x]\n- *a\n", 1),
        ("- key: !!python/object/apply:os.system [ls]\n", 1),
        ("key: kupol\n", 1),
        ("- key: 'open\n", 2),
        ("[" * 200 + "]" * 200, 1),
        ("- key: \x07\n", 1),
    ],
)
def test_what_a_queue_never_needs_is_refused(tmp_path, text, line):
    """A queue comes from anywhere: no tags, no anchors, no bombs."""
    assert f"queue.yaml:{line}:" in problems_of(tmp_path, text)[0]


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n"])
def test_a_queue_may_be_empty(tmp_path, text):
    """A file with only its instructions holds no items."""
    assert len(loaded(tmp_path, text)) == 0


def test_windows_line_ends_and_a_byte_order_mark_are_fine(tmp_path):
    """Editors do that."""
    assert len(loaded(tmp_path, "\ufeff" + ITEM.replace("\n", "\r\n"))) == 1


def test_json_lines_have_the_same_problems(tmp_path):
    """The line of the file is the line of the item."""
    good = {"key": "a-1", "name": "A", "status": "unresolved", "count": 1, "documents": 1, "variants": {"A": 1}}
    bad = {**good, "key": "b-1", "decision": "maybe", "count": "x", "kount": 1}
    text = f"{json.dumps(good)}\n\n{json.dumps(bad)}\n"

    found = problems_of(tmp_path, text, name="queue.jsonl")

    assert len(found) == 3
    assert all(problem.startswith("queue.jsonl:3:") for problem in found)


@pytest.mark.parametrize("line", ["{", "[1, 2", '{"key": 1e999999}', "[" * 100_000, "nonsense"])
def test_a_broken_json_line(tmp_path, line):
    """It is told with its number."""
    assert problems_of(tmp_path, f"\n{line}\n", name="queue.jsonl")[0].startswith("queue.jsonl:2:")


def test_a_key_twice_in_a_json_object(tmp_path):
    """JSON readers take the last one without a word."""
    assert "queue.jsonl:1: 'key' stands twice: remove one of the two" in problems_of(
        tmp_path, '{"key": "a", "key": "b"}\n', name="queue.jsonl"
    )


def test_half_a_surrogate_pair_is_no_text(tmp_path):
    """JSON can spell one, and no file can hold it; both halves are a sign."""
    good = {
        "key": "a-1",
        "name": "\U0001f680",
        "status": "unresolved",
        "count": 1,
        "documents": 1,
        "variants": {"A": 1},
    }
    bad = {**good, "key": "b-1", "name": "\ud83d"}

    assert problems_of(tmp_path, f"{json.dumps(good)}\n{json.dumps(bad)}\n", name="queue.jsonl") == [
        "queue.jsonl:2: not a text: half of a surrogate pair"
    ]


def test_a_file_that_is_not_there(tmp_path):
    """It is a problem like any other."""
    with pytest.raises(ReviewError, match=r"none\.yaml: cannot be read"):
        load_queue(tmp_path / "none.yaml")


def test_a_file_that_is_no_queue(tmp_path):
    """The suffix decides how it is read."""
    with pytest.raises(ReviewError, match=r"a queue is a \.yaml or \.jsonl file"):
        load_queue(tmp_path / "queue.csv")
