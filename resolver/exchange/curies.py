"""Ids as CURIEs, `prefix:local`, which SSSLM and SSSOM ask for.

An id such as `person:x` is one already; any other gets the prefix of this project. What a CURIE cannot hold (spaces) is
percent-encoded.
"""

import re
from urllib.parse import quote, unquote

BASE = "resolver"
_CURIE = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*:[^\s%/][^\s%]*")


def curie_of(entity_id: str) -> str:
    """The CURIE of an id.

    >>> curie_of("person:x"), curie_of("Q42"), curie_of("Ak Bars")
    ('person:x', 'resolver:Q42', 'resolver:Ak%20Bars')
    """
    if _CURIE.fullmatch(entity_id) and not entity_id.startswith(f"{BASE}:"):
        return entity_id
    return f"{BASE}:{quoted(entity_id)}"


def id_of(curie: str) -> str:
    """The id of a CURIE.

    >>> id_of("person:x"), id_of("resolver:Ak%20Bars")
    ('person:x', 'Ak Bars')
    """
    prefix, _, local = curie.partition(":")
    return unquote(local) if prefix == BASE else curie


def quoted(text: str) -> str:
    """The text without spaces, percent signs and slashes; letters of any script stay."""
    return "".join(
        quote(char, safe="") if char.isspace() or char in "%/" or not char.isprintable() else char for char in text
    )
