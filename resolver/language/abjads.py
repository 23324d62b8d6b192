"""Names in Arabic and Hebrew script, which leave short vowels out: بلالی is Balali, Blali or Bilali.

What comes in are two romanised words, one of them from such a script; what goes out is whether the other spells it.

1. `abjads.txt` says how Latin letters write each letter, long vowels included: ج is j, dj or g.
2. A pattern of these spellings, with a short vowel before any consonant or none, stands for all that may be meant.

So the vowels that are written must be there (کریمی is not Karami), and any others will do. Known limits: Hasan and Husn
are one word here, unless the table of given names tells them apart; an article whose l is spoken otherwise (an-Nasr) is
read only where it stands alone; Kurdish and Uyghur, which do write their vowels, are read as Persian and Arabic.
"""

import re
from functools import cache, lru_cache

from resolver.language.tables import read_table
from resolver.memory import FEW, MANY

ABJADS = frozenset({"Arab", "Hebr"})
ARTICLE = "al"  # of Arabic, which is written in one word with what follows
_MAX_LETTERS = 24  # of a word: the longest names, Abdolrahmanzadeh, have fewer
_MAX_SILENT = 8  # letters of a word that may be left out: each doubles the ways to read it, and no name has so many
_MIN_ARTICLE = 5  # letters of a word that may begin with the article: al-Asad, but not Ali
_SHORT_VOWEL = "(?:[aeiouy]|eu|ou|oe)?"
_VOWELS = frozenset("awy")  # letters that are long vowels as well, in front of which no short one is heard
_DOUBLED = re.compile(r"([^aeiou])\1+")


@lru_cache(maxsize=MANY)
def is_spelt_as(latin: str, script: str | None, other: str, other_script: str | None) -> bool:
    """Whether one of two romanised words is from an abjad, and the other spells it with vowels.

    >>> is_spelt_as("shmkhany", "Arab", "shamkhani", "Latn"), is_spelt_as("hosseini", "Latn", "hsyny", "Arab")
    (True, True)
    >>> is_spelt_as("krmy", "Arab", "karami", "Latn"), is_spelt_as("krymy", "Arab", "karami", "Latn")
    (True, False)
    """
    if (script in ABJADS) == (other_script in ABJADS):
        return False
    word, abjad, spelling = (latin, script, other) if script in ABJADS else (other, other_script, latin)
    pattern = _pattern(word.lower(), abjad or "")
    return pattern is not None and pattern.fullmatch(_DOUBLED.sub(r"\1", spelling)) is not None


@cache
def _spellings() -> dict[str, dict[str, str]]:
    """For each row of the table, a pattern of the spellings of each letter."""
    found: dict[str, dict[str, str]] = {}
    for row, values in read_table("abjads"):
        for letters, _, ways in (value.partition("=") for value in values):
            longest_first = sorted(ways.split("/"), key=lambda way: (-len(way), way))
            found.setdefault(row, {})[letters] = f"(?:{'|'.join(longest_first)})"
    for script in sorted(ABJADS):
        letters_of = found[script]
        for pair in [letters for letters in letters_of if letters[1:] == "h" and letters[0] in letters_of]:
            apart = f"{letters_of[pair[0]]}{_SHORT_VOWEL}{letters_of['h']}"  # th is ث, and ت with ه behind it: Tehrani
            letters_of[pair] = f"(?:{letters_of[pair]}|{apart})"
    return found


@lru_cache(maxsize=FEW)
def _pattern(word: str, script: str) -> re.Pattern[str] | None:
    """The pattern of all spellings of a romanised word; None if the word is no name, of too many letters."""
    if len(word) > _MAX_LETTERS:
        return None
    tables = _spellings()
    spellings, endings = tables[script], tables.get(f"{script} at the end", {})
    letters = re.findall("|".join(sorted(spellings, key=lambda letter: (-len(letter), letter))), word)
    if sum("|)" in spellings[letter] for letter in letters) > _MAX_SILENT:
        return None
    pattern, last = "", ""
    for i, letter in enumerate(letters):
        spelt = endings.get(letter, spellings[letter]) if i == len(letters) - 1 else spellings[letter]
        short = "" if letter in _VOWELS and i else _SHORT_VOWEL
        both = f"{short}{spelt}"
        pattern += f"(?:{both})?" if letter == last else both  # a doubled letter may be one, or have a vowel between
        last = letter
    if script == "Arab" and word.startswith(ARTICLE) and len(word) >= _MIN_ARTICLE:
        bare = _pattern(word.removeprefix(ARTICLE), script)
        pattern = f"(?:{pattern}|{bare.pattern})" if bare else pattern
    return re.compile(pattern)
