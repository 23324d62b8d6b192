"""The output folder of an audit: what comes in is a folder that may be from anywhere, what goes out a refusal or not.

A folder that came with a repository or an archive can hold a link `report.html` that leads to a file of the user's own.
Files of a registry are written through links, as people put them there; files of an audit are not.
"""

from errno import ELOOP
from pathlib import Path

# What an audit and its report write into the folder.
WRITTEN = ("mentions.jsonl", "report.json", "audit.partial", "report.html", "queue.yaml", "queue.jsonl")


def refuse_links(folder: Path) -> None:
    """OSError for a link where a file of the audit would be written: it may lead out of the folder."""
    for name in WRITTEN:
        if (folder / name).is_symlink():
            raise OSError(ELOOP, f"{name} is a link, which an audit does not follow; remove it")
