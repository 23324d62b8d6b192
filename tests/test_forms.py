"""Surface forms: what a name is made of once it is analysed, and that its offsets lead back to what was written."""

import pytest

from resolver.forms import (
    MAX_LENGTH,
    MAX_TOKENS,
    SurfaceForm,
    Token,
    acronym_letter,
    analyse,
    as_name,
    clean,
    read_word,
)


def form_of(text: str, lang: str | None = None) -> SurfaceForm:
    """The form of a text that has one."""
    form = analyse(text, lang)
    assert form is not None
    return form


def words_of(text: str, lang: str | None = None) -> list[str]:
    """The words that identify a name."""
    return [token.text for token in form_of(text, lang).tokens]


def last_of(text: str, lang: str | None = None) -> Token:
    """The last word of a name."""
    return form_of(text, lang).tokens[-1]


# ------------------------------------------------------------------------------------------------------- one word


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Бре́чалов", "Бречалов"),
        ("Ку\u00adпол", "Купол"),
        ("Ку\u200bпол", "Купол"),
        ("\ufeffKupol", "Kupol"),
        ("Ｋｕｐｏｌ", "Kupol"),
        ("ﬁnal", "final"),
        ("Brеchalov", "Brechalov"),  # the first e is Cyrillic
        ("Купoл", "Купол"),  # the o is Latin
    ],
)
def test_invisible_and_foreign_signs_are_cleaned(word: str, expected: str) -> None:
    """Stress marks, soft hyphens, widths and look-alikes are how a text was made, not what it says."""
    assert clean(word) == expected


@pytest.mark.parametrize("word", ["Brechalov", "Бречалов", "Żukow", "Čaputová", "й", "ё", "ї", "9K33", "北京", ""])
def test_clean_words_stay_as_they_are(word: str) -> None:
    """Letters with marks are letters of their own."""
    assert clean(word) == word


@pytest.mark.parametrize("word", ["Bre\u0301chalov", "и\u0306", "Ku\u00ad\u200bpol", "Ｋｕｐоl", "Ça", "ﬃ"])
def test_cleaning_twice_is_cleaning_once(word: str) -> None:
    """What is clean has nothing left to clean."""
    assert clean(clean(word)) == clean(word)


# ------------------------------------------------------------------------------------------------------ the name


@pytest.mark.parametrize("text", ["", " ", "«—»", "...", "!?", "\u200b\u00ad", "☢️", "\n\t", "-"])
def test_text_without_a_letter_or_digit_has_no_form(text: str) -> None:
    """Nothing left is None."""
    assert analyse(text) is None


