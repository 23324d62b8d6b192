"""The index: each blocking key finds what it is for, nothing finds what is far, and the order is stated."""

import random
from collections import Counter

import pytest
from factories import entity
from rapidfuzz.distance import OSA

from resolver.forms import SurfaceForm, analyse
from resolver.index import COMMON_RARITY, MAX_RARITY, AliasIndex, Hit, allowed_edits
from resolver.model import Alias, Entity


def form_of(text: str, lang: str | None = None) -> SurfaceForm:
    """The form of a text that has one."""
    form = analyse(text, lang)
    assert form is not None
    return form


def find(name: str, query: str, *, type: str = "person", lang: str | None = None) -> list[Hit]:  # noqa: A002 (the name of the model)
    """What an index of one name finds."""
    return AliasIndex([entity(name, type=type)]).find(form_of(query, lang))


def ids(hits: list[Hit]) -> list[str]:
    """The entities of the hits, in order."""
    return [hit.entry.entity.id for hit in hits]


@pytest.mark.parametrize(
    ("name", "query", "type", "key"),
    [
        ("Aleksandr Brechalov", "ALEKSANDR  brechalov", "person", "exact"),
        ("Osa-AKM", "osa akm", "product", "exact"),
        ("Aleksandr Brechalov", "Brechalov", "person", "token"),
        ("Izhevsk Electromechanical Plant Kupol", "завод Купол", "organization", "token"),
        ("Abdul Rahman", "Abdulrahman", "person", "joined"),
        ("AstraZeneca", "Astra Zeneca", "organization", "joined"),
        ("Brechalov", "Бречаловым", "person", "stem"),
        ("Garpiya", "Гарпією", "product", "stem"),
        ("Anna Kovalenko", "Hanna", "person", "given"),
        ("Aleksandr Brechalov", "Sasha", "person", "given"),
        ("Brechalov", "Brechelov", "person", "typo"),
        ("Brechalov", "Bechalov", "person", "typo"),
        ("Ustymenko", "Usytmenko", "person", "typo"),
        ("Chebotaryov", "Tchepotarioff", "person", "sound"),
        ("Perm Motors", "Пермский", "organization", "adjective"),
        ("Курганский завод", "Kurgan", "organization", "adjective"),
        ("Lipetsk Kupol", "Липецкого", "organization", "adjective"),
        ("Abdul Malik", "Abdelmalek Haddad", "person", "part"),
        ("Badruddin Haddad", "Badr al-Din", "person", "part"),
        ("Yasin al-Burhan", "Elburhan", "person", "part"),
        ("Kim Jong-un", "Ким Чен Ын", "person", "korean"),
        ("Kim Jong-un", "김정은", "person", "korean"),
        ("Organisation for Economic Progress", "OEP", "organization", "acronym"),
        ("OEP", "Organisation for Economic Progress", "organization", "acronym"),
        ("9K33", "9К33", "product", "token"),
    ],
)
def test_each_blocking_key_finds_its_names(name: str, query: str, type: str, key: str) -> None:  # noqa: A002
    """And says that it was the one."""
    (hit,) = find(name, query, type=type)

    assert key in hit.keys


@pytest.mark.parametrize(
    ("name", "query", "type"),
    [
        ("Kupol", "Osa", "product"),
        ("9K33", "9K34", "product"),
        ("F-16", "F-22", "product"),
        ("Tor", "Tol", "product"),
        ("Brechalov", "Bocharov", "person"),
        ("Igor Brechalov", "Oleg", "person"),
        ("Izhevsk", "Kazan", "location"),
        ("Aleksandr Brechalov", "AB", "person"),  # persons have no acronyms
        ("Ministry of Defence", "Ministerial Offence", "organization"),
        ("北京", "東京", "location"),
    ],
)
def test_names_that_are_far_are_not_found(name: str, query: str, type: str) -> None:  # noqa: A002
    """No key brings together what shares neither letters nor sound nor meaning."""
    assert find(name, query, type=type) == []


