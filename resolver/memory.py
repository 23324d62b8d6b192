"""Memory: how many answers about words and names are remembered, so that what runs for months stays small.

The caches fill with new names and then stay as they are: `tests/soak/load.py service` watches them. Both sizes are
powers of two, and the smallest that were seen to cost no time: a name is asked for again soon or hardly ever.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

FEW: Final = 4_096  # answers on whole names, and on words that are asked for in a few places
MANY: Final = 16_384  # answers on words that each comparison asks for, and on those of a running text


@contextmanager
def without_collection() -> Iterator[None]:
    """No garbage collection meanwhile: nothing here makes cycles, and what is made mostly stays. To look through all of
    it again and again takes a quarter of the time of building an index, and a seventh of that of resolving.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
