"""Names in a column -> a frame of what they resolve to: pandas, polars and Arrow, each in and out.

A column is dictionary-encoded first, so that every distinct name is resolved once: a column of a million names with
repeats takes the time of its distinct values. Needs pyarrow; pandas or polars only if the column is theirs.

    df = df.join(resolve_names(df["supplier"], resolver))            # pandas: the index is kept
    df = df.hstack(resolve_names(df["supplier"], resolver))          # polars
    table = resolve_names(table["supplier"], resolver)               # Arrow: a pyarrow.Table
"""

from typing import TYPE_CHECKING, Any

from resolver import Mention, Resolution, Resolver

try:
    import pyarrow as pa
except ImportError as error:
    raise ImportError("data frames need pyarrow: pip install 'resolver[dataframes]'") from error

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = {
    "entity_id": pa.string(),
    "entity": pa.string(),
    "entity_type": pa.string(),
    "status": pa.string(),
    "score": pa.float64(),
    "reason": pa.string(),
}


def resolve_names(names: Any, resolver: Resolver, *, type: str | None = None, lang: str | None = None) -> Any:  # noqa: A002 (the word of the model)
    """What each name of a column resolves to, in a frame of the same kind and the same order.

    names       a pandas or polars Series, or a pyarrow Array or ChunkedArray, of texts and nulls
    type, lang  what all of them are and are written in, if that is known

    Columns: entity_id, entity (its name) and entity_type, null unless resolved; status; score, 0..1; reason. A null has
    a row of nulls. Raises TypeError for anything that is no column of texts.

    >>> from resolver import Entity, Registry
    >>> osa = Resolver(Registry.from_entities([Entity("product:osa", "Osa", "product")]))
    >>> resolve_names(pa.array(["Оса", None, "Tor"]), osa)["entity_id"].to_pylist()
    ['product:osa', None, None]
    """
    encoded = _texts(names).combine_chunks().dictionary_encode()
    distinct = (Mention(name, type=type, lang=lang) for name in encoded.dictionary.to_pylist())
    table = _table(resolver.resolve_all(distinct)).take(encoded.indices)
    if _is_of("pandas", names):
        return table.to_pandas().set_index(names.index)
    if _is_of("polars", names):
        import polars

        return polars.from_arrow(table)
    return table


def _texts(names: Any) -> Any:
    """The column as an Arrow array of strings."""
    try:
        if _is_of("pandas", names):
            column = pa.Array.from_pandas(names, type=pa.string())
        else:
            column = names.to_arrow() if _is_of("polars", names) else names
        is_null = pa.types.is_null(column.type)  # a column of nothing has no type of its own
        is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        encoded = pa.types.is_dictionary(column.type) or pa.types.is_string_view(column.type)
        if not (is_null or is_text or encoded):
            raise TypeError(f"a column of {column.type}, where names are needed")
        return (
            pa.chunked_array([column]).cast(pa.string()) if isinstance(column, pa.Array) else column.cast(pa.string())
        )
    except (AttributeError, pa.ArrowInvalid, pa.ArrowTypeError) as error:
        message = (
            f"a {names.__class__.__name__} of {error}: give a pandas or polars Series, or an Arrow array, of texts"
        )
        raise TypeError(message) from error


def _is_of(library: str, names: Any) -> bool:
    """Whether a value comes from a library, without importing it."""
    return str(names.__class__.__module__).partition(".")[0] == library


def _table(resolutions: "Iterable[Resolution]") -> Any:
    rows = [
        (each.entity_id, each.entity and each.entity.name, each.entity and each.entity.type, *_decision(each))
        for each in resolutions
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
    return pa.table(
        {name: pa.array(values, kind) for (name, kind), values in zip(COLUMNS.items(), columns, strict=True)}
    )


def _decision(resolution: Resolution) -> tuple[str, float, str]:
    return resolution.status, resolution.score, resolution.reason
