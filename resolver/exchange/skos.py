"""SKOS, as Turtle or JSON-LD: a concept for each entity, its names as labels with their languages.

https://www.w3.org/TR/skos-reference/ has the vocabulary. prefLabel is the canonical name, altLabel another one,
hiddenLabel a misspelling. exactMatch is an identifier, notation one without a scheme, dcterms:replaces a merged id.

Reading needs rdflib, which knows the many ways to write RDF; writing does not. Nothing is fetched: JSON-LD that refers
to a context elsewhere is refused. RDF has no lines and no order: problems name the first line of the file.
"""

import json
import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from resolver.errors import CorpusError
from resolver.exchange.lines import Line, join_lines, parse_json
from resolver.exchange.records import Intake, Record, type_of_id
from resolver.model import Entity
from resolver.wording import visible

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
PREFIXES = {"dcterms": DCTERMS, "schema": SCHEMA, "skos": SKOS}
CLASSES = {
    "person": f"{SCHEMA}Person",
    "organization": f"{SCHEMA}Organization",
    "location": f"{SCHEMA}Place",
    "product": f"{SCHEMA}Product",
    "event": f"{SCHEMA}Event",
}
TYPES = {iri: kind for kind, iri in CLASSES.items()} | {
    "http://xmlns.com/foaf/0.1/Person": "person",
    "http://xmlns.com/foaf/0.1/Organization": "organization",
    "http://www.w3.org/ns/org#Organization": "organization",
    "http://dbpedia.org/ontology/Person": "person",
    "http://dbpedia.org/ontology/Organisation": "organization",
    "http://dbpedia.org/ontology/Place": "location",
    "http://dbpedia.org/ontology/Event": "event",
}
TYPES |= {iri.replace("https:", "http:"): kind for kind, iri in CLASSES.items()}
HIDDEN = ("misspelling", "misnomer")
_IDS, _VALUES = "urn:resolver:", "urn:resolver-identifier:"
# Schemes whose identifiers have an IRI of their own.
_SPACES = {
    "wikidata": "http://www.wikidata.org/entity/",
    "viaf": "http://viaf.org/viaf/",
    "gnd": "https://d-nb.info/gnd/",
    "geonames": "https://sws.geonames.org/",
}
_NOTATION = "notation"
_PREFERRED = ("", "en")
# rdflib has no error of its own for all that can be wrong with a file.
_DAMAGE = (SyntaxError, ValueError, LookupError, TypeError, AttributeError, NameError, AssertionError)
_SHOWN = 200  # characters of what it says


class _Label(NamedTuple):
    lang: str
    text: str


def read_turtle(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of the concepts in a Turtle file."""
    return _read(join_lines(lines, intake), "turtle", intake)


def read_jsonld(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of the concepts in a JSON-LD file, which holds all that it refers to."""
    text = join_lines(lines, intake)
    value = parse_json(text, 1, intake)
    if not isinstance(value, dict | list):
        if value is not None:
            intake.report(1, "no JSON-LD, which is an object or a list of them")
        return iter(())
    if _refers_elsewhere(value):
        raise CorpusError(
            f"{intake.path}: refers to a @context elsewhere, and nothing is fetched: write it into the file"
        )
    return _read(text, "json-ld", intake)


def write_turtle(entities: Iterable[Entity]) -> Iterator[str]:
    """The lines of a Turtle file."""
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    for entity in entities:
        yield "\n" + _turtle(entity)


def write_jsonld(entities: Iterable[Entity]) -> Iterator[str]:
    """The lines of a JSON-LD file, with a concept a line."""
    yield f'{{"@context": {json.dumps(_context())},\n"@graph": [\n'
    before = ""
    for entity in entities:
        yield before + json.dumps(_jsonld(entity), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n" if before else "]}\n"


def _refers_elsewhere(value: object) -> bool:
    """Whether there is a context that is an address, or imports one, anywhere."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            context = item.get("@context", [])
            contexts = context if isinstance(context, list) else [context]
            if "@import" in item or any(isinstance(each, str) for each in contexts):
                return True
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
    return False


def _read(text: str, format_: str, intake: Intake) -> Iterator[Record]:
    try:
        import rdflib
    except ImportError as error:
        raise CorpusError("SKOS is read by rdflib, which is not installed: pip install 'resolver[skos]'") from error
    graph = rdflib.Graph()
    try:
        with _quiet():
            graph.parse(data=text, format=format_)
    except RecursionError:
        intake.report(1, "nested too deeply: no concept is")
        return
    except _DAMAGE as error:
        line = int(getattr(error, "lines", 0)) + 1
        intake.report(line, f"no valid {format_}: {visible(' '.join(str(error).split()))[:_SHOWN]}")
        return
    concepts = {subject for kind in ("prefLabel", "altLabel") for subject, _ in graph.subject_objects(_term(kind))}
    for subject in sorted(concepts, key=str):
        yield _record(graph, subject, intake)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from writing about strange IRIs, as they are, to the terminal, and about classes of its own."""
    log = logging.getLogger("rdflib")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        log.setLevel(level)


def _term(name: str) -> Any:
    from rdflib import URIRef

    return URIRef(SKOS + name)


