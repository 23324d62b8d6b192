"""What two names say for and against each other: each comparison speaks where it should, and is silent elsewhere."""

import pytest
from factories import entity, mention

from resolver.evidence import COMPARISONS, Comparison, Finding, align, findings, is_same_spelling
from resolver.evidence.comparisons import EXPLAINED_BY_INITIALS
from resolver.forms import analyse
from resolver.index import AliasIndex
from resolver.model import Alias, Entity


def compare(text: str, known: Entity, *, alias: int = 0, **fields: str) -> Comparison:
    """A mention beside one of the names of an entity: the canonical one, or the n-th alias."""
    index = AliasIndex([known])
    form = analyse(text, fields.get("lang"))
    assert form is not None
    return align(mention(text, **fields), index.query(form), index.entries_of(known)[alias])


def said_by(name: str, text: str, known: Entity, *, alias: int = 0, **fields: str) -> Finding | None:
    """What one comparison says."""
    return dict(findings(compare(text, known, alias=alias, **fields))).get(name)


def channel(name: str, text: str, known: Entity, *, alias: int = 0, **fields: str) -> str | None:
    """The channel of what one comparison says, None if it is silent."""
    finding = said_by(name, text, known, alias=alias, **fields)
    return finding.channel if finding else None


BRECHALOV = entity("Aleksandr Brechalov", "Aleksandr Vladimirovich Brechalov")
KUPOL = entity("Kupol plant", type="organization")


def thing(name: str, *aliases: Alias, **fields: object) -> Entity:
    """A product."""
    return entity(name, *aliases, type="product", **fields)


# ----------------------------------------------------------------------------------------------------- the table


def test_comparisons_have_names_of_their_own() -> None:
    """The name is what the curator and the weights know it by."""
    names = [compare.__name__ for compare in COMPARISONS]

    assert len(set(names)) == len(names)


@pytest.mark.pure_python
@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.__name__)
def test_comparisons_explain_themselves(comparison: object) -> None:
    """The docstring is the explanation that users get."""
    assert (comparison.__doc__ or "").strip().endswith(".")


@pytest.mark.parametrize("text", ["Aleksandr Brechalov", "Igor Brechalov", "Emma Daniels", "A1", "БРЕЧАЛОВ", "of"])
def test_every_finding_has_a_channel_and_a_detail(text: str) -> None:
    """Nothing is weighed that cannot be read."""
    for name, finding in findings(compare(text, BRECHALOV)):
        assert finding.channel in ("agree", "absent", "contradict"), name
        assert finding.text, name


def test_findings_come_in_the_order_of_the_table() -> None:
    """The order does not depend on the names."""
    order = [comparison.__name__ for comparison in COMPARISONS]
    found = [name for name, _ in findings(compare("Igor Petrovich Brechalov", BRECHALOV))]

    assert found == [name for name in order if name in found]
    assert len(found) > 2


@pytest.mark.parametrize(
    "known",
    [
        BRECHALOV,
        KUPOL,
        entity("Winston Churchill Junior"),
        entity("Osa", Alias("OSA", requires="cue"), type="product", cues=("missile",), never=("Osa Peninsula",)),
        entity("Ministry of Finance of Russia", type="organization"),
        entity("Israel", type="location"),
    ],
    ids=lambda known: known.name,
)
@pytest.mark.parametrize(
    "text",
    [
        "Aleksandr Brechalov",
        "Igor Brechalov Junior",
        "Churchill",
        "Kupol 2 LLC",
        "Osa Peninsula",
        "OSA",
        "President of Russia",
        "Bank of Israel",
        "Israeli",
        "MFR",
    ],
)
def test_every_comparison_is_asked_that_has_something_to_say(known: Entity, text: str) -> None:
    """What the table says that a comparison needs is what it does need."""
    for alias in range(len(known.aliases) + 1):
        pair = compare(text, known, alias=alias)

        found = {compare.__name__: finding for compare in COMPARISONS if (finding := compare(pair)) is not None}
        explained = EXPLAINED_BY_INITIALS if "acronym" in found else frozenset()

        assert [name for name, _ in findings(pair)] == [
            name for name, finding in found.items() if name not in explained or finding.channel != "contradict"
        ]


def test_silence_is_no_evidence() -> None:
    """Names with nothing in common have nothing that agrees."""
    assert [name for name, finding in findings(compare("Emma", KUPOL)) if finding.channel == "agree"] == []


# ---------------------------------------------------------------------------------------------- words and letters


