"""What is written is what other tools read: tried with the tools themselves, where they are installed."""

import json
from pathlib import Path

import pytest
from factories import entity

from resolver.exchange import FORMATS, export_lines
from resolver.model import Alias, Entity

REGISTRY = (
    entity(
        "Aleksandr Brechalov",
        Alias("Александр Бречалов", lang="ru", source="https://example.org/a", added="2026-01-31", by="Ada L."),
        Alias("Bretschalow", kind="misspelling"),
        identifiers=(("wikidata", "Q4095854"),),
        redirects=("person:brechalov",),
    ),
    entity("Санкт-Петербург «№1»", Alias('Peter\\"', kind="nickname"), type="location"),
    entity("Kupol", Alias("КИЭМ", kind="acronym"), type="organization", identifiers=(("inn", "1831083343"),)),
    entity("Osa", "9K33", id="Q1 x", type="product", note="two\nlines"),
    entity("Day X", type="event"),
    entity("Rest", type="other"),
)


@pytest.fixture
def written(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The registry in a format."""
    path = tmp_path / request.param
    path.write_text("".join(export_lines(REGISTRY, FORMATS[request.param.split(".")[1]])), encoding="utf-8")
    return path


def names_of(each: Entity) -> set[str]:
    return {alias.text for alias in each.names}


@pytest.mark.parametrize("written", ["x.ssslm.tsv"], indirect=True)
def test_ssslm_reads_literal_mappings(written: Path) -> None:
    """Every name, its language, kind and origin."""
    ssslm = pytest.importorskip("ssslm")

    mappings = ssslm.read_literal_mappings(written)

    assert {mapping.text for mapping in mappings} == set().union(*map(names_of, REGISTRY))
    (russian,) = (mapping for mapping in mappings if mapping.text == "Александр Бречалов")
    assert (russian.language, russian.source, russian.date_str) == ("ru", "https://example.org/a", "2026-01-31")
    assert russian.curie == "person:aleksandr-brechalov"


@pytest.mark.parametrize("written", ["x.sssom.tsv"], indirect=True)
def test_sssom_pydantic_reads_mappings(written: Path) -> None:
    """Every identifier and every merged id."""
    sssom = pytest.importorskip("sssom_pydantic")

    mappings = sssom.read(written).mappings

    assert {(mapping.subject.curie, mapping.object.curie) for mapping in mappings} == {
        ("person:aleksandr-brechalov", "wikidata:Q4095854"),
        ("person:aleksandr-brechalov", "person:brechalov"),
        ("organization:kupol", "inn:1831083343"),
    }


@pytest.mark.parametrize("written", ["x.ftm.json"], indirect=True)
def test_followthemoney_knows_every_property(written: Path) -> None:
    """The schemata have them, and the caption is the name."""
    model = pytest.importorskip("followthemoney").model
    rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]

    for row in rows:
        proxy = model.get_proxy(row)
        assert set(row["properties"]) <= set(proxy.schema.properties)
        assert proxy.caption == row["caption"]


@pytest.mark.parametrize("written", ["x.turtle", "x.jsonld"], indirect=True)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_rdflib_reads_labels(written: Path) -> None:
    """Each name once, with its language."""
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph()
    graph.parse(written, format={"turtle": "turtle", "jsonld": "json-ld"}[written.name.split(".")[1]])
    found = {
        (str(value), value.language)
        for kind in ("prefLabel", "altLabel", "hiddenLabel")
        for value in graph.objects(None, rdflib.SKOS[kind])
    }

    assert found == {(alias.text, alias.lang) for each in REGISTRY for alias in each.names}


@pytest.mark.parametrize("written", ["x.spacy"], indirect=True)
def test_spacy_finds_the_patterns(written: Path) -> None:
    """In a blank pipeline."""
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("xx")
    patterns = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)

    found = [(span.text, span.label_, span.ent_id_) for span in nlp("Aleksandr Brechalov visited Kupol.").ents]

    assert found == [
        ("Aleksandr Brechalov", "PERSON", "person:aleksandr-brechalov"),
        ("Kupol", "ORG", "organization:kupol"),
    ]
