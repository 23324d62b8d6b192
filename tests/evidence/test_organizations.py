"""What names of organisations say for and against each other."""

import pytest
from factories import entity, mention

from resolver.evidence import Finding, align, findings
from resolver.forms import analyse
from resolver.index import AliasIndex


def said_by(name: str, text: str, known: str, *, kind: str = "organization") -> Finding | None:
    """What one comparison says of a mention beside a name of the registry."""
    entry = entity(known, type=kind)
    index = AliasIndex([entry])
    form = analyse(text)
    assert form is not None
    pair = align(mention(text), index.query(form), index.entries_of(entry)[0])
    return dict(findings(pair)).get(name)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("КВЗ", "Kazan Helicopter Plant", "translated"),
        ("KHP", "Kazan Helicopter Plant", "own"),
        ("Kazan Helicopter Plant", "KHP", "own"),
        ("АО «КВЗ»", "JSC Kazan Helicopter Plant", "translated"),
        ("КВЗ Ремсервис", "Kazan Helicopter Plant Remservis", "part_translated"),
        ("НИИ КТ", "Research Institute of Space Technology", "part_translated"),
    ],
)
def test_acronym_of_a_name_or_of_a_part(text: str, known: str, expected: str) -> None:
    """Own or translated initials, beside a legal form, or in the place of some of the words."""
    finding = said_by("acronym", text, known)
    assert finding is not None
    assert finding.values[expected] == 1.0


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("ВКЗ", "Kazan Helicopter Plant"),
        ("Kvz", "Kazan Helicopter Plant"),
        ("КВЗ", "КВЗ"),
        ("Kazan Plant", "Kazan Helicopter Plant"),
    ],
)
def test_no_acronym(text: str, known: str) -> None:
    """Another order, small letters, the acronym itself, plain words."""
    assert said_by("acronym", text, known) is None


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("Almaz Design Office", "Almaz Design Bureau", True),
        ("Tula Ammunition Plant", "Tula Cartridge Plant", True),
        ("Almaz Design Bank", "Almaz Design Bureau", False),
        ("Almaz Design Bureau", "Almaz Design Bureau", False),
    ],
)
def test_related_generic_words(text: str, known: str, expected: bool) -> None:
    """Translators' synonyms speak for a name; other words, and the same words, do not."""
    assert (said_by("related", text, known) is not None) == expected


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("Завод имени В.П. Чкалова Авангард", "Завод Авангард", "rest"),
        ("Avangard Plant", "Avangard Plant named after V.P. Chkalov", "alias_rest"),
        ("V.V. Tikhomirov Institute of Instruments", "Institute of Instruments", "rest"),
    ],
)
def test_people_whom_a_firm_is_named_after(text: str, known: str, expected: str) -> None:
    """They may be left out on either side."""
    finding = said_by("honoured", text, known)
    assert finding is not None
    assert finding.values[expected] > 0


@pytest.mark.parametrize(("text", "known"), [("Avangard Plant", "Avangard Works"), ("Chkalov Plant", "Avangard Plant")])
def test_nobody_is_honoured(text: str, known: str) -> None:
    """A name without a phrase or initials is the firm's own."""
    assert said_by("honoured", text, known) is None


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("Tactical Missile Corporation, Joint Stock Company Salyut", "JSC Salyut", {"whole": 1.0}),
        ("Tactical Missile Corporation, Joint Stock Company Salyut", "Tactical Missile Corporation", {"only": 1.0}),
        ("JSC Salyut", "Tactical Missile Corporation, Joint Stock Company Salyut", {"alias_whole": 1.0}),
        ("Lukhovitsy Plant, Branch of Sokol", "Lukhovitsy Plant", {"whole": 1.0}),
        ("Филиал ПАО «Сокол» - Луховицкий завод", "Луховицкий завод", {"whole": 1.0}),
    ],
)
def test_the_firm_above(text: str, known: str, expected: dict[str, float]) -> None:
    """The name is that of the firm below, and not of the one above."""
    finding = said_by("parent", text, known)
    assert finding is not None
    assert finding.values == expected


@pytest.mark.parametrize(
    ("text", "known"),
    [("Salyut, Moscow", "Salyut"), ("Salyut Co., Ltd.", "Salyut"), ("Salyut - Sokol", "Salyut")],
)
def test_no_firm_above(text: str, known: str) -> None:
    """A comma, a dash and a legal form at the end put no name under another."""
    assert said_by("parent", text, known) is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Academician Makeyev Missile Institute", "Makeyev Institute"),
        ("LLC Prime Shipping", "Shipping LLC"),
        ("General Technology Group", "Technology Group"),
        ("Snegiri Sanatorium of the Administration of the President", "Snegiri Sanatorium"),
    ],
)
def test_words_of_a_firm_are_no_offices(text: str, known: str) -> None:
    """Titles in the name of a firm make no person of it, nor its goods a thing."""
    assert said_by("office", text, known) is None
    assert said_by("kind_word", text, known) is None


@pytest.mark.parametrize("text", ["President of the Bank of Russia", "Head of Russian Bank"])
def test_an_office_in_front_is_another_name(text: str) -> None:
    """Who leads a bank is not the bank."""
    finding = said_by("office", text, "Bank of Russia")
    assert finding is not None
    assert finding.channel == "contradict"


@pytest.mark.parametrize(
    ("text", "known", "value"),
    [
        ("Deutsche Bahn", "Deutsche Bank", "trade_differs"),
        ("3rd Tank Brigade", "3rd Assault Brigade", "trade_differs"),
        ("Челябинский трубопрокатный завод", "Chelyabinsk Tractor Plant", "trade_differs"),
        ("Siemens Energy", "Siemens", "trade_longer"),
        ("Газпром", "Gazprom Neft", "trade_shorter"),
        ("ФСО", "Федеральная служба безопасности", "acronym_differs"),
        ("Korea Kwangsong Trading Corporation", "Korea Mining Trading Corporation", "differs"),
        ("Korea Development Bank", "Korea Kwangson Bank", "differs"),
    ],
)
def test_another_trade_makes_a_sister(text: str, known: str, value: str) -> None:
    """Trades of two fields in any language, a trade that one name has more, an acronym with another word in it.

    And a name of its own where nothing but a place and generic words agree.
    """
    finding = said_by("sister", text, known)
    assert finding is not None
    assert finding.values == {value: 1.0}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Perm Motors", "Perm Engines"),
        ("Siemens Group", "Siemens"),
        ("ФСБ", "Федеральная служба безопасности"),
        ("МФТИ", "Moscow Institute of Physics and Technology"),
        ("Управление железной дороги Якутск", "Yakutsk Railway Directorate"),
        ("Korea Trading Corporation KOMID", "Korea Trading Corporation"),  # a word more, and nothing against it
        ("Korea Kwangson Bank Corporation", "Korea Kwangson Bank Group"),  # its own name agrees
    ],
)
def test_one_trade_in_other_words(text: str, known: str) -> None:
    """Words of one field, words for any firm, and an acronym that accounts for all words."""
    assert said_by("sister", text, known) is None


@pytest.mark.parametrize(("text", "expected"), [("Concern KEMZ", True), ("КЭМЗ", True), ("KEMZ Bank", False)])
def test_a_word_for_any_firm_beside_an_acronym(text: str, expected: bool) -> None:
    """A concern comes and goes, a bank does not."""
    finding = said_by("acronym", text, "Kizlyar Electromechanical Plant")
    assert (finding is not None and "usual" in finding.values) == expected
