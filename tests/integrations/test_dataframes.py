"""Columns of names in the frames that people use: the real libraries, in and out."""

import pytest
from factories import entity
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver import Registry, Resolver

pa = pytest.importorskip("pyarrow", reason="pip install 'resolver[dataframes]'")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
from resolver.integrations.dataframes import COLUMNS, resolve_names  # noqa: E402 (needs pyarrow)

OSA = entity("Osa", "9K33", type="product")
KUPOL = entity("Kupol", "Купол", type="organization")
RESOLVER = Resolver(Registry.from_entities([OSA, KUPOL]))
NAMES = ["Оса", None, "Kupol", "Tor", "Купола", "Kupol"]
IDS = [OSA.id, None, KUPOL.id, None, KUPOL.id, KUPOL.id]


def test_pandas_keeps_its_index() -> None:
    """So that the result joins its frame."""
    frame = pd.DataFrame({"name": NAMES}, index=[7, 3, 5, 1, 9, 11])
    joined = frame.join(resolve_names(frame["name"], RESOLVER))

    assert list(joined.columns) == ["name", *COLUMNS]
    assert [None if pd.isna(one) else one for one in joined["entity_id"]] == IDS
    assert joined.loc[1, "status"] == "unresolved"


@pytest.mark.parametrize("dtype", ["object", "string", "category"])
def test_pandas_columns_of_any_text_type(dtype: str) -> None:
    """Also one that pandas encoded itself."""
    found = resolve_names(pd.Series(NAMES, dtype=dtype), RESOLVER)

    assert found["entity"].tolist()[0] == "Osa"


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical])
def test_polars_goes_beside_its_frame(dtype: type) -> None:
    """Row by row."""
    frame = pl.DataFrame({"name": pl.Series(NAMES, dtype=dtype)})
    found = frame.hstack(resolve_names(frame["name"], RESOLVER))

    assert found["entity_id"].to_list() == IDS
    assert found["entity_type"].to_list()[0] == "product"


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
)
def test_arrow_gives_a_table(kind: object) -> None:
    """Arrays and chunked arrays, of any kind of string."""
    for column in (pa.array(NAMES).cast(kind), pa.chunked_array([pa.array(NAMES[:2]), pa.array(NAMES[2:])]).cast(kind)):
        table = resolve_names(column, RESOLVER)
        assert table["entity_id"].to_pylist() == IDS
        assert table.schema == pa.schema(COLUMNS)


def test_a_row_says_what_the_resolver_says() -> None:
    """Score, status and reason of the very resolution; a null has nothing to say."""
    first, second, *_ = resolve_names(pa.array(NAMES), RESOLVER).to_pylist()
    resolution = RESOLVER.resolve("Оса")

    assert (first["score"], first["status"], first["reason"]) == (resolution.score, "resolved", resolution.reason)
    assert second == dict.fromkeys(COLUMNS)


@pytest.mark.parametrize("column", [pa.array([], pa.string()), pa.array([None, None]), pd.Series([], dtype="string")])
def test_a_column_of_nothing(column: object) -> None:
    """Has as many rows."""
    found = resolve_names(column, RESOLVER)

    assert len(found) == len(column)


@pytest.mark.parametrize(
    "column", [pa.array([1, 2]), pd.Series([1.5]), pd.Series(["Osa", 3]), pl.Series([True]), ["Osa"], "Osa", None]
)
def test_what_is_no_column_of_texts_is_refused(column: object) -> None:
    """With what to give instead."""
    with pytest.raises(TypeError, match=r"names are needed|give a pandas or polars Series"):
        resolve_names(column, RESOLVER)


def test_each_distinct_name_is_resolved_once() -> None:
    """Repeats cost nothing."""
    asked: list[str] = []

    class Counting(Resolver):
        def resolve_all(self, mentions):
            return super().resolve_all(mention for mention in mentions if asked.append(mention.text) is None)

    resolve_names(pa.array(["Osa", "Tor"] * 1000), Counting(Registry.from_entities([OSA])))

    assert asked == ["Osa", "Tor"]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.sampled_from(["Osa", "Оса", "Tor", "", " ", "9K33", "\U0001f41d"])), max_size=9)
)
def test_all_libraries_say_the_same(names: list[str | None]) -> None:
    """Whatever the column holds, row by row what the resolver says."""
    expected = [None if name is None else RESOLVER.resolve(name).status for name in names]

    assert resolve_names(pa.array(names, pa.string()), RESOLVER)["status"].to_pylist() == expected
    assert resolve_names(pl.Series(names, dtype=pl.String), RESOLVER)["status"].to_list() == expected
    found = resolve_names(pd.Series(names, dtype="string"), RESOLVER)["status"]
    assert [None if pd.isna(one) else one for one in found] == expected