@pytest.mark.parametrize(("text", "expected"), [("Brechalov", "agree"), ("Бречаловым", "agree"), ("Daniels", None)])
def test_words_in_common(text: str, expected: str | None) -> None:
    """Words agree in any form, or not at all."""
    assert channel("words_in_common", text, BRECHALOV) == expected


def test_whole_name_has_more_in_common_than_a_part() -> None:
    """All values rise with what is covered."""
    whole, part = (said_by("words_in_common", text, BRECHALOV) for text in ("Aleksandr Brechalov", "Brechalov"))

    assert whole is not None
    assert part is not None
    assert all(whole.values[name] >= part.values[name] for name in whole.values)
    assert whole.values != part.values


@pytest.mark.parametrize("text", ["aleksandr brechalov", "Brechalov Aleksandr", "Александр Бречалов"])
def test_spelling_says_what_is_the_same(text: str) -> None:
    """Letter by letter, or but for order and script."""
    finding = said_by("spelling", text, BRECHALOV)

    assert finding is not None
    assert "the same" in finding.text


@pytest.mark.parametrize("text", ["Brechelov", "Александром Бречаловым", "Brechalov", "Aleksandr Brechalov Junior"])
def test_spelling_does_not_call_other_names_the_same(text: str) -> None:
    """A typo, a case form, a part or more than the name are told as what they are."""
    finding = said_by("spelling", text, BRECHALOV)

    assert finding is not None
    assert "the same" not in finding.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brechalov", "only the registry has Aleksandr"),
        ("Aleksandr Brechalov Quux", "only the mention has Quux"),
        ("Aleksandr Brechalov", None),
        ("Brechalov Aleksandr", None),
    ],
)
def test_words_missing(text: str, expected: str | None) -> None:
    """It says on which side, and which."""
    finding = said_by("words_missing", text, BRECHALOV)

    assert (finding.text if finding else None) == expected


@pytest.mark.parametrize(
    ("text", "type", "count"),
    [
        ("Igor I. Sechin", "person", 1.0),
        ("Igor I. B. Sechin", "person", 2.0),
        ("I. Sechin", "person", None),
        ("Igor Sechin", "person", None),
        ("Igor I. Sechin", "organization", None),
    ],
)
def test_an_initial_without_a_name_counts(text: str, type: str, count: float | None) -> None:  # noqa: A002
    """Of a person: who has a name for it comes before the one who has none."""
    finding = said_by("words_missing", text, entity("Igor Sechin", type=type))

    assert (finding.values.get("initial") if finding else None) == count


# ---------------------------------------------------------------------------------------------------- designations


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Гарпія-А1", "Garpiya-A1", "agree"),
        ("Garpiya-B7", "Garpiya-A1", "contradict"),
        ("Garpiya-A1", "Garpiya", "contradict"),
        ("Garpiya", "Garpiya-A1", "absent"),
        ("9K34", "9K33", "contradict"),
        ("AI-171", "171", "agree"),
        ("171", "AI-171", "agree"),
        ("Garpiya-1", "Garpiya-A1", "contradict"),
        ("Garpiya-A1", "Garpiya-1", "contradict"),
        ("9К33", "9K33", "agree"),
        ("Garpiya", "Garpiya", None),
    ],
)
def test_number(text: str, name: str, expected: str | None) -> None:
    """A different number is a different thing, an omitted one is absent."""
    assert channel("number", text, thing(name)) == expected