def _record(graph: "Graph", subject: "Node", intake: Intake) -> Record:
    from rdflib import RDF, BNode, URIRef

    entity_id = "" if isinstance(subject, BNode) else _id_of(str(subject))
    preferred = sorted(_labels(graph, subject, "prefLabel"), key=_rank)
    aliases = [(label, "spelling") for label in preferred[1:]]
    aliases += [(label, "spelling") for label in sorted(_labels(graph, subject, "altLabel"))]
    aliases += [(label, "misspelling") for label in sorted(_labels(graph, subject, "hiddenLabel"))]
    types = sorted(TYPES[str(iri)] for iri in graph.objects(subject, RDF.type) if str(iri) in TYPES)
    matches = [_identifier(str(iri)) for iri in sorted(graph.objects(subject, _term("exactMatch")), key=str)]
    notations = sorted(str(value) for value in graph.objects(subject, _term("notation")))
    merged = sorted(_id_of(str(iri)) for iri in graph.objects(subject, URIRef(f"{DCTERMS}replaces")))
    sources = sorted(str(value) for value in graph.objects(subject, URIRef(f"{DCTERMS}source")))
    notes = sorted(str(value) for value in graph.objects(subject, _term("note")))
    return intake.record(
        1,
        entity_id,
        preferred[0].text if preferred else "",
        types[0] if types else type_of_id(entity_id),
        [intake.alias(1, label.text, lang=label.lang, kind=kind) for label, kind in aliases],
        identifiers=intake.pairs(1, [*matches, *((_NOTATION, value) for value in notations)]),
        redirects=intake.texts(1, merged, "replaces"),
        source=intake.text(1, sources[0], "source") or None if sources else None,
        note=intake.note(1, notes[0]) if notes else None,
    )


def _labels(graph: "Graph", subject: "Node", kind: str) -> Iterator[_Label]:
    for value in graph.objects(subject, _term(kind)):
        yield _Label(getattr(value, "language", None) or "", str(value))


def _rank(label: _Label) -> tuple[int, str, str]:
    place = _PREFERRED.index(label.lang) if label.lang in _PREFERRED else len(_PREFERRED)
    return place, label.lang, label.text


def _id_of(iri: str) -> str:
    return unquote(iri.removeprefix(_IDS)) if iri.startswith(_IDS) else iri


def _iri_of(entity_id: str) -> str:
    return entity_id if _is_iri(entity_id) else _IDS + quote(entity_id, safe=":")


def _is_iri(text: str) -> bool:
    """Whether a text can stand as an IRI without being changed."""
    return text.startswith(("https://", "http://")) and not any(char in '<>"{}|^`\\ ' or char < "!" for char in text)


def _identifier(iri: str) -> tuple[str, str]:
    if iri.startswith(_VALUES):
        scheme, _, value = iri.removeprefix(_VALUES).partition(":")
        return unquote(scheme), unquote(value)
    for scheme, space in _SPACES.items():
        if iri.startswith(space):
            return scheme, unquote(iri.removeprefix(space))
    return _host(iri) or "iri", iri


def _iri_of_identifier(scheme: str, value: str) -> str:
    if scheme in _SPACES:
        return _SPACES[scheme] + quote(value, safe="")
    if _is_iri(value) and _host(value) == scheme:
        return value
    return f"{_VALUES}{quote(scheme, safe='')}:{quote(value, safe='')}"


def _host(iri: str) -> str | None:
    """The host of an IRI; None if it has none, as in "http://[::1"."""
    try:
        return urlsplit(iri).hostname
    except ValueError:
        return None


def _statements(entity: Entity) -> Iterator[tuple[str, str, str | None]]:
    """(property, value, language) of an entity; the language of an IRI is None."""
    yield "skos:prefLabel", entity.name, ""
    for alias in entity.aliases:
        yield "skos:hiddenLabel" if alias.kind in HIDDEN else "skos:altLabel", alias.text, alias.lang or ""
    for scheme, value in entity.identifiers:
        if scheme == _NOTATION:
            yield "skos:notation", value, ""
        else:
            yield "skos:exactMatch", _iri_of_identifier(scheme, value), None
    for old in entity.redirects:
        yield "dcterms:replaces", _iri_of(old), None
    if entity.source:
        yield "dcterms:source", entity.source, ""
    if entity.note:
        yield "skos:note", entity.note, ""


def _types(entity: Entity) -> list[str]:
    kind = CLASSES.get(entity.type)
    return ["skos:Concept", *([f"schema:{kind.removeprefix(SCHEMA)}"] if kind else [])]


def _turtle(entity: Entity) -> str:
    lines = [f"<{_iri_of(entity.id)}> a {', '.join(_types(entity))}"]
    for name, value, lang in _statements(entity):
        literal = f"<{value}>" if lang is None else json.dumps(value, ensure_ascii=False) + (f"@{lang}" if lang else "")
        lines.append(f"    {name} {literal}")
    return " ;\n".join(lines) + " .\n"


def _jsonld(entity: Entity) -> dict[str, Any]:
    data: dict[str, Any] = {"@id": _iri_of(entity.id), "@type": _types(entity)}
    for name, value, lang in _statements(entity):
        node = {"@id": value} if lang is None else {"@value": value} | ({"@language": lang} if lang else {})
        data.setdefault(name, []).append(node)
    return data


def _context() -> dict[str, str]:
    return PREFIXES
