"""Proper names that are found by their shape alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.mentions.unknown import unknown_names


def names(text: str) -> list[str]:
    return [span.text for span in unknown_names(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Президент США прибыл.", None), ("Президент Гурченко прибыл.", "person")],
)
def test_office_tells_a_person_and_no_acronym(text: str, kind: str | None) -> None:
    """The president of the USA is a person, and the USA are none."""
    (span,) = unknown_names(text)

    assert span.kind == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # people behind their offices
        ("Yesterday President Vladimir Putin arrived.", ["Vladimir Putin"]),
        ("They met US President Joe Biden in Warsaw.", ["US", "Joe Biden", "Warsaw"]),
        ("They honoured Lieutenant Colonel Maksym Ustymenko.", ["Maksym Ustymenko"]),
        ("It was said by Udmurtia Governor Alexander Brechalov.", ["Udmurtia", "Alexander Brechalov"]),
        ("We saw Ukrainian Defence Minister Rustem Umerov.", ["Rustem Umerov"]),
        ("They asked A. Brechalov and George W. Bush.", ["A. Brechalov", "George W. Bush"]),
        ("The book is by Ursula von der Leyen.", ["Ursula von der Leyen"]),
        ("They met Bashar al-Assad there.", ["Bashar al-Assad"]),
        ("Brechalov's deputy left.", ["Brechalov"]),
        ("They sued Nord Stream 2 AG in Zug.", ["Nord Stream 2 AG", "Zug"]),
        ("They saw Nord Stream 2 and NATO.", ["Nord Stream 2", "NATO"]),
        # institutions
        ("It is run by the Security Service of Ukraine (SBU).", ["Security Service of Ukraine", "SBU"]),
        ("He leads the Centre for Countering Disinformation.", ["Centre for Countering Disinformation"]),
        (
            "He works at the National Security and Defense Council of Ukraine.",
            ["National Security and Defense Council of Ukraine"],
        ),
        ("The Izhevsk Electromechanical Plant Kupol is large.", ["Izhevsk Electromechanical Plant Kupol"]),
        ("This is the Russian Defence Ministry in Moscow.", ["Russian Defence Ministry", "Moscow"]),
        ("We asked Russia's Defence Ministry.", ["Russia", "Defence Ministry"]),
        ("It is a unit of Acme Tools Ltd. in London.", ["Acme Tools Ltd.", "London"]),
        ("They buy from Johnson & Johnson today.", ["Johnson & Johnson"]),
        # places and things
        ("It lies between the Black Sea and the Azov Sea.", ["Black Sea", "Azov Sea"]),
        ("The house stands in Lenin Street.", ["Lenin Street"]),
        ("It makes Tor-M2E, 9K33 and Granat-01 systems.", ["Tor-M2E", "9K33", "Granat-01"]),
        ("It was hit by a Shahed-136 and an F-16.", ["Shahed-136", "F-16"]),
        ("The pipe is called Nord Stream 2.", ["Nord Stream 2"]),
        ("A Latvia-based outlet wrote it.", ["Latvia"]),
        ("It is an anti-Putin song.", ["Putin"]),
        ("The Russia-Ukraine war goes on.", ["Russia", "Ukraine"]),
        # a case form at the start of a sentence, of a name that the text holds elsewhere
        ("Вчера не приехал Игорь Сечин. Сечину передали письмо.", ["Игорь Сечин", "Сечину"]),
        ("Rząd skrytykował Donald Tusk. Tuskowi odpowiedział premier.", ["Donald Tusk", "Tuskowi"]),
        ("Вчера приехал Игорь Сечин. Сечением кабеля довольны.", ["Игорь Сечин"]),
        ("Доповів Олександр Сирський. Сирського вислухали.", ["Олександр Сирський", "Сирського"]),
        ("Доповів Олександр Сирський. Київського чиновника вислухали.", ["Олександр Сирський"]),
        # a German noun behind the owner
        ("Gestern lehnte Viktor Orbáns Regierung das Paket ab.", ["Viktor Orbáns"]),
        ("Gestern sprach Angela Merkel mit Emmanuel Macron.", ["Angela Merkel", "Emmanuel Macron"]),
        # a German surname that is a frequent word, too
        ("Gestern traf Olaf Scholz den Minister. Dann ging Scholz.", ["Olaf Scholz", "Scholz"]),
        ("Gestern traf der Bauer den Minister. Dann ging der Bauer.", []),
        # a region in small letters
        ("Walki trwają w obwodzie kurskim i w województwie łódzkim.", ["obwodzie kurskim", "województwie łódzkim"]),
        ("Sędzia mieszka w obwodzie zamkniętym.", []),
        ("U.S. troops left Iraq.", ["U.S.", "Iraq"]),
        ("Both Kyiv and Moscow agreed.", ["Kyiv", "Moscow"]),
        # Slavic languages
        ("Представители ОАО «Купол» не ответили на вопросы.", ["ОАО «Купол»"]),
        ("Об этом сообщил телеграм-канал «Астра» в среду.", ["Астра"]),
        ("Об этом заявил и президент Владимир Путин, он был в Ижевске.", ["Владимир Путин", "Ижевске"]),
        ("Там был Ф.И. Иванов, как и все.", ["Ф.И. Иванов"]),
        ("Это решил Верховный суд, но не все с ним согласны.", ["Верховный суд"]),
        ("Про це заявив і В’ячеслав Чорновіл у Львові.", ["В’ячеслав Чорновіл", "Львові"]),
        ("Tak mówi w Warszawie Jarosław Kaczyński i jego partia.", ["Warszawie", "Jarosław Kaczyński"]),
        ("V Praze to řekl Petr Fiala, který je premiér.", ["Praze", "Petr Fiala"]),
        ("To je v Ljubljani povedala Evropska komisija in to je vse.", ["Ljubljani", "Evropska komisija"]),
        # names that go on in small letters
        ("Бывший член Партии регионов живёт не в Киеве.", ["Партии регионов", "Киеве"]),
        ("Об этом сообщило Министерство обороны Польши в среду.", ["Министерство обороны Польши"]),
        ("Това каза шефът на Агенцията по лекарствата, но не беше там.", ["Агенцията по лекарствата"]),
        ("To řekl ředitel Centra transatlantických vztahů, který tam byl.", ["Centra transatlantických vztahů"]),
        ("Державне бюро розслідувань (ДБР) створене у Києві.", ["Державне бюро розслідувань", "ДБР", "Києві"]),
        ("О Бречалове писали газеты, но не все.", ["Бречалове"]),
        ("Там стоит 155-я отдельная бригада морской пехоты.", ["155-я отдельная бригада морской пехоты"]),
        # one name beside another
        ("Об этом пишет газета Financial Times Мартин Вольф.", ["Financial Times", "Мартин Вольф"]),
        ("Главный редактор: Иванов И.И. Телефон редакции не указан.", ["Иванов И.И."]),
        ("Básník Jan Neruda byl v Praze a řekl to.", ["Jan Neruda", "Praze"]),
        ("Według Royal Bank of Scotland to jest za mało.", ["Royal Bank of Scotland"]),
        # what signs set apart
        ("Според trud.bg това не е така, но пише на info@trud.bg.", ["trud.bg"]),
        ("Je na forumu 4chan objavil, da je to tako.", ["4chan"]),
        ("Газета «День» виходить не у Львові.", ["День", "Львові"]),
        # other languages
        ("Der Dichter Heinrich Heine wurde in Düsseldorf geboren.", ["Heinrich Heine", "Düsseldorf"]),
        ("L'écrivain Victor Hugo est né à Besançon.", ["Victor Hugo", "Besançon"]),
        ("Писац Иво Андрић рођен је код Травника.", ["Иво Андрић", "Травника"]),
        ("Паэт Янка Купала нарадзіўся ў Вязынцы.", ["Янка Купала", "Вязынцы"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    """The names are found with the boundaries that a curator would draw."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The drones came back.",
        "Eyewitnesses saw it. Residents fled. Sanctions followed.",
        "Temporarily, they stopped. Introducing it was hard.",
        "The Ukrainian army met Russian forces and Western media.",
        "He came on Monday in July.",
        "Since May they have waited.",
        "CCTV footage and GPS data arrived at GMT noon.",
        "The President met the Prime Minister and the Governor.",
        "Source: they said so",
        "Details: nobody knows",
        "It costs 1,500 in 2025, or 35 or 620.",
        "“We are here,” they said. “There is no one.”",
        "see https://example.org/Kupol or mail Desk@example.org",
        '{"@type": "NewsArticle", "name": "Anya Petrova"}',
        "In the 21st century, Chapter II is read.",
        "Drones flew over it. More drones, and new drones, came.",
        "Parliament Approves New Budget After Long Debate",
        "WHAT WE KNOW TODAY",
        "[CANONICAL_URL] and [TARGET_SITE]",
        "Однако жители не знали, что это было. Сегодня они ушли.",
        "Российские военные и украинские солдаты были там.",
        "Власти молчат, а люди ждут. СМИ тоже, как и БПЛА.",
        "Сьогодні мешканці чекали, але не знали, що це було.",
        "Według rządu to jest nowa sytuacja. Także policja nie wie.",
        "Podle vlády to není pravda. Také policie to ví.",
        "Danes je to nova vlada. Tudi policija tega ne ve.",
        "Днес правителството не знае това. Според полицията е така.",
        "Leider lag der Hund im Garten, und die Stromversorgung war nicht da.",
        "Demain, il fera beau dans les montagnes.",
        "Међутим, сутра ће бити киша, а данас није.",
        "Аднак заўтра будзе дождж, а сёння яго няма.",
        "Trumpets sounded, and drums too.",
        "To je 5krat več, 3leta in 2days.",
        "السلام عليكم 北京 今天",
        "a A. B. I",
        "",
    ],
)
def test_no_names(text: str) -> None:
    """Starts of sentences, peoples, offices, dates, labels, mark-up and headings are no names."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Igor Petrov came. He met the Acme Bank in Paris.", ["person", "organization", "location"]),
        ("It makes the Shahed-136 and the Lyutyi drones.", ["product", "product"]),
        ("It is in the Saratov Oblast, near the Volga River.", ["location", "location"]),
        ("He gave it to President Obamov Junioridze.", ["person"]),
        ("Igor Petrov came. They saw Petrov.", ["person", "person"]),
        ("They saw Xanthippa.", [None]),
        ("They saw Shevchenko.", ["person"]),
        ("Stanisław Lem nie żyje. Te książki Lema są znane.", ["person", "person"]),
        ("Siemens AG, CD Projekt S.A. and Iran Air came.", ["organization", "organization", "organization"]),
        ("The 93rd Mechanized Brigade left.", ["organization"]),
    ],
)
def test_kinds(text: str, expected: list[str | None]) -> None:
    """The kind is told by given names, offices, head nouns, designations and well-known places; else it is open."""
    assert [span.kind for span in unknown_names(text)] == expected


def test_words_written_small_elsewhere_are_no_names() -> None:
    """One capitalised use of a word that the text writes small says nothing."""
    assert names("We like the Gizmo. A gizmo is small, and each gizmo works.") == []


def test_names_in_headings_need_the_body() -> None:
    """In a heading, a word is a name if the body says so, or if its form is clear."""
    body = "\nThe storm came to Xanthippa at night."
    assert names("Big Storm Hits Xanthippa and the Coast of Zorbia" + body) == ["Xanthippa", "Xanthippa"]
    assert names("Big Storm Hits NATO Base in Iran, Says Report") == ["NATO", "Iran"]
    assert names("Big Storm Hits Air France and Bank of England") == ["Air France", "Bank of England"]
    assert names("Big Storm Hits Moscow Region Amid Israel-Iran Tensions") == ["Moscow Region", "Israel", "Iran"]


def test_taken_spans_are_left_out() -> None:
    """What is taken is neither reported nor joined over."""
    text = "They saw Igor Petrov in Izhevsk."
    start = text.index("Petrov")
    found = unknown_names(text, taken=[(start, start + 6)])
    assert [span.text for span in found] == ["Igor", "Izhevsk"]


def test_taken_spans_are_not_crossed_in_quotes() -> None:
    """A legal form does not take a known name with it."""
    text = "Это ОАО «Купол», и это всё."
    start = text.index("Купол")
    assert all(span.end <= start or span.start >= start + 5 for span in unknown_names(text, taken=[(start, start + 5)]))


_SIGNS = st.sampled_from(
    [
        "Igor",
        "Petrov",
        "the",
        "of",
        "Bank",
        "«",
        "»",
        '"',
        " ",
        "\n",
        ".",
        ", ",
        "US",
        "F-16",
        "-",
        "’s",
        ":",
        "Купол",
        "ОАО",
        "2",
    ]
)


@given(st.lists(_SIGNS, max_size=40).map("".join) | st.text())
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    """Whatever the text, spans are in order and apart, and each says what stands there."""
    found = unknown_names(text)
    offsets = [offset for span in found for offset in (span.start, span.end)]
    assert offsets == sorted(offsets)
    assert all(span.text == text[span.start : span.end] and span.text for span in found)


@given(st.lists(_SIGNS, max_size=30).map("".join), st.integers(0, 60), st.integers(1, 20))
def test_spans_keep_off_what_is_taken(text: str, start: int, width: int) -> None:
    """No span overlaps a taken one."""
    taken = (start, start + width)
    assert all(span.end <= taken[0] or span.start >= taken[1] for span in unknown_names(text, taken=[taken]))


@pytest.mark.parametrize(
    "unit",
    ["A ", "A. ", "Bank of ", "Russian ", "Igor ", "von ", "Igor von ", "«A", "Kupol 2 ", "Igor-", "Aa Bb Cc the\n"],
)
def test_time_is_linear(unit: str) -> None:
    """A text of 200,000 signs that repeats what names begin with is read in no time; quadratic work would not end."""
    text = unit * (200_000 // len(unit))
    assert len(unknown_names(text)) <= len(text)
