"""What stands beside a name and does not count."""

import pytest

from resolver.evidence.asides import classes, without_repeated, without_titles
from resolver.forms import SurfaceForm, analyse
from resolver.traits import traits_of


def left(form: SurfaceForm, places: set[int]) -> list[str]:
    """The words at these places."""
    return [form.tokens[i].text for i in sorted(places)]


def form_of(text: str) -> SurfaceForm:
    """The form of a text that has one."""
    form = analyse(text)
    assert form is not None
    return form


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ('Joaquín "El Chapo" Guzmán', ["Joaquín", "Guzmán"]),
        ("Joaquín «El Chapo» Guzmán", ["Joaquín", "Guzmán"]),
        ("Ralph (Bottles) Capone", ["Ralph", "Capone"]),
        ("Sayyed Hassan Nasrallah", ["Hassan", "Nasrallah"]),
        ('"Chapo" Guzmán', ["Chapo", "Guzmán"]),  # nothing in front
        ('Guzmán "Chapo"', ["Guzmán", "Chapo"]),  # nothing behind
        ("Joaquín Chapo Guzmán", ["Joaquín", "Chapo", "Guzmán"]),
        ("Hassan Sayyed", ["Hassan", "Sayyed"]),
    ],
)
def test_titles_and_nicknames_stand_beside_a_name(name: str, words: list[str]) -> None:
    """A nickname has quotes around it, and a name on either side."""
    form = form_of(name)
    assert left(form, without_titles(form, set(range(len(form.tokens))), traits_of(form))) == words


def test_words_that_have_partners_stay() -> None:
    """Only free words are looked at: a title is a name where the other name has it too."""
    form = form_of("Sayyed Hassan Nasrallah")
    assert without_titles(form, {1}, traits_of(form)) == {1}
    assert without_titles(form, set(), traits_of(form)) == set()


def test_what_is_said_twice_counts_once() -> None:
    """If all free words were said before; one new word keeps the others."""
    assert without_repeated(form_of("Avangard, JSC Avangard"), {1}) == set()
    assert without_repeated(form_of("Avangard Kupol"), {1}) == {1}
    assert without_repeated(form_of("Johnson & Johnson"), {1}) == {1}
    assert without_repeated(form_of("Johnson and Johnson"), {1}) == {1}


def test_a_class_is_a_word_for_what_a_product_is() -> None:
    """Other generic words are not."""
    frigate, plant = form_of("frigate Admiral Essen"), form_of("plant Admiral Essen")
    assert left(frigate, classes(frigate.tokens, {0, 1, 2})) == ["frigate"]
    assert classes(plant.tokens, {0, 1, 2}) == set()
