"""The JSON Schema beside the package."""

import dataclasses
import json

from resolver.review import Item, as_record, build_queue
from resolver.review.reading import OPTIONAL, REQUIRED
from resolver.review.schema import FILE, queue_schema, schema_text


def test_the_file_is_what_the_model_gives():
    """`python -m resolver.review.schema` writes it."""
    assert schema_text() == FILE.read_text(encoding="utf-8")


def test_schema_reader_and_record_know_the_same_fields():
    """A new field of an item is written, read and checked, or this fails."""
    fields = {field.name for field in dataclasses.fields(Item)} - {"judgement"} | {"decision", "note"}
    record = as_record(
        Item(
            "osa-1",
            "Osa",
            None,
            "unresolved",
            "",
            1,
            1,
            (("Osa", 1),),
            first="2025-07-01",
            last="2025-07-02",
            changed="new",
        )
    )

    assert fields == set(record)
    assert fields | {"except"} == set(REQUIRED + OPTIONAL)
    assert fields | {"except"} == set(queue_schema()["$defs"]["item"]["properties"])


def test_the_schema_is_json():
    """Editors read it as it is."""
    assert queue_schema() == json.loads(schema_text())
    assert len(build_queue([])) == 0
