"""The component in a real spaCy pipeline: entities get ids, in one process or several, before and after saving."""

from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy", reason="pip install 'resolver[spacy]'")
from spacy.language import Language  # noqa: E402 (needs spaCy)
from spacy.tokens import Span  # noqa: E402

import resolver.integrations.spacy_component  # noqa: E402, F401 (makes the factory known)
from resolver import Resolver  # noqa: E402

TEXT = "Aleksandr Bechalov came to Kupol. Stanislav Petrovskyy did not."
BRECHALOV = "person:aleksandr-brechalov"


def pipeline(aliases: Path, **settings: object) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("alias_resolver", config={"aliases": str(aliases), **settings})
    return nlp


def found(doc) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.kb_id_) for span in doc.ents]


EXPECTED = [
    ("Aleksandr Bechalov", "PERSON", BRECHALOV),
    ("Kupol", "ORG", "organization:kupol"),
    ("Stanislav Petrovskyy", "PERSON", ""),
]


def test_names_are_found_and_resolved(aliases: Path) -> None:
    """Known ones with their id, unknown ones without."""
    assert found(pipeline(aliases)(TEXT)) == EXPECTED


def test_a_span_has_its_whole_decision(aliases: Path) -> None:
    """As the resolver made it."""
    span = pipeline(aliases)(TEXT).ents[0]
    resolution = Resolver.load(aliases).annotate(TEXT)[0]

    assert span._.resolution["id"] == BRECHALOV
    assert span._.resolution["reason"] == resolution.reason
    assert span._.resolution["candidates"][0] == {"id": BRECHALOV, "score": resolution.score}
    assert Span(span.doc, 2, 4)._.resolution is None


def test_entities_of_another_component_keep_their_place_and_label(aliases: Path) -> None:
    """Only the id comes to them; what it is to be found is theirs to say."""
    nlp = pipeline(aliases)
    ruler = nlp.add_pipe("entity_ruler", before="alias_resolver")
    ruler.add_patterns([{"label": "FACTORY", "pattern": "Kupol"}, {"label": "VERB", "pattern": "came"}])

    assert found(nlp(TEXT)) == [("came", "VERB", ""), ("Kupol", "FACTORY", "organization:kupol")]


def test_without_finding_a_bare_document_stays_bare(aliases: Path) -> None:
    """For pipelines whose recogniser decides what is a name."""
    doc = pipeline(aliases, find=False)(TEXT)

    assert (doc.ents, pipeline(aliases)("").ents) == ((), ())


def test_the_policy_is_a_setting(aliases: Path) -> None:
    """And a wrong one is an error at once."""
    assert pipeline(aliases, policy="strict").get_pipe("alias_resolver").resolver.policy.accept > 0.6
    with pytest.raises(ValueError, match="no preset 'wild'"):
        pipeline(aliases, policy="wild")


@pytest.mark.parametrize("processes", [1, 2])
def test_many_documents_in_one_process_or_several(aliases: Path, processes: int) -> None:
    """The decisions travel with the documents."""
    docs = list(pipeline(aliases).pipe([TEXT, "", TEXT], n_process=processes, batch_size=1))

    assert [found(doc) for doc in docs] == [EXPECTED, [], EXPECTED]
    assert docs[2].ents[0]._.resolution["status"] == "resolved"


def test_a_saved_pipeline_needs_nothing_else(aliases: Path, tmp_path: Path) -> None:
    """The registry goes along: its own folder may be gone; and it can be saved again."""
    pipeline(aliases).to_disk(tmp_path / "model")
    data = pipeline(aliases).to_bytes()
    aliases.rename(tmp_path / "gone")
    loaded = spacy.load(tmp_path / "model")
    from_bytes = spacy.blank("en")
    from_bytes.add_pipe("alias_resolver", config={"aliases": str(aliases)})
    from_bytes.from_bytes(data)
    from_bytes.to_disk(tmp_path / "again")

    assert found(loaded(TEXT)) == found(from_bytes(TEXT)) == found(spacy.load(tmp_path / "again")(TEXT)) == EXPECTED


def test_a_document_is_saved_with_its_decisions(aliases: Path) -> None:
    """They are plain data."""
    nlp = pipeline(aliases)
    doc = spacy.tokens.Doc(nlp.vocab).from_bytes(nlp(TEXT).to_bytes())

    assert found(doc) == EXPECTED
    assert doc.ents[0]._.resolution["id"] == BRECHALOV


def test_a_name_inside_a_token_takes_the_token(aliases: Path) -> None:
    """spaCy's spans are whole tokens; neither id nor decision is lost for what is glued to the name."""
    (span,) = pipeline(aliases)("See //Kupol// there.").ents

    assert (span.text, span.kb_id_, span._.resolution["id"]) == (
        "//Kupol//",
        "organization:kupol",
        "organization:kupol",
    )
