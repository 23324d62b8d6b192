"""Chinese names in Cyrillic, read back into pinyin: every syllable, case endings, and what is no Chinese name."""

import pytest

from resolver.language.pinyin import pinyin_keys, pinyin_of
from resolver.language.tables import read_table


def test_every_whole_syllable_is_its_pinyin() -> None:
    """Each entry of the table that stands alone."""
    whole = [value.partition("=")[::2] for value in dict(read_table("palladius"))["whole"]]

    assert {cyrillic: latin in pinyin_of(cyrillic) for cyrillic, latin in whole} == dict.fromkeys(dict(whole), True)


@pytest.mark.parametrize(
    ("cyrillic", "pinyin"),
    [
        ("Си", "xi"),
        ("Цзиньпин", "jinping"),
        ("Цзиньтао", "jintao"),
        ("Цзэдун", "zedong"),
        ("Сяопин", "xiaoping"),
        ("Чжао", "zhao"),
        ("Чжун", "zhong"),
        ("Жэнь", "ren"),
        ("Чжэнфэй", "zhengfei"),
        ("Кэцян", "keqiang"),
        ("Юйшань", "yushan"),
        ("Сюэ", "xue"),
        ("Эр", "er"),
        ("Хуавэй", "huawei"),
        ("Гуанчжоу", "guangzhou"),
        ("Хэйлунцзян", "heilongjiang"),
        ("Сичжоу", "xizhou"),
        ("Сычуань", "sichuan"),
        ("Цюаньго", "quanguo"),
        ("Сюнь", "xun"),
        ("Сюн", "xiong"),
        ("ЦЗИНЬПИН", "jinping"),
    ],
)
def test_names_in_russian(cyrillic: str, pinyin: str) -> None:
    """People, firms, cities and provinces."""
    assert pinyin in pinyin_of(cyrillic)


@pytest.mark.parametrize("cyrillic", ["Цзиньпина", "Цзиньпину", "Цзиньпином", "Цзіньпін", "Цзіньпіна", "Цзіньпінові"])
def test_case_endings_and_ukrainian_letters(cyrillic: str) -> None:
    """They are no part of the name."""
    assert "jinping" in pinyin_of(cyrillic)


@pytest.mark.parametrize(("cyrillic", "pinyin"), [("Хайлуня", "hailun"), ("Уханем", "wuhan"), ("Уханю", "wuhan")])
def test_a_soft_ending_takes_the_place_of_the_soft_sign(cyrillic: str, pinyin: str) -> None:
    """Ухань, Уханя."""
    assert pinyin in pinyin_of(cyrillic)


@pytest.mark.parametrize(("one", "other"), [("Чэнь", "Чэн"), ("Цзинь", "Цзин"), ("Линь", "Лин"), ("Тань", "Тан")])
def test_the_soft_sign_tells_names_apart(one: str, other: str) -> None:
    """Chen is not Cheng, but for those who leave it out they have a key in common."""
    assert pinyin_of(one).isdisjoint(pinyin_of(other))
    assert pinyin_keys(one, "Cyrl") == pinyin_keys(other, "Cyrl") != ()


@pytest.mark.parametrize("word", ["Петров", "Бречалов", "Гарпия", "Сон", "Ким", "Трамп", "Зеленский", "", "ь", "А1"])
def test_other_words_have_no_pinyin(word: str) -> None:
    """They cannot be divided into Chinese syllables; neither can Korean names."""
    assert pinyin_of(word) == frozenset()
    assert pinyin_keys(word, "Cyrl") == ()


@pytest.mark.parametrize("word", ["Petrov", "Kupol", "Trump", "Schröder", "Kim", "Xj", ""])
def test_other_words_in_latin_letters_are_no_pinyin(word: str) -> None:
    """Nor has anything in another script a key."""
    assert pinyin_keys(word, "Latn") == ()
    assert pinyin_keys("北京", "Hani") == ()


def test_a_long_word_costs_little() -> None:
    """A run of a thousand syllables is no name; it is not divided."""
    assert pinyin_of("ли" * 1000) == frozenset()
    assert pinyin_keys("li" * 1000, "Latn") == ()
