"""The parts of the names of organisations: every entry fires on its own citation form, proper names do not."""

import pytest

from resolver.language.organizations import (
    LegalForm,
    concept,
    concept_initials,
    concept_phrases,
    ends_in_syllable,
    expansion,
    fields_of,
    legal_forms,
)
from resolver.language.romanization import fold, romanize
from resolver.language.tables import read_table


def key(word: str) -> str:
    """The key under which a word is looked up."""
    return fold(romanize(word.replace("'", "")) or "")


def forms(name: str) -> list[str]:
    """The legal forms in a name."""
    return [form.form for form in legal_forms(name.split())]


def rows(table: str) -> list[tuple[str, str]]:
    """The (key, spelling) entries of a table, without its endings."""
    return [(row, value) for row, values in read_table(table) if row != "endings" for value in values]


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
        ("Kupol Limted", ["llc"]),  # misspelt
        ("Kupol Limited Liablity Company", ["llc"]),
        ("Общество с Огоаниченной Ответственностью Купол", ["llc"]),
        ("Акционергое общество Купол", ["jsc"]),
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
        "Unlimited Kupol",
        "Лимит Купол",
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
        assert key(row)[0] in concept_initials(row, english=True), row


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
    """A person is not made of generic words; Marine Le Pen and the marines share one."""
    table = read_table("given_names")
    names = [value.lstrip("~") for row, values in table for value in (row.split()[0], *values) if value[0] != "+"]
    assert [name for name in names if concept(key(name))] == ["Marine"]


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
        ("medicines", "лекарственных лікарських leków léčiv zdravila лекарствата"),
        ("disease", "заболеваний bolezni chorób nemocí захворювань"),
        ("peninsula", "полуостров półwyspu poloostrova polotoku півострові"),
        ("latin", "латинская latinske łacińskiej latinská"),
        ("greens", "зелёных zielonych zelených zelenih"),
        ("health", "zdravje zdrowia здоровье zdraví"),
        ("general", "загальних ogólny splošne general"),
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
        "Волна",
        "Прометей",
        "Vlado",
        "Мейн",
        "Садов",
        "Green",
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
    ("row", "native", "english"),
    [
        ("scientific", {"n"}, {"s"}),
        ("plant", {"z"}, {"p"}),
        ("research", {"i", "ni", "d"}, {"r"}),
        ("machine-building", {"m", "ms"}, {"m", "mb"}),
        ("electro-mechanical", {"e", "em"}, {"e", "em"}),
    ],
)
def test_initials_of_concepts(row: str, native: set[str], english: set[str]) -> None:
    """The letters of an acronym in Russian and Ukrainian, and in English."""
    assert native <= set(concept_initials(row))
    assert english <= set(concept_initials(row, english=True))


@pytest.mark.parametrize("row", ["kupol", "", "завод"])
def test_unknown_concepts_have_no_initials(row: str) -> None:
    """Only the ids of concepts have initials."""
    assert concept_initials(row) == ()


# --- abbreviations


def test_every_abbreviation_is_made_of_known_concepts() -> None:
    """Each spelling is found, and each of its concepts is a line of the glossary."""
    for row, meant in rows("acronyms"):
        assert all(meant in (expansion(spelling) or ()) for spelling in row.split()), row
        assert concept_initials(meant, english=True), (row, meant)


def test_abbreviations_are_derived_from_their_concepts() -> None:
    """The first letter of an abbreviation belongs to its first concept: a check of the order and of the spelling."""
    for row, concepts in read_table("acronyms"):
        letter = key(row[0])[0]
        initials = (*concept_initials(concepts[0]), *concept_initials(concepts[0], english=True))
        assert any(initial.startswith(letter) for initial in initials), row


@pytest.mark.parametrize("word", ["нии", "Нии", "НИИМАШ", "UK", "SU", "MAI", "ОСА", "OSA", "Kupol", ""])
def test_other_words_are_not_spelt_out(word: str) -> None:
    """Words in lower case, names and what has several meanings stay as they are."""
    assert expansion(word) is None


def test_trades_and_syllables_are_those_of_generic_words() -> None:
    """A trade or a syllable of a concept that the glossary has not would never count."""
    concepts = {concept_id for concept_id, _ in read_table("glossary")}

    assert {trade for _, trades in read_table("fields") for trade in trades} <= concepts
    assert {concept_id for concept_id, _ in read_table("syllables")} <= concepts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("bank", "railway", False), ("assault", "tank", False), ("engine", "automobile", True), ("group", "bank", False)],
)
def test_trades_of_one_field(one: str, other: str, expected: bool) -> None:
    """They may be two translations of one word; a word for any firm is no trade."""
    assert bool(fields_of(one) & fields_of(other)) == expected


@pytest.mark.parametrize(
    ("key", "expected"), [("krasmas", 3), ("kurhanmaszavod", 5), ("neftehim", 8), ("kupol", 0), ("", 0)]
)
def test_syllables_at_the_end_of_a_word(key: str, expected: int) -> None:
    """The longest one counts; a plain word has none."""
    assert ends_in_syllable(key) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Order of Lenin Institute of Power", {"order"}),
        ("завод ордена Трудового Красного Знамени Сокол", {"order"}),
        ("Lenin Institute of Power", set()),
    ],
)
def test_orders_stand_in_names_like_legal_forms(name: str, expected: set[str]) -> None:
    """An order that was awarded says nothing about who is meant; the person it is called after may."""
    assert {form.form for form in legal_forms(name.split())} == expected
