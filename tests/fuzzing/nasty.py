"""Texts that are made to cost much: each kind makes one of any length.

A kind is one pattern that hurts some algorithm: a run that a greedy expression goes back over, a word that never ends,
thousands of names that are all near each other. The reader of such a text may say anything about it, but soon.
"""

from collections.abc import Callable
from itertools import count

Kind = Callable[[int], str]

_GROWING = "abcdefghijklmnopqrstuvwxyz"


def _repeat(piece: str) -> Kind:
    """The kind that is one piece again and again."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _series(make: Callable[[int], str]) -> Kind:
    """The kind whose pieces all differ: the piece of a number, from 0 on."""

    def text(length: int) -> str:
        pieces: list[str] = []
        size = 0
        for number in count():
            pieces.append(make(number))
            size += len(pieces[-1])
            if size >= length:
                break
        return "".join(pieces)[:length]

    return text


def letters_of(number: int, alphabet: str = _GROWING) -> str:
    """A number as a word, so that there are as many different words as numbers.

    >>> letters_of(0), letters_of(25), letters_of(26), letters_of(700)
    ('a', 'z', 'ba', 'bay')
    """
    letters = ""
    while True:
        number, rest = divmod(number, len(alphabet))
        letters = alphabet[rest] + letters
        if not number:
            return letters


def _title(number: int) -> str:
    return letters_of(number).capitalize()


def _cyrillic(number: int) -> str:
    return letters_of(number, "абвгдеклмнопрсту").capitalize()


def _between(head: str, piece: str, tail: str) -> Kind:
    """The kind that opens, and closes as often."""
    return lambda length: (
        (head * (length // (len(head) + len(tail)))) + piece + tail * (length // (len(head) + len(tail)))
    )


KINDS: dict[str, Kind] = {
    "one small letter": _repeat("a"),
    "one capital": _repeat("A"),
    "one Cyrillic letter": _repeat("ж"),
    "one capital again": _repeat("Ж"),
    "alternating case": _repeat("aB"),
    "spaces": _repeat(" "),
    "line breaks": _repeat("\n"),
    "capitals a line": _repeat("A\n"),
    "words of one letter": _repeat("a "),
    "initials": _repeat("A. "),
    "initials without spaces": _repeat("A."),
    "initials of Cyrillic": _repeat("А.Б. "),
    "hyphens": _repeat("-"),
    "hyphenated letters": _repeat("A-"),
    "hyphenated words": _repeat("Kupol-"),
    "apostrophes": _repeat("'"),
    "apostrophes in letters": _repeat("O'"),
    "full stops": _repeat("."),
    "dotted words": _repeat("Kupol."),
    "commas": _repeat("Kupol,"),
    "slashes": _repeat("Kupol/"),
    "underscores": _repeat("Kupol_"),
    "at signs": _repeat("a@"),
    "one capitalised word": _repeat("Word "),
    "different capitalised words": _series(lambda number: f"{_title(number + 700)} "),
    "different Cyrillic words": _series(lambda number: f"{_cyrillic(number + 300)} "),
    "different capitals": _series(lambda number: f"{_title(number + 700).upper()} "),
    "different surnames in ov": _series(lambda number: f"{_title(number + 700)}ov "),
    "different small words": _series(lambda number: f"{letters_of(number + 700)} "),
    "names joined by of": _repeat("Ministry of "),
    "names joined by and": _series(lambda number: f"{_title(number + 700)} and "),
    "no spaces": _series(letters_of),
    "camel case": _series(_title),
    "CJK": _repeat("北京中国人民解放军"),
    "Hangul": _repeat("서울특별시"),
    "Thai": _repeat("กรุงเทพมหานคร"),
    "Arabic": _repeat("محمد بن سلمان "),
    "Hebrew": _repeat("ירושלים "),
    "a known name": _repeat("Aleksandr Brechalov "),
    "a known name, no space": _repeat("Brechalov"),
    "a known name, comma": _repeat("Izhevsk, "),
    "a known inflected name": _repeat("Бречаловым "),
    "nearly known names": _series(lambda number: f"Brechal{letters_of(number)}ov "),
    "nearly known Cyrillic names": _series(lambda number: f"Бречал{_cyrillic(number).lower()}ов "),
    "nearly known phrases": _series(lambda number: f"Izhevsk Electromechanical Plant {_title(number)} "),
    "first words of a name": _repeat("Izhevsk Electromechanical "),
    "given names": _repeat("Aleksandr Vladimir "),
    "a patronymic": _repeat("Владимирович "),
    "titles": _repeat("President General "),
    "legal forms": _repeat("ООО АО "),
    "open quotes": _repeat("«Купол "),
    "straight quotes": _repeat('"Kupol '),
    "single quotes": _repeat("'Kupol "),
    "open brackets": _repeat("(Kupol "),
    "closing brackets": _repeat("Kupol) "),
    "nested brackets": _between("(", "Kupol", ")"),
    "definitions": _series(lambda number: f"Great {_title(number)} Bureau (G{_title(number).upper()}B) "),
    "acronyms in brackets": _repeat("(SBU) "),
    "addresses of pages": _repeat("https://example.org/a/b?c=d&e=f#g "),
    "an endless address": lambda length: "https://example.org/" + "a/" * (length // 2),
    "addresses of mail": _repeat("brechalov@udmurtia.example "),
    "hash tags": _repeat("#Kupol "),
    "emoji": _repeat("👨‍👩‍👧‍👦"),
    "flags": _repeat("🇺🇦"),
    "joiners": _repeat("\u200d"),
    "marks on one letter": lambda length: "a" + "\u0301" * length,
    "marks on each letter": _repeat("Z\u0341\u0315\u0362\u0489\u0334\u0300\u0316\u0301\u0317"),
    "marks of two classes": lambda length: "a" + "\u0301\u0316" * (length // 2),
    "soft hyphens": _repeat("Ku\u00adpol\u00ad"),
    "directions": _repeat("\u202e\u202dKupol"),
    "ligatures": _repeat("ﷺ"),
    "full width": _repeat("Ｋｕｐｏｌ　"),
    "mathematical letters": _repeat("𝕶𝖚𝖕𝖔𝖑 "),
    "mixed scripts": _repeat("Кuпoл "),
    "digits": _repeat("1"),
    "numbers": _series(lambda number: f"{number} "),
    "numbers with points": _repeat("1."),
    "dates": _repeat("2025-07-01 "),
    "designations": _series(lambda number: f"9K{number} "),
    "one designation": _repeat("9K33"),
    "parts of designations": _repeat("A1-"),
    "units": _series(lambda number: f"{number}th Brigade "),
    "units of Cyrillic": _series(lambda number: f"{number}-я бригада "),
    "roman numerals": _repeat("XIV "),
    "code": _repeat("{'Kupol': [1, 2]}; "),
    "entities of HTML": _repeat("&amp;#x41;&nbsp;"),
    "tags of HTML": _repeat("<b>Kupol</b>"),
    "open tags of HTML": _repeat("<div>"),
    "unclosed tags of HTML": _repeat("<div a='"),
    "less-than signs": _repeat("<"),
    "comments of HTML": _repeat("<!--"),
    "open scripts": _repeat("<script>"),
    "open and closed scripts": _repeat("<script></script "),
    "pictures in HTML": _repeat("<svg "),
    "meta in HTML": _repeat("<meta name=date content=2025 "),
    "times in HTML": _repeat("<time datetime= "),
    "html tags in HTML": _repeat("<html lang "),
    "ampersands": _repeat("&"),
    "a long reference": lambda length: "&" + "a" * length,
    "a long numeric reference": lambda length: "&#" + "1" * length,
    "brackets of JSON": _repeat("["),
    "braces of JSON": _repeat('{"a":'),
    "backslashes": _repeat("\\"),
    "percents": _repeat("%41"),
    "tabs": _repeat("\t"),
    "bullets": _repeat("• Kupol\n"),
    "table rows": _repeat("Kupol | Izhevsk | \n"),
    "control characters": _repeat("\x00\x1b"),
    "private characters": _repeat("\ue000\uf8ff"),
    "the last character": _repeat("\U0010ffff"),
}
