"""Words and how they agree; names and which of their words belong together."""

import pytest
from factories import entity, mention

from resolver.evidence import Comparison, align, compare_words
from resolver.evidence.describing import describe
from resolver.forms import Token, analyse, read_word
from resolver.index import AliasIndex


def word(text: str) -> Token:
    """A word as it stands in a name of several."""
    (token,) = read_word(text)
    return token


def compare(text: str, name: str, *, type: str = "person", lang: str | None = None) -> Comparison:  # noqa: A002
    """A mention beside the only name of an entity."""
    index = AliasIndex([entity(name, type=type)])
    form = analyse(text, lang)
    assert form is not None
    return align(mention(text, lang=lang), index.query(form), index.entries[0])


def pairs_of(comparison: Comparison) -> set[tuple[str, str]]:
    """The texts that were paired."""
    return {(" ".join(t.text for t in p.mention), " ".join(t.text for t in p.alias)) for p in comparison.pairs}


# ---------------------------------------------------------------------------------------------------- two words


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Brechalov", "BRECHALOV", "same"),
        ("Бречалов", "Brechalov", "same"),
        ("Zelenskyy", "Зеленский", "romanised"),
        ("Szojgu", "Shoigu", "romanised"),
        ("завод", "plant", "translated"),
        ("Бречаловым", "Brechalov", "inflected"),
        ("Зеленского", "Zelensky", "inflected"),
        ("Breczałowem", "Brechalov", "inflected"),
        ("Vladimirovna", "Vladimirovich", "patronymic"),
        ("Andriy", "Андрей", "given"),
        ("Oleksandr", "Alexander", "given"),
        ("Sasha", "Aleksandr", "nickname"),
        ("Brechelov", "Brechalov", "typo"),
        ("Usytmenko", "Ustymenko", "typo"),
        ("Kalashnik", "Kalashnikovsky", "truncated"),
        ("Пермский", "Perm", "adjective"),
        ("Самара", "Samarskogo", "adjective"),
        ("Липецкое", "Lipetsk", "adjective"),
        ("A", "Aleksandr", "initial"),
        ("А", "Aleksandr", "initial"),
        ("А1", "A-1", "same"),
        ("Байден", "Biden", "heard"),
        ("Biden", "Байден", "heard"),
        ("Pietrowem", "Petrov", "inflected"),
        ("Russian", "Russia", "translated"),
        ("Министерства", "Министерство", "inflected"),
        ("министерства", "ministerstwo", "translated"),
        ("бригада", "Brigade", "translated"),
        ("кзавод", "завод", "typo"),
    ],
)
def test_words_that_agree_say_how(left: str, right: str, expected: str) -> None:
    """The surest way is told."""
    found = compare_words(word(left), word(right))

    assert found is not None
    assert found[0] == expected


@pytest.mark.parametrize(
    ("left", "name", "expected"), [("завод", "Zavod", "same"), ("корпорация", "Korporacija", "romanised")]
)
def test_a_generic_word_may_be_a_name(left: str, name: str, expected: str) -> None:
    """Alone it is one; then it is not read as what it means, but its letters agree."""
    alone = analyse(name)
    assert alone is not None
    found = compare_words(word(left), alone.tokens[0])

    assert word(left).index_key != alone.tokens[0].index_key
    assert found is not None
    assert found[0] == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Brechalov", "Bocharov"),
        ("Kovalenko", "Kovalchuk"),
        ("Igor", "Oleg"),
        ("Anna", "Ivan"),
        ("Maria", "Marina"),  # one letter apart, and two names
        ("V", "Aleksandr"),
        ("A1", "A2"),
        ("9K33", "9K34"),
        ("F16", "Foxtrot"),
        ("plant", "ministry"),
        ("Tor", "Tol"),
        ("Putin", "Rasputin"),
        ("Mohammadreza", "Mohammad"),  # two names, and one of them
        ("Saidullah", "Said"),
        ("Ivanovich", "Petrovich"),
        ("Эрика", "Eric"),
        ("Нигерия", "Niger"),
        ("مهی", "محیا"),  # no Slavic genitive
        ("ईाम", "James"),
        ("Vladimirovich", "Владимир"),  # the father
        ("Александр", "Александровна"),
        ("Nozhkin", "Анашкин"),  # only one begins with a vowel
    ],
)
def test_words_that_do_not_agree_are_no_pair(left: str, right: str) -> None:
    """Other names, other numbers, other meanings."""
    assert compare_words(word(left), word(right)) is None


