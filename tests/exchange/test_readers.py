"""Each reader: files as other tools write them, and what is wrong with a file is listed with its line."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from resolver.errors import CorpusError
from resolver.exchange import FORMATS, Intake, Record, find_format, read_records
from resolver.exchange import lines as bounds
from resolver.model import Alias, Entity


def read(tmp_path: Path, content: str | bytes, name: str) -> tuple[list[Entity], list[str]]:
    """The entities of a file, and its problems without the path."""
    path = tmp_path / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    intake = Intake(path)
    found = [record.entity for record in read_records(path, FORMATS[name], intake)]
    return found, [f"{problem.line}: {problem.message}" for problem in intake.problems]


def lines(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


# Tables


def test_a_table_with_a_cell_of_aliases(tmp_path: Path) -> None:
    """As people make it by hand; what is not told is unknown."""
    found, problems = read(tmp_path, "name;aliases\nKupol;Купол|IEMZ \\| Kupol\nOsa;\n", "csv")

    assert found == [
        Entity("", "Kupol", "other", (Alias("Купол"), Alias("IEMZ | Kupol"))),
        Entity("", "Osa", "other"),
    ]
    assert problems == []


def test_a_cell_has_one_limit_whatever_was_read_before(tmp_path: Path) -> None:
    """That of the module is for the whole process, and who reads a corpus raises it."""
    csv.field_size_limit(10 * bounds.MAX_CELL)
    long, too_long = ("a".ljust(bounds.MAX_CELL + more) for more in (0, 1))

    assert read(tmp_path, f"name,note\nOsa,{long}\n", "csv")[1] == []
    assert read(tmp_path, f"name,note\nOsa,{too_long}\n", "csv")[1] == [
        f"2: no row of a table: field larger than field limit ({bounds.MAX_CELL}); close the quotes"
    ]


def test_rows_of_an_entity_are_one(tmp_path: Path) -> None:
    """A row each for the entity and its aliases, with details of each."""
    table = (
        "id,name,alias,lang,kind,identifiers\n"
        "product:osa,Osa,,,,wikidata=Q1|nato=SA-8\n"
        'product:osa,,"9K33",,designator,\n'
        "product:osa,,Оса,ru,,\n"
    )
    found, _ = read(tmp_path, table, "csv")

    names = (Alias("9K33", kind="designator"), Alias("Оса", lang="ru"))
    assert found == [Entity("product:osa", "Osa", "product", names, identifiers=(("wikidata", "Q1"), ("nato", "SA-8")))]


def test_a_table_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    """With a byte-order mark, CRLF, quoted line ends and apostrophes before formulas; real apostrophes stay."""
    found, problems = read(tmp_path, "\ufeffName,Alias\r\n\"Ku\npol\",'=Kupol\r\nOsa,'s-Hertogenbosch\r\n", "csv")

    assert [(entity.name, *(alias.text for alias in entity.aliases)) for entity in found] == [
        ("Ku pol", "=Kupol"),
        ("Osa", "'s-Hertogenbosch"),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("id,nom\n1,Kupol\n", "1: no column 'name'"),
        ("id,name,name\n1,a,b\n", "1: two columns have the same name"),
        ("id,name,colour\n1,Kupol,red\n", "1: unknown columns are not read: 'colour'"),
        ("name\nKupol,Izhevsk\n", "2: 2 cells, and the header has 1"),
        ("id,type,name\n1,planet,Kupol\n", "2: 'planet' is no type: write one of person"),
        ("name,alias,lang\nKupol,Купол,ua\n", "2: 'ua' is a country, and the language left out: 'uk' is one"),
        ("name,alias,lang\nKupol,Купол,russian language\n", "2: the language 'russian language' is left out"),
        ("name,alias,kind\nKupol,Купол,pet name\n", "2: kind is 'pet name', which is left out"),
        ("name,alias,from\nKupol,Купол,2020-02-30\n", "2: from is '2020-02-30', which is left out"),
        ("name,alias,from,until\nKupol,K,2020-01-02,2020-01-01\n", "2: 'from' 2020-01-02 is after 'until'"),
        ("name,identifiers\nKupol,Q42\n", "2: identifier 'Q42' has no scheme: write scheme=value"),
        ("name\nKu\x00pol\n", "2: the name holds the character U+0000: remove it"),
        ("name\nKu\u202epol\n", "2: the name holds the character U+202E: remove it"),
        ("id,name\n../../etc/passwd,Kupol\n", "2: the id '../../etc/passwd' leads out of a folder"),
        ("id,name\nC:\\Windows,Kupol\n", "2: the id 'C:\\\\Windows' leads out of a folder"),
        (f"name\n{'K' * 1001}\n", "2: the name has 1,001 characters, over 1,000: shorten it"),
        (b"name\nKup\xf3l\nOsa\n", "2: byte 0xf3 is not UTF-8"),
        ('name\n"Kupol' + "l" * 140_000 + '"\nOsa\n', "2: no row of a table: field larger than field limit"),
    ],
)
def test_what_is_wrong_in_a_table_is_listed(table: str | bytes, problem: str, tmp_path: Path) -> None:
    """With its line and what to do."""
    _, problems = read(tmp_path, table, "csv")

    assert problems[0].startswith(problem)
    assert len(problems) == 1


def test_rows_below_a_wrong_one_are_read(tmp_path: Path) -> None:
    """One problem does not hide the rest."""
    found, problems = read(tmp_path, b"name\nKup\xf3l\nOsa\na,b\nTor\n", "csv")

    assert [entity.name for entity in found] == ["Osa", "Tor"]
    assert len(problems) == 2


def test_an_empty_table_has_nothing(tmp_path: Path) -> None:
    """Nor has one with a header alone."""
    assert read(tmp_path, "", "csv") == read(tmp_path, "id,name\n", "csv") == ([], [])


# FollowTheMoney


def test_followthemoney_as_opensanctions_has_it(tmp_path: Path) -> None:
    """The caption is the name; kinds come from the properties, merged ids from the referents."""
    data = {
        "id": "Q7747",
        "caption": "Vladimir Putin",
        "schema": "Person",
        "referents": ["gb-hmt-14196", "NK-old"],
        "datasets": ["gb_hmt_sanctions"],
        "first_seen": "2022-02-25T18:40:01",
        "target": True,
        "properties": {
            "name": ["Vladimir Vladimirovich PUTIN", "Vladimir Putin"],
            "alias": ["Владимир Путин"],
            "weakAlias": ["Putin"],
            "wikidataId": ["Q7747"],
            "birthDate": ["1952-10-07"],
        },
    }
    found, problems = read(tmp_path, lines(data), "ftm")

    names = (
        Alias("Vladimir Vladimirovich PUTIN"),
        Alias("Владимир Путин"),
        Alias("Putin", kind="short"),
    )
    assert found == [
        Entity(
            "Q7747",
            "Vladimir Putin",
            "person",
            names,
            identifiers=(("wikidata", "Q7747"),),
            redirects=("gb-hmt-14196", "NK-old"),
        )
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("schema", "kind"),
    [("Company", "organization"), ("PublicBody", "organization"), ("Vessel", "product"), ("LegalEntity", "other")],
)
def test_schemata_have_types(schema: str, kind: str, tmp_path: Path) -> None:
    """A legal entity may be a person or an organisation: its type is unknown."""
    found, _ = read(tmp_path, lines({"id": "x", "schema": schema, "properties": {"name": ["X"]}}), "ftm")

    assert [entity.type for entity in found] == [kind]


def test_schemata_without_names_are_counted(tmp_path: Path) -> None:
    """A sanction is nothing that a text names; that is no problem."""
    path = tmp_path / "file"
    path.write_text(lines({"id": "x", "schema": "Sanction", "properties": {"program": ["X"]}}), encoding="utf-8")
    intake = Intake(path)

    assert list(read_records(path, FORMATS["ftm"], intake)) == []
    assert (dict(intake.ignored), intake.problems) == ({"Sanction: no name to look for": 1}, [])


HUGE = "9" * 10_000


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{\n", "1: no valid JSON at character"),
        ("[1]\n", "1: no JSON object: each line is one, in braces"),
        ('{"id": 1}\n', "1: no entity of FollowTheMoney"),
        ('{"id": "x", "schema": ["Person"], "properties": {}}\n', "1: no entity of FollowTheMoney"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}\n", "1: nested too deeply"),
        ('{"id": "x", "schema": "Person", "properties": {"name": [{}]}}\n', "1: the name is no text"),
        (f'{{"id": {HUGE}, "schema": "Person", "properties": {{"name": ["X"]}}}}\n', "1: the id has 10,000 characters"),
        (
            '{"id": "x", "schema": "Person", "properties": {"name": ["\\ud800"]}}\n',
            "1: the name holds the character",
        ),
    ],
)
def test_what_is_wrong_in_json_lines_is_listed(content: str, problem: str, tmp_path: Path) -> None:
    """Nothing in a line can bring the import down."""
    _, problems = read(tmp_path, content, "ftm")

    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is never in memory as a whole."""
    monkeypatch.setattr(bounds, "MAX_LINE", 100)
    person = {"id": "x", "schema": "Person", "properties": {"name": ["X"]}}
    found, problems = read(tmp_path, lines(person | {"notes": "n" * 1000}) + lines(person), "ftm")

    assert [entity.id for entity in found] == ["x"]
    assert problems[0].startswith("1: longer than")