@pytest.mark.parametrize("text", ["x", "1", "Я", "北京", "of", "ООО", "№ 5", "é"])
def test_any_letter_or_digit_makes_a_form(text: str) -> None:
    """A name that is only a particle or a legal form is that particle or legal form."""
    assert form_of(text).tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleksandr Brechalov", ["Aleksandr", "Brechalov"]),
        ("  «Купол»,  Ижевск ", ["Купол", "Ижевск"]),
        ("Бре\u0301чалов", ["Бре\u0301чалов"]),
        ("Ку\u00adпол\u200b и завод", ["Ку\u00adпол\u200b", "завод"]),
        ("Андрии\u0306 Коваленко", ["Андрии\u0306", "Коваленко"]),
        ("the F-16 of Kyiv", ["F-16", "Kyiv"]),
        ("Kellogg's Keith", ["Kellogg's", "Keith"]),
        ("machine building plant", ["machine building", "plant"]),
        ("U.S.", ["U.S"]),
        ("习 近 平", ["习", "近", "平"]),  # words, and no acronym
        ("𝕆sa 9K33", ["𝕆sa", "9K33"]),
        ("Aleksandr&nbsp;Bre&shy;chalov", ["Aleksandr", "Bre&shy;chalov"]),
        ("завод Гар-\nпия", ["завод", "Гар-\nпия"]),
    ],
)
def test_offsets_lead_back_to_the_original(text: str, expected: list[str]) -> None:
    """Each word stands, uncleaned, where its token says."""
    assert [text[token.start : token.end] for token in form_of(text).tokens] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kupol", "«KUPOL»"),
        ("Aleksandr Brechalov", "aleksandr  brechalov"),
        ("Osa-AKM", "osa akm"),
        ("О’Брайен", "о’брайен"),
        ("Ку\u00adпол", "Купол"),
        ("U.S.", "US"),
        ("Straße", "STRASSE"),
        ("Marks &amp; Spencer", "Marks & Spencer"),
        ("Gar-\npiya", "Garpiya"),
        ("Warszawa-\nModlin", "Warszawa-Modlin"),
    ],
)
def test_case_and_punctuation_fold_away(one: str, other: str) -> None:
    """`folded` is the name but for how it was typed."""
    assert form_of(one).folded == form_of(other).folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kupol", "Купол"), ("Brechalov", "Bechalov"), ("Osa AKM", "OsaAKM"), ("Kupol plant", "plant Kupol")],
)
def test_letters_spaces_and_order_do_not_fold_away(one: str, other: str) -> None:
    """Another script, spelling or order is not the same string."""
    assert form_of(one).folded != form_of(other).folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Александр Бречалов", "Aleksandr Brechalov"),
        ("Гарпія", "Harpiya"),
        ("Zelenskyy", "Зеленський"),
        ("Шойгу", "Szojgu"),
        ("ООО «Купол»", "Kupol LLC"),
        ("bank of russia", "Bank Russia"),
    ],
)
def test_romanisations_of_one_name_share_a_key(one: str, other: str) -> None:
    """Scripts, schemes, legal forms and particles do not make another name."""
    assert form_of(one).key == form_of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brechalov", "Bocharov"),
        ("Kovalenko", "Kovalchuk"),
        ("Kupol", "Kupola"),
        ("Garpiya-A1", "Garpiya-B7"),
        ("Osa-AK", "Osa-AKM"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    """Folding is no blurring."""
    assert form_of(one).key != form_of(other).key


def test_language_decides_how_a_letter_is_romanised() -> None:
    """Г is h in Ukrainian and g in Bulgarian, and the key hides the difference."""
    uk, bg = last_of("Благо", "uk"), last_of("Благо", "bg")

    assert (uk.latin, bg.latin) == ("blaho", "blago")
    assert uk.key == bg.key


# ------------------------------------------------------------------------------------------------- what words are


@pytest.mark.parametrize(
    ("text", "words", "legal"),
    [
        ("ООО «Купол»", ["Купол"], {"llc"}),
        ("Kupol JSC", ["Kupol"], {"jsc"}),
        ("АО Купол", ["Купол"], {"jsc"}),
        ("Kupol", ["Kupol"], set()),
        ("Ao Dai", ["Ao", "Dai"], set()),
    ],
)
def test_legal_forms_are_set_apart(text: str, words: list[str], legal: set[str]) -> None:
    """They say little about who is meant."""
    assert (words_of(text), form_of(text).legal) == (words, legal)


@pytest.mark.parametrize("text", ["ООО", "Ltd", "GmbH"])
def test_legal_form_alone_is_the_name(text: str) -> None:
    """Nothing else is left."""
    assert words_of(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Republic of Udmurtia", ["Republic", "Udmurtia"]),
        ("Charles de Gaulle", ["Charles", "Gaulle"]),
        ("of", ["of"]),
        ("O. Kovalenko", ["O", "Kovalenko"]),
        ("Sea of Azov", ["Sea", "Azov"]),
        ("Bank In Asia", ["Bank", "Asia"]),
        ("Luigi Di Maio", ["Luigi", "Maio"]),
        ("Ali Ben Salem", ["Ali", "Salem"]),
        ("Ben Salem", ["Ben", "Salem"]),
    ],
)
def test_particles_do_not_identify(text: str, expected: list[str]) -> None:
    """A letter with a capital is an initial, and a particle alone is the name."""
    assert words_of(text) == expected


@pytest.mark.parametrize(
    "text", ["Jet Li", "Yi Jin", "Jet Airways", "Yun Ho jin", "Moon Jae in", "Pak To Chun", "PAK TO CHUN", "Wang Di"]
)
def test_names_that_fold_to_a_particle_stay(text: str) -> None:
    """A name with a capital that only sounds like a particle identifies, and so does a syllable."""
    assert words_of(text) == text.split()


@pytest.mark.parametrize("text", ["President Putin", "губернатор Бречалов", "Sheikh Mansour"])
def test_titles_stay_and_are_marked(text: str) -> None:
    """President of Russia is not Russia."""
    assert [token.title for token in form_of(text).tokens] == [True, False]