def test_surer_ways_are_more_alike() -> None:
    """The same word, then its cases, then another form of the name, then a nickname, then a letter."""
    likeness = [
        found[1]
        for left, right in [
            ("Brechalov", "Brechalov"),
            ("Бречаловым", "Brechalov"),
            ("Oleksandr", "Aleksandr"),
            ("Sasha", "Aleksandr"),
            ("A", "Aleksandr"),
        ]
        if (found := compare_words(word(left), word(right)))
    ]

    assert likeness == sorted(set(likeness), reverse=True)
    assert len(likeness) == 5


def test_more_typos_are_less_alike() -> None:
    """Each letter that differs counts."""
    one, two = compare_words(word("Brechelov"), word("Brechalov")), compare_words(word("Brichelov"), word("Brechalov"))

    assert one is not None
    assert two is not None
    assert two[1] < one[1]


@pytest.mark.parametrize(
    ("text", "base"), [("Brechalova", "Brechalov"), ("Putinem", "Putin"), ("Zelenskiego", "Zelensky")]
)
def test_english_has_no_slavic_cases(text: str, base: str) -> None:
    """In an English text Brechalova is a woman, or a slip, and no genitive."""
    slavic, english = compare_words(word(text), word(base)), compare_words(word(text), word(base), "en")

    assert slavic is not None
    assert slavic[0] == "inflected"
    assert english is None or english[0] != "inflected"


@pytest.mark.parametrize(("lang", "how"), [("uk", "derived"), ("ru", "inflected")])
def test_a_surname_is_derived_from_a_given_name_where_it_is_no_case_of_it(lang: str, how: str) -> None:
    """In Ukrainian Романов is nobody's possessive."""
    found = compare_words(word("Романов"), word("Роман"), lang)

    assert found is not None
    assert found[0] == how


@pytest.mark.parametrize("lang", ["en", "de", None])
def test_cyrillic_has_slavic_cases_in_whatever_text_it_stands(lang: str | None) -> None:
    """An English text that quotes a Russian name does not make it English."""
    assert compare_words(word("Бречаловым"), word("Brechalov"), lang) == ("inflected", 0.96)


# ------------------------------------------------------------------------------------------------------ two names


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Brechalov Aleksandr", "Aleksandr Brechalov", {("Brechalov", "Brechalov"), ("Aleksandr", "Aleksandr")}),
        ("A. Brechalov", "Aleksandr Brechalov", {("A", "Aleksandr"), ("Brechalov", "Brechalov")}),
        ("Igor Brechalov", "Aleksandr Brechalov", {("Brechalov", "Brechalov")}),
        ("Ivan Ivan Petrov", "Ivan Petrov", {("Ivan", "Ivan"), ("Petrov", "Petrov")}),
        ("завод Купол", "Kupol plant", {("завод", "plant"), ("Купол", "Kupol")}),
        ("Abu Bakr", "Abubakr", {("Abu Bakr", "Abubakr")}),
        ("Abubakr", "Abu Bakr", {("Abubakr", "Abu Bakr")}),
        ("Emma Daniels", "Aleksandr Brechalov", set()),
        ("Garpiya-B7", "Garpiya-A1", {("Garpiya", "Garpiya")}),
    ],
)
def test_words_of_two_names_are_paired(text: str, name: str, expected: set[tuple[str, str]]) -> None:
    """In any order, each word once."""
    assert pairs_of(compare(text, name, type="organization")) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Abdul Rahman Saleh", "Abdulrahman Saleh"),
        ("Abdulrahman Saleh", "Abdul Rahman Saleh"),
        ("Astra Zeneca", "AstraZeneca"),
        ("Abd al-Malik Saleh", "Abdelmalek Saleh"),
        ("Noor ud Din Saleh", "Nooruddin Saleh"),
        ("Ansarullah Movement", "Ansar Allah Movement"),
        ("Ziaur Rahman", "Zia ur-Rahman"),
        ("Yasin Elburhan", "Yasin al-Burhan"),
        ("Yasin al-Burhan", "Yasin Elburhan"),
        ("김정은", "Kim Jong-un"),
    ],
)
def test_halves_of_a_word_are_joined_though_one_begins_it(text: str, name: str) -> None:
    """Nothing is left over on either side."""
    comparison = compare(text, name)

    assert (comparison.rest, comparison.alias_rest) == ((), ())


