"""Sound keys: one for what a hurried ear takes for one name, and none where they would mean nothing."""

import pytest

from resolver.language.phonetics import is_heard_as, metaphone, sound_key
from resolver.language.romanization import romanize, script_of
from resolver.language.tables import read_table


@pytest.mark.parametrize(
    "spellings",
    [
        ("brechalov", "prechalov", "brechaloff", "brichalow"),
        ("kalashnikov", "kaleshnikoff", "kolaschnikow"),
        ("gerasimov", "kherasimov", "harasimaw"),
        ("ustymenko", "oustiminko"),
    ],
)
def test_words_of_one_sound_share_a_key(spellings: tuple[str, ...]) -> None:
    """Vowels, voice and habits of romanisation are not heard."""
    assert len({sound_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("brechalov", "brechanov"),
        ("brechalov", "bocharov"),
        ("kovalenko", "kovalchuk"),
        ("putin", "rasputin"),
        ("gerasimov", "gerasimenko"),
        ("izhevsk", "ivanovo"),
    ],
)
def test_words_of_another_sound_have_another_key(one: str, other: str) -> None:
    """Consonants and their order are heard."""
    assert sound_key(one) != sound_key(other)


@pytest.mark.parametrize("word", ["", "osa", "kim", "lida", "ioann", "aurelia"])
def test_short_words_and_few_consonants_have_no_key(word: str) -> None:
    """Two consonants would put half the world under one key."""
    assert sound_key(word) is None


@pytest.mark.parametrize("script", ["Arab", "Hani", "Hebr", "Thai"])
@pytest.mark.parametrize("key", [sound_key, metaphone])
def test_scripts_whose_romanisation_spells_no_sounds_have_no_key(key: object, script: str) -> None:
    """Muhammad arrives as mhmd: its code would be that of other names."""
    assert callable(key)
    assert key("muhammad", script) is None


@pytest.mark.parametrize("script", ["Latn", "Cyrl", "Grek", "Armn", "Geor", None])
@pytest.mark.parametrize("key", [sound_key, metaphone])
def test_alphabets_with_vowels_have_a_key(key: object, script: str | None) -> None:
    """So has a word in no script at all, which is already romanised."""
    assert callable(key)
    assert key("brechalov", script)


@pytest.mark.parametrize(("one", "other"), [("catherine", "katherine"), ("phillips", "fillips"), ("knight", "night")])
def test_metaphone_hears_english_spelling(one: str, other: str) -> None:
    """Silent letters and ph are English knowledge that the Slavic key does not have."""
    assert metaphone(one) == metaphone(other)


@pytest.mark.parametrize(("one", "other"), [("catherine", "martin"), ("kellogg", "keller"), ("biden", "budanov")])
def test_metaphone_tells_other_words_apart(one: str, other: str) -> None:
    """Another consonant is another code."""
    assert metaphone(one) != metaphone(other)


@pytest.mark.parametrize("word", ["", "li", "kims"])
def test_metaphone_of_short_words_is_none(word: str) -> None:
    """Four letters say too little."""
    assert metaphone(word) is None


def is_heard(one: str, other: str) -> bool:
    return is_heard_as(romanize(one) or "", script_of(one), romanize(other) or "", script_of(other))


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Jackson", "Джексон"),
        ("Johnson", "Джонсън"),
        ("Johnson", "Џонсон"),
        ("Hunter", "Хънтър"),
        ("Hunter", "Гантер"),
        ("Jefferson", "Джефферсон"),
        ("James", "Джеймс"),
        ("McDonald", "Макдональд"),
        ("Catherine", "Кэтрин"),
        ("Burton", "Бёртон"),
        ("Michael", "Майкл"),
        ("Churchill", "Черчилль"),
        ("Thatcher", "Тэтчер"),
        ("Cleveland", "Клівленд"),
        ("Roosevelt", "Рузвельт"),
        ("Washington", "Вашингтон"),
        ("George", "Джордж"),
        ("Brown", "Браун"),
        ("Glasgow", "Глазгоу"),
        ("Sanchez", "Санчес"),
        ("Schumacher", "Шумахер"),
        ("Zuckerberg", "Цукерберг"),
    ],
)
def test_a_foreign_name_is_heard_in_cyrillic(latin: str, cyrillic: str) -> None:
    """Cyrillic writes what is heard of a name, whichever of the two is the mention."""
    assert is_heard(latin, cyrillic)
    assert is_heard(cyrillic, latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jackson", "Джонсон"),
        ("Potanin", "Путин"),
        ("Putin", "Потанин"),
        ("Brennan", "Браун"),
        ("Bolton", "Балатон"),
        ("Kuleba", "Колиба"),
        ("Johnson", "Янсон"),
        ("Brown", "Брайант"),
        ("Cleveland", "Кливен"),
        ("Hunter", "Гунько"),
        ("Arizona", "Россия"),
        ("Chrzanów", "Хрунов"),
        ("Washington", "Васин"),
        ("May", "Мэй"),
        ("Wright", "Райт"),
        ("Jacques", "Жак"),
        ("Jackson", "Jekson"),
        ("Джексон", "Джаксън"),
        ("Jackson", "杰克逊"),
        ("Thatcher", "Тихонов"),
    ],
)
def test_other_names_are_not_heard(one: str, other: str) -> None:
    """Other consonants, too few of them, another number of vowels, or one script: nothing is heard."""
    assert not is_heard(one, other)


@pytest.mark.parametrize("script", ["Latn", "Cyrl"])
def test_every_rule_of_the_sounds_is_a_sequence_with_its_readings(script: str) -> None:
    """Each rule is written once, and what is heard is a consonant or nothing."""
    rules = [rule.partition("=") for row, listed in read_table("sounds") if row == script for rule in listed]
    letters = [left for left, _, _ in rules]

    assert len(set(letters)) == len(letters)
    assert all(equals and set(heard) <= set("bdfhklmnprstvJCSe/i") for _, equals, heard in rules)
