"""Chinese names in Wade-Giles, in Czech and in Cyrillic, by the keys of their pinyin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.chinese import chinese_keys
from resolver.language.pinyin import pinyin_syllables
from resolver.language.romanization import fold
from resolver.language.tables import read_table

SPELLINGS = [
    ("Xi Jinping", ["Hsi Chin-p'ing", "Hsi Chin-p’ing", "Si Ťin-pching", "Си Цзиньпин", "Сі Цзіньпін"]),
    ("Mao Zedong", ["Mao Tse-tung", "Mao Ce-tung", "Мао Цзэдун"]),
    ("Zhou Enlai", ["Chou En-lai", "Čou En-laj", "Чжоу Эньлай"]),
    ("Deng Xiaoping", ["Teng Hsiao-p'ing", "Teng Siao-pching", "Дэн Сяопин"]),
    ("Hu Jintao", ["Hu Chin-t'ao", "Chu Ťin-tchao", "Ху Цзиньтао"]),
    ("Cai Yingwen", ["Tsai Ing-wen", "Cchaj Jing-wen", "Цай Инвэнь"]),
    ("Jiang Jingguo", ["Chiang Ching-kuo", "Ťiang Ťing-kuo", "Цзян Цзинго"]),
    ("Zhong Nanshan", ["Čung Nan-šan", "Чжун Наньшань"]),
    ("Wang Yi", ["Wang I"]),
    ("Wuhan", ["Wu-chan", "Wu-han"]),
    ("Shijiazhuang", ["Š’-ťia-čuang", "Shih-chia-chuang"]),
]


@pytest.mark.parametrize(("pinyin", "spelling"), [(one, other) for one, others in SPELLINGS for other in others])
def test_all_systems_give_the_key_of_pinyin(pinyin: str, spelling: str) -> None:
    """Which is how an index has the name in pinyin, whichever of its words stands first."""
    assert fold(pinyin.replace(" ", "").lower()) in chinese_keys(spelling)


@pytest.mark.parametrize("case", ["Si Ťin-pchinga", "Si Ťin-pchingem", "Si Ťin-pchingovi", "Mao Ce-tungova"])
def test_czech_endings_are_no_part_of_a_name(case: str) -> None:
    """Nor does the name need one."""
    base = "maozedonh" if case.startswith("Mao") else fold("xijinping")
    assert base in chinese_keys(case)


@pytest.mark.parametrize(
    "name",
    [
        "Mao Zedong",  # pinyin
        "Jinping Xi",
        "Wuhan",
        "Si",  # one syllable may be anything
        "Jean-Luc Godard",
        "Anna-Maria",
        "Kim Jong-un",
        "Иван Петров",
        "Petr Pavel",
        "Li Na Wu Tan Ma",  # too many syllables
        "",
        "-",
    ],
)
def test_other_names_have_no_keys(name: str) -> None:
    """What is in pinyin has one without this table."""
    assert chinese_keys(name) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mao Ce-tung", "Mao Ce-ming"), ("Li Kche-čchiang", "Li Kche-ťiang"), ("Hu Chin-t'ao", "Hu Ching-t'ao")],
)
def test_other_syllables_have_other_keys(one: str, other: str) -> None:
    """An n is no ng, and where an apostrophe is written it counts."""
    assert set(chinese_keys(one)).isdisjoint(chinese_keys(other))


@pytest.mark.parametrize("system", ["Wade-Giles", "Czech"])
@pytest.mark.parametrize("part", ["initials", "finals", "whole"])
def test_each_entry_of_the_table_is_used(system: str, part: str) -> None:
    """There is a syllable of pinyin for everything that letters may stand for."""
    rows = dict(read_table("chinese"))
    meant = [(letters, way) for letters, _, ways in (v.partition("=") for v in rows[f"{system} {part}"])
             for way in ways.split("/")]  # fmt: skip
    at = {"initials": str.startswith, "finals": str.endswith, "whole": str.__eq__}[part]
    assert [(letters, way) for letters, way in meant if not any(at(one, way) for one in pinyin_syllables())] == []


@given(st.text(alphabet="abchijnostučťžpghlmkew'- ", max_size=24))
def test_keys_are_sorted_and_folded(name: str) -> None:
    """Any text at all: what comes out is a key, once."""
    keys = chinese_keys(name)
    assert list(keys) == sorted(set(keys))
    assert all(key.isascii() and key.isalpha() for key in keys)
