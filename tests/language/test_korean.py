"""Korean names: one name in every system of writing, names that differ, and names of elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.forms import analyse
from resolver.language.korean import are_two_names, is_same_name, korean_keys


def folded(name: str) -> str:
    """The casefolded words of a name."""
    form = analyse(name)
    return form.folded if form else ""


SPELLINGS = {
    "김정은": [
        "Kim Jong-un",
        "Kim Chŏng-ŭn",
        "Gim Jeong-eun",
        "Jongun Kim",
        "KIM Jong Un",
        "Ким Чен Ын",
        "Кім Чен Ин",
        "Kim Čong-un",
        "Kim Dzong Un",
        "Kim Džong Un",
    ],
    "반기문": ["Ban Ki-moon", "Pan Ki-mun", "Ban Gi-mun", "Пан Ги Мун"],
    "문재인": ["Moon Jae-in", "Mun Chae-in", "Mun Če-in", "Мун Чжэ Ин"],
    "박근혜": ["Park Geun-hye", "Pak Kŭn-hye", "Bak Geun-hye", "Пак Кын Хе"],
    "윤석열": ["Yoon Suk-yeol", "Yun Seok-yeol", "Юн Сок Ёль"],
    "이재명": ["Lee Jae-myung", "Yi Chae-myŏng", "I Jae-myeong", "Ли Чжэ Мён"],
    "최룡해": ["Choe Ryong-hae", "Choi Ryong-hae", "Чхве Рён Хэ"],
    "장성택": ["Jang Song-thaek", "Jang Sung-taek", "Chang Song-taek", "Чан Сон Тхэк"],
    "김영남": ["Kim Yong-nam", "Kim Young-nam", "Ким Ён Нам"],
    "조용원": ["Jo Yong-won", "Cho Yongwon", "Чо Ён Вон"],
}


@pytest.mark.parametrize(
    ("name", "spelling"), [(name, other) for name, others in SPELLINGS.items() for other in others]
)
def test_a_name_in_other_letters(name: str, spelling: str) -> None:
    """Each is found by its consonants, and its sounds are the same."""
    assert is_same_name(folded(name), folded(spelling))
    assert set(korean_keys(folded(name))) & set(korean_keys(folded(spelling)))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Kim Jong-un", "Kim Jong-il"),
        ("Kim Jong-un", "김정일"),
        ("Ким Чен Ын", "Ким Чен Ир"),
        ("Kim Jong-nam", "Kim Yong-nam"),
        ("Pak To Chun", "Pak Chun Il"),
        ("Paek Chang-ho", "Pak Chang-ho"),
        ("Lee Myung-bak", "Lee Jae-myung"),
        ("Kim Seo-yeon", "Kim Seo-yun"),
        ("Choe Ryong-hae", "Choe Ryong-su"),
    ],
)
def test_names_of_two_people(name: str, other: str) -> None:
    """One syllable tells them apart."""
    assert are_two_names(folded(name), folded(other))
    assert not is_same_name(folded(name), folded(other))


@pytest.mark.parametrize(
    "name",
    [
        "Vladimir Putin",
        "Kim",
        "Kim Kardashian",
        "Xi Jinping",
        "Min Aung Hlaing",
        "Ho Chi Minh",
        "John Paul Jones",
        "Иван Петров",
        "김정",
        "",
    ],
)
def test_names_of_elsewhere(name: str) -> None:
    """They have no key of their own, and are not even compared."""
    assert korean_keys(folded(name)) == ()
    assert not are_two_names(folded(name), folded(name))


@pytest.mark.parametrize("other", ["Joe Biden", "Joe Bidne", "Joe", "Имран Кан", "Имран Хан"])
def test_syllables_in_two_words_tell_nobody_apart(other: str) -> None:
    """Joe Biden has three syllables as well."""
    assert not are_two_names(folded("Joe Biden"), folded(other))
    assert not is_same_name(folded("Joe Biden"), folded(other))


@given(st.sampled_from(sorted(SPELLINGS)), st.sampled_from(sorted(SPELLINGS)))
def test_ten_people_stay_ten(name: str, other: str) -> None:
    """In their own letters a name is one with itself alone."""
    assert is_same_name(name, other) == (name == other)
    assert are_two_names(name, other) == (name != other)
