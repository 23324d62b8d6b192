"""What names of persons say for and against each other: relatives and near-twins are told apart, spellings are not."""

import pytest
from factories import entity, mention

from resolver.evidence import Comparison, align, findings
from resolver.evidence.alignment import compare_words
from resolver.forms import analyse
from resolver.index import AliasIndex
from resolver.model import Entity


def compare(text: str, known: Entity, *, alias: int = 0, **fields: str) -> Comparison:
    """A mention beside one of the names of an entity: the canonical one, or the n-th alias."""
    index = AliasIndex([known])
    form = analyse(text, fields.get("lang"))
    assert form is not None
    return align(mention(text, **fields), index.query(form), index.entries_of(known)[alias])


def channel(name: str, text: str, known: Entity, *, alias: int = 0, **fields: str) -> str | None:
    """The channel of what one comparison says, None if it is silent."""
    finding = dict(findings(compare(text, known, alias=alias, **fields))).get(name)
    return finding.channel if finding else None


BRECHALOV = entity("Aleksandr Brechalov", "Aleksandr Vladimirovich Brechalov")


@pytest.mark.parametrize(
    "text", ["Igor Brechalov", "I. Brechalov", "Игорь Бречалов", "Igor Vladimirovich Brechalov", "Brechalov Igor"]
)
def test_another_given_name_contradicts(text: str) -> None:
    """In any script and order, and as an initial."""
    assert channel("given_name", text, BRECHALOV) == "contradict"


@pytest.mark.parametrize("text", ["Игорем Бречаловым", "Игоря Бречалова", "Миколою Бречаловим"])
def test_another_given_name_contradicts_in_its_case_forms(text: str) -> None:
    """The instrumental of Igor is no more Aleksandr than Igor is."""
    assert channel("given_name", text, BRECHALOV) == "contradict"


@pytest.mark.parametrize(
    "text",
    [
        "Aleksandr Brechalov",
        "Олександр Бречалов",
        "Sasha Brechalov",
        "A. Brechalov",
        "A. V. Brechalov",
        "Brechalov",
        "Governor Brechalov",
    ],
)
def test_the_same_given_name_does_not_contradict(text: str) -> None:
    """Nor does a form of it in another language, a nickname, an initial, or none."""
    assert channel("given_name", text, BRECHALOV) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleksandr Petrovich Brechalov", "contradict"),
        ("Александр Петрович Бречалов", "contradict"),
        ("Aleksandr Vladimirovich Brechalov", "agree"),
        ("Александра Владимировича Бречалова", "agree"),
        ("Aleksandr Brechalov", "absent"),
    ],
)
def test_patronymic(text: str, expected: str) -> None:
    """Another one contradicts, an omitted one is absent."""
    assert channel("patronymic", text, BRECHALOV, alias=1) == expected


@pytest.mark.parametrize("text", ["Emma Daniels", "Brechalov", "Aleksandr Brechalov"])
def test_patronymic_is_silent_where_there_is_none(text: str) -> None:
    """Two names without one say nothing about it."""
    assert channel("patronymic", text, entity("Aleksandr Brechalov")) is None


@pytest.mark.parametrize(
    ("text", "lang"), [("Aleksandra Brechalova", "en"), ("Елена Бречалова", "ru"), ("Olena Brechalova", None)]
)
def test_woman_is_not_a_man(text: str, lang: str | None) -> None:
    """Her surname is a form of his, and she is somebody else."""
    fields = {"lang": lang} if lang else {}

    assert "contradict" in {finding.channel for _, finding in findings(compare(text, BRECHALOV, **fields))}


