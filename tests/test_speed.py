"""Tests of tests/bench/speed.py and its parts: the names it makes up, its tables and its plot. Nothing is timed."""

import gzip
import importlib
import importlib.util
import json
import xml.etree.ElementTree as ElementTree
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rapidfuzz.distance import OSA

from resolver.language.lexicon import key_of
from resolver.language.names import given_names

BENCH = Path(__file__).with_name("bench")
SEED = 3


def load(name: str) -> ModuleType:
    """A module of the benchmarks, which are scripts and import one another by their bare names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        return importlib.import_module(name)


names, measured, speed = load("names"), load("measured"), load("speed")


def series(method: str = "resolver", size: int = 1000, **values: Any) -> Any:
    """What a method took and said: two rounds of two texts."""
    return measured.Series(method, size, **{"rounds": ((0.001, 0.003), (0.002, 0.004))} | values)


# Names


@pytest.mark.parametrize("kind", ["men", "women"])
def test_given_names_are_known(kind: str) -> None:
    """Who is made up has a name that people have."""
    assert [given for given in names.STOCK[kind] if not given_names(key_of(given))] == []


def test_a_seed_makes_the_same_data() -> None:
    """Two runs can be compared, and two seeds are two sets."""

    def made(seed: int) -> Any:
        known, others = names.first_names(seed, 60)
        return (
            known,
            list(names.make_queries(known, others, 12, seed)),
            list(names.make_documents(known, others, 2, seed)),
        )

    assert made(SEED) == made(SEED)
    assert made(SEED) != made(SEED + 1)


def test_names_differ() -> None:
    """A query can mean one entity only."""
    known, others = names.first_names(SEED, 2000)
    texts = [name.text for name in (*known, *islice(others, 200))]

    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("father", "stem"),
    [("Сергей", "Сергеев"), ("Юрий", "Юрьев"), ("Дмитрий", "Дмитриев"), ("Игорь", "Игорев"), ("Иван", "Иванов")],
)
def test_patronymics(father: str, stem: str) -> None:
    """They follow the end of the father's name."""
    assert names._father(father) == stem


@pytest.mark.parametrize(
    ("given", "instrumental"),
    [("Мария", "Марией"), ("Дарья", "Дарьей"), ("Инна", "Инной"), ("Игорь", "Игорем"), ("Олег", "Олегом")],
)
def test_case_forms(given: str, instrumental: str) -> None:
    """They are those of the table of endings."""
    assert names._given_cases(given)["ins"] == instrumental


def test_any_part_of_the_queries_has_all_kinds() -> None:
    """A method that gets few queries gets the same mixture; what is unknown means no entity."""
    known, others = names.first_names(SEED, 300)
    queries = list(names.make_queries(known, others, 12, SEED))

    assert [query.kind for query in queries] == [*names.KINDS, *names.KINDS]
    assert [query.kind for query in queries if query.expected is None] == ["unknown", "unknown"]
    assert queries[0].text == known[int(queries[0].expected.removeprefix("bench:"))].text


def test_a_slip_is_one_edit() -> None:
    """A misspelling stays near enough to be meant."""
    known, others = names.first_names(SEED, 300)
    typos = [query for query in names.make_queries(known, others, 120, SEED) if query.kind == "typo"]

    assert {OSA.distance(q.text, known[int(q.expected.removeprefix("bench:"))].text) for q in typos} == {1}


def test_documents_say_where_their_names_are() -> None:
    """As in the registry, or in another form; the text of strangers is not marked."""
    known, others = names.first_names(SEED, 300)
    planted = [
        (document.text[start:end], known[int(meant.removeprefix("bench:"))], is_exact)
        for document in names.make_documents(known, others, 3, SEED)
        for start, end, meant, is_exact in document.planted
    ]

    assert {is_exact for _, _, is_exact in planted} == {True, False}
    assert all((text == name.text) is is_exact for text, name, is_exact in planted)
    assert all(text in name.cases.values() or OSA.distance(text, name.text) < 2 for text, name, _ in planted)


# What was measured


def test_costs_are_those_of_the_median_round() -> None:
    """One busy moment of the machine does not count."""
    one = series(rounds=((0.001, 0.003), (0.5, 0.9), (0.002, 0.004)))

    assert one.cost == pytest.approx(0.003)
    assert one.quantile(0.5) == 0.002
    assert one.quantile(0.99) == 0.004


def test_ratios_are_over_the_texts_that_both_had() -> None:
    """A linear scan gets fewer queries."""
    assert series(rounds=((0.01,), (0.02,))).ratio(series()) == pytest.approx(10)


def test_answers_are_right_if_they_are_meant() -> None:
    """The first candidate counts for a known name, the link for an unknown one."""
    queries = [names.Query("Osa", "typo", "a"), names.Query("Osa", "typo", "b"), names.Query("Oso", "unknown", None)]
    answers = ((0, [["a"], None]), (1, [["a"], "a"]), (2, [["a"], None]))

    assert measured.right_answers(series(answers=answers), queries) == {"typo": [True, False], "unknown": [True]}


def test_what_only_proposes_is_right_if_the_entity_is_among_them() -> None:
    """An index links nothing, so it refuses nothing either."""
    queries = [names.Query("Osa", "typo", "a"), names.Query("Osa", "typo", "c"), names.Query("Oso", "unknown", None)]
    answers = ((0, [["b", "a"]]), (1, [["b", "a"]]), (2, [["a"]]))

    assert measured.right_answers(series(answers=answers), queries) == {"typo": [True, False]}


