"""Audits read back in pieces."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.audit import REPORT
from resolver.audit import reading as module
from resolver.audit.reading import Conditions, read_by_document, read_conditions, read_documents, report_items
from resolver.audit.writing import write_audit
from resolver.corpus import Document, Unreadable
from resolver.errors import CorpusError
from resolver.model import Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry

RESOLVER = Resolver(Registry.from_entities([Entity("organization:kupol", "Kupol", "organization")]))
TEXT = "The Kupol plant. Kupol again."


def audit(folder: Path, *documents: Document | Unreadable) -> Path:
    write_audit(folder, documents, RESOLVER)
    return folder


def test_conditions_and_documents_of_an_audit(tmp_path: Path) -> None:
    """A document that could not be read has its reason for a digest."""
    folder = audit(tmp_path, Document("a", TEXT), Document("b", TEXT), Unreadable("c", "binary"))
    documents = dict(read_documents(folder))

    assert read_conditions(folder).registry == RESOLVER.registry.fingerprint
    assert read_conditions(folder).accept == RESOLVER.policy.accept
    assert documents.keys() == {"a", "b", "c"}
    assert documents["a"] != documents["b"]
    assert documents["c"] == "binary"


def test_a_digest_changes_with_what_is_read(tmp_path: Path) -> None:
    """With the text, the language and the given spans; and is the same for the same."""
    versions = [
        Document("a", TEXT),
        Document("a", TEXT + " "),
        Document("a", TEXT, "en"),
        Document("a", TEXT, None, ((4, 9),)),
        Document("a", TEXT),
    ]
    digests = [dict(read_documents(audit(tmp_path / str(n), each)))["a"] for n, each in enumerate(versions)]

    assert len(set(digests)) == 4
    assert digests[0] == digests[4]


def test_mentions_come_document_by_document(tmp_path: Path) -> None:
    """Documents without a mention do not."""
    folder = audit(tmp_path, Document("a", TEXT), Document("b", "nothing"), Document("c", TEXT))

    assert [(name, len(found)) for name, found in read_by_document(folder)] == [("a", 2), ("c", 2)]


@pytest.mark.parametrize(
    ("mine", "others", "expected"),
    [
        (("1", "a", 0.5, 0.1), ("1", "a", 0.5, 0.1), ()),
        (("1", "a", 0.5, 0.1), ("2", "a", 0.5, 0.1), ("version",)),
        (("1", "a", 0.5, 0.1), ("1", "b", 0.5, 0.2), ("registry", "policy")),
    ],
)
def test_conditions_differ_in_what_they_hold(mine: Any, others: Any, expected: tuple[str, ...]) -> None:
    assert Conditions(*mine).differences(Conditions(*others)) == expected


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "[",
        "{}",
        '{"version": "1"}',
        '{"documents": [{"id": 1',
        "x",
        '{"a" 1}',
        '{"version": ' + "[" * 3000,
        '{"version": "1", "registry": "a", "accept": "much", "review": 0.1}',
    ],
)
def test_what_is_no_report_is_an_error(content: str | None, tmp_path: Path) -> None:
    """That names the file."""
    if content is not None:
        (tmp_path / REPORT).write_text(content, encoding="utf-8")

    with pytest.raises(CorpusError, match=REPORT):
        read_conditions(tmp_path)


@pytest.mark.parametrize(
    "row", ["1", '{"id": 1}', '{"id": "a", "digest": 5}', r'{"id": "\ud800"}', r'{"id": "a", "digest": "\ud800"}']
)
def test_a_document_that_is_none_is_an_error(row: str, tmp_path: Path) -> None:
    """Half a surrogate pair, which JSON can spell, is no text of an audit."""
    (tmp_path / REPORT).write_text(f'{{"documents": [{row}]}}', encoding="utf-8")

    with pytest.raises(CorpusError, match="not the report of an audit; run the audit again"):
        list(read_documents(tmp_path))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)


@given(
    st.dictionaries(st.text(), VALUES | st.lists(VALUES), max_size=5), st.sampled_from([None, 1]), st.integers(1, 40)
)
def test_a_report_is_read_as_json_reads_it(data: dict[str, Any], indent: int | None, block: int) -> None:
    """Whatever it holds, however it is laid out, and wherever a block ends."""
    expected = [(k, item) for k, value in data.items() for item in (value if isinstance(value, list) else [value])]
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(module, "_BLOCK", block)
        (Path(folder) / REPORT).write_text(json.dumps(data, indent=indent), encoding="utf-8")

        assert list(report_items(folder)) == expected
