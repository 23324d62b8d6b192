"""The colours of the page can be read: WCAG 2.1 asks 4.5 to 1 of texts and 3 to 1 of the edges of fields."""

import re
from importlib.resources import files

import pytest

STYLE = files("resolver.integrations.review_page").joinpath("static", "page.css").read_text(encoding="utf-8")
THEMES = dict(zip(("light", "dark"), re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL), strict=True))
PAPERS = ("paper", "card", "chosen")
TYPES = ("person", "organization", "location", "product", "event", "other")
TEXTS = (
    *((ink, paper) for paper in PAPERS for ink in ("ink", "soft", "accent", "match", "new", "not", "none", "unsure")),
    *((ink, paper) for paper in ("paper", "card") for ink in TYPES),
    ("ink", "mark"), ("ink", "raised"), ("soft", "wash"), ("on-accent", "accent"), ("paper", "ink"),
)  # fmt: skip
EDGES = (("edge", "card"), ("edge", "paper"), ("focus", "card"), ("focus", "paper"), ("accent", "wash"))


def colours(theme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", THEMES[theme]))


def contrast(one: str, other: str) -> float:
    """The ratio of luminances.

    >>> round(contrast("#ffffff", "#000000"))
    21
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, by the formula of WCAG 2.1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ink", "paper", "least"), [*((*pair, 4.5) for pair in TEXTS), *((*pair, 3.0) for pair in EDGES)]
)
def test_every_colour_can_be_read(theme: str, ink: str, paper: str, least: float) -> None:
    """In light and in dark."""
    found = colours(theme)

    assert contrast(found[ink], found[paper]) >= least


def test_the_style_asks_for_nothing_from_elsewhere() -> None:
    """No address, no import."""
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert "prefers-reduced-motion" in STYLE