@pytest.mark.parametrize(
    "text", ["Олександра Бречалова", "Александра Бречалова", "Aleksandrem Breczałowem", "Бречалова"]
)
def test_case_form_is_no_other_gender(text: str) -> None:
    """The genitive of Олександр looks like a woman's name."""
    assert channel("gender", text, BRECHALOV) is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Aung Min", "Min Aung Hlaing", "absent"),
        ("Min Aung Hlaing", "Min Aung Hlaing", None),
        ("Aung", "Min Aung Hlaing", None),
        ("John Brown", "John Paul Brown", None),  # no syllables, but given names
        ("Mohammed Dagalo", "Mohammed Hamdan Dagalo", None),
    ],
)
def test_syllables_are_seldom_left_out(text: str, name: str, expected: str | None) -> None:
    """Each is a part of the name, and no middle name."""
    assert channel("surname", text, entity(name)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Valery Pavlovich Bogdanov", "Valery Pavlovich Bogdan", "contradict"),
        ("Oleg Petrov", "Oleg Petr", "contradict"),
        ("Boris Johnsonov", "Boris Johnson", None),  # no surname that exists
        ("Abdul Latif Mansoori", "Abdul Latif Mansur", "contradict"),
        ("Abdul Latif Mansoor", "Abdul Latif Mansur", None),
        ("Kim Song Nam", "Kim Yong Nam", "contradict"),
        ("Kim Young Nam", "Kim Yong Nam", None),
    ],
)
def test_surnames_that_only_look_like_forms(text: str, name: str, expected: str | None) -> None:
    """Of a given name, or of other syllables."""
    assert channel("twin", text, entity(name)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleksandr Daniels", "contradict"),
        ("Aleksandr Vladimirovich Daniels", "contradict"),
        ("Aleksandr", None),
        ("Aleksandr Brechelov", None),
        ("Igor Brechalov", None),
    ],
)
def test_surname(text: str, expected: str | None) -> None:
    """Full names that share only given names are not of one person."""
    assert channel("surname", text, BRECHALOV, alias=1) == expected


