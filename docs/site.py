"""Hooks of the documentation site: files of the root become pages of it, and their links those of the site."""

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
PAGES = {"index.md": "README.md", "changelog.md": "CHANGELOG.md", "security.md": "SECURITY.md"}

_LINK = re.compile(r"\[([^\]]+)\]\(((?!https?:)[^)]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are not in the folder."""
    for page, source in PAGES.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=_LINK.sub(_link, text)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Lead links to the README to its page."""
    return markdown.replace("](../README.md", "](index.md")


def _link(found: re.Match[str]) -> str:
    """A link of a file of the root as one of a page; of what the site does not have, its text is left."""
    text, target = found[1], found[2]
    if target.startswith(("docs/", "#")):
        return f"[{text}]({target.removeprefix('docs/')})"
    pages = {source: page for page, source in PAGES.items()}
    return f"[{text}]({pages[target]})" if target in pages else text
