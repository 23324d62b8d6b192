"""Which spellings are one name, and which are not."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_pairs import PAIRS_OF_ALL

from resolver.review.clustering import cluster
from resolver.review.drafting import draft_entity
from resolver.review.groups import Name
from resolver.review.naming import best_name

GOLDEN = Path(__file__).parents[1] / "golden" / "clusters"


def clusters(*names: str | Name) -> list[set[str]]:
    found = cluster(Name(name) if isinstance(name, str) else name for name in names)
    return [set(group.texts) for group in found]


def text_of(name: str | Name) -> str:
    return name if isinstance(name, str) else name.text


TOGETHER = [
    ("a man's given name that looks like a woman's", ["Oleksandr Syrskyi", Name("Олександра Сирського", "uk")]),
    ("schemes of romanisation", ["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi"]),
    ("scripts", ["Zelensky", "Зеленский", "Зеленський"]),
    ("cases of an adjective", ["Zelensky", "Зеленського", "Зеленским", "Зеленському"]),
    ("a name with and without a type", ["Kupol", Name("Kupol", type="organization")]),
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
    ("a short case form of a place", ["Россия", Name("Rosji", "pl")]),
    ("a case form of a place that may be an adjective", ["Германия", Name("Německu", "cs")]),
    ("a union in words and in letters", ["European Union", "ЕС", "UE", Name("Evropské unie", "cs"), "Евросоюза"]),
    ("a state in words and in letters", ["США", "ZDA", "САЩ", Name("Stanach Zjednoczonych", "pl"), "United States"]),
    ("the long name of a state", ["Россия", Name("Російської Федерації", "uk"), "РФ"]),
    ("a body in a longer name", ["Сенат США", Name("Senat Stanów Zjednoczonych", "pl")]),
    ("an English name by its sound", ["Donald Trump", "Дональд Трамп", "Доналд Тръмп"]),
    ("what full names teach of a surname", ["Donald Trump", "Дональд Трамп", "Трамп", "Trump"]),
    ("a given name that no table has", [Name("Saqib Nisar", type="person"), Name("Сакиб Нисар", type="person")]),
    ("a short form of one in two scripts", ["David Davis", "Дэвид Дэвис", "Дэвида Дэвиса", "Дэвис", "Davis"]),
    ("an abbreviation in its language", [Name("Komisja Europejska", "pl"), Name("KE", "pl")]),
    (
        "a state whose long name holds that of another",
        ["China", "People's Republic of China", "Китайской Народной Республикой"],
    ),
    ("a full name like a woman's", ["Сергей Иванов", "Сергея Иванова"]),
    ("a Croatian case form", ["Plenković", Name("Plenkovića", "hr")]),
    ("one word by its sound", ["Brexit", Name("Брекзит", "ru"), Name("Брекзиту", "ru"), Name("Brexitu", "pl")]),
]

APART = [
    ("a woman of the name, or a man in a case", ["Aleksandr Ivanov", Name("Александра Иванова", "ru")]),
    ("a woman's surname that has no cases", ["Oleksandr Kovalenko", Name("Олександра Коваленко", "uk")]),
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
    ("two slips", ["Brechalov", "Bechalrov"]),
    ("near-twin surnames by their first letter", ["Marchenko", "Karchenko"]),
    ("near-twin surnames by one sign of Cyrillic", ["Savchenko", "Savenko"]),
    ("short words with an edit", ["Kupol", "Kupl"]),
    ("an acronym and a word", ["OSA", "Osa"]),
    ("two designations", ["Garpiya-A1", "Garpiya-A2"]),
    ("a name with and without a number", ["Garpiya", "Garpiya-A1"]),
    ("a given name alone", ["Oleksandr", "Oleksandr Syrskyi"]),
    ("a wrong initial", ["A. Budanov", "Kyrylo Budanov"]),
    ("a wrong initial of one of two words", ["Z. Kim", Name("Kim Jong", type="person")]),
    ("a place in a longer place", ["Donetsk", "Donetsk Oblast"]),
    ("an organisation that holds a place", ["Ukraine", "Armed Forces of Ukraine"]),
    ("two companies of one name", ["ООО «Азимут»", "АО «Азимут»"]),
    ("a pet form that is a word", ["Westminster Abbey", "Westminster"]),
    ("an acronym and a name like its case form", ["Joe Pesci", "PESCO"]),
    ("given names of one group alone", ["William", "Guillaume"]),
    ("two patronymics", ["Иван Петрович Сидоров", "Иван Сергеевич Сидоров"]),
    ("a country and its people in two languages", ["Россия", "Rosjanie"]),
    ("a surname like an adjective of a place", ["Сирський", "Сирія"]),
    ("two states of one word", ["Северная Корея", "Južna Koreja"]),
    ("two republics", ["Republic of Korea", "Republic of China"]),
    ("a state and its parliament", ["США", "Сенат США"]),
    ("two bodies of one union", ["European Commission", "European Parliament"]),
    ("an abbreviation in another language", [Name("Komisja Europejska", "pl"), Name("KE", "en")]),
    ("an abbreviation in small letters", ["US", "us"]),
    ("two people by the sound of their given names", ["Donald Trump", "Мелания Трамп"]),
    ("two names of one sound", ["Kate Brown", "Кейт Бреннан"]),
    ("a surname that looks like a case form of a place", [Name("Beran", "cs"), "Bern"]),
    ("an acronym that looks like a case form of a place", [Name("BeCA", "sl"), "Vienna"]),
    ("a state in the long name of another", ["Republic of China", "People's Republic of China"]),
    ("two seas", ["Black Sea", "Балтийское море"]),
    ("a Czech and a Polish surname", ["Zuzana Čaputová", "Jacek Czaputowicz"]),
]


@pytest.mark.parametrize("names", [names for _, names in TOGETHER], ids=[label for label, _ in TOGETHER])
def test_one_name(names):
    """These are one question."""
    assert [set(map(text_of, names))] == clusters(*names)


@pytest.mark.parametrize("names", [names for _, names in APART], ids=[label for label, _ in APART])
def test_different_names(names):
    """A decision on one must not decide the others."""
    assert len(names) == len(clusters(*names))


def test_a_surname_that_two_people_have_joins_neither():
    """Who is meant by it is a question of its own."""
    names = ["Andrii Kovalenko", "Oleksandr Kovalenko", "Kovalenko", "Коваленком"]

    assert {"Kovalenko", "Коваленком"} in clusters(*names)
    assert len(clusters(*names)) == 3


def test_forms_of_a_surname_that_two_people_have_are_one_question():
    """The full names of one of them teach that they are forms of one word."""
    names = ["Kathy Boockvar", "Кэти Буквар", "John Boockvar", "Boockvar", "Буквар"]

    assert {"Boockvar", "Буквар"} in clusters(*names)


def test_an_initial_does_not_choose_between_two_people():
    """A. may be short for either form of a name."""
    assert {"A. Kovalenko"} in clusters("Andrii Kovalenko", "Oleksandr Kovalenko", "A. Kovalenko")


def short(text: str, *introduced: tuple[str, int]) -> Name:
    """A surname that documents introduce so often by these names."""
    return Name(text, type="person", short_for=tuple(((long,), count) for long, count in introduced))


def test_documents_say_which_of_two_people_is_meant():
    """Nearly all mentions that a document introduces are introduced by the same full name."""
    surname = short("Trump", ("Donald Trump", 19), ("Melania Trump", 1))

    assert {"Trump", "Donald Trump"} in clusters("Donald Trump", "Melania Trump", surname)


@pytest.mark.parametrize(
    "introduced",
    [
        (("Bill Clinton", 5), ("Hillary Clinton", 9)),
        (("Hillary Clinton", 1),),
        (("Chelsea Clinton", 9),),
    ],
    ids=["two people", "once", "somebody else"],
)
def test_documents_that_do_not_agree_leave_a_surname_alone(introduced):
    """A wrong join is worse than a question more."""
    assert {"Clinton"} in clusters("Bill Clinton", "Hillary Clinton", short("Clinton", *introduced))


def test_the_only_full_name_is_not_taken_against_the_documents():
    """They introduce the surname by a name that is in no other cluster."""
    assert {"Clinton"} in clusters("Bill Clinton", short("Clinton", ("Secretary Clinton of State", 3)))


def test_a_document_that_names_two_people_decides_nothing():
    """Which of them a bare surname means is not said."""
    both = Name("Clinton", type="person", short_for=((("Bill Clinton", "Hillary Clinton"), 9),))

    assert {"Clinton"} in clusters("Bill Clinton", "Hillary Clinton", both)


def test_an_acronym_belongs_to_the_name_that_defines_it():
    """The sentence says so; no letters are compared."""
    acronym = Name("TLP", defined=(("Tehreek-e-Labbaik Pakistan", 1),))

    assert len(clusters("Tehreek-e-Labbaik Pakistan", acronym)) == 1


def test_an_acronym_belongs_to_the_name_that_nearly_all_texts_define_it_as():
    """One of twenty was misread, and another meant."""
    acronym = Name("CA", defined=(("Cambridge Analytica", 19), ("Crown Agents", 1)))

    assert {"CA", "Cambridge Analytica"} in clusters("Cambridge Analytica", "Crown Agents", acronym)


@pytest.mark.parametrize(
    "defined",
    [
        (("Cambridge Analytica", 1),),
        (("Cambridge Analytica", 2), ("Crown Agents", 2)),
        (("Court of Appeal", 5),),
        (),
    ],
    ids=["two letters defined once", "two definitions", "of a name that is not asked about", "no definition"],
)
def test_an_acronym_that_no_text_surely_defines_stays_apart(defined):
    """Two letters mean many things."""
    names = ["Cambridge Analytica", "Crown Agents", Name("CA", defined=defined)]

    assert {"CA"} in clusters(*names)


def test_what_is_never_an_entity_is_kept_from_what_may_be():
    """One spelling was told apart from the entity that the other most likely is."""
    told = Name("Donald Trump", excluded=frozenset({"person:donald-trump"}))
    near = Name("Дональд Трамп", "ru", nearest="person:donald-trump")

    assert len(clusters(told, near)) == 2
    assert len(clusters(told, Name("Дональд Трамп", "ru", nearest="person:somebody-else"))) == 1


def test_equal_names_are_kept_apart_by_never():
    """Also where nothing but the script tells them from each other."""
    told = Name("Osa Group", excluded=frozenset({"organization:osa"}))
    near = Name("Оса Групп", "ru", nearest="organization:osa")

    assert len(clusters("Osa Group", Name("Оса Групп", "ru"))) == 1
    assert len(clusters(told, near)) == 2
    assert len(clusters(told, Name("Оса Групп", "ru", nearest="organization:other"))) == 1


def test_a_short_form_of_another_type_stays_apart():
    """A street, a ship or a company may have the surname of a person."""
    street = Name("Syrskyi", type="location")

    assert [{"Oleksandr Syrskyi"}, {"Syrskyi"}] == clusters("Oleksandr Syrskyi", street)


def test_a_person_by_type_needs_no_known_given_name():
    """The text said that it is a person."""
    long = Name("Wang Syrskyi", type="person")

    assert len(clusters(long, "Syrskyi")) == 2


@pytest.mark.parametrize(("kind", "expected"), [("person", 1), ("organization", 2), ("location", 2)])
def test_documents_say_what_a_short_form_of_a_person_is_short_for(kind, expected):
    """Of a person whose given name is not known; a firm is called by another name than its last word."""
    long = Name("Wang Syrskyi", type=kind)
    short = Name("Syrskyi", short_for=((("Wang Syrskyi",), 9),))

    assert len(clusters(long, short)) == expected


@pytest.mark.parametrize(("introduced", "expected"), [("Oleksandr Syrskyi", 1), ("Petro Syrskyi", 2)])
def test_a_document_that_speaks_of_somebody_else_keeps_a_short_form_apart(introduced, expected):
    """Though the corpus has one longer name for it only."""
    short = Name("Syrskyi", short_for=(((introduced,), 1),))

    assert len(clusters("Oleksandr Syrskyi", short)) == expected


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


def labelled_names(kind: str) -> Iterator[Name]:
    """Both names of each labelled pair of a type, whether or not they are of one entity."""
    for pair in PAIRS_OF_ALL:
        if pair.get("type", "person") == kind:
            yield Name(pair["name"], type=kind)
            yield Name(pair["mention"], pair.get("lang"), kind)


@pytest.mark.parametrize("kind", sorted({pair.get("type", "person") for pair in PAIRS_OF_ALL}))
def test_clusters_of_labelled_names_are_golden(kind: str, update_golden: bool) -> None:
    """What the fullest name is made of, what the cluster is called, and its other spellings as aliases would have them.

    If a change is meant: `pytest tests/review/test_clustering.py --update-golden`, then read `git diff`.
    """
    found = ""
    for group in cluster(labelled_names(kind)):
        if len(group.texts) > 1:
            name = best_name(dict.fromkeys(group.full, 1))
            aliases = draft_entity("id", name, kind, group.texts).aliases
            told = "; ".join(f"{alias.text} ({alias.kind}, {alias.lang})" for alias in aliases)
            found += f"{' '.join(group.canonical)}: {name}: {told}\n"
    file = GOLDEN / f"{kind}.txt"
    if update_golden:
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="\n")

    assert file.read_bytes().decode() == found