@pytest.mark.parametrize("name", ["given_name", "patronymic", "gender", "surname"])
@pytest.mark.parametrize("text", ["Igor Petrovich Brechalov", "Aleksandra Brechalova", "Aleksandr Daniels"])
def test_only_persons_have_given_names(name: str, text: str) -> None:
    """A plant that is named after a person is not one."""
    assert channel(name, text, entity("Aleksandr Brechalov", type="organization")) is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Олексія Навального", "Алексей Навальный", None),
        ("Mohammad Hossein Rezaei", "Hossein Rezaei", "absent"),
        ("Ayk Gasparyan", "Ghayk Gasparyan", None),
        ("Abulqasem Rezaei", "Abolghassem Rezaei", "absent"),
        ("Eric Trump", "Donald Trump", "contradict"),
        ("Barron Trump", "Donald Trump", "contradict"),
        ("Barron Trump", "Barron Trump", None),
        ("Emir Tamim Thani", "Tamim Thani", None),
        ("Hafez Assad", "Bashar Hafez Assad", "absent"),
        ("Bashar Assad", "Bashar Hafez Assad", None),
        ("Amanda Briggs", "Hayley Amanda Briggs", "absent"),  # a name that no table has
        ("Hani Shammout", "Abu Hani Shammout", None),  # a byname
        ("Ahmad Salem", "Hassan Yusuf Ahmad Salem", "absent"),  # two names in front
        ("يعقوب العسكري", "روحي يعقوب العسكري", "absent"),  # no capitals
        ("Michael Aida Salem", "Aida Salem", "contradict"),  # a man's name in front
        ("Laurie Munoz", "Laura Munoz", "contradict"),  # a case form would have an ending in the surname, too
        ("Laury Munozovej", "Laura Munoz", None),
    ],
)
def test_given_names_that_may_be_one_do_not_contradict(text: str, name: str, expected: str | None) -> None:
    """A case form is the name itself; one more name, or one that looks alike, is a doubt and no veto."""
    assert channel("given_name", text, entity(name)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ruth Heather Mullen", "Heather Mullen", True),
        ("Gönen Çevregül Ertaş", "Çevregül Ertaş", True),  # names that no table has
        ("Heather Jane Mullen", "Heather Mullen", False),  # behind the first one
        ("President Heather Mullen", "Heather Mullen", False),
        ("P. Heather Mullen", "Heather Mullen", False),
        ("Abu Hani Shammout", "Hani Shammout", False),
        ("Mullen Heather", "Heather Mullen", False),
        ("Peter Mullen", "Mullen", False),
    ],
)
def test_a_name_in_front_of_the_first_one_is_told(text: str, name: str, expected: bool) -> None:
    """Whoever goes by his second name is rather somebody else."""
    found = dict(findings(compare(text, entity(name)))).get("given_name")

    assert bool(found and "front" in found.values) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("R. F. Kennedy", "John F. Kennedy", "contradict"),
        ("George H. W. Bush", "George W. Bush", "contradict"),
        ("J. F. Kennedy", "John F. Kennedy", None),
        ("J. R. R. Tolkien", "John R. Tolkien", None),
        ("George W. Bush", "George Walker Bush", None),
        ("А. В. Бречалов", "Александр Бречалов", None),
    ],
)
def test_initials_in_order(text: str, name: str, expected: str | None) -> None:
    """One in the place of another forename contradicts, one more behind all that agree does not."""
    assert channel("given_name", text, entity(name)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иван Олексійович Бречалов", "agree"),
        ("Ivan Alekseevich Brechalov", "agree"),
        ("Ivan Aleskeevich Brechalov", "agree"),
        ("Ivan Aleksandrovich Brechalov", "contradict"),
        ("Ivan Andreevich Brechalov", "contradict"),
    ],
)
def test_patronymics_of_two_known_fathers_are_two(text: str, expected: str) -> None:
    """A typo makes no Alekseevich of Andreevich; an unknown father may be a misspelt one."""
    assert channel("patronymic", text, entity("Ivan Alekseyevich Brechalov")) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Тамара Марозаў", "Tamara Morozov"),
        ("Ирина Белых", "Irina Belych"),
        ("Сергей Лихачёв", "Sergei Likhachov"),
        ("Наталія Полянська", "Natalia Polyanskaya"),
        ("Lev Ponomarev", "Lev Ponomariov"),
        ("Simon Wakeel", "Simon Wakel"),
        ("Grover Cleveland", "Гровер Кливленд"),
        ("Boris Jelzin", "Boris Yeltsin"),
        ("Thomas Mueller", "Thomas Müller"),
        ("Ebrahim Raeisi", "Ebrahim Raisi"),
        ("Mahmud Ahmadinezhad", "Mahmoud Ahmadinejad"),
        ("Индира Ганди", "Indira Gandhi"),
        ("Джо Байден", "Joe Biden"),
        ("Чак Хейгел", "Chuck Hagel"),
        ("Джо Байдена", "Joe Biden"),
        ("Том Брейк", "Tom Brake"),
    ],
)
def test_schemes_and_languages_make_no_twins(text: str, name: str) -> None:
    """What East Slavic languages and their romanisations write differently in one surname is no other surname."""
    assert channel("twin", text, entity(name)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kyrylo Bulanov", "Kyrylo Budanov"),
        ("Василь Малик", "Vasyl Maliuk"),
        ("Dmitry Pestov", "Dmitry Peskov"),
        ("Oleg Grigorov", "Oleg Grigoriev"),
        ("Lara Amingu", "Tara Amingu"),
        ("Andrii Koval", "Andrii Kovalenko"),
        ("Thomas Miller", "Thomas Müller"),
        ("Иван Лазин", "Ivan Larin"),
        ("Anna Baiden", "Anna Biden"),
        ("Keith Kelly", "Кит Келлог"),
    ],
)
def test_near_twins_contradict(text: str, name: str) -> None:
    """One letter off, or a longer surname, is mostly another family."""
    assert channel("twin", text, entity(name)) == "contradict"


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        ("Kobanovsky", "Kopanovsky", None),
        ("Medvetev", "Medvedev", None),
        ("Lasarenko", "Lazarenko", None),
        ("Macarenko", "Makarenko", None),
        ("Maharenko", "Makarenko", None),
        ("Bohatyrenko", "Bocatyrenko", None),
        ("Gafrilenko", "Gavrilenko", None),
        ("Gaurilenko", "Gavrilenko", None),
        ("Medvelev", "Medvedev", "contradict"),
        ("Labrentyev", "Lavrentyev", "contradict"),
        ("Mikhaitov", "Mikhailov", "contradict"),
        ("Mafarenko", "Makarenko", "contradict"),
    ],
)
def test_letters_that_sound_alike_are_slips(mine: str, other: str, expected: str | None) -> None:
    """b and p, d and t, s and z, c and k, k and h, c and h, f and v, u and v; others make another family."""
    assert channel("twin", f"Sergei {mine}", entity(f"Sergei {other}")) == expected
    assert channel("twin", f"Sergei {other}", entity(f"Sergei {mine}")) == expected