@pytest.mark.parametrize("text", ["Vladimir Putin", "Kupol plant", "Tor Browser"])
def test_names_are_no_titles(text: str) -> None:
    """Only offices, ranks and forms of address are."""
    assert not any(token.title for token in form_of(text).tokens)


@pytest.mark.parametrize("text", ["A. Brechalov", "А. Бречалов", "A Brechalov"])
def test_single_letters_are_initials(text: str) -> None:
    """With a dot or without."""
    assert [token.initial for token in form_of(text).tokens] == [True, False]


@pytest.mark.parametrize("text", ["5 Brechalov", "山 Brechalov", "Al Brechalov"])
def test_digits_signs_and_syllables_are_no_initials(text: str) -> None:
    """Only one letter of an alphabet that abbreviates names so."""
    assert not any(token.initial for token in form_of(text).tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F-16", {"f16"}),
        ("F–16", {"f16"}),
        ("Гарпія-А1", {"a1"}),
        ("Shahed-136", {"136"}),
        ("9K33M3 Osa-AKM", {"9k33m3"}),
        ("155-я бригада", {"155"}),
        ("two F-16s", {"f16"}),
        ("9K33s", {"9k33"}),
        ("MiG-29s", {"29"}),
        ("Tor-M2Es", {"m2e"}),
        ("Su-27S", {"su27s"}),
        ("iPhone 5s", {"5s"}),
        ("the 1990s", {"1990s"}),
        ("Osa-AKM", set()),
        ("Kupol", set()),
    ],
)
def test_designations_are_found_in_the_name(text: str, expected: set[str]) -> None:
    """A number is a part of a name of its own kind."""
    assert form_of(text).numbers == expected


@pytest.mark.parametrize(
    "texts",
    [
        ("завод Купол", "Kupol plant", "zavod Kupol"),
        ("Ministry of Defence", "Министерство обороны", "Міністерство оборони"),
        ("machine building plant", "машиностроительный завод"),
    ],
)
def test_generic_words_are_one_concept_in_all_languages(texts: tuple[str, ...]) -> None:
    """Translations of a description meet."""
    assert len({frozenset(token.index_key for token in form_of(text).tokens) for text in texts}) == 1


@pytest.mark.parametrize("text", ["Plant", "завод", "Ministry", "Республика"])
def test_generic_word_alone_is_a_name(text: str) -> None:
    """The rock band Plant is not a plant; nothing else identifies it."""
    assert not last_of(text).index_key.startswith("=")


def test_abbreviation_of_generic_words_is_spelt_out() -> None:
    """НИИ is a research institute, each word at the place of the abbreviation."""
    form = form_of("НИИ Прогресс")

    assert [token.index_key for token in form.tokens[:2]] == ["=research", "=institute"]
    assert {(token.start, token.end) for token in form.tokens[:2]} == {(0, 3)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("СБУ", "sbu"), ("SBU", "sbu"), ("U.S.", "us"), ("ООН", "oon"), ("«ГУР»", "hur")],
)
def test_lone_word_in_capitals_may_be_an_acronym(text: str, expected: str) -> None:
    """It is folded letter by letter, so that its scripts meet."""
    assert form_of(text).acronym == expected


@pytest.mark.parametrize("text", ["Sbu", "SBU Kyiv", "S", "INTERNATIONALE", "9K33", "он"])
def test_other_names_are_no_acronyms(text: str) -> None:
    """Not in capitals, not alone, one letter, too long, or with digits."""
    assert form_of(text).acronym is None


def test_possessive_ending_is_no_part_of_a_name() -> None:
    """Kellogg's is what belongs to Kellogg, and its offsets cover what was written."""
    token = last_of("Kellogg's")

    assert (token.text, token.start, token.end) == ("Kellogg", 0, 9)


@pytest.mark.parametrize("text", ["Strauss", "O'Sullivans", "Лук'янс"])
def test_other_final_s_stays(text: str) -> None:
    """Only one behind an apostrophe is a possessive."""
    assert last_of(text).text == text


def test_long_names_are_cut() -> None:
    """The cost of a comparison stays bounded."""
    assert len(form_of(" ".join(f"name{n}x" for n in range(200))).tokens) <= MAX_TOKENS


def test_equal_names_are_analysed_once() -> None:
    """Analyse once, compare many."""
    assert analyse("Aleksandr Brechalov") is analyse("Aleksandr Brechalov")