def test_gzip_is_read_and_damage_is_listed(tmp_path: Path) -> None:
    """What comes before the damage counts."""
    content = gzip.compress(b"name\n" + b"".join(b"Kupol %d\n" % number for number in range(20_000)))
    path = tmp_path / "list.csv.gz"
    path.write_bytes(content[: len(content) // 2])
    intake = Intake(path)

    found = list(read_records(path, find_format(path), intake))

    assert found[0].entity.name == "Kupol 0"
    assert "damaged gzip file" in intake.problems[0].message


# SSSLM and SSSOM


def test_ssslm_as_its_documentation_has_it(tmp_path: Path) -> None:
    """A term of OMO is a kind; the first row of an id names it."""
    table = (
        "text\tcurie\tname\tpredicate\ttype\tprovenance\tcontributor\tdate\tlanguage\tcomment\tsource\ttaxon\n"
        "PI(3,4,5)P3\tCHEBI:16618\tphosphoinositide\toboInOwl:hasRelatedSynonym\tOMO:0003000\tpubmed:29623928\t"
        "orcid:0000-0003-4423-4370\t2023-01-02\ten\tseen\tbiosynonyms\t\n"
    )
    found, problems = read(tmp_path, table, "ssslm")

    alias = Alias(
        "PI(3,4,5)P3",
        lang="en",
        kind="acronym",
        source="biosynonyms",
        added="2023-01-02",
        by="orcid:0000-0003-4423-4370",
        note="seen",
    )
    assert (found, problems) == ([Entity("CHEBI:16618", "phosphoinositide", "other", (alias,))], [])


def test_a_literal_mapping_without_text_is_wrong(tmp_path: Path) -> None:
    """Or without the entity."""
    _, problems = read(tmp_path, "text\tcurie\n\tperson:x\nX\t\n", "ssslm")

    assert [problem.partition(":")[0] for problem in problems] == ["2", "3"]


def test_sssom_below_its_header(tmp_path: Path) -> None:
    """Exact matches are identifiers and merged ids; the others are passed over."""
    table = (
        "#curie_map:\n#  HP: http://purl.obolibrary.org/obo/HP_\n#mapping_set_id: https://example.org/x\n"
        "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\n"
        "HP:1\tMicrotia\tskos:exactMatch\t\tMP:0000018\tsemapv:LexicalMatching\n"
        "HP:1\tMicrotia\tskos:exactMatch\t\tHP:2\tsemapv:LexicalMatching\n"
        "HP:1\tMicrotia\tskos:broadMatch\t\tMP:0000019\tsemapv:LexicalMatching\n"
        "HP:1\tMicrotia\tskos:exactMatch\tNot\tXX:0000019\tsemapv:LexicalMatching\n"
        "\t\tskos:exactMatch\t\tMP:3\t\n"
    )
    found, problems = read(tmp_path, table, "sssom")

    assert found == [Entity("HP:1", "Microtia", "other", identifiers=(("MP", "0000018"),), redirects=("HP:2",))]
    assert problems == ["9: a mapping has 'subject_id' and 'object_id': fill them in, or remove the row"]


# SKOS

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<http://example.org/a> a skos:Concept, foaf:Organization ;
    skos:prefLabel "Купол"@ru, "Kupol"@en ; skos:altLabel "IEMZ Kupol" ; skos:hiddenLabel "Kupoll"@en ;
    skos:notation "K1" ; skos:exactMatch <http://www.wikidata.org/entity/Q1> , <https://viaf.example/2> .
"""


def test_skos_with_labels_in_languages(tmp_path: Path) -> None:
    """The English label is the name where none is for all languages."""
    pytest.importorskip("rdflib")
    found, problems = read(tmp_path, TURTLE, "turtle")

    names = (
        Alias("Купол", lang="ru"),
        Alias("IEMZ Kupol"),
        Alias("Kupoll", lang="en", kind="misspelling"),
    )
    identifiers = (("wikidata", "Q1"), ("viaf.example", "https://viaf.example/2"), ("notation", "K1"))
    assert found == [Entity("http://example.org/a", "Kupol", "organization", names, identifiers=identifiers)]
    assert problems == []


@pytest.mark.parametrize("content", ["<a> skos:prefLabel", "@prefix", "<a> <b> " + "[" * 5000 + "]" * 5000 + " ."])
def test_a_broken_turtle_file_is_a_problem(content: str, tmp_path: Path) -> None:
    """Whatever rdflib makes of it."""
    pytest.importorskip("rdflib")
    found, problems = read(tmp_path, content, "turtle")

    assert found == []
    assert len(problems) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"@context": "http://127.0.0.1:9/context.json", "@id": "x"},
        {"@graph": [{"@context": ["file:///etc/passwd"]}]},
        {"@context": {"@import": "http://127.0.0.1:9/c"}},
    ],
)
def test_nothing_is_fetched_for_jsonld(content: object, tmp_path: Path) -> None:
    """A context elsewhere is refused before anything looks at it."""
    with pytest.raises(CorpusError, match="nothing is fetched"):
        read(tmp_path, json.dumps(content), "jsonld")


def test_a_missing_extra_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the line to type."""
    monkeypatch.setitem(__import__("sys").modules, "rdflib", None)

    with pytest.raises(CorpusError, match=r"pip install 'resolver\[skos\]'"):
        read(tmp_path, TURTLE, "turtle")


# Wikidata


def item(qid: str, *, labels: object, classes: tuple[str, ...] = (), aliases: object = None) -> dict[str, object]:
    """An item as Special:EntityData writes it."""
    statements = [
        {
            "mainsnak": {
                "snaktype": "value",
                "property": "P31",
                "datavalue": {"value": {"entity-type": "item", "numeric-id": int(each[1:]), "id": each}},
            },
            "rank": "normal",
        }
        for each in classes
    ]
    spelt = aliases if aliases is not None else []
    return {"type": "item", "id": qid, "labels": labels, "aliases": spelt, "claims": {"P31": statements}}


def labels(**texts: str) -> dict[str, dict[str, str]]:
    return {lang.replace("_", "-"): {"language": lang, "value": text} for lang, text in texts.items()}


KYIV = item(
    "Q1899",
    labels=labels(uk="Київ", en="Kyiv", pl="Kijów", be_tarask="Кіеў", en_gb="Kyiv", zh_hans="基辅"),
    classes=("Q1907114", "Q515"),
    aliases={"en": [{"language": "en", "value": "Kiev"}]},
)
KYIV_READ = Entity(
    "",
    "Kyiv",
    "location",
    (
        Alias("Кіеў", lang="be"),
        Alias("Kijów", lang="pl"),
        Alias("Київ", lang="uk"),
        Alias("基辅", lang="zh"),
        Alias("Kiev", lang="en"),
    ),
    identifiers=(("wikidata", "Q1899"),),
)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"entities": {"Q1899": KYIV}}),
        json.dumps({"entities": {"Q1899": KYIV}}, indent=1),
        json.dumps(KYIV) + "\n",
        "[\n" + json.dumps(KYIV) + ",\n" + json.dumps({"type": "property", "id": "P31"}) + "\n]\n",
    ],
)
def test_wikidata_in_each_of_its_files(content: str, tmp_path: Path) -> None:
    """English names first; a spelling once; the class that the table knows gives the type."""
    assert read(tmp_path, content, "wikidata") == ([KYIV_READ], [])


