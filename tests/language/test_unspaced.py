"""Names that are written without spaces: known words are cut out of them, and the name itself is what is left."""

import pytest

from resolver.forms import analyse
from resolver.language.romanization import script_of
from resolver.language.tables import read_table
from resolver.language.unspaced import split_unspaced


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("深圳市易络电子有限公司", ["深圳", "易络", "电子", "有限公司"]),
        ("山东奥德斯工业股份有限公司", ["山东", "奥德斯", "工业", "股份有限公司"]),
        ("香港德容電子科技有限公司", ["Hong", "Kong", "德容", "电子", "科技", "有限公司"]),
        ("주식회사한빛전자", ["주식회사", "한빛전자"]),
    ],
)
def test_names_of_firms_are_taken_apart(name: str, expected: list[str]) -> None:
    """The place, the name, the trade, the legal form; traditional characters are read as the simplified ones."""
    assert [part for part, _, _ in split_unspaced(name)] == expected


def test_parts_keep_their_offsets() -> None:
    """Each stands where it was written; the suffix of a city is no part."""
    name = "深圳市易络电子有限公司"
    assert [(start, end) for _, start, end in split_unspaced(name)] == [(0, 3), (3, 5), (5, 7), (7, 11)]


@pytest.mark.parametrize("name", ["王小明", "习近平", "Kupol", "Купол", "佰联升佰联升", "شركة", ""])
def test_other_names_stay_whole(name: str) -> None:
    """Names of people are short, other scripts have spaces, and nothing is cut where nothing is known."""
    assert split_unspaced(name) == ()


def test_every_place_is_cut_out() -> None:
    """Each entry in front of a name."""
    places = [place for row, values in read_table("unspaced") if row == "place" for place in values]
    for place in places:
        word, _, reading = place.partition("=")
        parts = [part for part, _, _ in split_unspaced(f"{word}佰联升科技")]
        assert parts[: len(reading.split()) or 1] == (reading.split() or [word]), place


def test_every_word_of_taiwan_has_a_known_one_of_the_mainland() -> None:
    """Its pair is a generic word of the glossary."""
    known = {word for _, words in read_table("glossary") for word in words}
    pairs = [pair.partition("=") for row, values in read_table("unspaced") if row == "taiwan" for pair in values]
    assert [old for old, _, new in pairs if new not in known] == []


def test_a_chinese_name_is_that_of_its_translation() -> None:
    """Generic words become concepts, the legal form is set apart, and the name is read aloud."""
    chinese, english = (
        analyse("深圳市佰联升电子科技有限公司"),
        analyse("Shenzhen Bailiansheng Electronic Technology Co., Ltd."),
    )
    assert chinese
    assert english
    assert [token.index_key for token in chinese.tokens] == [token.index_key for token in english.tokens]
    assert chinese.legal == english.legal
    assert {script_of(token.text) for token in chinese.tokens} == {"Hani"}