@pytest.mark.parametrize("query", ["Brechelov", "Brecholov", "Bretchalov", "Brechallov"])
def test_misspelt_names_are_rougher_than_right_ones(query: str) -> None:
    """The rough score falls with the letters that differ."""
    (right,), (misspelt,) = find("Brechalov", "Brechalov"), find("Brechalov", query)

    assert 0.0 < misspelt.rough <= right.rough == 1.0


def test_every_entity_with_the_same_name_is_found() -> None:
    """Ties go by entity id, so that the order of the registry does not matter."""
    same = [entity("Kupol", id=f"organization:kupol-{n}", type="organization") for n in (3, 1, 2)]

    assert ids(AliasIndex(same).find(form_of("Kupol"))) == [f"organization:kupol-{n}" for n in (1, 2, 3)]


def test_better_names_come_first() -> None:
    """The whole name before a part of it, and that before a misspelt part."""
    entities = [entity("Aleksandr Brecholov"), entity("Brechalov", id="lone"), entity("Aleksandr Brechalov")]

    found = ids(AliasIndex(entities).find(form_of("Aleksandr Brechalov")))

    assert found == ["person:aleksandr-brechalov", "person:aleksandr-brecholov", "lone"]


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_than_the_limit_is_found(limit: int) -> None:
    """The best ones are kept."""
    entities = [entity("Kovalenko", id=f"person:{n}") for n in range(5)]

    assert ids(AliasIndex(entities).find(form_of("Kovalenko"), limit=limit)) == [f"person:{n}" for n in range(limit)]


def test_of_a_word_that_many_share_only_the_shortest_names_are_looked_at() -> None:
    """A rarer word still finds the others."""
    words = ("Amber", "Bronze", "Copper", "Dolomite", "Emerald", "Feldspar")
    entities = [entity(f"Ministry of {word}", id=word.lower()) for word in words]
    index = AliasIndex([*entities, entity("Ministry", id="short")])

    assert len(index.find(form_of("Ministry"))) == 7
    assert len(index.find(form_of("Ministry"), most=2)) == 2
    for word in words:
        assert ids(index.find(form_of(f"Ministry of {word}"), most=1))[0] == word.lower()
    assert ids(index.find(form_of("Ministry"), most=1)) == ["short"]


def test_an_entity_is_found_by_each_of_its_aliases() -> None:
    """A hit says which alias it was."""
    osa = entity("Osa", "9K33", Alias("Оса", lang="ru"), type="product")
    index = AliasIndex([osa])

    assert {hit.entry.alias.text for query in ("9K33", "Osa") for hit in index.find(form_of(query))} == {
        "Osa",
        "9K33",
        "Оса",
    }


def test_index_of_nothing_finds_nothing() -> None:
    """An empty registry is no error."""
    assert AliasIndex([]).find(form_of("Kupol")) == []


def test_aliases_without_a_letter_are_not_indexed() -> None:
    """They could not be found."""
    index = AliasIndex([entity("Kupol", "«—»", "..."), entity("!!!")])

    assert (len(index), [entry.alias.text for entry in index.entries]) == (1, ["Kupol"])


@pytest.mark.parametrize(
    ("text", "whole"), [("慧 蒋 阳", True), ("蒋 阳 慧", True), ("慧 阳", False), ("慧 蒋 阳 阳", False)]
)
def test_a_name_is_found_as_a_whole_in_any_order(text: str, whole: bool) -> None:
    """However many share each of its words."""
    names = ["蒋 阳 慧", *(f"{one} {two} {n}" for one in "蒋阳慧" for two in "慧阳蒋" for n in range(9))]
    index = AliasIndex([entity(name) for name in names])

    found = index.find(form_of(text), limit=1)

    assert [hit.entry.alias.text for hit in found if "exact" in hit.whole] == (["蒋 阳 慧"] if whole else [])


def test_entries_of_an_entity_are_its_names() -> None:
    """In their order, and nobody else's."""
    osa, tor = entity("Osa", "9K33", type="product"), entity("Tor", type="product")

    assert [entry.alias.text for entry in AliasIndex([tor, osa]).entries_of(osa)] == ["Osa", "9K33"]