def test_an_item_without_labels_is_listed(tmp_path: Path) -> None:
    """PHP writes its empty mapping as a list; one that is missing is passed over."""
    content = json.dumps(item("Q1", labels=[])) + "\n" + json.dumps({"id": "Q2", "missing": ""}) + "\n"
    found, problems = read(tmp_path, content, "wikidata")

    assert found == []
    assert problems == ["1: Q1 has no label: it cannot be found by a name"]


@pytest.mark.parametrize("content", ["[\n{]\n]\n", '{"entities": {"Q1": {"labels":', '[\n"text"\n]\n'])
def test_broken_wikidata_is_a_problem(content: str, tmp_path: Path) -> None:
    """With its line."""
    found, problems = read(tmp_path, content, "wikidata")

    assert found == []
    assert len(problems) == 1


# spaCy


def test_patterns_of_texts_and_of_tokens(tmp_path: Path) -> None:
    """Tokens with texts alone are a phrase; others name nothing."""
    content = lines(
        {"label": "ORG", "pattern": "Apple", "id": "apple"},
        {"label": "ORG", "pattern": [{"LOWER": "apple"}, {"TEXT": "Inc"}], "id": "apple"},
        {"label": "GPE", "pattern": [{"LOWER": "san"}, {"OP": "*"}]},
        {"label": "HOBBY", "pattern": "chess"},
    )
    found, problems = read(tmp_path, content, "spacy")

    assert found == [
        Entity("apple", "Apple", "organization", (Alias("apple Inc"),)),
        Entity("", "chess", "other"),
    ]
    assert [problem.partition(":")[0] for problem in problems] == ["3"]


