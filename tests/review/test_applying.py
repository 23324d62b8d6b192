"""Judgements to the registry: what each does, and when all are refused."""

from dataclasses import replace
from pathlib import Path

import pytest
from factories import item

from resolver.errors import ReviewError
from resolver.model import Entity, Occurrence
from resolver.registry import Registry
from resolver.review import (
    Judgement,
    Ledger,
    Queue,
    build_queue,
    load_queue,
    plan_application,
    save_queue,
)
from resolver.review.drafting import alias_kind

PEOPLE = """\
# The people of the sample.
- id: person:aleksandr-brechalov
  type: person
  name: Aleksandr Brechalov
  aliases:
    - Alexander Brechalov   # the press
  redirects: [person:brechalov]
- id: person:andrii-kovalenko
  type: person
  name: Andrii Kovalenko
  never:
    - Kovalenko Street
"""
PRODUCTS = """\
- id: product:osa
  type: product
  name: Osa
  aliases:
    - 9K33
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """A registry of three entities and a blocked string."""
    tmp_path = tmp_path / "aliases"
    tmp_path.mkdir()
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "products.yaml").write_text(PRODUCTS, encoding="utf-8")
    (tmp_path / "blocked.yaml").write_text("- Unknown\n", encoding="utf-8")
    return tmp_path


def plan(folder: Path, *items):
    queue = Queue(items, path="queue.yaml")
    return plan_application(queue, Registry.load(folder), by="editor", on="2025-07-01")


def added(diff: str) -> list[str]:
    return [line[1:] for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++")]


def refusals(folder: Path, *items) -> list[str]:
    with pytest.raises(ReviewError) as caught:
        plan(folder, *items)
    return [str(problem) for problem in caught.value.problems]


MATCH = {"decision": "match", "entities": ("person:aleksandr-brechalov",)}


def test_match_adds_the_spellings_with_their_provenance(folder):
    """Two lines more in the file, nothing else."""
    application = plan(folder, item("Aleksandr Bechalov", "Бречалову", **MATCH, note="a typo of the agency"))

    assert added(application.diff()) == [
        "    - {text: Aleksandr Bechalov, kind: misspelling, source: 0.txt, added: 2025-07-01, by: editor, "
        "note: a typo of the agency}",
        "    - {text: Бречалову, lang: ru, kind: transliteration, source: 1.txt, added: 2025-07-01, by: editor, "
        "note: a typo of the agency}",
    ]
    assert application.lines == (
        "name-1: person:aleksandr-brechalov (Aleksandr Brechalov) gets «Aleksandr Bechalov», «Бречалову»",
    )


def test_match_follows_a_redirect(folder):
    """An id that was merged away still means its entity."""
    application = plan(folder, item("Бречалов", decision="match", entities=("person:brechalov",)))

    application.write()
    assert "Бречалов" in [a.text for a in Registry.load(folder).get("person:aleksandr-brechalov").aliases]


def test_match_skips_what_the_entity_has(folder):
    """Case makes no new alias."""
    application = plan(folder, item("ALEKSANDR BRECHALOV", "alexander brechalov", **MATCH))

    assert application.diff() == ""
    assert application.lines[0].endswith("knows every spelling already")


def test_an_excepted_spelling_is_not_added(folder):
    """A cluster may hold one spelling too many; it stays in the queue."""
    application = plan(folder, item("Бречалов", "Брагалов", **MATCH, except_=("Брагалов",)))

    assert "Брагалов" not in application.diff()
    (left,) = application.remaining
    assert ((("Брагалов", 1),), 1, Judgement()) == (left.variants, left.count, left.judgement)


def test_new_adds_an_entity(folder):
    """With a free id, the other spellings as aliases, and where it was found."""
    application = plan(
        folder, item("Сирський", "Oleksandr Syrskyi", decision="new", type="person", name="Oleksandr Syrskyi")
    )
    application.write()
    entity = Registry.load(folder).get("person:oleksandr-syrskyi")

    assert (entity.name, entity.type, entity.source) == ("Oleksandr Syrskyi", "person", "1.txt")
    assert [(a.text, a.lang, a.kind, a.source, a.added, a.by) for a in entity.aliases] == [
        ("Сирський", "uk", "transliteration", "0.txt", "2025-07-01", "editor")
    ]
    assert application.lines == ("name-1: new person person:oleksandr-syrskyi (Oleksandr Syrskyi), also «Сирський»",)


def test_a_new_entity_comes_from_the_first_document_that_is_known(folder):
    """Where no text holds the name that it is given."""
    asked = item("Сирський", "Syrskyi", decision="new", type="person", name="Oleksandr Syrskyi")
    nowhere, there = asked.snippets
    plan(folder, replace(asked, snippets=(replace(nowhere, document=""), there))).write()

    assert Registry.load(folder).get("person:oleksandr-syrskyi").source == "1.txt"


def test_new_that_is_known_already_is_told(folder):
    """Its name, its type and all its spellings: there is nothing to add, and nothing wrong."""
    application = plan(folder, item("osa", "9K33", decision="new", type="product", name="OSA"))

    assert application.diff() == ""
    assert application.lines == (
        "name-1: product:osa (Osa) is in the registry with these spellings; "
        "another of the same name needs a name that tells them apart",
    )


def test_new_finds_a_free_id(folder):
    """Another entity may have taken the obvious one."""
    (folder / "more.yaml").write_text("- {id: 'person:osa', type: person, name: Someone Else}\n", encoding="utf-8")
    application = plan(folder, item("Оса", decision="new", type="person", name="Osá"))

    assert "- id: person:osa-2" in added(application.diff())


def test_two_items_may_be_one_new_entity(folder):
    """The same name was ambiguous in one text and unknown in another."""
    new = {"decision": "new", "type": "person", "name": "Oleksandr Syrskyi"}
    application = plan(folder, item("Syrskyi", key="a-1", **new), item("Syrskyi", "Сирський", key="a-2", **new))

    assert application.diff().count("+- id:") == 1
    assert application.diff().count("text: Syrskyi") == 1
    assert application.diff().count("text: Сирський") == 1


def test_not_keeps_the_name_from_the_entity(folder):
    """The question whether this is that entity never comes back."""
    application = plan(folder, item("Osa Peninsula", decision="not", entities=("product:osa",), note="Norway"))
    application.write()

    assert Registry.load(folder).get("product:osa").never == ("Osa Peninsula",)
    assert application.lines == ("name-1: product:osa (Osa) is never «Osa Peninsula»",)


def test_not_may_speak_of_several_entities(folder):
    """An ambiguous name may mean none of them."""
    both = ("product:osa", "person:andrii-kovalenko")
    application = plan(folder, item("Osa Kovalenko", decision="not", entities=both))

    assert sum("Osa Kovalenko" in line for line in added(application.diff())) == 2


def test_not_an_entity_blocks(folder):
    """Also with who said so and when."""
    application = plan(folder, item("Table of Contents", decision="not_an_entity"))

    assert added(application.diff()) == ["- {text: Table of Contents, source: 0.txt, added: 2025-07-01, by: editor}"]
    assert application.lines == ("name-1: «Table of Contents» never an entity",)
    application.write()
    assert Registry.load(folder).blocked == ("Unknown", "Table of Contents")


@pytest.mark.parametrize(
    ("decision", "lines"), [(None, ()), ("unsure", ("name-1: unsure, stays in the queue",))], ids=["open", "unsure"]
)
def test_what_is_not_decided_stays_in_the_queue(folder, decision, lines):
    """It changes nothing; that somebody looked at it is told."""
    application = plan(folder, item("Tor", decision=decision))

    assert (application.diff(), application.lines) == ("", lines)
    assert len(application.remaining) == 1


def test_what_is_decided_leaves_the_queue(folder):
    """A decision that is written into the registry is not asked again."""
    assert plan(folder, item("Бречалов", **MATCH)).remaining.items == ()


EVERY = (
    item("Бречалов", "Bechalov", key="a-1", **MATCH),
    item("Syrskyi", "Сирський", key="b-1", decision="new", type="person", name="Oleksandr Syrskyi"),
    item("Osa Peninsula", "OSA PENINSULA", key="c-1", decision="not", entities=("product:osa",)),
    item("Table of Contents", key="d-1", decision="not_an_entity"),
    item("Tor", key="e-1", decision="unsure"),
)


def test_applying_twice_is_applying_once(folder):
    """The second time the registry knows it all."""
    plan(folder, *EVERY).write()
    once = Registry.load(folder)
    again = plan(folder, *EVERY)

    assert again.diff() == ""
    assert [line.rpartition(") ")[2] for line in again.lines] == [
        "knows every spelling already",
        "is in the registry with these spellings; another of the same name needs a name that tells them apart",
        "excludes every spelling already",
        "d-1: every spelling is blocked already",
        "e-1: unsure, stays in the queue",
    ]
    again.write()
    assert once == Registry.load(folder)


def test_from_an_audit_to_the_registry(folder):
    """A curator edits the file that the audit wrote; the rest is done by the tools."""
    path = folder.parent / "queue.yaml"
    where = ("unresolved", None, 0.0, "no entity of this name")
    mentions = [
        Occurrence(f"{n}.txt", 0, len(name), name, f"{name} spoke.", 0, *where)
        for n, name in enumerate(["Oleksandr Syrskyi", "Сирського", "Tor", "Tor"])
    ]
    save_queue(build_queue(mentions), path)
    text = path.read_text(encoding="utf-8")
    head, _, tail = text.rpartition("  decision:\n")
    path.write_text(f"{head}  decision: unsure\n{tail}", encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace(
        "  decision:\n", "  decision: {new: {type: person, name: Oleksandr Syrskyi}}\n", 1
    )
    path.write_text(text, encoding="utf-8")
    application = plan_application(load_queue(path), Registry.load(folder), by="editor", on="2025-07-01")
    application.write()

    entity = Registry.load(folder).get("person:oleksandr-syrskyi")
    assert [alias.text for alias in entity.aliases] == ["Сирського"]
    assert [item.name for item in application.remaining] == ["Tor"]


def test_planning_writes_nothing(folder):
    """A plan is for reading."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    plan(folder, *EVERY).diff()

    assert before == {path: path.read_bytes() for path in folder.iterdir()}