def test_found_names_overlap_with_what_is_meant() -> None:
    """A find elsewhere, or of another entity, is wrong."""
    document = names.Document("Osa, Osy", ((0, 3, "a", True), (5, 8, "a", False)))
    answers = ((0, [[0, 3, "a"], [5, 8, "b"], [3, 4, "a"]]),)

    assert measured.found_names(series(answers=answers), [document]) == ([True], [False], 2)


def test_a_method_that_is_not_installed_has_a_row() -> None:
    """A reader learns what to install."""
    missing = measured.Series("pyahocorasick", 1000, missing="ahocorasick")
    found = series("resolver annotate", answers=((0, []),), build=1.0, memory=2_000_000)
    documents = {1000: [names.Document("Osa", ((0, 3, "a", True),))]}
    head, project, peer = measured.text_table([found, missing], documents)

    assert len({len(head), len(project), len(peer)}) == 1
    assert project[2:] == ["0.0012", "1", "0 %", "", "0.0", "1.0", "2"]
    assert peer[1] == "pyahocorasick (not installed: pip install pyahocorasick)"


def test_what_is_only_made_ready_has_a_row() -> None:
    """To compile a registry takes time and memory, and answers nothing."""
    compiling = measured.Series("to compile it", 1000, build=3.0, memory=5_000_000)
    rows = measured.lookup_table([compiling], {})

    assert rows[1] == ["1,000", "to compile it", *[""] * 7, "3.0", "5"]
    assert len(measured.answers_table([compiling], {})) == 1


def test_look_up_is_shown_beside_the_project() -> None:
    """The cost of a peer is in those of the resolver; kinds of query that others have get a column."""
    queries = {1000: [names.Query("Osa", "initials", "a"), names.Query("Oso", "unknown", None)]}
    answers = ((0, [["a"], "a"]), (1, [[], None]))
    both = [series(answers=answers), series("dict", answers=answers, rounds=((0.0001, 0.0003), (0.0002, 0.0004)))]
    rows = measured.lookup_table(both, queries)

    assert rows[1][2:9] == ["4", "400", "1.5", "3.5", "1", "100 %", "100 %"]
    assert rows[2][6] == "× 0.10"
    assert measured.answers_table(both, queries)[0][-1] == "initials"


def test_tables_are_written_twice() -> None:
    """For a terminal and for a page."""
    table = [["entities", "method", "MB"], ["1,000", "dict", "7"]]

    assert measured.plain(table) == ["entities  method  MB", "   1,000  dict     7"]
    assert measured.markdown(table) == ["| entities | method | MB |", "|--:|---|--:|", "| 1,000 | dict | 7 |"]


def test_the_plot_has_a_line_for_each_method() -> None:
    """Well-formed, with a point for each size, and the larger cost higher up."""
    found = [
        series(),
        series(size=10_000, rounds=((0.1,), (0.1,))),
        measured.Series("flashtext", 1000, missing="flashtext"),
    ]
    root = ElementTree.fromstring(measured.lookup_plot(found))  # noqa: S314 (our own)
    tag = "{http://www.w3.org/2000/svg}"
    (line,) = root.iter(f"{tag}g")
    low, high = (float(circle.attrib["cy"]) for circle in line.iter(f"{tag}circle"))

    assert high < low
    assert "flashtext" not in "".join(root.itertext())


# Processes


def test_a_set_of_others_is_read(tmp_path: Path) -> None:
    """Its kinds of query get the names that they have here."""
    records = {
        "registry": {"id": "big:0", "type": "person", "names": ["Osip Osin"]},
        "queries": {"q": "Osin Osip", "kind": "reorder", "expected": "big:0"},
    }
    for name, record in records.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.write(json.dumps(record))
    rows, queries = speed.read_big(tmp_path, 1, SEED)

    assert rows == [{"id": "big:0", "type": "person", "name": "Osip Osin"}]
    assert queries == [names.Query("Osin Osip", "reordered", "big:0")]


def test_a_peer_that_is_not_installed_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each method is a process, in turns; a missing one is named."""
    known, others = names.first_names(SEED, 20)
    queries = list(names.make_queries(known, others, 6 * speed.ROUNDS, SEED))
    speed.write_lines(tmp_path / "registry.jsonl", speed.rows_of(known))
    speed.write_lines(tmp_path / "texts.jsonl", [{"text": query.text} for query in queries])
    method = "dict of casefolded names"
    found, peer = speed.run_methods(tmp_path, {method: 6, "flashtext": 6}, 20, 6)

    assert measured.right_answers(found, queries)["exact"] == [True] * speed.ROUNDS
    assert [number for number, _ in found.answers] == list(range(6 * speed.ROUNDS))
    assert (peer.missing == "flashtext") is (importlib.util.find_spec("flashtext") is None)


@pytest.mark.parametrize(
    ("method", "size", "queries"),
    [
        ("resolver", 100_000, 600),
        ("resolver", 1_000_000, 0),
        ("resolver, compiled", 1_000_000, 600),
        ("resolver, compiled", 10_000, 0),
        ("rapidfuzz WRatio", 1_000, 600),
        ("rapidfuzz WRatio", 10_000, 60),
        ("rapidfuzz WRatio", 1_000_000, 12),
        ("nomenklatura logic-v2", 10_000, 12),
        ("nomenklatura logic-v2", 100_000, 0),
    ],
)
def test_slow_methods_get_fewer_queries(method: str, size: int, queries: int) -> None:
    """As many as they can answer in time, or none."""
    assert speed.asked(method, size, 600) == queries


def test_a_peer_may_have_a_venv_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs there; all others run where the bench does."""
    own = tmp_path / "nomenklatura" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.touch()
    monkeypatch.setattr(speed.sys, "prefix", str(tmp_path))

    assert speed.python_of("nomenklatura logic-v2") == own
    assert speed.python_of("rapidfuzz WRatio") == Path(speed.sys.executable)
