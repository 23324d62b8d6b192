"""No file can bring an import down: whatever it holds, it gives records, problems, or an error that says so."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from factories import entity
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.errors import CorpusError
from resolver.exchange import FORMATS, Intake, export_lines, plan_import, read_records
from resolver.model import Alias
from resolver.registry import RegistryChange

SOUND = (
    entity("Aleksandr Brechalov", Alias("Бречалов", lang="ru"), identifiers=(("wikidata", "Q4095854"),), note="n"),
    entity("Kupol", "IEMZ Kupol", type="organization", redirects=("x:old",), identifiers=(("wikidata", "Q2"),)),
)
KEYS = [
    *("id", "@id", "type", "@type", "schema", "properties", "name", "caption", "referents", "labels", "aliases", "en"),
    *("claims", "P31", "mainsnak", "value", "entities", "label", "pattern", "@graph", "@value", "@context"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def imported(content: bytes, name: str) -> None:
    """Read a file and plan its import."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        intake = Intake(path)
        change = RegistryChange(folder)
        try:
            records = read_records(path, FORMATS[name], intake)
            plan_import(records, change, intake, source="x", by="ada", on="2026-01-31").change.diff()
        except CorpusError as error:
            if str(path) not in str(error) and "pip install" not in str(error):
                raise


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_a_damaged_file(name: str, data: st.DataObject) -> None:
    """A piece of a sound file is gone, and another one is something else."""
    sound = "".join(export_lines(SOUND, FORMATS[name])).encode()
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(len(sound), start + 20)))

    imported(sound[:start] + data.draw(st.binary(max_size=4)) + sound[end:], name)


@pytest.mark.parametrize("name", ["ftm", "wikidata", "spacy", "jsonld"])
@settings(max_examples=100, deadline=None, derandomize=True)
@given(JSON)
def test_json_of_any_shape(name: str, value: object) -> None:
    """Lists where a mapping is meant, and the other way round."""
    imported(json.dumps(value).encode(), name)
