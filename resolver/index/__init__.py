"""AliasIndex: finds the aliases that a surface form may mean, and says by which blocking key.

What comes in is a `SurfaceForm`; what goes out are `Hit`s, best first, at most `limit`. Several independent keys look:

    exact     the same words but for case and punctuation       token    a word in common
    joined    the same letters but for spaces                   stem     a word in common but for a case ending
    acronym   initials, own or translated                       typo     a word with a few edits
    given     another form of a given name                      sound    a word with the same sound key

so that no single rule decides recall. Words are weighted by rarity; the rough score of an alias is the product of the
weighted shares of both names that found a partner. It only ranks what the comparison then looks at closely.

    entries     the values: AliasEntry, Hit, Query
    rarity      how much a word says
    tables      what an index holds
    edits       words within a few edits of another
    words       the registry's words that a word may be a form of
    building    entities to tables
    arrays, packed, compiled   tables to a file, and mapped from it
    lookup      AliasIndex: aliases by their words, and by the keys that look at a name as a whole
"""

from resolver.index.edits import allowed_edits
from resolver.index.entries import AliasEntry, Hit, Query
from resolver.index.lookup import AliasIndex
from resolver.index.rarity import COMMON_RARITY, MAX_RARITY

__all__ = ["COMMON_RARITY", "MAX_RARITY", "AliasEntry", "AliasIndex", "Hit", "Query", "allowed_edits"]