def test_comments_and_order_stay(folder):
    """The file belongs to the curators."""
    plan(folder, item("Бречалов", **MATCH)).write()
    text = (folder / "people.yaml").read_text(encoding="utf-8")

    assert [line for line in text.splitlines() if "Бречалов" not in line] == PEOPLE.splitlines()


@pytest.mark.parametrize(
    ("judged", "problem"),
    [
        (
            item("Kovalenko", decision="match", entities=("person:kovalenko",)),
            "queue.yaml:7: no entity 'person:kovalenko' in the registry",
        ),
        (
            item("9k33", **MATCH),
            "queue.yaml:7: '9k33' is a name of product:osa: match it, remove it there, or except it here",
        ),
        (
            item("Tor", decision="new", type="product", name="OSA"),
            "queue.yaml:7: 'OSA' is a name of product:osa: match it, remove it there, or except it here",
        ),
        (
            item("Osa", decision="new", type="event", name="Osa"),
            "queue.yaml:7: 'Osa' is a name of product:osa: match it, remove it there, or except it here",
        ),
        (
            item("9K33", decision="new", type="product", name="9K33"),
            "queue.yaml:7: '9K33' is a name of product:osa: match it, remove it there, or except it here",
        ),
        (
            item("unknown", **MATCH),
            "queue.yaml:7: 'unknown' is blocked: unblock it first, or except it here",
        ),
        (
            item("Kovalenko street", decision="match", entities=("person:andrii-kovalenko",)),
            "queue.yaml:7: 'Kovalenko street' stands under 'never' of person:andrii-kovalenko: remove it there, or",
        ),
        (
            item("OSA", decision="not", entities=("product:osa",)),
            "queue.yaml:7: 'OSA' is a name of product:osa: remove it there, or except it here",
        ),
        (
            item("Osa", decision="not_an_entity"),
            "queue.yaml:7: 'Osa' is a name of product:osa: match it, remove it there, or except it here",
        ),
    ],
)
def test_a_decision_against_the_registry_is_refused(folder, judged, problem):
    """It would contradict what a curator decided before."""
    (found,) = refusals(folder, judged)

    assert found.startswith(problem)