# --------------------------------------------------------------------------------------------------- organizations


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("ООО Купол", "Kupol LLC", "agree"),
        ("JSC Kupol", "Kupol LLC", "absent"),
        ("Kupol", "Kupol LLC", None),
        ("Kupol", "Kupol", None),
    ],
)
def test_legal_form(text: str, name: str, expected: str | None) -> None:
    """It never contradicts: a firm has different forms in different languages."""
    assert channel("legal_form", text, entity(name, type="organization")) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("СБУ", "Служба безпеки України", "agree"),
        ("OEP", "Organisation for Economic Progress", "agree"),
        ("Organisation for Economic Progress", "OEP", "agree"),
        ("OEQ", "Organisation for Economic Progress", None),
        ("SBU", "SBU", None),
        ("Oep", "Organisation for Economic Progress", None),
    ],
)
def test_acronym(text: str, name: str, expected: str | None) -> None:
    """Initials in capitals, in the order of the words."""
    assert channel("acronym", text, entity(name, type="organization")) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("Osa plant", "absent"), ("Kupol", None), ("plant Kupol", None), ("Kupol works", None)]
)
def test_generic_words_alone_say_little(text: str, expected: str | None) -> None:
    """Every plant is a plant."""
    assert channel("generic", text, KUPOL) == expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Bank of Udmurtia", "Udmurtia", "location"),
        ("Saratov", "Saratov Oblast", "location"),
        ("Saratov Oblast", "Kupol Saratov", "organization"),
        ("Museum of Kalashnikov", "Kalashnikov", "person"),
    ],
)
def test_kind_word_makes_another_name(text: str, name: str, kind: str) -> None:
    """Bank of Russia is not Russia."""
    assert channel("kind_word", text, entity(name, type=kind)) == "contradict"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Kupol plant", "Kupol", "organization"),
        ("Saratov Oblast", "Saratov Oblast", "location"),
        ("Саратовской области", "Saratov Oblast", "location"),
        ("Kupol", "Kupol plant", "organization"),
    ],
)
def test_kind_word_of_the_same_kind_does_not(text: str, name: str, kind: str) -> None:
    """A plant may be called a plant."""
    assert channel("kind_word", text, entity(name, type=kind)) is None


@pytest.mark.parametrize(
    ("text", "name", "kind", "expected"),
    [
        ("President of Udmurtia", "Udmurtia", "location", "contradict"),
        ("Udmurtia", "President of Udmurtia", "other", "contradict"),
        ("President Brechalov", "Brechalov", "person", None),
        ("President of Udmurtia", "President of Udmurtia", "other", None),
        ("Republic of Udmurtia", "Udmurtia", "location", None),
    ],
)
def test_office(text: str, name: str, kind: str, expected: str | None) -> None:
    """An office is not the place it is held in; a person may be called by it."""
    assert channel("office", text, entity(name, type=kind)) == expected


@pytest.mark.parametrize(("text", "expected"), [("Israeli", "contradict"), ("Israel", None), ("ISRAEL", None)])
def test_demonym(text: str, expected: str | None) -> None:
    """A people is not its country."""
    assert channel("demonym", text, entity("Israel", type="location")) == expected


# ------------------------------------------------------------------------------------------- what the caller knows


@pytest.mark.parametrize(("kind", "expected"), [("organization", "agree"), ("person", "absent")])
def test_entity_type(kind: str, expected: str) -> None:
    """A soft signal: it may be wrong, so it never contradicts."""
    assert channel("entity_type", "Kupol", KUPOL, type=kind) == expected


@pytest.mark.parametrize(
    ("alias", "expected"), [("лейбористы", "members"), ("Лейбористская партия", "differs"), ("Labour", "differs")]
)
def test_members_are_called_by_a_word_for_their_organization(alias: str, expected: str) -> None:
    """A name in lower case is what its members are called; other organizations are no persons."""
    party = entity("Labour Party", alias, type="organization")
    finding = said_by("entity_type", "лейбористов", party, type="person")

    assert finding is not None
    assert list(finding.values) == [expected]


@pytest.mark.parametrize(
    ("name", "is_reworded"), [("Ministerstwo Zdrowia", False), ("Министерство здравоохранения", True)]
)
def test_a_translation_is_less_like_the_mention_than_its_own_language(name: str, is_reworded: bool) -> None:
    """Both have all words in common; the letters tell which of them is meant."""
    finding = said_by("spelling", "Ministerstwo Zdrowia", entity(name, type="organization"), lang="pl")

    assert finding is not None
    assert (finding.values.get("reworded", 0.0) > 0.1) == is_reworded


def test_entity_type_is_silent_without_a_type() -> None:
    """A caller that knows nothing says nothing."""
    assert channel("entity_type", "Kupol", KUPOL) is None


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("the air defence of the town", "agree"),
        ("AIR DEFENCE", "agree"),
        ("a visit to the dentist", None),
        ("", None),
    ],
)
def test_context(context: str, expected: str | None) -> None:
    """Cues near the mention agree; their absence is silence."""
    assert channel("context", "Osa", thing("Osa", cues=("air defence",)), context=context) == expected


# --------------------------------------------------------------------------------------------- what the registry says


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("OSA", "Osa", "contradict"),
        ("Osa", "OSA", "contradict"),
        ("osa", "Osa", "contradict"),
        ("Osa", "Osa", None),
        ("KUPOL", "Kupol", None),
        ("kupol", "Kupol", "absent"),
        ("Kupol", "Kupol", None),
        ("Tor", "Osa", None),
    ],
)
def test_letter_case(text: str, name: str, expected: str | None) -> None:
    """Capitals make another word of a short one."""
    assert channel("letter_case", text, thing(name)) == expected


