"""What a comparison function returns, and what several of them ask of two aligned names."""

from collections.abc import Callable
from typing import NamedTuple

from resolver.evidence.alignment import AS_WRITTEN, Comparison


class Finding(NamedTuple):
    """What one comparison saw: values by feature name (the policy weighs them), the channel, and the detail.

    A plain tuple, as thousands are made a second.
    """

    channel: str
    values: dict[str, float]
    detail: str | Callable[[], str]

    @property
    def text(self) -> str:
        """The detail; the costly ones are written only for candidates that somebody will see."""
        return self.detail if isinstance(self.detail, str) else self.detail()


def is_same_spelling(pair: Comparison) -> bool:
    """Whether mention and alias are the same but for case, punctuation, word order and romanisation."""
    return not pair.rest and not pair.alias_rest and pair.ways <= AS_WRITTEN