@pytest.mark.parametrize(
    ("mine", "other", "lang", "expected"),
    [
        ("Simone Petrenko", "Simon Petrenko", None, "contradict"),
        ("Claudia Petrenko", "Claudio Petrenko", None, "contradict"),
        ("Ivana Petrenko", "Ivan Petrenko", None, "contradict"),
        ("Ivana Petrenko", "Ivan Petrenko", "sl", None),
        ("Ivana Petrova", "Ivan Petrov", None, None),
        ("Ивана Петренко", "Иван Петренко", None, None),
        ("Oleksandra Petrenko", "Oleksandr Petrenko", "uk", None),
        ("Simone", "Simon Petrenko", None, None),
    ],
)
def test_a_given_name_is_no_case_form_of_another(mine: str, other: str, lang: str | None, expected: str | None) -> None:
    """Unless the language has cases, or the surname is in one, too."""
    fields = {"lang": lang} if lang else {}
    assert channel("given_name", mine, entity(other), **fields) == expected


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        ("Sergei Volchkov", "Sergei Volkov", "contradict"),
        ("Тарасом Савченко", "Taras Shevchenko", "contradict"),
        ("Valentina Volchkova", "Valentina Volkova", "contradict"),
        ("Sergei Volchkov", "Sergei Wolkow", "contradict"),
        ("Sergei Ivanovich Volchkov", "Sergei Ivanovich Volkov", "absent"),
        ("Сергей Ковалев", "Сергей Коваль", "contradict"),
        ("Андреем Ермаковым", "Андрей Ермак", "contradict"),
        ("Сергея Коваля", "Сергей Коваль", None),
        ("Ковалев", "Коваль", None),
        ("Aleksandr Bechalov", "Aleksandr Brechalov", None),
        ("Сергей Волковв", "Сергей Волков", None),
        ("Ігор Пасічник", "Igor Pasechnik", None),
        ("Wolkow", "Volkov", None),
    ],
)
def test_a_surname_that_exists_is_no_slip_of_another(mine: str, other: str, expected: str | None) -> None:
    """Nor a possessive, which a name of one word may be, but in Ukrainian and Belarusian with other vowels."""
    assert channel("twin", mine, entity(other)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Сергей Макажанков", None),
        ("Сергей Макаханков", None),
        ("Sergei Makazhankov", None),
        ("Sergei Makazankov", "contradict"),
        ("Sergei Makahankov", "contradict"),
    ],
)
def test_what_j_stands_for_depends_on_the_script(text: str, expected: str | None) -> None:
    """Latin j is ж or х in Cyrillic, and zh in other Latin spellings; z and h alone are other letters."""
    assert channel("twin", text, entity("Sergei Makajankov")) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kyrylo Petrovych Bulanov", "Kirill Petrovich Budanov"),
        ("Mohamed Hamdan Daglo", "Mohamed Hamdan Dagalo"),
    ],
)
def test_a_near_twin_is_a_doubt_where_all_else_agrees(text: str, name: str) -> None:
    """With the patronymic, or two more words, it is more often a slip or another scheme than a second person."""
    assert channel("twin", text, entity(name)) == "absent"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Kirill Mrkhailovich Solovyov", "Kirill Mikhailovich Solovyov", None),
        ("Carla Mdrtha White", "Carla Martha White", None),
        ("Mohammad Ai Madhi", "Mohammad Ali Madhi", None),
        ("Cmaçe Sayın Seven", "Amaçe Sayın Seven", None),  # in front of a surname
        ("Fazl Daoud Wakil", "Fazal Daoud Wakil", None),
        ("Anna Tara Smith", "Anna Lara Smith", "contradict"),  # short
        ("Mrkhailovich Solovyov", "Mikhailovich Solovyov", "contradict"),  # one word agrees
        ("John Stuart Bulanov", "John Stuart Budanov", "contradict"),  # the surname
        ("Bulanov Kyrylo Petrovych", "Budanov Kirill Petrovich", "absent"),  # in front
    ],
)
def test_a_letter_of_no_surname_is_a_slip_where_all_else_agrees(text: str, name: str, expected: str | None) -> None:
    """Two words at least, and no short one."""
    assert channel("twin", text, entity(name)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Donald Trump Jr.", "Donald Trump", "contradict"),
        ("Martin Luther King Sr.", "Martin Luther King Jr.", "contradict"),
        ("Александр Дюма-младший", "Alexandre Dumas père", "contradict"),
        ("Pope John Paul I", "Pope John Paul II", "contradict"),
        ("Donald Trump", "Donald Trump Jr.", "absent"),
        ("Martin Luther King, Jr.", "Martin Luther King Jr.", None),
        ("Trump", "Donald Trump Jr.", None),
        ("Pope John Paul II", "Pope John Paul II", None),
        ("Neymar Jr.", "Neymar", None),
        ("Malcolm X", "Malcolm Little", None),
    ],
)
def test_generations(text: str, name: str, expected: str | None) -> None:
    """Junior is not Senior, nor the first the second; the plain name is a doubt."""
    assert channel("twin", text, entity(name)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Yoon Seok-yeol", "Yoon Suk-yeol", None),
        ("Cha Yong-pom", "Cha Yong Beom", None),
        ("Cha Yong Nam", "Cha Yong Beom", "contradict"),
        ("Kim Jong Il", "Kim Jong Un", "contradict"),
        ("Ri Yong Gil", "Ri Yong Ho", "contradict"),
        ("Muammar Qadhafi", "Muammar Gaddafi", None),
        ("Anna Putina Tsivilyova", "Anna Evgenievna Tsivilyova", None),
        ("Kim Jong", "Kim Jong Un", None),
    ],
)
def test_each_with_another_word(text: str, name: str, expected: str | None) -> None:
    """Names that agree but for one word each are of two people, unless it is a patronymic or looks alike."""
    found = dict(findings(compare(text, entity(name)))).get("surname")
    assert (found.channel if found and "both" in found.values else None) == expected


