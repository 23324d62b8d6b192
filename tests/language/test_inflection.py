"""Slavic case endings: forms of one word, their cases, index keys and base forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.inflection import adjective_bases, base_forms, relate, stems
from resolver.language.paradigms import Paradigm, cells_of, folded
from resolver.language.romanization import fold, romanize


def key(word: str, lang: str | None = None) -> str:
    return fold(romanize(word, lang) or "")


# language, base form, "case=form case=form"; a case is what the explanation must name, among others
CASES = [
    ("ru", "Бречалов", "genitive=Бречалова dative=Бречалову instrumental=Бречаловым locative=Бречалове"),
    ("ru", "Путин", "genitive=Путина dative=Путину instrumental=Путиным locative=Путине"),
    ("ru", "Зеленский", "genitive=Зеленского dative=Зеленскому instrumental=Зеленским locative=Зеленском"),
    ("ru", "Иванова", "genitive=Ивановой accusative=Иванову"),
    ("ru", "Москва", "genitive=Москвы dative=Москве accusative=Москву instrumental=Москвой"),
    ("ru", "Россия", "genitive=России accusative=Россию instrumental=Россией"),
    ("ru", "Купол", "genitive=Купола instrumental=Куполом"),
    ("ru", "Оса", "genitive=Осы dative=Осе accusative=Осу instrumental=Осой"),
    ("ru", "Тор", "genitive=Тора"),
    ("ru", "Немец", "genitive=Немца dative=Немцу"),
    ("ru", "Павел", "genitive=Павла instrumental=Павлом"),
    ("ru", "Сергей", "genitive=Сергея dative=Сергею instrumental=Сергеем"),
    ("ru", "Казань", "genitive=Казани instrumental=Казанью"),
    ("ru", "Приднестровье", "genitive=Приднестровья locative=Приднестровье"),
    ("ru", "Талибы", "genitive=Талибов dative=Талибам"),
    ("ru", "Джозеф", "genitive=Джозефа dative=Джозефу"),
    ("uk", "Сирський", "genitive=Сирського dative=Сирському instrumental=Сирським"),
    ("uk", "Путін", "dative=Путіну dative=Путінові instrumental=Путіним"),
    ("uk", "Харків", "genitive=Харкова locative=Харкові instrumental=Харковом"),
    ("uk", "Київ", "genitive=Києва locative=Києві instrumental=Києвом"),
    ("uk", "Ріг", "genitive=Рогу locative=Розі instrumental=Рогом"),
    ("uk", "Дніпро", "genitive=Дніпра instrumental=Дніпром"),
    ("uk", "Рига", "locative=Ризі genitive=Риги"),
    ("uk", "Гарпія", "genitive=Гарпії accusative=Гарпію instrumental=Гарпією"),
    ("uk", "Кличко", "genitive=Кличка dative=Кличкові instrumental=Кличком"),
    ("uk", "Зеленська", "genitive=Зеленської dative=Зеленській"),
    ("be", "Лукашэнка", "genitive=Лукашэнкі accusative=Лукашэнку"),
    ("be", "Мінск", "genitive=Мінска locative=Мінску"),
    ("be", "Гомель", "genitive=Гомеля instrumental=Гомелем"),
    ("bg", "парламент", "definite=парламентът definite=парламента"),
    ("bg", "България", "definite=Българията"),
    ("bg", "немец", "plural=немци definite=немците"),
    ("bg", "български", "definite=българският"),
    ("bg", "българска", "definite=българската"),
    ("sr", "Вучић", "genitive=Вучића dative=Вучићу instrumental=Вучићем"),
    ("sr", "Београд", "genitive=Београда instrumental=Београдом"),
    ("sr", "Србија", "genitive=Србије dative=Србији accusative=Србију instrumental=Србијом"),
    ("pl", "Tusk", "genitive=Tuska dative=Tuskowi instrumental=Tuskiem"),
    ("pl", "Zełenski", "genitive=Zełenskiego instrumental=Zełenskim"),
    ("pl", "Warszawa", "genitive=Warszawy locative=Warszawie accusative=Warszawę"),
    ("pl", "Polska", "dative=Polsce accusative=Polskę"),
    ("pl", "Duda", "genitive=Dudy locative=Dudzie"),
    ("pl", "Praga", "locative=Pradze"),
    ("pl", "Ziobro", "genitive=Ziobry instrumental=Ziobrą"),
    ("pl", "Paweł", "genitive=Pawła dative=Pawłowi"),
    ("pl", "Niemcy", "genitive=Niemiec locative=Niemczech"),
    ("pl", "Rosja", "genitive=Rosji accusative=Rosję"),
    ("cs", "Praha", "locative=Praze genitive=Prahy instrumental=Prahou"),
    ("cs", "Babiš", "genitive=Babiše dative=Babišovi"),
    ("cs", "Havel", "genitive=Havla dative=Havlovi instrumental=Havlem"),
    ("cs", "Trump", "possessive=Trumpův genitive=Trumpa dative=Trumpovi"),
    ("cs", "Černý", "genitive=Černého dative=Černému"),
    ("cs", "Čaputová", "genitive=Čaputové accusative=Čaputovou"),
    ("cs", "Rusko", "genitive=Ruska locative=Rusku"),
    ("cs", "Putin", "instrumental=Putinovými dative=Putinovým"),
    ("cs", "Goethe", "genitive=Goetheho dative=Goethemu"),
    ("sl", "Ljubljana", "genitive=Ljubljane dative=Ljubljani accusative=Ljubljano"),
    ("sl", "Slovenija", "genitive=Slovenije accusative=Slovenijo"),
    ("sl", "Trump", "genitive=Trumpa possessive=Trumpov possessive=Trumpova"),
    ("sl", "Janša", "genitive=Janše dative=Janši accusative=Janšo possessive=Janšev possessive=Janševo"),
    ("sl", "Peter", "genitive=Petra instrumental=Petrom"),
    ("sl", "Vladimir", "genitive=Vladimirja"),
    ("ru", "выборы", "plural=выборов plural=выборам"),
    ("uk", "вибори", "plural=виборів"),
    ("pl", "Karaiby", "plural=Karaibów"),
    ("pl", "Republikanie", "plural=Republikanów genitive=Republikanów"),
    ("sl", "republikanci", "plural=republikancev"),
    ("sl", "Melanija", "possessive=Melanijin possessive=Melanijinega"),
    ("en", "Shahed", "genitive=Shaheds"),
]
FORMS = [(lang, base, *listed.split("=")) for lang, base, forms in CASES for listed in forms.split()]


@pytest.mark.parametrize(("lang", "base", "case", "form"), FORMS)
def test_a_case_form_is_related_to_its_base_form_and_named(lang: str, base: str, case: str, form: str) -> None:
    """Each case of each paradigm is recognised with its name, unless the fold makes it equal to the base form."""
    if key(form, lang) == key(base, lang):
        return
    found = relate(key(form, lang), key(base, lang), lang)
    assert found is not None
    assert (found.exact, found.base, found.lang) == (True, True, lang)
    assert case in found.case


@pytest.mark.parametrize(("lang", "base", "case", "form"), FORMS)
def test_a_case_form_shares_an_index_key_with_its_base_form(lang: str, base: str, case: str, form: str) -> None:
    """An index that stores the keys of the base form finds the form."""
    assert set(stems(key(form, lang))) & set(stems(key(base, lang))), case


@pytest.mark.parametrize(("lang", "base", "case", "form"), FORMS)
def test_the_base_form_is_among_the_proposals(lang: str, base: str, case: str, form: str) -> None:
    """As written, the base form is one of what the form may come from."""
    if key(base, lang) != "dzozev":  # the fold of a final ф has no spelling of its own
        assert base in base_forms(form, lang)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Бочаров", "Бречалов"),
        ("Коваленко", "Ковальчук"),
        ("Петров", "Петрович"),
        ("Абрамов", "Абрамович"),
        ("Иван", "Иванович"),
        ("Путин", "Путилов"),
        ("Мария", "Марко"),
        ("Мария", "Марина"),
        ("Киев", "Кировск"),
        ("Минск", "Минеральные"),
        ("Шевченко", "Шевчук"),
        ("Сергей", "Сергиев"),
        ("Оса", "Осетия"),
        ("Тор", "Торнадо"),
        ("Купол", "Куприн"),
        ("Александр", "Алексей"),
        ("Александр", "Александрович"),
        ("Харків", "Харченко"),
        ("Зеленський", "Зелінський"),
        ("Дніпро", "Дністер"),
        ("Kowalski", "Kowalczyk"),
        ("Kaczyński", "Kaczmarek"),
        ("Warszawa", "Wartburg"),
        ("Novák", "Novotný"),
        ("Praha", "Pravda"),
        ("Hrad", "Hradec"),
        ("Pakistan", "Pakistanec"),
        ("Ljubljana", "Ljutomer"),
        ("Janša", "Jankovič"),
        ("Stefan", "Stefano"),
        ("България", "Българка"),
        ("Вучић", "Вучковић"),
        ("US", "USA"),
        ("UN", "UNA"),
        ("Robert", "Robertson"),
        ("Kupol", "Kupo"),
    ],
)
def test_two_words_are_not_forms_of_one(one: str, two: str) -> None:
    """A shared beginning is no case: surnames, patronymics, diminutives and places stay apart in all languages."""
    assert relate(key(one), key(two)) is None


@pytest.mark.parametrize(
    ("form", "other", "lang"),
    [
        ("Иванова", "Иванов", "ru"),
        ("Ивановой", "Иванов", "ru"),
        ("Зеленская", "Зеленский", "ru"),
        ("Зеленська", "Зеленський", "uk"),
        ("Александра", "Александр", "ru"),
        ("Евгения", "Евгений", "ru"),
        ("Виктория", "Виктор", "ru"),
        ("Novákova", "Novák", "cs"),
        ("Иванов", "Иван", "ru"),
        ("Roberts", "Robert", "en"),
    ],
)
def test_what_may_be_another_person_is_marked(form: str, other: str, lang: str) -> None:
    """A form that is also the name of a woman, or of a family, is marked in both directions."""
    found, back = relate(key(form), key(other), lang), relate(key(other), key(form), lang)
    assert found is not None
    assert back is not None
    assert found.gender
    assert back.gender


@pytest.mark.parametrize(
    ("form", "other", "lang"),
    [
        ("Зеленского", "Зеленский", "ru"),
        ("Ивановой", "Иванова", "ru"),
        ("Коваленка", "Коваленко", "uk"),
        ("Дуды", "Дуда", "ru"),
        ("Dudy", "Duda", "pl"),
        ("Asiin", "Asia", "cs"),
        ("Куполом", "Купол", "ru"),
        ("Москвы", "Москва", "ru"),
        ("Трампа", "Трамп", "ru"),
    ],
)
def test_a_plain_case_is_not_marked(form: str, other: str, lang: str) -> None:
    """A form that only a case explains is not suspected of being another person."""
    found = relate(key(form), key(other), lang)
    assert found is not None
    assert not found.gender


@pytest.mark.parametrize(
    ("form", "other", "lang"),
    [
        ("Paula", "Paul", "en"),
        ("Petera", "Peter", "en"),
        ("Марта", "Мар", "ru"),
        ("Shaheds", "Shahed", "ru"),
        ("Вучићем", "Вучић", "ru"),
    ],
)
def test_a_known_language_has_only_its_own_endings(form: str, other: str, lang: str) -> None:
    """English texts have no genitive in -a, Russian ones no articles and no Serbian soft instrumental."""
    found = relate(key(form), key(other), lang)
    assert found is None or found.lang in ("ru", "uk", "be")
    if lang == "en":
        assert found is None


def test_close_languages_share_their_endings() -> None:
    """A Russian text names Харків of a Ukrainian alias by its Russian-looking genitive."""
    found = relate(key("Харкова"), key("Харків"), "ru")
    assert found is not None
    assert found.lang == "uk"


@pytest.mark.parametrize(
    ("form", "base"), [("выборов", "выборы"), ("Karaibów", "Karaiby"), ("čelad", "čelade"), ("Talibów", "Talibowie")]
)
def test_a_name_in_the_plural_has_its_own_cases(form: str, base: str) -> None:
    """Whatever the language: they are cases of the plural before they are surnames made from a singular."""
    relation = relate(key(form), key(base))

    assert relation is not None
    assert relation.base
    assert relation.case.startswith("plural")


@pytest.mark.parametrize(("form", "other"), [("Petrov", "Petra"), ("Hoyer", "Gora")])
def test_what_may_be_a_singular_is_no_plural(form: str, other: str) -> None:
    """The cases of a plural do not explain a name that has a nominative singular with that ending."""
    relation = relate(key(form), key(other))

    assert relation is None or not relation.base or not relation.case.startswith("plural")


def test_equal_tokens_are_no_inflection() -> None:
    """There is nothing to explain between a token and itself."""
    assert relate("minsk", "minsk") is None


def test_endings_of_two_classes_on_a_long_stem_are_a_hint() -> None:
    """Two endings that no class joins are a form, but not an exact one."""
    found = relate("demokratiu", "demokratov", "ru")
    assert found is not None
    assert (found.exact, found.base, found.case) == (False, False, "case form")


@pytest.mark.parametrize(
    ("word", "lang", "first"),
    [
        ("Сирського", "uk", "Сирський"),
        ("ЗЕЛЕНСЬКОГО", "uk", "ЗЕЛЕНСЬКИЙ"),
        ("Зеленським", None, "Зеленський"),
        ("Бречаловым", "ru", "Бречалов"),
        ("Brechalovym", None, "Brechalov"),
        ("Kupolom", None, "Kupol"),
        ("Москвы", "ru", "Москва"),
        ("Києва", "uk", "Київ"),
        ("Гарпії", "uk", "Гарпія"),
        ("Praze", "cs", "Praha"),
        ("Novákovou", "cs", "Nováková"),
        ("Tuskiem", "pl", "Tusk"),
        ("Wałęsą", "pl", "Wałęsa"),
        ("Trumpova", "sl", "Trump"),
        ("Shaheds", "en", "Shahed"),
        ("Kupol", None, "Kupol"),
        ("Москва", "ru", "Москва"),
        ("България", "bg", "България"),
        ("Toyota", "en", "Toyota"),
        ("İstanbul", None, "İstanbul"),
        ("北京", None, "北京"),
    ],
)
def test_the_best_base_form_keeps_script_and_capitals(word: str, lang: str | None, first: str) -> None:
    """The first proposal is what a curator would write; a base form stays as it is."""
    assert base_forms(word, lang)[0] == first


@pytest.mark.parametrize(
    ("token", "keys"),
    [("tor", ("tor",)), ("osu", ("osu", "os")), ("minska", ("minska", "minsk", "mins"))],
)
def test_index_keys_are_few_and_not_too_short(token: str, keys: tuple[str, ...]) -> None:
    """A key keeps three letters, in a token of up to four letters two."""
    assert stems(token)[: len(keys)] == keys
    assert all(len(stem) >= (3 if len(token) > 4 else 2) for stem in stems(token))


def paradigms() -> list[tuple[int, Paradigm]]:
    return list(enumerate(folded().every))


@pytest.mark.parametrize(("number", "paradigm"), paradigms(), ids=lambda value: getattr(value, "plain", None))
def test_every_class_relates_its_forms_to_its_own_citation_form(number: int, paradigm: Paradigm) -> None:
    """On a neutral stem, each ending of a class is related to its first nominative, and shares an index key with it."""
    stem = "" if paradigm.row.name == "word" else "dalb"
    endings = [ending.removeprefix("^") for ending in cells_of(folded(), number)]
    base = next(
        ending.removeprefix("^")
        for ending, places in cells_of(folded(), number).items()
        if any(cell.is_base for cell in places)
    )
    for ending in endings:
        if ending != base:
            assert relate(stem + ending, stem + base, paradigm.row.lang), (ending, base)
            assert set(stems(stem + ending)) & set(stems(stem + base)), (ending, base)


@pytest.mark.parametrize(("number", "paradigm"), paradigms(), ids=lambda value: getattr(value, "plain", None))
def test_tails_and_endings_fold_together_as_they_fold_apart(number: int, paradigm: Paradigm) -> None:
    """The pieces of a row are folded one by one; the fold of the whole ending is the same."""
    row = paradigm.row
    same = [other for other in folded().every if other.row is row]
    plain, slash, changed = row.tails[same.index(paradigm)].partition("/")
    for _, piece in row.endings:
        tail = changed if slash and piece.startswith("~") else plain
        native = "ф" + tail.strip("-") + piece.strip("~-")
        assert paradigm.ending(piece) == key(native, row.lang)[1:], number


tokens = st.text("abeikmnoprstuvz", max_size=7)


@given(tokens, tokens, tokens, st.sampled_from([None, "ru", "uk", "pl", "cs", "sl", "bg", "en", "fr"]))
def test_a_relation_holds_in_both_directions(stem: str, left: str, right: str, lang: str | None) -> None:
    """Whether two tokens are forms of one word does not depend on their order, and neither does the suspicion."""
    found, back = relate(stem + left, stem + right, lang), relate(stem + right, stem + left, lang)
    assert (found is None) == (back is None)
    if found and back:
        assert (found.exact, found.gender, found.stem) == (back.exact, back.gender, back.stem)


@given(st.text(max_size=12), st.sampled_from([None, "ru", "pl", "en"]))
def test_any_word_has_itself_among_its_base_forms(word: str, lang: str | None) -> None:
    """Whatever stands in a text, nothing fails and the word itself stays a proposal."""
    assert word in base_forms(word, lang)


@given(tokens)
def test_index_keys_start_with_the_token_and_are_distinct(token: str) -> None:
    """The token itself is the first key."""
    assert stems(token)[0] == token
    assert len(set(stems(token))) == len(stems(token))


@pytest.mark.parametrize(
    ("adjective", "name", "expected"),
    [
        ("Пермский", "Пермь", True),
        ("Пермского", "Perm", True),
        ("Воронежская", "Voronezh", True),
        ("Самарское", "Самара", True),
        ("Ивановским", "Иваново", True),
        ("Рыбинской", "Рыбинск", True),
        ("Липецкий", "Липецк", True),
        ("Харківська", "Харків", True),
        ("Krakowskie", "Kraków", True),
        ("Plzeňské", "Plzeň", True),
        ("Пермяков", "Пермь", False),
        ("Пермский", "Пермяк", False),
        ("Осский", "Оса", False),  # too short to tell
        ("Кировский", "Киров Бор", False),
        ("Москва", "Моск", False),
    ],
)
def test_an_adjective_is_made_from_a_name(adjective: str, name: str, expected: bool) -> None:
    """In every case and gender of the East and West Slavic languages."""
    assert (key(name) in adjective_bases(key(adjective))) == expected


@given(tokens)
def test_no_word_is_an_adjective_of_itself(token: str) -> None:
    """What it is made from is shorter."""
    assert all(len(base) < len(token) for base in adjective_bases(token))
