"""The JSON Schema says what the reader takes."""

import re
from dataclasses import fields

from resolver.model import Alias, Entity
from resolver.registry.keys import ALIAS_KEYS, ENTITY_KEYS, EXPECT_KEYS, LANGUAGE_OF_COUNTRY
from resolver.registry.registry import bundled_folder
from resolver.registry.schema import FILE_NAME, registry_schema, schema_text


def test_the_schema_beside_the_registry_is_up_to_date() -> None:
    """If this fails: python -m resolver.registry.schema"""
    assert (bundled_folder() / FILE_NAME).read_text(encoding="utf-8") == schema_text()


def test_every_field_of_an_entity_has_a_key() -> None:
    """A new field of the model needs a row in the table."""
    keys = {key.field for key in (ENTITY_KEYS | EXPECT_KEYS).values()} - {"expect"}

    assert {field.name for field in fields(Entity)} == keys


def test_every_field_of_an_alias_has_a_key() -> None:
    """A new field of the model needs a row in the table."""
    assert {field.name for field in fields(Alias)} == {key.field for key in ALIAS_KEYS.values()}


def test_unknown_keys_are_refused_everywhere() -> None:
    """An editor marks a slip of the keyboard at once."""
    definitions = registry_schema()["$defs"]

    assert definitions["entity"]["additionalProperties"] is False
    assert definitions["entity"]["required"] == ["id", "type", "name"]
    assert definitions["alias"]["anyOf"][1]["additionalProperties"] is False


def test_no_country_code_is_a_language_of_the_table() -> None:
    """Each is corrected to a code that is not corrected in turn; both have two small letters."""
    assert all(re.fullmatch("[a-z]{2}", code) for pair in LANGUAGE_OF_COUNTRY.items() for code in pair)
    assert not set(LANGUAGE_OF_COUNTRY) & set(LANGUAGE_OF_COUNTRY.values())
