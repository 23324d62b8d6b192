"""The words of names and their bases: which case forms are of one word, and which words have no cases."""

import pytest

from resolver.forms import analyse
from resolver.review.words import Words, language_with_cases


def ids(*names: str, lang: str | None = "ru") -> set[str]:
    """The ids of lone words that texts hold together."""
    forms = [form for name in names if (form := analyse(name, lang))]
    words = Words(forms)
    return {words.id(form.tokens[0]) for form in forms}


@pytest.mark.parametrize(
    "names",
    [
        ("Вишневский", "Вишневские", "Вишневским"),
        ("Бречалов", "Бречаловым", "Бречаловыми"),
        ("Коваленко", "Коваленка", "Коваленком"),
        ("Оса", "Осой"),
    ],
)
def test_case_forms_of_one_word_have_one_id(names: tuple[str, ...]) -> None:
    """Also where one form is a case of two others, which are forms of each other."""
    assert len(ids(*names)) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Иванов", "Иванова"),
        ("Коваль", "Ковалев"),
        ("Вишневский", "Вишневская"),
        ("Грек", "Греко", "Греком"),
        ("Тор", "Тором"),
    ],
)
def test_words_that_may_be_several_have_an_id_each(names: tuple[str, ...]) -> None:
    """A woman's surname, one that was made of another, a case of either of two, and of a word too short to tell."""
    assert len(ids(*names)) == len(names)


@pytest.mark.parametrize(
    ("names", "signature"),
    [
        (("Сергея Иванова", "Сергей Козлов", "Иванов"), ("given:sergei", "ivanov")),
        (("Сергея Иванова", "Сергей Козлов"), ("given:sergei", "ivanova")),
        (("Анна Иванова", "Сергей Козлов", "Иванов"), ("given:anna", "ivanova")),
    ],
    ids=["a man in the genitive", "of a surname that no text holds", "a woman"],
)
def test_a_given_name_says_whose_surname_it_is(names: tuple[str, ...], signature: tuple[str, ...]) -> None:
    """A man's surname in a case looks like a woman's; it is taken back only to one that a text holds."""
    forms = [form for name in names if (form := analyse(name, "ru"))]

    assert Words(forms).signature(forms[0]) == signature


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        *(("Купол", lang, lang) for lang in ("be", "bg", "mk", "ru", "sr", "uk")),
        *(("Kupol", lang, lang) for lang in ("cs", "hr", "pl", "sk", "sl")),
        ("Гарпія", None, "uk"),
        ("Гарпия", "en", "ru"),
        ("КУПОЛА", "ru", "ru"),
        ("КУПОЛ", "ru", None),
        ("Kupol", "en", None),
        ("Kupol", None, None),
        ("Κύπρος", "el", None),
    ],
)
def test_the_language_whose_cases_a_word_may_have(text: str, lang: str | None, expected: str | None) -> None:
    """That of the text if its script fits; short words in capitals have no cases."""
    form = analyse(text, lang)

    assert form is not None
    assert language_with_cases(form.tokens[0], lang) == expected
