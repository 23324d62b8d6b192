"""What is written in a format is read back, as far as the format can hold it; docs/exchange.md has the same table."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.exchange import FORMATS, Intake, export_lines, find_format, plan_import, read_records
from resolver.exchange.followthemoney import KINDS, PROPERTIES
from resolver.exchange.records import type_of_id
from resolver.exchange.skos import HIDDEN
from resolver.model import ALIAS_KINDS, ENTITY_TYPES, Alias, Entity
from resolver.registry import RegistryChange

# Texts of several scripts, and what the formats have to escape.
LETTERS = "aZéñОсаїІ北京محמגß-'\"’ .,;:|\\/=+@&<>#{}[]()%*_`~^№ʼ"
texts = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
days = st.dates().map(str)
words = texts.filter(lambda text: not text.startswith("#"))
aliases = st.builds(
    Alias,
    texts,
    lang=st.sampled_from([None, "ru", "uk", "en", "crh"]),
    kind=st.sampled_from(ALIAS_KINDS),
    case=st.sampled_from([None, "exact", "fold"]),
    match=st.sampled_from([None, "exact", "fuzzy"]),
    requires=st.sampled_from([None, "cue", "type"]),
    from_=st.one_of(st.none(), st.just("2001-01-01")),
    until=st.one_of(st.none(), st.just("2020-02-29")),
    source=st.none() | texts,
    added=st.none() | days,
    by=st.none() | texts,
    note=st.none() | texts,
)
ids = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(ENTITY_TYPES), texts),
    texts,
    st.sampled_from(["Q42", "https://example.org/a?b=c#d", "resolver:x"]),
).filter(lambda text: not {".", ".."} & set(text.split("/")) and "\\" not in text)
QIDS = st.integers(1, 10**9).map("Q{}".format)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    """An entity that a registry can hold."""
    own, name = draw(ids), draw(texts)
    known = {alias.text: alias for alias in draw(st.lists(aliases, max_size=5)) if alias.text != name}
    never = tuple(dict.fromkeys(text for text in draw(st.lists(texts, max_size=2)) if text not in {name, *known}))
    resolve = tuple(dict.fromkeys(draw(st.lists(texts, max_size=2))))
    others = draw(
        st.dictionaries(st.sampled_from(["eu", "lei", "inn", "a=b|c", "viaf", "notation"]), texts, max_size=2)
    )
    qid = draw(st.none() | QIDS)
    return Entity(
        own,
        name,
        draw(st.sampled_from(ENTITY_TYPES)),
        tuple(known.values()),
        cues=tuple(dict.fromkeys(draw(st.lists(texts, max_size=2)))),
        never=never,
        identifiers=tuple({**others, **({"wikidata": qid} if qid else {})}.items()),
        resolve=resolve,
        reject=tuple(text for text in dict.fromkeys(draw(st.lists(texts, max_size=2))) if text not in resolve),
        redirects=tuple(dict.fromkeys(text for text in draw(st.lists(ids, max_size=2)) if text != own)),
        source=draw(st.none() | texts | st.just("https://example.org/list")),
        note=draw(st.none() | texts),
    )


def registries() -> st.SearchStrategy[list[Entity]]:
    """Entities whose ids, and names where a format has nothing else, are their own."""
    lists = st.lists(entities(), max_size=4, unique_by=lambda entity: entity.id)
    return lists.map(lambda found: sorted(found, key=lambda entity: entity.id))


def of_id(entity: Entity) -> str:
    return type_of_id(entity.id)


def in_table(entity: Entity) -> Entity | None:
    return entity


def in_followthemoney(entity: Entity) -> Entity | None:
    legal = entity.type in ("person", "organization")

    def kept(alias: Alias) -> Alias:
        kind = KINDS[PROPERTIES.get(alias.kind, "alias")]
        return Alias(alias.text, kind="spelling" if kind == "acronym" and not legal else kind)

    schemes = ("wikidata", "lei", "inn") if legal else ("wikidata",)
    return Entity(
        entity.id,
        entity.name,
        entity.type,
        tuple(map(kept, entity.aliases)),
        identifiers=tuple(pair for pair in entity.identifiers if pair[0] in schemes),
        redirects=entity.redirects,
        source=entity.source if (entity.source or "").startswith("http") else None,
        note=entity.note,
    )


def in_ssslm(entity: Entity) -> Entity | None:
    def kept(alias: Alias) -> Alias:
        short = alias.lang if alias.lang and len(alias.lang) == 2 else None
        return replace(alias, lang=short, case=None, match=None, requires=None, from_=None, until=None)

    return Entity(entity.id, entity.name, of_id(entity), tuple(map(kept, entity.aliases)))


def in_sssom(entity: Entity) -> Entity | None:
    pairs = tuple(pair for pair in entity.identifiers if pair[0] != "a=b|c")
    if not pairs and not entity.redirects:
        return None
    return Entity(entity.id, entity.name, entity.type, identifiers=pairs, redirects=entity.redirects)


def in_skos(entity: Entity) -> Entity | None:
    kept = (
        Alias(alias.text, lang=alias.lang, kind="misspelling" if alias.kind in HIDDEN else "spelling")
        for alias in entity.aliases
    )
    return Entity(
        entity.id,
        entity.name,
        entity.type if entity.type != "other" else of_id(entity),
        tuple(kept),
        identifiers=entity.identifiers,
        redirects=entity.redirects,
        source=entity.source,
        note=entity.note,
    )


def in_wikidata(entity: Entity) -> Entity | None:
    qid = dict(entity.identifiers).get("wikidata")
    names = tuple(Alias(alias.text, lang=alias.lang) for alias in entity.aliases)
    return Entity("", entity.name, entity.type, names, identifiers=(("wikidata", qid),)) if qid else None


def in_patterns(entity: Entity) -> Entity | None:
    return Entity(entity.id, entity.name, entity.type, tuple(Alias(alias.text) for alias in entity.aliases))


KEPT: dict[str, Callable[[Entity], Entity | None]] = {
    "csv": in_table,
    "tsv": in_table,
    "ftm": in_followthemoney,
    "ssslm": in_ssslm,
    "sssom": in_sssom,
    "turtle": in_skos,
    "jsonld": in_skos,
    "wikidata": in_wikidata,
    "spacy": in_patterns,
    "openrefine": in_patterns,
}


def unordered(entity: Entity) -> Entity:
    """The entity with its lists sorted: most formats have no order of names."""
    return replace(
        entity,
        aliases=tuple(sorted(entity.aliases, key=repr)),
        identifiers=tuple(sorted(entity.identifiers)),
        redirects=tuple(sorted(entity.redirects)),
    )


def written_and_read(found: list[Entity], name: str) -> list[Entity]:
    """The entities after a way through a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_text("".join(export_lines(found, FORMATS[name])), encoding="utf-8", newline="")
        intake = Intake(path)
        read = [record.entity for record in read_records(path, find_format(path, name), intake)]
        assert not intake.problems
        return read


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.data())
def test_what_is_written_is_read(name: str, data: st.DataObject) -> None:
    """All that the format can hold, and nothing else."""
    if name in ("turtle", "jsonld"):
        pytest.importorskip("rdflib")
    found = data.draw(registries())
    expected = [kept for entity in found if (kept := KEPT[name](entity)) is not None]

    read = written_and_read(found, name)

    assert sorted(map(unordered, read), key=repr) == sorted(map(unordered, expected), key=repr)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(registries())