@pytest.mark.parametrize(("text", "expected"), [("KUPOL", "contradict"), ("kupol", "contradict"), ("Kupol", None)])
def test_letter_case_that_must_be_exact(text: str, expected: str | None) -> None:
    """The registry knows better than the length of the word."""
    assert channel("letter_case", text, thing("X-1", Alias("Kupol", case="exact")), alias=1) == expected


@pytest.mark.parametrize("text", ["Osa", "osa", "OSA"])
def test_letter_case_that_may_be_any(text: str) -> None:
    """`case: fold` means any case, for a short name too."""
    assert channel("letter_case", text, thing("X-1", Alias("Osa", case="fold")), alias=1) != "contradict"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Basij", "BAS", "contradict"),
        ("Осу", "ОСА", "contradict"),
        ("МИДа", "МИД", None),
        ("Осу", "Оса", None),
        ("Купола", "КУПОЛ", None),  # a name in capitals: it is too long for an acronym
    ],
)
def test_an_acronym_keeps_its_capitals_in_case_forms(text: str, name: str, expected: str | None) -> None:
    """Else a word that ends as a case form does would be one."""
    assert channel("letter_case", text, entity(name, type="organization")) == expected


@pytest.mark.parametrize(
    ("match", "text", "expected"),
    [
        ("exact", "Garpiya", None),
        ("exact", "GARPIYA", None),
        ("exact", "Гарпією", "contradict"),
        ("exact", "Garpoya", "contradict"),
        ("inflected", "Гарпією", None),
        ("inflected", "Garpoya", "contradict"),
        ("fuzzy", "Garpoya", None),
        ("fuzzy", "Гарпією", None),
    ],
)
def test_match_policy(match: str, text: str, expected: str | None) -> None:
    """Exact, inflected, fuzzy: each allows what the one before does, and more."""
    assert channel("match_policy", text, thing("X-1", Alias("Garpiya", match=match)), alias=1) == expected


@pytest.mark.parametrize(
    ("requires", "fields", "expected"),
    [
        ("cue", {}, "contradict"),
        ("cue", {"context": "a dentist"}, "contradict"),
        ("cue", {"context": "the air defence"}, None),
        ("type", {}, "contradict"),
        ("type", {"type": "person"}, "contradict"),
        ("type", {"type": "product"}, None),
        (None, {}, None),
    ],
)
def test_requirement(requires: str | None, fields: dict[str, str], expected: str | None) -> None:
    """What the alias needs beside it, and lacks, contradicts."""
    osa = thing("X-1", Alias("Osa", requires=requires), cues=("air defence",))

    assert channel("requirement", "Osa", osa, alias=1, **fields) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Osa Peninsula", "contradict"),
        ("osa peninsula", "contradict"),
        ("Osa", None),
        ("Osa Peninsula Drive", None),
        ("Peninsula Osa", None),
    ],
)
def test_never(text: str, expected: str | None) -> None:
    """Exactly the phrase that is listed, whatever its case."""
    assert channel("never", text, thing("Osa", never=("Osa Peninsula",))) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Brechalov Aleksandr", "Aleksandr Brechalov", True),
        ("БРЕЧАЛОВ", "Brechalov", True),
        ("Brechelov", "Brechalov", False),
        ("Бречаловым", "Brechalov", False),
        ("Brechalov", "Aleksandr Brechalov", False),
        ("Aleksandr Brechalov", "Brechalov", False),
    ],
)
def test_same_spelling_is_but_for_case_order_and_script(text: str, name: str, expected: bool) -> None:
    """A letter or a word more or less is another spelling."""
    assert is_same_spelling(compare(text, entity(name))) is expected


# --------------------------------------------------------------------------------------- endings of another language


@pytest.mark.parametrize(
    ("text", "name", "lang", "share"),
    [
        ("Куполом", "Купол", "ru", 0.0),
        ("Univerzi", "Univerza", "sl", 0.0),
        ("Morata", "Mora", "sl", 1.0),
        ("Мората", "Мора", "bg", 0.0),
    ],
)
def test_case_endings_of_another_language_are_foreign(text: str, name: str, lang: str, share: float) -> None:
    """The article of Bulgarian stands in no Slovene name."""
    finding = said_by("spelling", text, entity(name, type="organization"), lang=lang)

    assert finding is not None
    assert finding.values.get("foreign", 0.0) == share