# -------------------------------------------------------------------------------------------------------- rarity


def test_rare_words_say_more_than_common_ones() -> None:
    """Bits fall with the number of entities that share a word, not of aliases."""
    entities = [entity(f"Kovalenko Name{n}qx", "Kovalenko") for n in range(9)]
    index = AliasIndex([*entities, entity("Brechalov", "Brechalov A", "Brechalov B")])

    common, rare, unknown = (index.rarity(form_of(text).tokens[0]) for text in ("Kovalenko", "Brechalov", "Quux"))

    assert common < rare <= unknown <= MAX_RARITY


@pytest.mark.parametrize("text", ["Aleksandr Xq", "plant Xq", "President Xq", "Petrovich Xq"])
def test_words_that_are_common_outside_the_registry_are_capped(text: str) -> None:
    """A small registry does not make a given name or a generic word rare."""
    index = AliasIndex([entity("Kupol")])

    assert index.rarity(form_of(text).tokens[0]) <= COMMON_RARITY < index.rarity(form_of("Brechalov").tokens[0])


def test_initials_say_little() -> None:
    """Less than a given name."""
    index = AliasIndex([entity("Kupol")])
    initial, given = (index.rarity(form_of(text).tokens[0]) for text in ("A. Brechalov", "Aleksandr Brechalov"))

    assert initial < given


# ----------------------------------------------------------------------------------------------------- the pieces


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("limit", [1, 5, 20])
@pytest.mark.parametrize("worth", [0.0, 0.3])
def test_a_walk_that_needs_few_finds_the_first_of_all(seed: int, limit: int, worth: float) -> None:
    """What so many others are sure to beat is not looked at, and nothing else is left out."""
    rng = random.Random(seed)  # noqa: S311 (not for secrets)
    words = ["Kovalenko", "Kovalenka", "Brechalov", "Ustymenko", "Kupol", "Vega", "Aleksandr", "Oleksandr", "Plant"]
    names = {" ".join(rng.sample(words, rng.randint(1, 4))) for _ in range(200)}
    index = AliasIndex([entity(name, type="organization") for name in sorted(names)])

    for query in rng.sample(sorted(names), 20):
        form = form_of(query)
        everything = index.find(form, limit=len(index), worth=worth)
        assert index.find(form, limit=limit, worth=worth) == everything[:limit]


@pytest.mark.parametrize("length", range(3, 18))
def test_no_word_within_the_allowed_edits_is_missed(length: int) -> None:
    """The tables of deletions find what a comparison with every word of the registry finds."""
    rng = random.Random(length)  # noqa: S311 (not for secrets)
    words = ["".join(rng.choices("abno", k=rng.randint(max(3, length - 3), length + 3))) for _ in range(400)]
    index = AliasIndex([entity(f"Kupol {word}") for word in words])
    known = {token.key for entry in index.entries for token in entry.form.tokens if token.key == token.index_key}

    for word in words[:40]:
        rest = rng.choice([word[1:], word[:-1], word[1] + word[0] + word[2:], "o" + word, word[:2] + "b" + word[3:]])
        token = form_of(rest + "a").tokens[0]
        edits = allowed_edits(len(token.key))
        near = {key for key in known if OSA.distance(token.key, key) <= edits and not token.initial}
        assert near <= {key for key, _, _ in index.neighbours(token)}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("worth", [0.3, 0.6, 0.9])
def test_what_cannot_be_worth_enough_is_left_out_and_nothing_else(seed: int, worth: float) -> None:
    """The walk over the names of a frequent word ends early, and finds what a walk over all of them finds."""
    rng = random.Random(seed)  # noqa: S311 (not for secrets)
    words = [
        f"{start}{end}" for start in ("Kovalen", "Brecha", "Zavar", "Usty", "Miroshn") for end in ("ko", "lov", "in")
    ]
    frequent = ["Kupol", "Vega", "Aleksandr", "Plant"]
    names = {
        " ".join([*rng.sample(frequent, rng.randint(1, 3)), *rng.sample(words, rng.randint(0, 3))]) for _ in range(300)
    }
    index = AliasIndex([entity(name, type="organization") for name in sorted(names)])

    for query in rng.sample(sorted(names), 20):
        form = form_of(query)
        everything = index.find(form, limit=len(index))
        worthy = [hit for hit in everything if hit.rough >= worth * everything[0].rough]
        assert index.find(form, limit=len(index), worth=worth) == worthy