@pytest.mark.parametrize(
    ("text", "name", "rest", "alias_rest"),
    [
        ("Aleksandr Brechalov", "Aleksandr Brechalov", [], []),
        ("Brechalov", "Aleksandr Brechalov", [], ["Aleksandr"]),
        ("Aleksandr Vladimirovich Brechalov", "Aleksandr Brechalov", ["Vladimirovich"], []),
        ("Igor Brechalov", "Aleksandr Brechalov", ["Igor"], ["Aleksandr"]),
        ("Emma Daniels", "Aleksandr Brechalov", ["Emma", "Daniels"], ["Aleksandr", "Brechalov"]),
    ],
)
def test_words_without_a_partner_are_left_over(text: str, name: str, rest: list[str], alias_rest: list[str]) -> None:
    """In the order of their name."""
    comparison = compare(text, name)

    assert [token.text for token in comparison.rest] == rest
    assert [token.text for token in comparison.alias_rest] == alias_rest


@pytest.mark.parametrize(
    ("text", "name"), [("Brechalov", "Aleksandr Brechalov"), ("Aleksandr Vladimirovich Brechalov", "Brechalov")]
)
def test_words_that_are_left_over_weigh_what_they_are_worth(text: str, name: str) -> None:
    """Their rarity together; nothing left weighs nothing."""
    comparison = compare(text, name)

    assert bool(comparison.rest) == (comparison.rest_bits > 0.0)
    assert bool(comparison.alias_rest) == (comparison.alias_rest_bits > 0.0)


@pytest.mark.parametrize(
    ("kind", "rest"), [("person", []), ("location", ["President"]), ("organization", ["President"])]
)
def test_titles_are_left_out_beside_persons(kind: str, rest: list[str]) -> None:
    """President Putin is Putin; President Hotel is not Hotel."""
    comparison = compare("President Udmurt", "Udmurt", type=kind)

    assert [token.text for token in comparison.rest] == rest


@pytest.mark.parametrize(
    ("text", "name", "rest", "alias_rest"),
    [
        ("John Major", "John Smith", ["Major"], ["Smith"]),
        ("Major John Smith", "John Smith", [], []),
        ("John Smith", "Major John Smith", [], []),
        ("Governor of Udmurtia Brechalov", "Aleksandr Brechalov", [], ["Aleksandr"]),
        ("Brechalov, Governor of Udmurtia", "Aleksandr Brechalov", ["Udmurtia"], ["Aleksandr"]),
        ("Sheikh Udmurtia Brechalov", "Aleksandr Brechalov", ["Udmurtia"], ["Aleksandr"]),
        ("Sheikh Udmurtia Brechalov Governor", "Aleksandr Brechalov", ["Udmurtia"], ["Aleksandr"]),
    ],
)
def test_a_word_that_is_a_title_in_front_only(text: str, name: str, rest: list[str], alias_rest: list[str]) -> None:
    """A major may be called Major; an office takes what belongs to it with it, if it stands in front."""
    comparison = compare(text, name)

    assert [token.text for token in comparison.rest] == rest
    assert [token.text for token in comparison.alias_rest] == alias_rest


