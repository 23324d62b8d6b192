"""What was applied can be taken back, all of it or one decision, byte for byte."""

from pathlib import Path

import pytest
from factories import item
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.errors import RegistryError, ReviewError
from resolver.registry import Registry
from resolver.review import Queue, load_queue, plan_application, plan_undo, save_queue

PEOPLE = """\
# People
- id: person:brechalov
  type: person
  name: Aleksandr Brechalov
  aliases:
    - Alexander Brechalov   # the press

- id: person:kovalenko
  type: person
  name: Andrii Kovalenko
"""
PRODUCTS = "- id: product:osa\n  type: product\n  name: Osa"
NAMES = ("Syrskyi", "Сирський", "Osa Peninsula", "Wasp", "Бречалов", "Contents")
IDS = ("person:brechalov", "person:kovalenko", "product:osa")
DECISIONS = st.one_of(
    st.builds(lambda one: {"decision": "match", "entities": (one,)}, st.sampled_from(IDS)),
    st.builds(lambda one: {"decision": "not", "entities": (one,)}, st.sampled_from(IDS)),
    st.builds(
        lambda kind, name: {"decision": "new", "type": kind, "name": name},
        st.sampled_from(("person", "event")),
        st.sampled_from(("Syrskyi", "Budanov")),
    ),
    st.just({"decision": "not_an_entity"}),
    st.just({"decision": "unsure"}),
    st.just({}),
)
ROUNDS = st.lists(st.dictionaries(st.sampled_from(NAMES), DECISIONS, min_size=1, max_size=4), min_size=1, max_size=3)