def test_what_is_not_read_of_a_long_name_is_not_remembered() -> None:
    """Names of a megabyte would fill the memory, though their beginnings are all that counts."""
    beginning = "Osa " * (MAX_LENGTH // 4)

    assert analyse(beginning + "Kupol") is analyse(beginning + "Tor") is analyse(beginning)


# ----------------------------------------------------------------------------------------------------- the pieces


@pytest.mark.parametrize(
    ("letter", "expected"), [("Ш", "s"), ("S", "s"), ("Г", "h"), ("G", "h"), ("И", "i"), ("Б", "b")]
)
def test_letters_of_acronyms_meet_across_scripts(letter: str, expected: str) -> None:
    """One sign for what stands for one sound."""
    assert acronym_letter(letter) == expected


@pytest.mark.parametrize(("one", "other"), [("Б", "П"), ("S", "K"), ("М", "Н")])
def test_letters_of_acronyms_stay_apart(one: str, other: str) -> None:
    """Different sounds are different signs."""
    assert acronym_letter(one) != acronym_letter(other)


def test_word_of_running_text_may_be_generic() -> None:
    """There it stands beside others; only as a whole name is it one."""
    token = read_word("завод")[0]

    assert (token.index_key, as_name(token).index_key) == ("=plant", "zavod")


def test_latin_word_is_read_once_for_all_languages() -> None:
    """A Cyrillic one is not: Горин is Horyn in Ukrainian, and Gorin in Russian."""
    assert read_word("Kharkiv", "uk") is read_word("Kharkiv", "ru") is read_word("Kharkiv")
    assert read_word("Горин", "uk")[0].latin != read_word("Горин", "ru")[0].latin


@pytest.mark.parametrize("word", ["Brechalov", "9K33"])
def test_names_and_designations_are_names_already(word: str) -> None:
    """There is nothing to take back."""
    token = read_word(word)[0]

    assert as_name(token) == token


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("United Shipbuilding Corporation “5th Shipyard”", ["United", "Shipbuilding", "Corporation"]),
        ("Tactical Missile Corporation, Zvezda LLC", ["Tactical", "Missile", "Corporation"]),
        ("Scientific Production Corporation “Sokol”", []),
        ("United Shipbuilding Corporation", []),
        ("Concern “Sokol”", []),
    ],
)
def test_the_corporation_in_front_of_a_name_is_above_it(text: str, expected: list[str]) -> None:
    """It has a name or a trade of its own; words for any firm only describe the name in quotes."""
    form = analyse(text)
    assert form is not None
    assert [token.text for token in form.parent] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("सर्वेश पाण्ते", 2), ("पूर्णिमा गुहा", 2), ("ธนนนท์ ธนประทีป", 2), ("ضياء الدّين", 2), ("שָׁלוֹם כֹּהֵן", 2), ("मुख़र्जी", 1)],
)
def test_marks_do_not_cut_a_word(text: str, count: int) -> None:
    """Vowel signs and viramas belong to the letter in front of them."""
    assert len(words_of(text)) == count


@pytest.mark.parametrize(("written", "bare"), [("ضياء الدّين", "ضياء الدين"), ("مُحَمَّد", "محمد"), ("שָׁלוֹם", "שלום")])
def test_vowel_signs_that_are_seldom_written_do_not_count(written: str, bare: str) -> None:
    """In Arabic and Hebrew: a name is the same with and without them."""
    assert form_of(written).folded == form_of(bare).folded


@pytest.mark.parametrize(("left", "right"), [("सर", "सूर"), ("ชน", "ชิน"), ("آل", "ال"), ("Čaputová", "Čaputova")])
def test_other_marks_make_another_word(left: str, right: str) -> None:
    """In Indic scripts and in Thai they are vowels; elsewhere letters of their own."""
    assert form_of(left).folded != form_of(right).folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Аш-Шабаб", ["Шабаб"]),
        ("Jabhat an-Nusra", ["Jabhat", "Nusra"]),
        ("Эль-Айссами", ["Айссами"]),
        ("Ed Davey", ["Ed", "Davey"]),
        ("An-Shabab", ["An", "Shabab"]),
        ("All-Russia Front", ["All Russia", "Front"]),
    ],
)
def test_the_arabic_article_is_told_by_the_letter_behind_it(text: str, words: list[str]) -> None:
    """Before a hyphen alone: Ed and Al are names as well."""
    assert words_of(text) == words
