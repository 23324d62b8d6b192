"""A spaCy component: the entities of a document get the ids of a registry, or are found by their names.

    import resolver.integrations.spacy_component      # makes the factory known
    nlp.add_pipe("alias_resolver", config={"aliases": "aliases"})

1. A document that has entities keeps them: each is resolved where it stands, and gets the id as `span.kb_id_`.
2. In a document without any (and with `find`, the default) the names are looked for; known and unknown ones become
   `doc.ents`, with a label made of their type.
3. `span._.resolution` holds the whole decision as plain data: status, id, score, reason and candidates.

`nlp.to_disk` and `nlp.to_bytes` take the files of the registry along, so that a saved pipeline needs nothing else.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from resolver import Policy, Registry, Resolution, Resolver

try:
    import srsly
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans
except ImportError as error:
    raise ImportError("the spaCy component needs spaCy: pip install 'resolver[spacy]'") from error

KEY = "alias_resolver"  # the name of the factory, and where a document keeps the decisions
# Entity types as spaCy's own English models label them.
LABELS = {
    "person": "PERSON",
    "organization": "ORG",
    "location": "LOC",
    "product": "PRODUCT",
    "event": "EVENT",
    "other": "MISC",
}
UNTYPED = "MISC"
_ANY_LANGUAGE = "xx"


class AliasResolver:
    """The component; make it with `nlp.add_pipe("alias_resolver", config=...)`.

    aliases   folder or file of the registry, None for the one that comes with resolver; read at the first document
    policy    "strict", "balanced" or "recall"
    find      whether names are looked for in documents that have no entities
    """

    def __init__(self, aliases: str | None = None, policy: str = "balanced", *, find: bool = True) -> None:
        self.aliases = aliases
        self.policy = Policy.preset(policy)
        self.find = find
        self._resolver: Resolver | None = None
        self._texts: dict[str, str] = {}  # of a registry whose files are gone

    @property
    def resolver(self) -> Resolver:
        """The resolver of the registry."""
        if self._resolver is None:
            self._resolver = Resolver.load(self.aliases, policy=self.policy)
        return self._resolver

    def __call__(self, doc: Doc) -> Doc:
        """The same document with ids on its entities."""
        lang = None if doc.lang_ == _ANY_LANGUAGE else doc.lang_
        given = list(doc.ents)
        if given:
            places = [(span.start_char, span.end_char) for span in given]
            resolutions = self.resolver.annotate(doc.text, places, lang=lang)
            decided = {_linked(span, each): each for span, each in zip(given, resolutions, strict=True)}
        else:
            resolutions = self.resolver.annotate(doc.text, lang=lang) if self.find else []
            decided = {span: each for each in resolutions if (span := _found(doc, each))}
        doc.ents = tuple(filter_spans(decided))
        doc.user_data[KEY] = {_place(span): _record(each) for span, each in decided.items()}
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The files of the registry."""
        return bytes(srsly.msgpack_dumps(self._files()))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "AliasResolver":
        """Take the registry of another one."""
        with TemporaryDirectory() as name:
            for file, text in srsly.msgpack_loads(data).items():
                (Path(name) / Path(file).name).write_bytes(text.encode())
            self._load(Path(name))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the files of the registry into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in self._files().items():
            (folder / file).write_bytes(text.encode())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "AliasResolver":
        """Take what `to_disk` wrote."""
        self._load(Path(path))
        return self

    def _load(self, folder: Path) -> None:
        self._resolver = Resolver(Registry.load(folder), policy=self.policy)
        self._texts = _texts(folder)

    def _files(self) -> dict[str, str]:
        """The files of the registry by name."""
        path = self.resolver.registry.path
        return self._texts or (_texts(path) if path else {})


@Language.factory(
    KEY,
    assigns=["doc.ents", "token.ent_kb_id", "span._.resolution"],
    default_config={"aliases": None, "policy": "balanced", "find": True},
)
def make_alias_resolver(nlp: Language, name: str, aliases: str | None, policy: str, find: bool) -> AliasResolver:
    """What `nlp.add_pipe("alias_resolver")` calls."""
    return AliasResolver(aliases, policy, find=find)


def resolution_of(span: Span) -> dict[str, Any] | None:
    """The decision on a span, None if there was none: `span._.resolution`."""
    found: dict[str, Any] | None = span.doc.user_data.get(KEY, {}).get(_place(span))
    return found


Span.set_extension("resolution", getter=resolution_of, force=True)


def _texts(path: Path) -> dict[str, str]:
    """The texts of the YAML files of a registry by name."""
    files = [path] if path.is_file() else sorted(path.glob("*.y*ml"))
    return {file.name: file.read_bytes().decode() for file in files}


def _place(span: Span) -> str:
    return f"{span.start_char}-{span.end_char}"


def _linked(span: Span, resolution: Resolution) -> Span:
    return Span(span.doc, span.start, span.end, label=span.label, kb_id=resolution.entity_id or "")


def _found(doc: Doc, resolution: Resolution) -> Span | None:
    """The tokens of a name; those that it ends in the middle of are taken whole."""
    kind = resolution.entity.type if resolution.entity else resolution.mention.type
    label, kb_id = LABELS.get(kind or "", UNTYPED), resolution.entity_id or ""
    mention = resolution.mention
    end = mention.start + len(mention.text) if mention.end is None else mention.end
    span = doc.char_span(mention.start, end, label=label, kb_id=kb_id, alignment_mode="expand")
    return span if span is not None and len(span) else None


def _record(resolution: Resolution) -> dict[str, Any]:
    """A decision as plain data, which spaCy can write."""
    return {
        "status": resolution.status,
        "id": resolution.entity_id,
        "score": resolution.score,
        "reason": resolution.reason,
        "candidates": [{"id": each.entity.id, "score": each.score} for each in resolution.candidates],
    }