@pytest.mark.parametrize(
    ("text", "name", "rest", "alias_rest"),
    [
        ("Abdul Rahman", "Abdulrahman Muhammad Arif", [], ["Muhammad", "Arif"]),
        ("Abdulrahman Muhammad Arif", "Abdul Rahman", ["Muhammad", "Arif"], []),
        ("Abdul Rahman Abdul", "Abdulrahman", ["Abdul"], []),
        ("Ab Dulrahman Arif", "Abdulrahman", ["Arif"], []),
        ("A Bdulrahman Arif", "Abdulrahman", ["A", "Arif"], []),
    ],
)
def test_two_neighbours_may_be_one_word(text: str, name: str, rest: list[str], alias_rest: list[str]) -> None:
    """All of the name or a part of it; an initial is no half of a word."""
    comparison = compare(text, name)

    assert [token.text for token in comparison.rest] == rest
    assert [token.text for token in comparison.alias_rest] == alias_rest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Abdulrahman Arif", "Abdul Rahman Muhammad Arif"),
        ("Abdul Rahman Muhammad Arif", "Abdulrahman Arif"),
    ],
)
def test_halves_weigh_together_what_their_words_weigh(text: str, name: str) -> None:
    """Beside words that only the longer name has."""
    comparison = compare(text, name)
    joined = next(pair for pair in comparison.pairs if pair.how == "joined")
    whole, halves = sorted(
        [(joined.mention, joined.bits), (joined.alias, joined.alias_bits)], key=lambda side: len(side[0])
    )

    assert [token.text for token in (*whole[0], *halves[0])] == ["Abdulrahman", "Abdul", "Rahman"]
    assert (halves[1], joined.similarity) == (2 * whole[1], 0.95)
    assert [token.text for token in (*comparison.rest, *comparison.alias_rest)] == ["Muhammad"]


# ------------------------------------------------------------------------------------------------------ in words


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Brechalov", "Brechalov", "Brechalov"),
        ("Купол", "Kupol", "Купол = Kupol"),
        ("Бречаловым", "Brechalov", "Бречаловым is the instrumental of Brechalov"),
        ("Sasha", "Aleksandr", "Sasha is a nickname of Aleksandr"),
        ("Oleksandr", "Aleksandr", "Oleksandr is another form of Aleksandr"),
        ("Brechelov", "Brechalov", "Brechelov ~ Brechalov (1 letter differs)"),
        ("Kaloshmikov", "Kalashnikov", "Kaloshmikov ~ Kalashnikov (2 letters differ)"),
        ("Kalashnik", "Kalashnikovsky", "Kalashnik is cut from Kalashnikovsky"),
        ("Abubakr", "Abu Bakr", "Abubakr joins to Abu Bakr"),
    ],
)
def test_pairs_are_described_for_a_curator(text: str, name: str, expected: str) -> None:
    """How the words agree, in words."""
    (pair,) = compare(text, name).pairs

    assert describe(pair) == expected


@pytest.mark.parametrize("text", ["Harpiya", "Garpija", "Гарпія"])
def test_habits_of_romanisation_are_named(text: str) -> None:
    """Both spellings stand in the sentence."""
    (pair,) = compare(text, "Garpiya", type="product").pairs

    assert describe(pair).startswith(f"{text} = Garpiya (")


# ------------------------------------------------------------------------------------------------ the word that is left


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jhn Stuart Mill", "John Stuart Mill"),
        ("Sergei Vasilyevich Lvv", "Sergei Vasilyevich Lvov"),
        ("Сергей Васильевич Лвв", "Сергей Васильевич Львв"),
        ("Fitan Froum Borde", "Fitan Forum Borde"),  # a generic word
        ("جودي نعما بن لادن", "جودي نعمان بن لادن"),
    ],
)
def test_one_letter_makes_no_other_word_where_all_else_agrees(text: str, name: str) -> None:
    """Also of a short word, and of one whose fold differs by more."""
    assert not compare(text, name).rest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chd Stacy Johnson", "Chad Tracy Johnston"),  # another word differs as well
        ("Kim Jong Un", "Kim Jong Il"),  # two letters
        ("Vega NPP", "Vega LPP"),  # acronyms
        ("Inna Brechalova", "Anna Brechalova"),  # two names
        ("Vega 12", "Vega 13"),
        ("A. Brechalov", "O. Brechalov"),
    ],
)
def test_one_letter_makes_another_word_otherwise(text: str, name: str) -> None:
    """What is left of both stays without a partner."""
    assert compare(text, name).rest
