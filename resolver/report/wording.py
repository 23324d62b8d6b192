"""Small pieces of text that all renderers share."""

_UNKNOWN = 0xFFFD
# Each control character as its picture, line breaks as spaces. Directional overrides make a name read as another one:
# they are left out; the marks that Arabic and Hebrew texts need (U+200E, U+200F) do no harm.
_SHOWN: dict[int, int | None] = {
    **{code: 0x2400 + code for code in range(32)},
    **dict.fromkeys(range(0x80, 0xA0), _UNKNOWN),
    **dict.fromkeys(range(0xD800, 0xE000), _UNKNOWN),
    **dict.fromkeys((0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029), 0x20),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    0x7F: 0x2421,
}


def visible(text: str) -> str:
    r"""The text on one line, with a picture for each control character and without directional overrides.

    >>> visible("Ku\npol\x1b[31m \u202eIzhevsk")
    'Ku pol␛[31m Izhevsk'
    """
    return text if text.isprintable() else text.translate(_SHOWN)


def percent(share: float | None) -> str:
    """A share as people read it; only all is 100 %, and only nothing is 0 %.

    >>> percent(0.8179), percent(0.99999), percent(0.00001), percent(1.0), percent(None)
    ('81.8 %', '99.9 %', '0.1 %', '100 %', 'none')
    """
    if share is None:
        return "none"
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    return f"{min(max(share * 100, 0.1), 99.9):.1f} %"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """The number with its noun.

    >>> counted(1, "mention"), counted(2500, "mention"), counted(2, "entity", "entities")
    ('1 mention', '2,500 mentions', '2 entities')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