def test_the_same_registry_gives_the_same_bytes(name: str, found: list[Entity]) -> None:
    """In whatever order its entities come."""
    assert list(export_lines(found, FORMATS[name])) == list(export_lines(found[::-1], FORMATS[name]))


@pytest.mark.parametrize("name", ["csv", "tsv", "ftm", "ssslm", "spacy", "openrefine", "wikidata"])
@settings(max_examples=10, deadline=None, derandomize=True)
@given(registries())
def test_an_import_into_an_empty_registry_twice_is_one(name: str, found: list[Entity]) -> None:
    """The second time nothing is new, and the registry can be loaded."""
    with TemporaryDirectory() as folder:
        path, aliases_folder = Path(folder) / "file", Path(folder) / "aliases"
        aliases_folder.mkdir()
        path.write_text("".join(export_lines(found, FORMATS[name])), encoding="utf-8", newline="")
        diffs = []
        for _ in range(2):
            intake = Intake(path)
            change = RegistryChange(aliases_folder)
            records = read_records(path, FORMATS[name], intake)
            plan = plan_import(records, change, intake, source="list", by="ada", on="2026-01-31")
            diffs.append(plan.change.diff())
            plan.change.write()

    assert diffs[1] == ""
    assert bool(diffs[0]) == any(KEPT[name](entity) for entity in found)
