"""A queue as YAML and as JSON lines; what is written is read back equal."""

import json
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.model import ENTITY_TYPES
from resolver.review import Item, Judgement, Queue, Snippet, Suggestion, load_queue, save_queue
from resolver.review.queue import QUEUE_STATUSES
from resolver.review.writing import quoted, to_jsonl, to_yaml

KUPOL = Item(
    "kupol-08b0",
    "Kupol",
    "organization",
    "unresolved",
    "no entity of this name",
    12,
    2,
    (("Kupol", 11), ("Куполом", 1)),
    (Snippet("a.txt", 4, 9, "The «Kupol» plant: 100 % of it"),),
    (Suggestion("product:kupol", 0.41, "another type"),),
    "- id: organization:kupol\n  type: organization\n  name: Kupol\n",
)

WORDS_OF_YAML = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
named = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
lines = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
kinds = st.sampled_from(ENTITY_TYPES)
counts = st.integers(0, 10**9)
notes = st.none() | named
decisions = st.one_of(
    st.builds(Judgement, note=notes),
    st.builds(Judgement, st.sampled_from(["unsure", "not_an_entity"]), note=notes),
    st.builds(Judgement, st.just("match"), entities=st.tuples(named), note=notes),
    st.builds(Judgement, st.just("not"), entities=st.lists(named, min_size=1).map(tuple), note=notes),
    st.builds(Judgement, st.just("new"), type=kinds, name=lines, note=notes),
)
items = st.builds(
    Item,
    named,
    texts,
    st.none() | kinds,
    st.sampled_from(QUEUE_STATUSES),
    texts,
    counts,
    counts,
    st.dictionaries(texts, counts, min_size=1, max_size=4).map(lambda found: tuple(found.items())),
    st.lists(st.builds(Snippet, texts, counts, counts, texts), max_size=2).map(tuple),
    st.lists(st.builds(Suggestion, texts, st.floats(0, 1), texts), max_size=2).map(tuple),
    texts | lines.map(lambda line: f"- id: {line}\n  name: x\n"),
    decisions,
)
queues = st.lists(items, max_size=3, unique_by=lambda item: item.key).map(tuple).map(Queue)


@settings(max_examples=80, deadline=None)
@given(queue=queues)
@pytest.mark.parametrize("suffix", [".yaml", ".jsonl"])
def test_what_is_saved_is_loaded_equal(tmp_path_factory, suffix, queue):
    """Both formats hold everything, whatever the texts are."""
    path = tmp_path_factory.mktemp("queue") / f"queue{suffix}"
    save_queue(queue, path)

    assert queue == load_queue(path)


@settings(max_examples=50, deadline=None)
@given(queue=queues)
def test_json_lines_are_json(queue):
    """Any JSON reader takes each line for an object with the same fields."""
    for line in to_jsonl(queue).splitlines():
        assert {"key", "variants", "decision", "note"} <= json.loads(line).keys()


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_other_yaml_readers_see_the_same_strings(text):
    """A quoted scalar is the same string for a reader that guesses types."""
    assert [text, {"a": text}] == yaml.safe_load(f"[{quoted(text)}, {{a: {quoted(text)}}}]")


@pytest.mark.parametrize("text", [*WORDS_OF_YAML, "NO", "1984", "12:30", "2020-01-01", "~", "", "a: b", "# c", "*x"])
def test_what_yaml_would_misread_is_quoted(text):
    """Names are names, whatever YAML has for such a word."""
    assert quoted(text).startswith('"')


def test_the_yaml_of_an_item():
    """A block that a person can read from top to bottom, with an empty line to write on."""
    assert to_yaml(Queue((KUPOL,))).endswith(
        """
- key:        kupol-08b0
  name:       Kupol
  type:       organization
  status:     unresolved
  reason:     no entity of this name
  count:      12
  documents:  2
  variants:
    Kupol: 11
    Куполом: 1
  snippets:
    - {document: a.txt, start: 4, end: 9, text: "The «Kupol» plant: 100 % of it"}
  candidates:
    - {id: product:kupol, score: 0.41, why: another type}
  proposal: |
    - id: organization:kupol
      type: organization
      name: Kupol
  decision:
  note:
"""
    )


@pytest.mark.parametrize("suffix", [".yaml", ".jsonl"])
def test_an_excepted_spelling_stands_below_the_decision(tmp_path, suffix):
    """Where the curator would write it, and it is read back."""
    path = tmp_path / f"queue{suffix}"
    judged = replace(KUPOL, judgement=Judgement("unsure", except_=("Куполом",), note="which?"))
    save_queue(Queue((judged,)), path)

    assert load_queue(path).items == (judged,)
    assert to_yaml(Queue((judged,))).endswith(
        """
  decision:   unsure
  except:     [Куполом]
  note:       "which?"
"""
    )


def test_the_header_explains_every_decision():
    """No one needs the documentation to answer."""
    header = to_yaml(Queue()).partition("\n\n")[0]

    assert all(f"decision: {word}" in header for word in ("{match:", "{new:", "{not:", "not_an_entity", "unsure"))
    assert all(line.startswith("#") and len(line) <= 120 for line in header.splitlines())


@pytest.mark.parametrize(
    ("proposal", "is_block"),
    [
        ("- id: x\n", True),
        ("- id: x\n  name: X\n", True),
        ("- id: x", False),
        ("- id: x\n\n", False),
        ("- id: x\n \n", False),
        ("- id: x\n\u200b\n", False),
        (" - id: x\n", False),
    ],
)
def test_a_proposal_is_a_block_if_that_gives_it_back(tmp_path, proposal, is_block):
    """Else it stands in quotes on one line."""
    path = tmp_path / "queue.yaml"
    proposed = replace(KUPOL, proposal=proposal)
    save_queue(Queue((proposed,)), path)

    assert load_queue(path).items == (proposed,)
    assert ("proposal: |\n" in path.read_text(encoding="utf-8")) == is_block


def test_an_empty_queue_is_a_queue(tmp_path):
    """Nothing to ask is an answer too."""
    for name in ("queue.yaml", "queue.yml", "queue.jsonl"):
        save_queue(Queue(), tmp_path / name)
        assert len(load_queue(tmp_path / name)) == 0


def test_saving_twice_gives_the_same_bytes(tmp_path):
    """A queue in version control shows only what changed."""
    path = tmp_path / "queue.yaml"
    save_queue(Queue((KUPOL,)), path)
    first = path.read_bytes()
    save_queue(load_queue(path), path)

    assert first == path.read_bytes()


def test_an_unknown_suffix_is_refused(tmp_path):
    """The suffix decides the format, so it has to be known."""
    with pytest.raises(ValueError, match=r"saved as \.yaml or \.jsonl"):
        save_queue(Queue(), tmp_path / "queue.csv")


def test_a_very_long_spelling_is_kept(tmp_path):
    """YAML bounds the keys on one line; longer ones are written in another way."""
    path = tmp_path / "queue.yaml"
    long = Item("x-1", "x", None, "unresolved", "", 1, 1, (("ы" * 3000, 1),))
    save_queue(Queue((long,)), path)

    assert (long,) == load_queue(path).items
