"""What a cluster of spellings is called."""

import pytest

from resolver.forms import analyse
from resolver.review.naming import MAX_SPELLINGS, best_name


def name_of(*spellings: str | tuple[str, int], lang: str | None = None) -> str:
    counts = [(each, 1) if isinstance(each, str) else each for each in spellings]
    return best_name({form: count for text, count in counts if (form := analyse(text, lang))})


UNDONE = [
    ("a long ending", ["Бречаловым"], "Бречалов"),
    ("an adjective", ["Сирського"], "Сирський"),
    ("a woman's surname", ["Ивановой"], "Иванова"),
    ("capitals", ["КУПОЛОМ"], "КУПОЛ"),
    ("a full name", ["Алексея Навального"], "Алексей Навальный"),
    ("a full name with short endings", ["Бориса Джонсона"], "Борис Джонсон"),
    ("a woman's full name", ["Анны Ивановой"], "Анна Иванова"),
    ("a woman's full name in the instrumental", ["Эльвирой Набиуллиной"], "Эльвира Набиуллина"),
    ("a man's given name that ends in a vowel", ["Никитой Михалковым"], "Никита Михалков"),
    ("two forms that agree", ["Обаме", "Обамой"], "Обама"),
    ("two forms of several that agree", [("Дэвисом", 2), "Дэвиса"], "Дэвис"),
    ("two forms with another script", ["Kupol", ("Куполом", 2)], "Купол"),
]
ATTESTED = [
    ("a nominative that most are forms of", [("Британии", 5), "Британия"], "Британия"),
    ("a nominative without an ending", [("Сенате", 7), ("Сенат", 2)], "Сенат"),
    ("a full name", ["Сергеем Ивановым", "Сергей Иванов"], "Сергей Иванов"),
    ("a surname without cases", [("Фавад Чаудхри", 2), "Фавада Чаудхри"], "Фавад Чаудхри"),
    ("the most frequent of equals", [("Мэй", 11), ("Мей", 5)], "Мэй"),
    ("a place as it is called", [("Brukseli", 5), "Bruksela"], "Bruksela"),
    ("a place that looks like a case form", [("Испания", 2), "Испанию"], "Испания"),
    ("a full name in the nominative", [("Асии Биби", 3), "Асия Биби"], "Асия Биби"),
    ("no capitals", [("КУПОЛ", 3), "Купол"], "Купол"),
    ("no capitals, in a case form", ["КУПОЛОМ", "Купол"], "Купол"),
]
LEFT = [
    ("a short ending", ["Палате"]),
    ("what may be a plural", ["Чебоксарах"]),
    ("an indeclinable surname", ["Гарсетти"]),
    ("a nominative beside it", ["Стівен Барклі"]),
    ("an attribute", ["МИД Великобритании"]),
    ("a phrase", ["Білого дому"]),
    ("no cases", ["Kupol"]),
    ("one form in two ways to write it", ["Палате", "ПАЛАТЕ"]),
    ("case forms of two languages", ["Обамой", "Обамі"]),
]


@pytest.mark.parametrize(("spellings", "expected"), [row[1:] for row in UNDONE], ids=[row[0] for row in UNDONE])
def test_a_sure_case_form_is_undone(spellings, expected):
    """The nominative is proposed although no text holds it."""
    assert expected == name_of(*spellings)


@pytest.mark.parametrize(("spellings", "expected"), [row[1:] for row in ATTESTED], ids=[row[0] for row in ATTESTED])
def test_a_nominative_that_a_text_holds_is_taken(spellings, expected):
    """However rare it is among the case forms."""
    assert expected == name_of(*spellings)


@pytest.mark.parametrize("spellings", [row[1] for row in LEFT], ids=[row[0] for row in LEFT])
def test_what_may_be_no_case_form_stays_as_written(spellings):
    """A wrong nominative misleads the curator; a case form does not."""
    assert spellings[0] == name_of(*spellings)


def test_an_indeclinable_word_beside_a_given_name_in_a_case_stays():
    """Барнье has the ending of a locative and is none."""
    assert name_of("Мишелю Барнье") == "Мишель Барнье"


def test_a_form_does_not_agree_with_itself():
    """That one text says its language, and another does not, shows no case."""
    forms = [form for lang in ("ru", None) if (form := analyse("Палате", lang))]

    assert best_name(dict.fromkeys(forms, 1)) == "Палате"


def test_a_word_of_latin_script_needs_a_longer_ending():
    """In Polish, Multisystem looks like the instrumental of a Multisyst; Morawieckiego is surely a genitive."""
    assert name_of("Multisystem", lang="pl") == "Multisystem"
    assert name_of("Morawieckiego", lang="pl") == "Morawiecki"


def test_order_does_not_matter():
    """The same name for the same counts."""
    spellings = [("Обаме", 2), ("Обамой", 1), ("Обамы", 1), ("Obama", 1)]

    assert name_of(*spellings) == name_of(*reversed(spellings))


def test_of_very_many_spellings_the_frequent_ones_decide():
    """The others are not even looked at: there may be thousands. Else the nominative would be taken, however rare."""
    others = [(f"Обам{letter}{other}ов", 2) for letter in "абвгдежзик" for other in "абвгдежзикл"]
    seen = [("Сенате", 7), ("Сенат", 1)]

    assert len(others) > MAX_SPELLINGS
    assert (name_of(*seen), name_of(*seen, *others)) == ("Сенат", "Сенате")
