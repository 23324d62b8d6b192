"""Which spellings are one name, and which are not."""

import itertools

import pytest

from resolver.review.clustering import Name, cluster


def clusters(*names: str | Name) -> list[set[str]]:
    found = cluster(Name(name) if isinstance(name, str) else name for name in names)
    return [set(group.texts) for group in found]


TOGETHER = [
    ("schemes of romanisation", ["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi"]),
    ("scripts", ["Zelensky", "Зеленский", "Зеленський"]),
    ("cases of an adjective", ["Zelensky", "Зеленського", "Зеленским", "Зеленському"]),
    ("letter case", ["Kupol", "KUPOL", "kupol"]),
    ("a case form without its base", ["Бречаловым", "Бречалов"]),
    ("case forms whose base no text holds", ["Бречаловым", "Бречаловыми"]),
    ("Г as G and as H", ["Garpiya", "Harpiya", "Гарпія", "Гарпією"]),
    ("an instrumental and a Latin name", ["Гарпией", "Garpiya"]),
    ("designations", ["Garpiya-A1", "Гарпія-А1", "Гарпия А1"]),
    ("invisible signs", ["Kupol", "Ku\u00adpol", "Купо\u0301л"]),
    ("word order", ["Andrii Kovalenko", "Kovalenko Andrii", "Коваленко Андрій"]),
    ("Russian and Ukrainian given names", ["Oleksandr Syrskyi", "Александр Сырский", "Aleksandr Syrsky"]),
    ("a full name in the genitive", ["Sergei Ivanov", "Сергей Иванов", "Сергеем Ивановым"]),
    ("a missing letter", ["Brechalov", "Bechalov"]),
    ("a missing letter in a full name", ["Aleksandr Brechalov", "Alexander Bechalov"]),
    ("two letters swapped", ["Brechalov", "Brechaolv"]),
    ("a short form", ["Syrskyi", "Oleksandr Syrskyi"]),
    ("a short form in another script and case", ["Сирського", "Oleksandr Syrskyi"]),
    ("an initial", ["O. Syrskyi", "Oleksandr Syrskyi"]),
    ("a patronymic left out", ["Vladimir Putin", "Владимир Владимирович Путин"]),
    ("legal forms", ["Kupol", "ООО «Купол»"]),
    ("a place in several languages", ["Відень", "Wien", "Vídni"]),
]

APART = [
    ("a place and its people", ["Polska", "Polacy"]),
    ("places that look alike", ["Austria", "Australia"]),
    ("two people of one surname", ["Andrii Kovalenko", "Oleksandr Kovalenko"]),
    ("two people of one surname in two scripts", ["Андрій Коваленко", "Oleksandr Kovalenko"]),
    ("a man and a woman", ["Ivanov", "Ivanova"]),
    ("what may be a woman", ["Иванов", "Иванова"]),
    ("a man and a woman by their given names", ["Oleksandr Kovalenko", "Oleksandra Kovalenko"]),
    ("the same in Cyrillic", ["Олександр Коваленко", "Олександра Коваленко"]),
    ("a derived surname", ["Коваль", "Ковалев"]),
    ("surnames of one stem", ["Kovalenko", "Kovalchuk", "Koval"]),
    ("near-twin surnames", ["Zelensky", "Zelinsky"]),
    ("near-twin surnames by their first letter", ["Marchenko", "Karchenko"]),
    ("near-twin surnames by one sign of Cyrillic", ["Savchenko", "Savenko"]),
    ("short words with an edit", ["Kupol", "Kupl"]),
    ("an acronym and a word", ["OSA", "Osa"]),
    ("two designations", ["Garpiya-A1", "Garpiya-A2"]),
    ("a name with and without a number", ["Garpiya", "Garpiya-A1"]),
    ("a given name alone", ["Oleksandr", "Oleksandr Syrskyi"]),
    ("a wrong initial", ["A. Budanov", "Kyrylo Budanov"]),
    ("a place in a longer place", ["Donetsk", "Donetsk Oblast"]),
    ("an organisation that holds a place", ["Ukraine", "Armed Forces of Ukraine"]),
    ("two companies of one name", ["ООО «Азимут»", "АО «Азимут»"]),
    ("a pet form that is a word", ["Westminster Abbey", "Westminster"]),
    ("an acronym and a name like its case form", ["Joe Pesci", "PESCO"]),
    ("given names of one group alone", ["William", "Guillaume"]),
    ("two patronymics", ["Иван Петрович Сидоров", "Иван Сергеевич Сидоров"]),
]


@pytest.mark.parametrize("names", [names for _, names in TOGETHER], ids=[label for label, _ in TOGETHER])
def test_one_name(names):
    """These are one question."""
    assert [set(names)] == clusters(*names)


@pytest.mark.parametrize("names", [names for _, names in APART], ids=[label for label, _ in APART])
def test_different_names(names):
    """A decision on one must not decide the others."""
    assert len(names) == len(clusters(*names))


def test_a_surname_that_two_people_have_joins_neither():
    """Who is meant by it is a question of its own."""
    names = ["Andrii Kovalenko", "Oleksandr Kovalenko", "Kovalenko", "Коваленком"]

    assert {"Kovalenko", "Коваленком"} in clusters(*names)
    assert len(clusters(*names)) == 3


def test_an_initial_does_not_choose_between_two_people():
    """A. may be short for either form of a name."""
    assert {"A. Kovalenko"} in clusters("Andrii Kovalenko", "Oleksandr Kovalenko", "A. Kovalenko")


def test_a_short_form_of_another_type_stays_apart():
    """A street, a ship or a company may have the surname of a person."""
    street = Name("Syrskyi", type="location")

    assert [{"Oleksandr Syrskyi"}, {"Syrskyi"}] == clusters("Oleksandr Syrskyi", street)


def test_a_person_by_type_needs_no_known_given_name():
    """The text said that it is a person."""
    long = Name("Wang Syrskyi", type="person")

    assert len(clusters(long, "Syrskyi")) == 2


def test_the_longest_chain_of_names_is_one():
    """Surname, with given name, with patronymic."""
    names = ["Путин", "Владимир Путин", "Владимир Владимирович Путин"]

    assert [set(names)] == clusters(*names)


def test_typos_do_not_chain():
    """Each slip is compared with the full name, not with another slip."""
    assert [{"Brechalov", "Brechlov", "Bechalov"}] == clusters("Brechalov", "Brechlov", "Bechalov")
    assert clusters("Prokopenko", "Prokpenko", "Prkpenko") == [{"Prkpenko"}, {"Prokopenko", "Prokpenko"}]


def test_order_does_not_matter():
    """The result depends on the set of names alone."""
    names = ["Oleksandr Syrskyi", "Сирського", "Syrsky", "Andrii Kovalenko", "Коваленком", "Brechalov", "Bechalov"]
    expected = cluster(map(Name, names))

    for shuffled in itertools.islice(itertools.permutations(names), 0, 5040, 97):
        assert expected == cluster(map(Name, shuffled))


def test_what_holds_no_letter_is_no_name():
    """A dash is in no cluster."""
    assert clusters("—", "«»", "") == []
