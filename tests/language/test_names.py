"""The parts of names: every entry of the tables fires on its own citation form, and proper names are left alone."""

import pytest

from resolver.language.names import (
    GivenName,
    LegalForm,
    concept,
    concept_initials,
    concept_phrases,
    expansion,
    given_names,
    is_particle,
    is_title,
    legal_forms,
    patronymic,
    patronymic_gender,
)
from resolver.language.romanization import fold, romanize
from resolver.language.tables import read_table


def key(word: str) -> str:
    """The key under which a word is looked up."""
    return fold(romanize(word.replace("'", "")) or "")


def groups(word: str) -> set[str]:
    """The given names that a word may be."""
    return {name.group for name in given_names(key(word))}


def forms(name: str) -> list[str]:
    """The legal forms in a name."""
    return [form.form for form in legal_forms(name.split())]


def rows(table: str) -> list[tuple[str, str]]:
    """The (key, spelling) entries of a table, without its endings."""
    return [(row, value) for row, values in read_table(table) if row != "endings" for value in values]


# --- given names


def test_every_given_name_is_found() -> None:
    """Each spelling, and the group's own name, leads to the group, its gender and its kind."""
    entries = [(row, value) for row, value in rows("given_names") if value[0] != "+"]
    own_names = [(row, row.split()[0]) for row, _ in read_table("given_names")]
    for row, spelling in entries + own_names:
        name, gender = row.split()
        expected = GivenName(name.lower(), gender, spelling[0] == "~")
        assert expected in given_names(key(spelling.lstrip("~"))), spelling


@pytest.mark.parametrize(
    "spellings",
    [
        "Aleksandr Oleksandr Alexander Aliaksandr Александр Олександр Аляксандр Aleksander Oleksander Sasha",
        "Vladimir Volodymyr Uladzimir Włodzimierz Владимир Володимир Уладзімір Wladimir",
        "Nikolai Mykola Николай Микола Nikolay Nicholas Mikołaj",
        "Andrei Andrii Andriy Andrew Andrzej Андрей Андрій",
        "Philipp Pylyp Филипп Пилип Philip Filip",
        "Sergey Serhii Serhiy Sergei Сергей Сергій Siarhei",
        "Evgeny Yevgeniy Yevhen Євген Евгений Eugene Yauhen",
        "Mohammed Muhammad Mohamed Magomed Магомед Mehmet",
        "Ahmed Ahmad Akhmed Ахмед",
        "Abdallah Abdullah Абдулла",
        "Ekaterina Kateryna Katarzyna Catherine Екатерина Катерина",
        "Yuri Yuriy Yurii Юрий Юрій Iouri",
    ],
)
def test_spellings_of_one_name_share_a_group(spellings: str) -> None:
    """A person may be written with any of them."""
    assert set.intersection(*(groups(word) for word in spellings.split()))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ivan", "John"),
        ("Ivan", "Igor"),
        ("Aleksandr", "Aleksandra"),
        ("Aleksandr", "Aleksei"),
        ("Yuri", "George"),
        ("Ramzan", "Ramazan"),
        ("Rustam", "Ruslan"),
        ("Maria", "Marina"),
        ("Oleg", "Olga"),
        ("Musa", "Moses"),
        ("Valeri", "Vasili"),
    ],
)
def test_different_names_share_no_group(left: str, right: str) -> None:
    """Translation that nobody uses, and likeness, are no reason."""
    assert groups(left)
    assert groups(right)
    assert not groups(left) & groups(right)


@pytest.mark.parametrize("word", ["Brechalov", "Бречалов", "Kupol", "Zelensky", "", "Plant", "Іжевськ", "Bank", "Osa"])
def test_other_words_are_no_given_names(word: str) -> None:
    """Surnames and places have no group."""
    assert given_names(key(word)) == ()


def test_a_diminutive_may_stand_for_two_names() -> None:
    """Sasha is Aleksandr or Aleksandra."""
    assert [(name.group, name.gender, name.diminutive) for name in given_names(key("Саша"))] == [
        ("aleksandr", "m", True),
        ("aleksandra", "f", True),
    ]


# --- patronymics


