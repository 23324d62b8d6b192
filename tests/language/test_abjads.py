"""Names in Arabic and Hebrew letters beside Latin and Cyrillic spellings: what may be one name, and what may not."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resolver.mentions
from resolver.language.abjads import ABJADS, is_spelt_as
from resolver.language.lexicon import key_of
from resolver.language.phonetics import sound_keys
from resolver.language.romanization import romanize, script_of
from resolver.language.tables import read_table

LETTERS = {script: dict(read_table("romanization"))[row] for script, row in (("Arab", "arabic"), ("Hebr", "hebrew"))}


def is_spelling(one: str, other: str) -> bool:
    return is_spelt_as(romanize(one) or "", script_of(one), romanize(other) or "", script_of(other))


SAME = [
    ("خامنه‌ای", "Khamenei"),
    ("سلیمانی", "Soleimani"),
    ("روحانی", "Rouhani"),
    ("روحانی", "Ruhani"),
    ("احمدی‌نژاد", "Ahmadinejad"),
    ("رئیسی", "Raisi"),
    ("لاریجانی", "Larijani"),
    ("تهرانی", "Tehrani"),
    ("الأسد", "Assad"),
    ("الظواهري", "Zawahiri"),
    ("البغدادي", "Baghdadi"),
    ("القذافي", "Gaddafi"),
    ("القذافي", "Qadhafi"),
    ("عرفات", "Arafat"),
    ("السيسي", "Sisi"),
    ("حفتر", "Haftar"),
    ("صدام", "Saddam"),
    ("خليفة", "Khalifa"),
    ("يحيى", "Yahya"),
    ("مقتدى", "Muqtada"),
    ("بوتين", "Putin"),
    ("بوتين", "Путин"),
    ("נתניהו", "Netanyahu"),
    ("בנימין", "Benjamin"),
    ("לפיד", "Lapid"),
    ("גנץ", "Gantz"),
    ("נפתלי", "Naftali"),
    ("אולמרט", "Olmert"),
    ("שרון", "Sharon"),
]


@pytest.mark.parametrize(("written", "spelt"), SAME)
def test_a_name_is_spelt_with_vowels(written: str, spelt: str) -> None:
    """Whichever of the two is the mention."""
    assert is_spelling(written, spelt)
    assert is_spelling(spelt, written)


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("خامنه‌ای", "Khomeini"),
        ("خمینی", "Khamenei"),
        ("سلیمانی", "Salmani"),
        ("سلیمانی", "Soleiman"),
        ("کریمی", "Karami"),
        ("حسن", "Hussein"),
        ("حسن", "Hosni"),
        ("رئیسی", "Larijani"),
        ("لاریجانی", "Larijan"),
        ("الأسد", "Saad"),
        ("الظواهري", "Zarqawi"),
        ("القذافي", "Qadri"),
        ("عرفات", "Araf"),
        ("حفتر", "Hattar"),
        ("يحيى", "Yasin"),
        ("بوتين", "Batin"),
        ("بوتين", "Лютин"),
        ("נתניהו", "Netanya"),
        ("בנימין", "Binyan"),
        ("לפיד", "Lapin"),
        ("גנץ", "Gans"),
        ("נפתלי", "Natali"),
        ("אולמרט", "Albert"),
        ("שרון", "Shiran"),
        ("שרון", "Aharon"),
    ],
)
def test_another_name_is_not(written: str, spelt: str) -> None:
    """Other consonants, a consonant more or less, and a long vowel that is not there."""
    assert not is_spelling(written, spelt)
    assert not is_spelling(spelt, written)


@pytest.mark.parametrize(
    ("one", "other"), [("Sharon", "Sharon"), ("شارون", "شارون"), ("شارون", "שרון"), ("Sharon", "Шарон")]
)
def test_only_one_of_the_two_is_without_vowels(one: str, other: str) -> None:
    """Two words with vowels, and two without them, are for other comparisons."""
    assert not is_spelling(one, other)


@pytest.mark.parametrize(("written", "spelt"), [("خامنه‌ای", "Khamenei"), ("القذافي", "Gaddafi"), ("גביר", "Gvir")])
def test_both_are_found_by_one_sound(written: str, spelt: str) -> None:
    """The consonants that both have in common are a blocking key."""
    keys = [set(sound_keys(romanize(word) or "", script_of(word))) for word in (written, spelt)]
    assert keys[0] & keys[1]


@pytest.mark.parametrize("script", sorted(ABJADS))
def test_every_letter_is_in_the_table(script: str) -> None:
    """What a letter is romanised to has spellings, the first of which stands for it."""
    spellings = {letters for letters, _, _ in (value.partition("=") for value in dict(read_table("abjads"))[script])}
    romanised = {latin for _, _, latin in (value.partition("=") for value in LETTERS[script])}
    assert sorted(romanised - {""} - spellings) == []


@given(
    st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآپچژگکی", min_size=1, max_size=30),
    st.text("abcdefhiklmnorstuwyz", min_size=1),
)
def test_any_two_words_are_compared(written: str, spelt: str) -> None:
    """No word is refused, too long or without a letter that is written in Latin; both ways give one answer."""
    latin = romanize(written) or ""
    assert is_spelt_as(latin, "Arab", spelt, "Latn") == is_spelt_as(spelt, "Latn", latin, "Arab")


def test_a_word_too_long_for_a_name_is_none() -> None:
    """The work on a hostile text is bounded."""
    assert not is_spelt_as("b" * 1000, "Arab", "b" * 1000, "Latn")
    assert not is_spelt_as("ha" * 12, "Hebr", "a" * 1000 + "b", "Latn")


FREQUENT = Path(resolver.mentions.__file__).with_name("frequent")


def test_generic_words_of_abjads_look_like_no_frequent_word_elsewhere() -> None:
    """Words are found by their romanised keys: جيش, an army, would be found in "Russia is"."""
    frequent = {
        key_of(word) for file in FREQUENT.glob("*.txt") for word in re.findall(r"[^\W\d_]+", file.read_text("utf-8"))
    }
    looking_alike = [
        word
        for table in ("glossary", "places")
        for row, listed in read_table(table)
        for word in listed
        if script_of(word) in ABJADS and key_of(word) in frequent
        if all(key_of(word) != key_of(other.rstrip("*")) for other in (row, *listed) if script_of(other) not in ABJADS)
    ]

    assert looking_alike == []
