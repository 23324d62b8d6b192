"""What a comparison function returns, and what several of them ask of two aligned names."""

from collections.abc import Callable
from typing import NamedTuple

from resolver.evidence.alignment import AS_WRITTEN, Comparison, TokenPair


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


def as_initialled(pair: Comparison) -> str:
    """The alias as written, with those words cut to a letter of which the mention has an initial."""
    if "initial" not in pair.ways:
        return pair.entry.alias.text
    cut = {found.alias[0].start: found.alias[0].text[0] for found in pair.pairs if found.how == "initial"}
    return " ".join([cut.get(token.start, token.text) for token in pair.entry.form.tokens])


def is_same_spelling(pair: Comparison) -> bool:
    """Whether mention and alias are the same but for case, punctuation, word order and romanisation."""
    return not pair.rest and not pair.alias_rest and pair.ways <= AS_WRITTEN


def is_as_written(pair: TokenPair) -> bool:
    """Whether two words of one script have the same letters, or are two cases of one word."""
    word, other = pair.mention[0], pair.alias[0]
    if word.script != other.script:
        return False
    return pair.how == "inflected" or word.text.casefold() == other.text.casefold()
