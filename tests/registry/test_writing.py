"""What is written as YAML reads back equal, by this package and by any other reader."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from resolver.model import Alias, Entity
from resolver.registry.writing import alias_data, entity_data, entity_lines, flow, scalar

AWKWARD = ["a: b", "# c", "a #b", "*x", "&x", "!x", "@x", "`x", "%x", "- x", "? x", "x:", "|", ">", "~", "null", "NO"]
AWKWARD += ["on", "y", "1984", "12:30", "2020-01-01", "2020-99-99", "1e3", ".inf", "=", "<<", "'", '"', "\\", "a, b"]
AWKWARD += [
    "[a]",
    "{a: b}",
    "---",
    "...",
    "a\nb",
    "a\tb",
    " a",
    "a ",
    "",
    "Бречалов",
    "北京",
    "محمد",
    "🛩",
    "x]",
    "a\x85b",
]
TEXT = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(codec="utf-8"), max_size=12))


LOADERS = [yaml.CBaseLoader, yaml.BaseLoader]


@pytest.mark.parametrize("loader", LOADERS)
@given(TEXT)
@example("a\u2028b")
@example("\ufeffa")
@example("0?")
def test_both_parsers_take_a_scalar_for_the_same_text(loader: type[yaml.BaseLoader], text: str) -> None:
    """In a list, in brackets, as a key and as a value."""
    written = scalar(text)
    document = f"- {written}\n- [{written}, {{{written}: {written}}}]\n- k: {written}\n"

    assert yaml.load(document, loader) == [text, [text, {text: text}], {"k": text}]  # noqa: S506 - only strings


@given(TEXT)
def test_a_plain_scalar_is_a_text_or_a_day(text: str) -> None:
    """Readers that guess types, as most do, guess none."""
    node = yaml.compose(scalar(text), yaml.SafeLoader)

    assert node.value == text
    assert node.tag == "tag:yaml.org,2002:str" or text[:2] == "20"


@pytest.mark.parametrize(
    "text",
    [
        "Бречалов",
        "Ak Bars",
        "9K33",
        "product:osa",
        "https://a.org/b",
        "O'Neill",
        "Garpiya-A1",
        "A.I. Kupol",
        "Зеленський",
        "北京",
        "2024-01-31",
    ],
)
def test_an_ordinary_name_is_written_plain(text: str) -> None:
    """Quotes are for what needs them."""
    assert scalar(text) == text


@pytest.mark.parametrize("text", ["true", "No", "null", "on", "yes", "Off", "NULL"])
def test_a_word_that_means_something_in_yaml_is_quoted(text: str) -> None:
    """This package would read it as a text all the same, others would not."""
    assert scalar(text) == f'"{text}"'


@given(st.recursive(TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)))
def test_a_value_on_one_line_reads_back_equal(value: object) -> None:
    """Lists and mappings within each other too."""
    written = flow(value)

    assert "\n" not in written
    assert yaml.load(f"- {written}\n", yaml.BaseLoader) == [value]  # noqa: S506 - only strings


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        (Alias("Osa"), "Osa"),
        (Alias("Osa", kind="spelling", lang=None), "Osa"),
        (Alias("Osa", from_="2024-01-01"), {"text": "Osa", "from": "2024-01-01"}),
        (Alias("OSA", note="n", kind="acronym"), {"text": "OSA", "kind": "acronym", "note": "n"}),
    ],
)
def test_an_alias_says_no_more_than_needed(alias: Alias, expected: object) -> None:
    """Defaults go without saying; keys come in the order of the table."""
    assert alias_data(alias) == expected


def test_the_data_of_an_entity_has_every_key() -> None:
    """In the order in which the files have them."""
    entity = Entity(
        "product:osa",
        "Osa",
        "product",
        (Alias("9K33"),),
        cues=("SAM",),
        never=("Osa Peninsula",),
        identifiers=(("a", "b"),),
        resolve=("the Osa",),
        reject=("Osaka",),
        redirects=("product:9k33",),
        source="s",
        note="n",
    )

    assert list(entity_data(entity).items()) == [
        ("id", "product:osa"),
        ("type", "product"),
        ("name", "Osa"),
        ("aliases", ["9K33"]),
        ("cues", ["SAM"]),
        ("identifiers", {"a": "b"}),
        ("never", ["Osa Peninsula"]),
        ("expect", {"resolve": ["the Osa"], "reject": ["Osaka"]}),
        ("redirects", ["product:9k33"]),
        ("source", "s"),
        ("note", "n"),
    ]


def test_lists_that_grow_are_written_one_item_per_line() -> None:
    """The next curator's diff is one line."""
    entity = Entity("a", "A", "event", (Alias("B"), Alias("Б", lang="ru")), cues=("c", "d"), never=("e", "f"))

    assert entity_lines(entity, phrases={"f": {"text": "f", "note": "why"}}, offset=0) == [
        "- id: a",
        "  type: event",
        "  name: A",
        "  aliases:",
        "  - B",
        "  - {text: Б, lang: ru}",
        "  cues: [c, d]",
        "  never:",
        "  - e",
        "  - {text: f, note: why}",
    ]
