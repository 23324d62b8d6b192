"""Chinese characters in one form: 張偉 is 张伟. A text comes in, the same in the characters of mainland China goes out.

Names that only sound alike are two all the same, 章伟 and 张伟, though one romanisation is of both: so a name is
compared by its characters with one in characters, and by its sound with all others.

Known limit: where mainland China has made two characters one (发 of 發 and 髮), so does this.
"""

from collections.abc import Mapping
from functools import cache

from resolver.language.tables import read_table

_FIRST = "㐀"  # of the Chinese characters in Unicode


def unify_characters(text: str) -> str:
    """A text that begins with a Chinese character, each in the form of mainland China; others as they are.

    >>> unify_characters("張偉"), unify_characters("黒澤"), unify_characters("Купол")
    ('张伟', '黑泽', 'Купол')
    """
    return text.translate(_forms()) if text >= _FIRST else text


@cache
def _forms() -> Mapping[int, str]:
    rows = [pair for _, pairs in read_table("characters") for pair in pairs]
    return {ord(other): pair[0] for pair in rows for other in pair[1:]}
