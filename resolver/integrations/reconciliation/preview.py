"""An entity as a page: a small one for the frame of a client, and the same for people who follow the link to it.

Names come from whoever writes the registry, so all of them are escaped, and the page may run and load nothing: no
script, no image, no form, no link to follow.
"""

import base64
import hashlib
from collections.abc import Iterable
from html import escape

from resolver import Entity
from resolver.wording import visible

WIDTH, HEIGHT = 400, 220  # pixels of the frame
_OTHERS = 12  # other names that are shown
STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:12px;overflow-wrap:anywhere}"
    "h1{font-size:16px;margin:0}p{margin:2px 0 6px}dl{margin:0}dt{float:left;clear:left;width:96px}"
    "dd{margin:0 0 2px 100px}.id,dt{opacity:.7}"
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    # Other pages may frame it: that is what a preview is for.
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def preview_page(entity: Entity) -> str:
    """The page of an entity, as HTML."""
    others = list(dict.fromkeys(alias.text for alias in entity.aliases if alias.text != entity.name))
    more = [f"{len(others) - _OTHERS:,} more"] if len(others) > _OTHERS else []
    rows = [
        _row("also", [*others[:_OTHERS], *more]),
        *(_row(scheme, [value]) for scheme, value in entity.identifiers),
        _row("beside", entity.cues),
    ]
    note = f"<p>{_safe(entity.note)}</p>" if entity.note else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_safe(entity.name)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{_safe(entity.name)}</h1>"
        f'<p class="id">{_safe(entity.type)} · {_safe(entity.id)}</p>{note}<dl>{"".join(rows)}</dl></body></html>'
    )


def _row(title: str, values: Iterable[str]) -> str:
    shown = " · ".join(f"<bdi>{_safe(value)}</bdi>" for value in values)
    return f"<dt>{_safe(title)}</dt><dd>{shown}</dd>" if shown else ""


def _safe(text: str) -> str:
    return escape(visible(text))