def made(folder: Path) -> Path:
    """A registry and an empty place for a queue."""
    (folder / "aliases").mkdir()
    (folder / "aliases" / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (folder / "aliases" / "products.yaml").write_text(PRODUCTS, encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return made(tmp_path)


def decide(place: Path, decisions: dict[str, dict]) -> Queue:
    """A queue file with these decisions."""
    items = (
        item(name, key=f"{number}-{name}", **decision) for number, (name, decision) in enumerate(decisions.items())
    )
    save_queue(Queue(tuple(items)), place / "queue.yaml")
    return load_queue(place / "queue.yaml")


def apply(place: Path, decisions: dict[str, dict]) -> None:
    """Apply them, as the command does."""
    plan_application(decide(place, decisions), Registry.load(place / "aliases"), by="ada", on="2025-07-01").write()


def undo(place: Path, decision: str | None = None) -> None:
    queue = load_queue(place / "queue.yaml")
    plan_undo(Registry.load(place / "aliases"), by="ada", on="2025-07-02", decision=decision, queue=queue).write()


def contents(place: Path) -> dict[str, bytes]:
    """All files but the ledger."""
    return {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file() and path.suffix != ".jsonl"}


@settings(max_examples=60, deadline=None)
@given(ROUNDS)
def test_taking_back_application_after_application_gives_all_files_back(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[str, dict]]
) -> None:
    """The registry and the queue, byte for byte, whatever was decided."""
    place = made(tmp_path_factory.mktemp("undo"))
    before = []
    for decisions in rounds:
        decide(place, decisions)
        state = contents(place)
        try:
            apply(place, decisions)
        except ReviewError:  # a contradiction: nothing may have changed
            assert contents(place) == state
            continue
        if {name: text for name, text in contents(place).items() if name != "queue.yaml"} != {
            name: text for name, text in state.items() if name != "queue.yaml"
        }:
            before.append(state)
    while before:
        state = before.pop()
        (place / "queue.yaml").write_bytes(contents(place)["queue.yaml"])
        undo(place)
        now = contents(place)
        assert {**now, "queue.yaml": b""} == {**state, "queue.yaml": b""}


def test_an_undone_application_is_in_the_queue_again(place: Path) -> None:
    """As it was decided, with all it had, so that the decision can be changed."""
    decisions = {
        "Сирський": {"decision": "new", "type": "person", "name": "Oleksandr Syrskyi", "note": "commander"},
        "Wasp": {"decision": "unsure"},
    }
    decide(place, decisions)
    before = contents(place)
    apply(place, decisions)
    assert [left.name for left in load_queue(place / "queue.yaml")] == ["Wasp"]
    undo(place)

    assert contents(place) == before


def test_one_decision_is_taken_back(place: Path) -> None:
    """By the key of its item; the others stand."""
    apply(
        place, {"Оса": {"decision": "match", "entities": ("product:osa",)}, "Contents": {"decision": "not_an_entity"}}
    )
    undo(place, "0-Оса")
    registry = Registry.load(place / "aliases")

    assert registry.get("product:osa").aliases == ()
    assert registry.blocked == ("Contents",)
    assert (place / "aliases" / "products.yaml").read_text("utf-8") == PRODUCTS


def test_an_entity_that_a_later_decision_added_to_stays(place: Path) -> None:
    """That one has to be taken back first."""
    new = {"decision": "new", "type": "person", "name": "Oleksandr Syrskyi"}
    apply(place, {"Syrskyi": new})
    apply(place, {"Сирський": {"decision": "match", "entities": ("person:oleksandr-syrskyi",)}})
    before = contents(place)

    with pytest.raises(RegistryError, match="'Oleksandr Syrskyi' was edited since it was added: take it back by hand"):
        undo(place, "0-Syrskyi")
    assert contents(place) == before
    undo(place)
    undo(place)
    assert len(Registry.load(place / "aliases")) == 3


def test_nothing_is_taken_back_twice(place: Path) -> None:
    """The one before it is next, and then there is none."""
    apply(place, {"Оса": {"decision": "match", "entities": ("product:osa",)}})
    undo(place)

    with pytest.raises(ReviewError, match="no decision is left to take back"):
        undo(place)
    with pytest.raises(ReviewError, match="no decision '0-Оса' that stands: `resolver review log` lists them"):
        undo(place, "0-Оса")


def test_without_a_queue_only_the_registry_goes_back(place: Path) -> None:
    """The next audit asks again."""
    apply(place, {"Оса": {"decision": "match", "entities": ("product:osa",)}})
    before = (place / "queue.yaml").read_bytes()
    plan = plan_undo(Registry.load(place / "aliases"), by="ada", on="2025-07-02")
    plan.write()

    assert plan.lines == ("0-Оса: match product:osa of ada, 2025-07-01, is taken back",)
    assert (place / "aliases" / "products.yaml").read_text("utf-8") == PRODUCTS
    assert (place / "queue.yaml").read_bytes() == before


def test_planning_to_undo_writes_nothing(place: Path) -> None:
    """The diff shows what would go."""
    apply(place, {"Оса": {"decision": "match", "entities": ("product:osa",)}})
    before = contents(place)
    diff = plan_undo(Registry.load(place / "aliases"), by="ada", on="2025-07-02").diff()

    assert "-    - {text: Оса, lang: ru, kind: transliteration, source: 0.txt, added: 2025-07-01, by: ada}" in diff
    assert contents(place) == before


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ({"decision": "match", "entities": ("product:osa",)}, "match product:osa"),
        ({"decision": "not", "entities": ("person:brechalov", "product:osa")}, "not person:brechalov, product:osa"),
        ({"decision": "new", "type": "event", "name": "Wasp"}, "new Wasp"),
        ({"decision": "not_an_entity"}, "not_an_entity"),
    ],
)
def test_what_is_taken_back_is_told(place: Path, decision: dict, told: str) -> None:
    """What was decided, by whom and when; nothing is written for it."""
    apply(place, {"Wasp": decision})
    undoing = plan_undo(Registry.load(place / "aliases"), by="eve", on="2025-07-02")

    assert undoing.lines == (f"0-Wasp: {told} of ada, 2025-07-01, is taken back",)
    assert undoing.queue is None


def test_a_registry_without_files_has_nothing_to_take_back() -> None:
    """There is no ledger beside it."""
    with pytest.raises(ReviewError, match="registry: was not read from files: load it from a folder"):
        plan_undo(Registry.from_entities([]), by="eve", on="2025-07-02")
