"""Docstrings as Markdown: examples and aligned lists, which Python shows as they stand, become blocks of code."""

import re
from typing import Any

import griffe

_PARAGRAPHS = re.compile(r"\n\s*\n")


class AsTheyStand(griffe.Extension):
    """Fences what the docstrings of this project set as plain text."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called for everything that is documented."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(text: str) -> str:
    """The docstring with a fence around each paragraph that is an example, indented, or aligned in columns.

    >>> print(fenced("What.\\n\\n>>> 1\\n1"))
    What.
    <BLANKLINE>
    ```python
    >>> 1
    1
    ```
    """
    return "\n\n".join(map(_fenced, _PARAGRAPHS.split(text.strip("\n"))))


def _fenced(paragraph: str) -> str:
    if paragraph.lstrip().startswith(">>>"):
        return f"```python\n{paragraph}\n```"
    lines = paragraph.split("\n")
    is_set = all(line.startswith("  ") or re.match(r"\S+(, \S+)*  +\S", line) for line in lines)
    return f"```text\n{paragraph}\n```" if is_set else paragraph