def test_a_refusal_says_who_decided_otherwise(folder):
    """And how to take that back."""
    made = plan(folder, item("Table", decision="not_an_entity"))
    made.write()
    (entry,) = Ledger.beside(folder).entries
    (found,) = refusals(folder, item("table", **MATCH))

    assert found == (
        "queue.yaml:7: 'table' is blocked: unblock it first, or except it here; editor decided so on 2025-07-01, "
        f"`resolver review undo --decision {entry.id}` takes it back"
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            item("Igor Brechalov", decision="not", entities=("person:aleksandr-brechalov",)),
            item("Игорь Бречалов", key="b-1", **MATCH),
            "«Игорь Бречалов» is another form of «Igor Brechalov», which never means it: person:aleksandr-brechalov",
        ),
        (
            item("Brechalov", **MATCH),
            item("Бречалов", key="b-1", decision="not", entities=("person:aleksandr-brechalov",)),
            "«Бречалов» is another form of «Brechalov», which is a name of it: person:aleksandr-brechalov",
        ),
    ],
)
def test_a_decision_against_another_form_is_told(folder, first, second, expected):
    """It may be meant so; nobody should be surprised."""
    plan(folder, first).write()
    lines = plan(folder, second).lines

    assert [line for line in lines if expected in line and "editor decided so on 2025-07-01" in line]


