"""Chinese characters of the mainland, of Taiwan and of Japan as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.characters import unify_characters
from resolver.language.tables import read_table


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("張偉", "张伟"),
        ("習近平", "习近平"),
        ("華為技術", "华为技术"),
        ("沢田", "澤田"),
        ("東京", "东京"),
        ("渡辺", "渡邊"),
    ],
)
def test_forms_of_a_character_are_one(one: str, other: str) -> None:
    """Of Taiwan, and of Japan."""
    assert unify_characters(one) == unify_characters(other)


@pytest.mark.parametrize(("one", "other"), [("章", "张"), ("王", "汪"), ("徐", "许"), ("太郎", "太朗"), ("芸", "艺")])
def test_characters_of_one_sound_stay_apart(one: str, other: str) -> None:
    """They are other names; and 芸 is a character of its own in China."""
    assert unify_characters(one) != unify_characters(other)


@given(st.text())
def test_it_keeps_the_length_and_changes_nothing_twice(text: str) -> None:
    """So offsets stay, and no form leads to another."""
    unified = unify_characters(text)
    assert len(unified) == len(text)
    assert unify_characters(unified) == unified


def test_each_form_is_that_of_one_character() -> None:
    """No row says otherwise than another."""
    forms = [form for _, pairs in read_table("characters") for pair in pairs for form in pair[1:]]
    assert len(forms) == len(set(forms))
