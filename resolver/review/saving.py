"""A queue to a file that others may write at the same time: the page, an editor, another command.

The folder of the file is locked while it is compared and written; so do all commands of this project that write one.
"""

from pathlib import Path

from resolver.errors import Problem, ReviewError
from resolver.files import PATIENCE, locked
from resolver.review.queue import Queue, merge
from resolver.review.reading import load_queue
from resolver.review.writing import save_queue


def renew_queue(new: Queue, path: Path) -> Queue:
    """The queue of a new audit, saved with the decisions that the file holds at this moment."""
    with locked(path.resolve().parent, patience=PATIENCE):
        renewed = merge(load_queue(path), new) if path.exists() else new
        save_queue(renewed, path)
    return renewed


def replace_queue(before: Queue, after: Queue) -> None:
    """Write a queue over the file that another was read from; ReviewError if somebody has changed that since."""
    path = Path(before.path)
    with locked(path.resolve().parent, patience=PATIENCE):
        if path.read_bytes() != before.text.encode():
            message = "changed on disk in the meantime: nothing was changed, start again"
            raise ReviewError([Problem(before.path, 0, message)])
        save_queue(after, path)