# OpenRefine


def test_judgments_of_openrefine(tmp_path: Path) -> None:
    """Matched names are aliases, new ones entities; what is not judged is passed over."""
    table = (
        "name,id,match,judgment\n"
        "Купол,organization:kupol,Kupol,matched\n"
        "Tor,,,new\n"
        "Osa,,,none\n"
        "Buk,product:buk,Buk,\n"
        "Grad,,,matched\n"
        "Igla,product:igla,,perhaps\n"
    )
    found, problems = read(tmp_path, table, "openrefine")

    assert found == [
        Entity("organization:kupol", "Kupol", "organization", (Alias("Купол"),)),
        Entity("", "Tor", "other"),
        Entity("product:buk", "Buk", "product"),
    ]
    assert [problem.partition(":")[0] for problem in problems] == ["6", "7"]


# The format of a file


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("entities.ftm.json", "", "ftm"),
        ("names.ssslm.tsv", "", "ssslm"),
        ("x.json", '{"id": "x", "schema": "Person"}', "ftm"),
        ("x.jsonl", '{"label": "ORG", "pattern": "Apple"}', "spacy"),
        ("Q42.json", '{"entities": {"Q42": {}}}', "wikidata"),
        ("x.json", '{"@context": {}}', "jsonld"),
        ("x.ttl", "", "turtle"),
        ("x.txt", "@prefix skos: <x> .", "turtle"),
        ("x.csv", "id,name\n", "csv"),
        ("x.tsv", "id\tname\n", "tsv"),
        ("x.csv", "name,id,judgment\n", "openrefine"),
        ("x.tsv", "text\tcurie\tname\n", "ssslm"),
        ("x.tsv", "#curie_map:\nsubject_id\tpredicate_id\n", "sssom"),
    ],
)
def test_the_format_is_told_from_the_file(name: str, content: str, expected: str, tmp_path: Path) -> None:
    """What the first lines show counts more than the suffix."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    assert find_format(path).name == expected


@pytest.mark.parametrize("name", [None, "xml"])
def test_a_format_that_nobody_knows_is_asked_for(name: str | None, tmp_path: Path) -> None:
    """There is no XML here."""
    path = tmp_path / "list.xml"
    path.write_text('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', encoding="utf-8")

    with pytest.raises(CorpusError, match="format"):
        find_format(path, name)


def test_too_many_entities_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import is held in memory."""
    monkeypatch.setattr("resolver.exchange.formats.MAX_ENTITIES", 2)

    with pytest.raises(CorpusError, match="over 2 entities: split the file"):
        read(tmp_path, "name\na\nb\nc\n", "csv")


def test_a_record_knows_its_line(tmp_path: Path) -> None:
    """That of the row on which the entity begins."""
    path = tmp_path / "file"
    path.write_text('id,name,alias\n1,"a\nb",\n2,c,\n2,c,d\n', encoding="utf-8")
    found: list[Record] = list(read_records(path, FORMATS["csv"], Intake(path)))

    assert [record.line for record in found] == [2, 4]