def test_another_name_is_no_contradiction(folder):
    """Only forms of one name are."""
    plan(folder, item("Igor Brechalov", decision="not", entities=("person:aleksandr-brechalov",))).write()

    assert len(plan(folder, item("Бречалов", key="b-1", **MATCH)).lines) == 1


def test_a_decision_on_no_spelling_is_refused(folder):
    """All are excepted: there is nothing to decide, and a ledger could not be read again."""
    judged = item("Бречалов", **MATCH, except_=("Бречалов",))

    assert refusals(folder, judged) == ["queue.yaml:7: every variant is excepted: empty the decision instead"]


def test_two_decisions_that_contradict_each_other_are_refused(folder):
    """One spelling, two entities: the second decision is the problem."""
    other = item("Бречалов", key="b-1", decision="match", entities=("product:osa",))

    assert refusals(folder, item("Бречалов", key="a-1", **MATCH), other) == [
        "queue.yaml:7: 'Бречалов' is a name of person:aleksandr-brechalov: match it, remove it there, or except it here"
    ]


def test_one_problem_refuses_all(folder):
    """Nothing is half applied."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    refusals(
        folder, *EVERY, item("9K33", key="z-1", **MATCH), item("x", key="y-1", decision="match", entities=("nobody",))
    )

    assert before == {path: path.read_bytes() for path in folder.iterdir()}


def test_an_application_says_what_shall_resolve(folder):
    """So that the caller can try it out: every spelling with its item and its entity, new ones included."""
    match = item("Бречалов", "Alexander Brechalov", decision="match", entities=("person:brechalov",))
    new = item("Tor", key="tor-1", decision="new", type="product", name="Tor")

    assert plan(folder, match, new).names == (
        ("name-1", "Бречалов", "person:aleksandr-brechalov"),
        ("name-1", "Alexander Brechalov", "person:aleksandr-brechalov"),
        ("tor-1", "Tor", "product:tor"),
    )


def test_an_item_can_be_kept_with_its_decision(folder):
    """It is in the queue once, whole, and the change is the same."""
    match = item("Osa", "OSA", key="osa-1", decision="match", entities=("product:osa",), except_=("OSA",))
    made = plan(folder, match, item("Tor", key="tor-1"))

    assert [left.judgement.decision for left in made.remaining] == [None, None]
    kept = made.keeping({"osa-1"})
    assert {left.key: left.judgement.decision for left in kept.remaining} == {"osa-1": "match", "tor-1": None}
    assert len(kept.remaining) == 2
    assert kept.diff() == made.diff()
    assert made.keeping(()).remaining == made.remaining


def test_a_registry_without_files_cannot_learn():
    """There is nowhere to write."""
    registry = Registry.from_entities([Entity("product:osa", "Osa", "product")])
    with pytest.raises(ReviewError, match="not read from files"):
        plan_application(Queue(), registry, by="editor", on="2025-07-01")


def test_the_day_must_be_a_day(folder):
    """The date goes into the registry as it is."""
    with pytest.raises(ValueError, match="isoformat"):
        plan_application(Queue(), Registry.load(folder), by="editor", on="yesterday")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Сирський", "transliteration"),
        ("Oleksandr Syrski", "spelling"),
        ("Oleksandr Sirsky", "spelling"),
        ("Oleksandr Syrskiy", "spelling"),
        ("Oleksandr Syrsky-Ivanov", "spelling"),
        ("Oleksandr Surskyi", "misspelling"),
        ("Oleksadnr Syrskyi", "misspelling"),
        ("Oleksadnr Surskyi", "misspelling"),
        ("Oleksadnr Surskij", "spelling"),
    ],
)
def test_the_kind_of_an_alias(text, kind):
    """Another way to romanise is no mistake."""
    assert kind == alias_kind(text, Entity("person:syrskyi", "Oleksandr Syrskyi", "person"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kup", "spelling"),
        ("Kupil", "misspelling"),
        ("Kapil", "spelling"),
        ("Kupolet", "spelling"),
        ("Kupalat", "spelling"),
        ("KUPOL", "spelling"),
    ],
)
def test_short_words_bear_fewer_slips(text, kind):
    """One letter off in five is a slip, two are another word, and in three letters one is."""
    assert kind == alias_kind(text, Entity("organization:kupol", "Kupol", "organization"))


def test_two_slips_are_borne_from_eight_letters_on():
    """Garpiya and Garpiyas are counted by the letters of the new spelling."""
    known = Entity("product:x", "Garpanyt", "product", ())

    assert [alias_kind(text, known) for text in ("Garponit", "Garponi", "Garpanit")] == [
        "misspelling", "spelling", "spelling",
    ]  # fmt: skip