@pytest.mark.parametrize(
    ("word", "father", "gender"),
    [
        ("Vladimirovich", "vladimir", "m"),
        ("Владимировича", "vladimir", "m"),
        ("Володимирович", "vladimir", "m"),
        ("Володимировичем", "vladimir", "m"),
        ("Wladimirowitsch", "vladimir", "m"),
        ("Uladzimiravich", "vladimir", "m"),
        ("Владимировны", "vladimir", "f"),
        ("Володимирівна", "vladimir", "f"),
        ("Valeriyovych", "valeri", "m"),
        ("Valeryevich", "valeri", "m"),
        ("Валерійович", "valeri", "m"),
        ("Сергеевич", "sergei", "m"),
        ("Сергійович", "sergei", "m"),
        ("Serhiyovych", "sergei", "m"),
        ("Сергіївна", "sergei", "f"),
        ("Николаевна", "nikolai", "f"),
        ("Миколайович", "nikolai", "m"),
        ("Mikalaevich", "nikolai", "m"),
        ("Анатольевич", "anatoli", "m"),
        ("Васильович", "vasili", "m"),
        ("Юрьевна", "iuri", "f"),
        ("Юріївна", "iuri", "f"),
        ("Andreyevich", "andrei", "m"),
        ("Андріївною", "andrei", "f"),
        ("Dmitrievich", "dmitri", "m"),
        ("Ilyich", "ilia", "m"),
        ("Illich", "ilia", "m"),
        ("Ілліч", "ilia", "m"),
        ("Ильича", "ilia", "m"),
        ("Ильинична", "ilia", "f"),
        ("Іллівна", "ilia", "f"),
        ("Nikitichna", "nikita", "f"),
        ("Никитич", "nikita", "m"),
        ("Lvovich", "lev", "m"),
        ("Львовна", "lev", "f"),
        ("Pavlovich", "pavel", "m"),
        ("Яковлевич", "iakov", "m"),
        ("Aleksandrowicz", "aleksandr", "m"),
        ("Ильмирович", "ilmir", "m"),
        ("Ilmirovich", "ilmir", "m"),
        ("Ахматовна", "ahmad", "f"),
    ],
)
def test_patronymics_name_the_father(word: str, father: str, gender: str) -> None:
    """In both genders, in any case, language and scheme; an unknown father gives his stem."""
    assert patronymic(key(word)) == father
    assert patronymic_gender(key(word)) == gender


@pytest.mark.parametrize(
    "word",
    [
        "Vladimir",
        "Brechalov",
        "Бабич",
        "Lukashenko",
        "Смолич",
        "Spich",
        "ovich",
        "Ович",
        "спортивна",
        "Рівна",
        "Kupol",
        "",
    ],
)
def test_other_words_are_no_patronymics(word: str) -> None:
    """A bare -ich needs a father who is known to take it."""
    assert patronymic(key(word)) is None
    assert patronymic_gender(key(word)) == ""


def test_every_male_name_is_a_father() -> None:
    """The name with -ovich or -evich leads back to a group that holds the name."""
    names = [row.split()[0] for row, _ in read_table("given_names") if row.endswith(" m")]
    stems = {name: key(name).rstrip("aeiou") for name in names}
    assert [name for name, stem in stems.items() if patronymic(f"{stem}ovic") not in groups(name)] == []


# --- titles and particles


def test_every_title_is_found() -> None:
    """Each entry in its citation form; those that are names too only in front of a name."""
    for kind, word in rows("titles"):
        if kind != "particle":
            assert is_title(key(word.rstrip("*")), leading=True), word
            assert is_title(key(word.rstrip("*"))) == (kind != "leading"), word


@pytest.mark.parametrize(
    "word", ["губернатора", "президентом", "полковнику", "prezydenta", "Глава", "Mr", "лейтенант", "gubernator"]
)
def test_titles_in_any_case(word: str) -> None:
    """A title is inflected with the name."""
    assert is_title(key(word))


@pytest.mark.parametrize(
    "word",
    [
        "Генералов",
        "Капитанов",
        "Князев",
        "Королёв",
        "Королева",
        "Маршалов",
        "Kupol",
        "Putin",
        "Главный",
        "General",
        "Gen",
        "Chol",
        "Henn",
        "MS",
    ],
)
def test_surnames_are_no_titles(word: str) -> None:
    """Surnames made of titles stay names, and so do titles that are surnames."""
    assert not is_title(key(word))


def test_every_particle_is_found() -> None:
    """Each entry in its citation form."""
    assert [word for kind, word in rows("titles") if kind == "particle" and not is_particle(key(word))] == []


@pytest.mark.parametrize(
    "word",
    ["Ali", "Ben", "Li", "Von Neumann", "Kim", "Вона", "Plant", "Jim", "Lee", "Zhou", "Den", "Ибн-Сина", "Ann", ""],
)
def test_names_are_no_particles(word: str) -> None:
    """Short names are names."""
    assert not is_particle(key(word))