@pytest.mark.parametrize("length", range(30))
def test_longer_words_may_have_more_edits(length: int) -> None:
    """None in a word of three letters, never half a word."""
    edits = allowed_edits(length)

    assert edits <= allowed_edits(length + 1)
    assert edits == 0 if length < 4 else 0 < edits <= length / 4


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("misnomer", {"aleksandr"}), ("misspelling", {"aleksandr"}), ("former", {"aleksandr", "ihor"})],
)
def test_wrong_names_give_no_given_names(kind: str, expected: set[str]) -> None:
    """Igor Brechalov is a slip: it does not make Igor one of his names."""
    person = Entity("b", "Aleksandr Brechalov", "person", (Alias("Igor Brechalov", kind=kind),))
    (entry, _) = AliasIndex([person]).entries

    assert {token.key for token in entry.forenames} == {form_of(name).tokens[0].key for name in expected}


def test_only_persons_have_given_names() -> None:
    """A plant named after Aleksandr has none."""
    (entry,) = AliasIndex([entity("Aleksandr Brechalov Plant", type="organization")]).entries

    assert entry.forenames == ()


# ------------------------------------------------------------------------------------------------- what is compared


def test_some_aliases_of_some_entities_are_promising() -> None:
    """Not every alias of an entity, and not every entity."""
    many = [entity(f"Kupol {letter}", f"Kupol {letter} One", f"Kupol {letter} Two") for letter in "BCDEFGHKLM"]
    hits = AliasIndex(many).promising(form_of("Kupol"), entities=4, aliases=2)

    assert len({hit.entry.entity.id for hit in hits}) == 4
    assert Counter(hit.entry.entity.id for hit in hits).most_common(1)[0][1] <= 2


def test_a_name_that_shares_one_common_word_is_not_promising() -> None:
    """It is found and not compared; the name itself is."""
    index = AliasIndex(
        [entity("Izhevsk Plant of Motors", type="organization"), entity("Tula Plant", type="organization")]
    )
    form = form_of("Tula Plant")

    assert [hit.entry.entity.name for hit in index.promising(form, entities=4)] == ["Tula Plant"]


def test_a_name_written_alike_is_promising_beside_roughly_better_ones() -> None:
    """A misspelt word is rare, and may be found in other names: what is written so alike is compared all the same."""
    others = [entity(f"Aimée {word}") for word in ("Raymond", "Lucas", "Antoine", "Moreau", "Girard", "Fournier")]
    index = AliasIndex([entity("Amy Hardinghall"), *others])

    assert "Amy Hardinghall" in {
        hit.entry.entity.name for hit in index.promising(form_of("Aym Hardinghall"), entities=3)
    }


def test_many_names_of_one_acronym_do_not_crowd_out_what_words_find() -> None:
    """However many have the initials of the mention."""
    others = [entity(f"LC {i}", "LC", type="organization") for i in range(200)]
    index = AliasIndex([*others, entity("Leasing Company", type="organization")])

    found = {hit.entry.entity.name for hit in index.promising(form_of("Leasinmg Company"), entities=12)}
    assert "Leasing Company" in found


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Leasinmg Company", "Leasing Company", True),
        ("Northern Enterarise", "Northern Enterprise", True),
        ("Northern Bunk", "Northern Bank", False),  # short
    ],
)
def test_a_generic_word_may_be_misspelt(text: str, name: str, found: bool) -> None:
    """A long one."""
    keys = {key for near in AliasIndex([entity(name, type="organization")]).query(form_of(text)).near for key in near}

    assert any(key.startswith("=") for key in keys - {token.index_key for token in form_of(text).tokens}) == found


