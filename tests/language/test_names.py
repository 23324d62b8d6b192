"""The parts of a person's name: every entry of the tables fires on its own citation form, other words do not."""

import pytest

from resolver.language.names import (
    GivenName,
    generation,
    given_names,
    is_particle,
    is_title,
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


def rows(table: str) -> list[tuple[str, str]]:
    """The (key, spelling) entries of a table, without its endings."""
    return [(row, value) for row, values in read_table(table) if row != "endings" for value in values]


# --- given names


def entries() -> list[tuple[str, str, str]]:
    """(group, gender, spelling with its mark) of each given name of the table, the groups' own names included."""
    found = []
    for row, values in read_table("given_names"):
        name, gender = row.split()
        found += [(value if name == "each" else name, gender, value) for value in values]
        found += [] if name == "each" else [(name, gender, name)]
    return found


def test_every_given_name_is_found() -> None:
    """Each spelling, and the group's own name, leads to the group, its gender and its kind."""
    for name, gender, spelling in entries():
        if spelling[0] != "+":
            expected = GivenName(name.lower(), gender, spelling[0] == "~")
            assert expected in given_names(key(spelling.lstrip("~"))), spelling


def test_no_spelling_is_written_twice() -> None:
    """What folds to the same key is one spelling; a pet name may be one of several names."""
    keys = [(name, gender, key(spelling.lstrip("~+"))) for name, gender, spelling in entries()]
    assert sorted({entry for entry in keys if keys.count(entry) > 1}) == []


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
    """The name with -ovich leads back to it, or to another name of the same stem: Arsen, Arseni."""
    stems = {name.lower(): key(name).rstrip("aeiou") for name, gender, _ in entries() if gender == "m"}
    found = {name: patronymic(f"{stem}ovic") or "" for name, stem in stems.items() if len(stem) > 1}
    assert [name for name, father in found.items() if stems.get(father) != stems[name]] == []


# --- titles and particles


def test_every_title_is_found() -> None:
    """Each entry in its citation form; those that are names too only in front of a name."""
    for kind, word in rows("titles"):
        if kind not in ("particle", "syllable", "inner", "small", "junior", "senior"):
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


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [
        ("Maj", None, True),
        ("Mai", None, False),
        ("Gen", None, True),
        ("ген", "ru", True),
        ("ген", "uk", True),
        ("Col", None, True),
        ("Cool", None, False),
        ("Kohl", None, False),
        ("Miss", None, True),
        ("Herr", None, True),
        ("Her", None, False),
        ("мэра", "ru", True),
        ("Generala", None, True),
    ],
)
def test_a_short_title_is_told_from_names_that_fold_to_it(word: str, lang: str | None, expected: bool) -> None:
    """Mai Chen is no major."""
    assert is_title(key(word), romanize(word, lang), leading=True) == expected


def test_every_particle_is_found() -> None:
    """Each entry in its citation form."""
    assert [
        word
        for kind, word in rows("titles")
        if kind in ("particle", "syllable", "inner", "small") and not is_particle(key(word))
    ] == []


def test_words_behind_a_name_tell_the_generations() -> None:
    """Each entry in its citation form, and no word of two kinds."""
    kinds = {kind: {key(word) for row, word in rows("titles") if row == kind} for kind in ("junior", "senior")}

    assert all(generation(word) == kind for kind, words in kinds.items() for word in words)
    assert not kinds["junior"] & kinds["senior"]


@pytest.mark.parametrize("word", ["Jura", "Старшинов", "Filsov", "Младенов", "Serge", ""])
def test_names_tell_no_generation(word: str) -> None:
    """Names that begin like such a word are names."""
    assert generation(key(word)) == ""


@pytest.mark.parametrize(("word", "capital"), [("ben", False), ("на", False), ("bin", True), ("von", True)])
def test_particles_of_names(word: str, capital: bool) -> None:
    """Some are particles with a capital too."""
    assert is_particle(key(word), capital=capital)


@pytest.mark.parametrize("word", ["Na", "Do", "Za", "Ben", "Od", "Se"])
def test_small_words_with_a_capital_are_names(word: str) -> None:
    """Li Na is no preposition, and Ben no son."""
    assert not is_particle(key(word), capital=True)


@pytest.mark.parametrize(
    "word",
    ["Ali", "Ben", "Li", "Von Neumann", "Kim", "Вона", "Plant", "Jim", "Lee", "Zhou", "Den", "Ибн-Сина", "Ann", ""],
)
def test_names_are_no_particles(word: str) -> None:
    """Short names are names."""
    assert not is_particle(key(word), capital=True)


def test_titles_and_particles_are_no_given_names() -> None:
    """What is set apart wherever it stands must not be a part of the name, pet names left aside."""
    words = [word for kind, word in rows("titles") if kind != "leading"]
    readings = {word: given_names(key(word.rstrip("*"))) for word in words}
    assert [word for word, found in readings.items() if not all(name.diminutive for name in found)] == []