@pytest.mark.parametrize(
    ("form", "name", "how"),
    [
        ("Миколою", "Nikolai", "given"),
        ("Олександром", "Aleksandr", "given"),
        ("Јованом", "Ivan", None),
        ("Михаилом", "Nikolai", None),
        ("Николаевым", "Mykola", None),
        ("Brown", "Nikolai", None),
    ],
)
def test_case_forms_of_a_given_name_in_another_language(form: str, name: str, how: str | None) -> None:
    """The instrumental of Микола is Nikolai too; a surname that is made from him is not."""
    words = [analysed.tokens[0] for analysed in (analyse(form), analyse(name)) if analysed]
    found = compare_words(words[0], words[1])

    assert (found[0] if found else None) == how


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Евгенией Орловой", "contradict"), ("Евгением Орловым", None), ("Евгения Орлова", None)],
)
def test_case_forms_of_a_womans_name_are_hers(text: str, expected: str | None) -> None:
    """The instrumental of Евгения is no case of Евгений, but his genitive looks like her name."""
    assert channel("gender", text, entity("Evgeny Orlov"), lang="ru") == expected


def test_gender_forms_of_a_surname_are_two_people() -> None:
    """Navalnaya is no typo of Navalny."""
    said = {finding.channel for _, finding in findings(compare("Yulia Navalnaya", entity("Alexei Navalny")))}

    assert "contradict" in said