def test_titles_and_particles_are_no_given_names() -> None:
    """What is set apart wherever it stands must not be a part of the name, pet names left aside."""
    words = [word for kind, word in rows("titles") if kind != "leading"]
    readings = {word: given_names(key(word.rstrip("*"))) for word in words}
    assert [word for word, found in readings.items() if not all(name.diminutive for name in found)] == []


# --- legal forms


def test_every_legal_form_is_found() -> None:
    """Each entry in its citation form, at the end of a name, and nothing but it."""
    for form, spelling in rows("legal_forms"):
        words = spelling.replace("*", "").lstrip("-").split()
        assert legal_forms(["Kupol", *words]) == (LegalForm(1, 1 + len(words), form),), spelling


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ООО Купол", ["llc"]),
        ("Общество с ограниченной ответственностью Купол", ["llc"]),
        ("общества с ограниченной ответственностью Купол", ["llc"]),
        ("Obshchestvo s ogranichennoy otvetstvennostyu Kupol", ["llc"]),
        ("OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU KUPOL", ["llc"]),
        ("ТОВАРИСТВО З ОБМЕЖЕНОЮ ВІДПОВІДАЛЬНІСТЮ Купол", ["llc"]),
        ("Kupol Co Ltd", ["llc"]),
        ("Kupol Limited Liability Company", ["llc"]),
        ("Public Joint Stock Company Kupol", ["pjsc"]),
        ("ПАО Купол", ["pjsc"]),
        ("АO Купол", ["jsc"]),
        ("Kupol AO", ["jsc"]),
        ("Акціонерне товариство Купол", ["jsc"]),
        ("Federal State Unitary Enterprise Kupol", ["fsue"]),
        ("ДП Антонов", ["state-enterprise"]),
        ("Kupol GmbH", ["gmbh"]),
        ("Kupol Sp z o o", ["sp-zoo"]),
        ("Kupol d o o", ["doo"]),
        ("Kupol Trading S A", ["sa"]),
        ("Kupol Ltd Şti", ["ltd-sti"]),
        ("Kupol Anonim Şirketi", ["turkish-as"]),
        ("Kupol DMCC", ["free-zone"]),
        ("Kupol FZ LLC", ["free-zone"]),
        ("ПАО Купол АО", ["pjsc", "jsc"]),
        ("Филиал АО Купол", ["jsc"]),
        ("Joint Stock Commercial Bank Kupol", ["jsc"]),
        ("Joint Stock Сompany Kupol", ["jsc"]),
        ("Общество C Ограниченной Ответственностью Купол", ["llc"]),
    ],
)
def test_legal_forms_in_names(name: str, expected: list[str]) -> None:
    """Full and short, in any script; the longest reading wins."""
    assert forms(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Ao Kupol",
        "Sa Kupol",
        "Kim Ao Li",
        "KIM AO LI",
        "SA KUPOL",
        "As Kupol",
        "IP Kupol",
        "Иванов А О",
        "Ivanov S A",
        "A S Yakovlev Bureau",
        "Ipatov",
        "Kupol",
        "общество охотников",
        "Joint Stock",
        "ооо Купол",
        "",
    ],
)
def test_names_hold_no_legal_form(name: str) -> None:
    """Syllables of names, initials and parts of phrases are no legal forms."""
    assert forms(name) == []


@pytest.mark.parametrize("name", ["ООО", "Public Joint Stock Company", "ООО АО", "ООО и", "Limited"])
def test_a_name_is_never_only_a_legal_form(name: str) -> None:
    """Where nothing else would be left, the form is the name."""
    assert forms(name) == []


# --- generic words


def test_every_generic_word_is_found() -> None:
    """Each entry in its citation form."""
    words = [(row, spelling) for row, spelling in rows("glossary") if " " not in spelling]
    found = {(row, word): concept(key(word.rstrip("*").replace("|", ""))) for row, word in words}
    assert {entry: got for entry, got in found.items() if entry[0] != got} == {}


def test_every_concept_is_its_own_word_or_phrase() -> None:
    """The English name of a concept means it and gives it an initial."""
    for row in dict(rows("glossary")):
        words = tuple(map(key, row.split("-")))
        assert (concept(words[0]) if len(words) == 1 else concept_phrases()[words]) == row
        assert key(row)[0] in concept_initials(row), row


def test_a_word_has_one_concept() -> None:
    """No key stands in two lines of the glossary: which one would win would depend on their order."""
    seen: dict[str, str] = {}
    for row, spelling in rows("glossary"):
        entry = f"{key(spelling.replace('|', ''))}{'*' * spelling.endswith('*')}"
        assert seen.setdefault(entry, row) == row, spelling


