"""Which groups of spellings the comparisons of the matcher find to be one name."""

import pytest

from resolver.forms import analyse
from resolver.review import linking
from resolver.review.linking import Group, Links, compare_groups

THINGS = "надзора, связи, информационных технологий, массовых коммуникаций, торговли, культуры, науки, спорта, туризма"


def links(*names: str, kind: str | None = "person") -> Links:
    forms = [form for name in names if (form := analyse(name))]
    return compare_groups(Group((form.text,), (form,), kind) for form in forms)


@pytest.mark.parametrize(
    "names",
    [
        ("Donald Trump", "Дональд Трамп"),
        ("Kathy Boockvar", "Кэти Буквар"),
        ("Владимиром Зеленским", "Volodymyr Zelenskyi"),
        ("Мишель Барнье", "Мішель Барньє"),
        ("Борис Донсон", "Борис Джонсон"),
        ("Гарпия", "Гарпией"),
        ("Сенатор", "Сенатора"),
        (
            "Федеральная служба по надзору в сфере связи, информационных технологий и массовых коммуникаций",
            "Федеральной службы по надзору в сфере связи, информационных технологий и массовых коммуникаций",
        ),
    ],
)
def test_names_that_the_matcher_takes_for_one_are_linked(names):
    """By sound, by case, by a slip."""
    assert links(*names).alike == (tuple((name,) for name in names),)


@pytest.mark.parametrize(
    "names",
    [
        ("Donald Trump", "Мелания Трамп"),
        ("Donald Trump", "Donald Tusk"),
        ("Oleksandr Kovalenko", "Андрій Коваленко"),
        ("Trump", "Donald Trump"),
        ("D. Trump", "Дональд Трамп"),
        ("Hart", "Хартум"),
        ("Davis", "Davos"),
        (
            "Федеральная служба по надзору в сфере связи, информационных технологий и массовых коммуникаций",
            "Федеральная служба по ветеринарному и фитосанитарному надзору",
        ),
        (f"Волжская служба {THINGS}", f"Волжской службы {THINGS}"),
    ],
)
def test_other_names_are_not_linked(names):
    """Short forms and initials are for others to join; more than a dozen words are a list without commas."""
    assert links(*names).alike == ()


@pytest.mark.parametrize(
    ("kinds", "linked"),
    [(("person", "person"), True), (("person", None), True), (("person", "location"), False), ((None, None), True)],
)
def test_one_word_of_two_types_is_seldom_one_name(kinds, linked):
    """A place may be called as a person is; what has no type may be either."""
    forms = [form for name in ("Гарпия", "Гарпией") if (form := analyse(name))]
    found = compare_groups(Group((form.text,), (form,), kind) for form, kind in zip(forms, kinds, strict=True))

    assert bool(found.alike) == linked


def test_another_given_name_keeps_two_people_apart():
    """So that nothing in between joins them."""
    names = ("Oleksandr Kovalenko", "Андрій Коваленко")

    assert links(*names).apart == {frozenset((name,) for name in names)}
    assert links("Donald Trump", "Дональд Трамп").apart == frozenset()


def test_full_names_teach_words():
    """Which words are one, as the rest of the names agrees."""
    assert [{one.text, other.text} for one, other in links("Donald Trump", "Дональд Трамп").words] == [
        {"Trump", "Трамп"}
    ]


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Angela Merkelová", "Ангела Меркель"), "person"),
        (("Борис Донсон", "Борис Джонсон"), "person"),
        (("Kupol", "Купол"), "person"),
        (("Donald Trump", "Дональд Трамп"), "product"),
    ],
    ids=["a woman's form", "a slip", "one word", "no person"],
)
def test_other_names_teach_nothing(names, kind):
    """Linked they are, but what holds for one name need not hold for another of that word."""
    found = links(*names, kind=kind)

    assert found.alike
    assert found.words == frozenset()


def test_a_people_is_no_form_of_its_country():
    """Though the matcher would show it to a curator."""
    assert links("Ukraina", "Ukrajinci", kind=None).alike == ()


@pytest.mark.pure_python
def test_of_a_word_that_many_share_few_names_are_looked_at(monkeypatch):
    """Each of a thousand ministries would meet all others; with a bound of none, nobody meets anybody."""
    monkeypatch.setattr(linking, "_MOST", 0)

    assert links("Donald Trump", "Дональд Трамп").alike == ()


def test_order_does_not_matter():
    """The links are those of the set of groups."""
    names = ["Donald Trump", "Дональд Трамп", "Мелания Трамп", "Trump", "Доналд Тръмп"]
    there, back = links(*names), links(*reversed(names))

    assert {frozenset(pair) for pair in there.alike} == {frozenset(pair) for pair in back.alike}
    assert there.apart == back.apart