def test_an_entity_of_another_type_must_promise_more() -> None:
    """A plant with a person's surname is not compared with a mention that is known to be a person."""
    index = AliasIndex([entity("Vladimir Kupol", type="person"), entity("Plant Vladimir Kupol", type="organization")])
    form = form_of("Vladimir Kupol")

    assert len(index.promising(form, entities=4)) == 2
    assert [hit.entry.entity.type for hit in index.promising(form, entities=4, kind="person")] == ["person"]


def test_an_acronym_is_promising_though_no_letter_is_alike() -> None:
    """What looks at a name as a whole is not judged by its letters."""
    index = AliasIndex([entity("Organization for Security and Cooperation", type="organization")])

    assert [hit.whole for hit in index.promising(form_of("OSC"), entities=4)] == [frozenset({"acronym"})]


def test_names_that_are_like_the_mention_are_counted() -> None:
    """Of all names of the entity, compared closely or not."""
    index = AliasIndex([entity("Brechalov", "Бречалов", "Brecalov", "Bréchalov", "Head of Udmurtia")])
    hits = index.promising(form_of("Brechalov"), entities=4)

    assert {hit.alike for hit in hits} == {4}
    assert len(hits) == 3


@pytest.mark.parametrize(
    ("first", "then"), [("Dzhekson", "Джексон"), ("Vagner", "Wagner"), ("Бош", "Bosch"), ("Шмидт", "Schmidt")]
)
@pytest.mark.parametrize("name", ["Jackson", "Wagner", "Bosh", "Smith"])
def test_what_was_asked_before_changes_nothing(name: str, first: str, then: str) -> None:
    """Two words may fold to one key and sound different: what is found for one is not what is found for the other."""
    fresh, used = (AliasIndex([entity(name)]) for _ in range(2))
    assert form_of(first).key == form_of(then).key
    used.find(form_of(first))

    assert used.neighbours(form_of(then).tokens[0]) == fresh.neighbours(form_of(then).tokens[0])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Ivan Nevervo", "Ivan Neverov"),
        ("Иван Невервов", "Иван Неверов"),
        ("Neverov Ivan", "Ivan Neverov"),
        ("Iván Nevervo", "Iván Neverov"),
    ],
)
def test_of_equal_names_the_one_spelt_alike_is_promising(query: str, expected: str) -> None:
    """However many others fold to the same words, and whatever their ids are."""
    others = [
        Entity(f"person:{i}", name, "person")
        for i, name in enumerate(["Иван Неверов", "Ivan Neverov", "Iván Neverov"] * 6)
        if name != expected
    ]
    index = AliasIndex([*others, Entity("person:z", expected, "person")])
    first, *_ = hits = index.promising(form_of(query), entities=4)

    assert first.entry.entity.id == "person:z"
    assert len(hits) == 4


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("B. Brechalov", "Bogdan Brechalov"),
        ("B. V. Brechalov", "Bogdan Brechalov"),
        ("Brechalov B.", "Bogdan Brechalov"),
        ("Б. Бречалов", "Bogdan Brechalov"),
    ],
)
def test_an_initial_finds_its_name_among_many(query: str, expected: str) -> None:
    """The index has no key for it: it is read where the surname has been found."""
    given = ("Anna", "Igor", "Olga", "Pavel", "Roman", "Semyon", "Taras", "Uliana", "Yakov", "Zakhar", "Galina")
    index = AliasIndex([entity(f"{name} Brechalov") for name in (*given, "Bogdan")])

    assert index.promising(form_of(query), entities=2)[0].entry.entity.name == expected


@pytest.mark.parametrize("query", ["X. Brechalov", "Brechalov"])
def test_an_initial_of_nobody_changes_no_order(query: str) -> None:
    """Nor is the surname itself read as one."""
    index = AliasIndex([entity("Xenia Kupol"), entity("Anna Brechalov"), entity("Brechalov")])

    assert index.promising(form_of(query), entities=2)[0].entry.entity.name == "Brechalov"