def test_stems_are_long_enough() -> None:
    """A stem of three letters eats names: port* would eat Porto."""
    assert [s for _, s in rows("glossary") if s.endswith("*") and len(key(s.replace("|", ""))) < 4] == []


def test_no_given_name_is_a_generic_word() -> None:
    """A person is not made of generic words."""
    names = [value.lstrip("~") for _, value in rows("given_names") if value[0] != "+"]
    assert [name for name in names if concept(key(name))] == []


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("plant", "завод завода заводом заводів zavodu заводський заводской Zavody plant plants factory zakład závod"),
        ("scientific", "научный научного научно Nauchno науковий наукова vědecký"),
        ("enterprise", "предприятие предприятия predpriyatie підприємство підприємства предприятий"),
        ("institute", "институт института институтом Institut інститут instytut"),
        ("ministry", "министерство міністерства ministerstwo ministerstvo ministrstvo министерството"),
        ("electro-mechanical", "электромеханический elektromekhanicheskogo електромеханічний"),
        ("russia", "Россия России российская Russian російської rosyjski"),
        ("counteraction", "противодействия протидії counteracting"),
        ("disinformation", "дезинформации дезінформації"),
        ("university", "университета uniwersytetu univerzity univerze университетът"),
    ],
)
def test_generic_words_in_any_case_and_language(expected: str, words: str) -> None:
    """A generic word is one concept, however it is inflected and whatever its language."""
    assert {word: concept(key(word)) for word in words.split()} == dict.fromkeys(words.split(), expected)


@pytest.mark.parametrize(
    "word",
    [
        "Sirius",
        "Сириус",
        "Radiosvyaz",
        "Радиосвязь",
        "Novosibirsk",
        "Новосибирск",
        "Новиков",
        "Novak",
        "Porto",
        "Gaza",
        "Kupol",
        "Заводовский",
        "Ross",
        "Росс",
        "Bankova",
        "Gazprom",
        "Morozov",
        "Северов",
        "Институтов-Петров",
        "Krymsky-Korsakov",
        "Voenkov",
        "Центробанк",
        "Технопром",
        "",
    ],
)
def test_proper_names_are_not_generic(word: str) -> None:
    """A stem takes endings only."""
    assert concept(key(word)) is None


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Machine Building", "machine-building"),
        ("ship repair", "ship-repair"),
        ("Instrument Making", "instrument-making"),
    ],
)
def test_english_phrases_that_are_one_russian_word(phrase: str, expected: str) -> None:
    """Two English words may be one concept."""
    assert concept_phrases()[tuple(map(key, phrase.split()))] == expected


def test_the_phrases_cannot_be_changed() -> None:
    """The mapping is shared, so it is read-only."""
    with pytest.raises(TypeError):
        concept_phrases()[("x",)] = "x"  # type: ignore[index]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("scientific", {"n", "s"}),
        ("plant", {"z", "p"}),
        ("research", {"i", "r"}),
        ("machine-building", {"m", "ms", "mb"}),
        ("electro-mechanical", {"e", "em"}),
    ],
)
def test_initials_of_concepts(row: str, expected: set[str]) -> None:
    """The letters of an acronym in Russian, Ukrainian and English."""
    assert expected <= set(concept_initials(row))


@pytest.mark.parametrize("row", ["kupol", "", "завод"])
def test_unknown_concepts_have_no_initials(row: str) -> None:
    """Only the ids of concepts have initials."""
    assert concept_initials(row) == ()


# --- abbreviations


def test_every_abbreviation_is_made_of_known_concepts() -> None:
    """Each spelling is found, and each of its concepts is a line of the glossary."""
    for row, meant in rows("acronyms"):
        assert all(meant in (expansion(spelling) or ()) for spelling in row.split()), row
        assert concept_initials(meant), (row, meant)


def test_abbreviations_are_derived_from_their_concepts() -> None:
    """The first letter of an abbreviation belongs to its first concept: a check of the order and of the spelling."""
    for row, concepts in read_table("acronyms"):
        letter = key(row[0])[0]
        assert any(initial.startswith(letter) for initial in concept_initials(concepts[0])), row


@pytest.mark.parametrize("word", ["нии", "Нии", "НИИМАШ", "UK", "SU", "MAI", "ОСА", "OSA", "Kupol", ""])
def test_other_words_are_not_spelt_out(word: str) -> None:
    """Words in lower case, names and what has several meanings stay as they are."""
    assert expansion(word) is None