def test_no_ending_is_foreign_to_a_language_that_is_not_known() -> None:
    """Without a language, those of all are allowed."""
    finding = said_by("spelling", "Morata", entity("Mora", type="organization"))

    assert finding is not None
    assert "foreign" not in finding.values


@pytest.mark.parametrize(
    ("text", "name", "kind", "lang", "doubt"),
    [
        ("Londynowi", "Londyn", "location", "pl", None),
        ("Chinach", "Chiny", "location", "pl", None),
        ("Harrisona", "Harrison", "person", "sl", None),
        ("Кенаном", "Kenan", "person", "ru", None),
        ("Haley", "Galija", "location", "pl", "no_ending"),  # other letters as written
        ("Mayin", "Maine", "location", "sl", "no_ending"),
        ("Samaa", "Сам", "person", "cs", "no_ending"),  # no such ending as written
        ("Škodou", "Škoda", "organization", "cs", None),
        ("Baza", "Базис", "organization", "ru", "no_ending"),  # Latin letters in a Russian text
        ("Elle", "Ella", "person", "ru", "no_ending"),
        ("Brechalovym", "Brechalov", "person", "ru", None),  # longer than by chance: it is romanised
        ("Novom", "Novi", "location", "sr", None),  # Serbian has both scripts
        ("Kerryjev", "Kerry", "location", "sl", "possessive"),
        ("Kerryjev", "Kerry", "person", "sl", None),
        ("Američanov", "Američan", "location", "sl", None),  # a people may own something
        ("Bloke", "Blok", "person", "sl", "plural"),
        ("выборов", "выборы", "event", "ru", None),  # the word is a plural
        ("Polakami", "Polak", "location", "pl", None),  # there are many of a people
        ("Republikanom", "Republikan", "organization", "pl", None),  # and of the members of a party
        ("Barry Rawlings", "Barr", "person", "pl", "forename"),
        ("Penny Mordauntová", "Penn", "person", "cs", "forename"),
        ("Imrana Khana", "Imran Khan", "person", "pl", None),  # his own given name
        ("Andrew Barry", "Andrew Barr", "person", "pl", "nominative"),
        ("Joseph Roach", "Joseph Roy", "person", None, "nominative"),
        ("Laura Woods", "Laura Wood", "person", None, "nominative"),
        ("Josephem Royem", "Joseph Roy", "person", "pl", None),
        ("Joe Bidena", "Joe Biden", "person", "pl", None),  # Joe has no cases
        ("Karen Bradleyová", "Karen Bradley", "person", "cs", None),
        ("Raisa Gorbacheva", "Raisa Gorbachev", "person", None, None),
        ("Boris Gorbacheva", "Boris Gorbachev", "person", "sl", "nominative"),
        ("Boris Eltsine", "Boris Eltsin", "person", None, None),
    ],
)
def test_an_ending_that_a_word_can_hardly_have_is_doubted(
    text: str, name: str, kind: str, lang: str | None, doubt: str | None
) -> None:
    """By what the word is, how it is written, and the language of the text."""
    finding = said_by("spelling", text, entity(name, type=kind), lang=lang)

    assert finding is not None
    doubts = {"no_ending", "possessive", "plural", "forename", "nominative"}
    assert finding.values.keys() & doubts == ({doubt} if doubt else set())


# ------------------------------------------------------------------------------------------- words that are said twice


@pytest.mark.parametrize("text", ["JSC Avangard Avangard", "Concern Avangard, JSC Concern Avangard"])
def test_a_name_that_is_said_twice_leaves_nothing_over(text: str) -> None:
    """Registers print the short name behind the long one."""
    assert compare(text, entity("Concern Avangard", type="organization")).rest == ()


def test_a_person_may_have_a_name_twice() -> None:
    """Hussein Ali Hussein is the grandson of a Hussein, as Ali Hussein need not be."""
    assert len(compare("Hussein Ali Hussein", entity("Ali Hussein")).rest) == 1


@pytest.mark.parametrize("text", ["Leave Means Leave", "Avangard Almaz Avangard"])
def test_a_name_with_another_word_in_it_is_no_repetition(text: str) -> None:
    """What else it says counts, and how often it says the rest with it."""
    assert len(compare(text, entity(text.split()[0], type="organization")).rest) == 2
