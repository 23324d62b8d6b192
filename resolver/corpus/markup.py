"""HTML to its visible text. Markup in, lines of text out; scripts, styles and attributes are gone.

1. One pattern cuts the page into tags and text. It never fails after `<`, so time is linear in the page; the parser of
   the standard library needs 9 s for 100 kB of unclosed comments (Python 3.11).
2. Elements whose content is not shown are dropped whole: scripts (JSON-LD with them), styles, inline images.
3. Block elements become line breaks, other tags nothing; character references are resolved; white space is collapsed.

Known limits: style sheets are not read, so text that they hide is kept; line breaks inside `<pre>` are lost.
"""

import html
import re

from resolver.corpus.documents import clean_date, clean_language

# Quotes count only after "=": <p title=don't> is a tag of its own. Possessive, so that no attribute is scanned twice.
_ATTRIBUTES = r"""(?:[^=>]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+"""
_BLOCK = r"""
    address|article|aside|blockquote|body|br|button|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure
    |footer|form|h[1-6]|head|header|hr|html|legend|li|main|menu|nav|ol|option|p|pre|search|section|select|summary|table
    |tbody|td|textarea|tfoot|th|thead|title|tr|ul
    """
_TOKEN = re.compile(
    rf"""
      <!--.*?(?:-->|\Z)
    | <[!?][^>]*+(?:>|\Z)
    | <(?P<hidden>script|style|template|noscript|iframe)\b{_ATTRIBUTES}(?:>|\Z)
      .*?(?:</(?P=hidden)\b[^>]*+(?:>|\Z)|\Z)
    | <svg\b{_ATTRIBUTES}(?<!/)>.*?(?:</svg\b[^>]*+(?:>|\Z)|\Z)
    | </?(?:(?P<block>{_BLOCK})(?![^\s/>])|[a-z][^\s/>]*+){_ATTRIBUTES}(?:>|\Z)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LANG = re.compile(r"""<html\b[^>]*?\slang\s*=\s*["']?([a-z-]+)""", re.IGNORECASE)
# Only character sets: Python also knows codecs such as "punycode" and "hex" under the same roof.
_CHARSET = re.compile(
    rb"""<meta\b[^>]*?charset\s*=\s*["']?(windows-125\d|koi8-[rtu]|iso-8859-\d{1,2}|cp\d{3,4}|ibm\d{3}|utf-8"""
    rb"""|x-mac-cyrillic|gb\d{4,5}|gbk|big5|euc-jp|euc-kr|shift_jis)\b""",
    re.IGNORECASE,
)
# How pages state when they were published: Open Graph and others in <meta>, schema.org in JSON-LD, HTML in <time>.
_PLAIN = r"[^<>]{0,300}?"
_SAYS_WHEN = r"""(?:published_time|datePublished|pubdate|dc\.date|name\s{0,9}=\s{0,9}["']?date\b)"""
_PUBLISHED = re.compile(
    rf"""<meta\b{_PLAIN}{_SAYS_WHEN}{_PLAIN}content\s{{0,9}}=\s{{0,9}}["']?([\d-]{{10}})"""
    rf"""|<meta\b{_PLAIN}content\s{{0,9}}=\s{{0,9}}["']?([\d-]{{10}}){_PLAIN}{_SAYS_WHEN}"""
    rf"""|"datePublished"\s{{0,9}}:\s{{0,9}}"([\d-]{{10}})"""
    rf"""|<time\b{_PLAIN}datetime\s{{0,9}}=\s{{0,9}}["']?([\d-]{{10}})""",
    re.IGNORECASE,
)
# Numbers beyond any character; those of thousands of digits are more than Python turns into one.
_ENDLESS_REFERENCE = re.compile(r"&#(?:0*+[0-9]{8,}+|[xX]0*+[0-9a-fA-F]{7,}+);?+")
_TOP = 2**18  # characters in which the date is looked for: each look ahead is bounded, and so is their number
_HEAD = 4096  # where language and character set are looked for; HTML asks for the latter within 1024 bytes


def visible_text(page: str) -> str:
    """The text of a page as a reader sees it, title first, one line for each block.

    >>> visible_text("<title>Kupol</title><script>var x = '<p>';</script><p>Izhevsk &amp; <b>Udm</b>urtia<br>2025")
    'Kupol\\nIzhevsk & Udmurtia\\n2025'
    """
    pieces: list[str] = []
    position = 0
    for match in _TOKEN.finditer(page):
        pieces.append(_text(page[position : match.start()]))
        pieces.append("\n" if match["block"] else "")
        position = match.end()
    pieces.append(_text(page[position:]))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def page_language(page: str) -> str | None:
    """The language that the page states for itself.

    >>> page_language('<!doctype html><html lang="uk-UA"><p>Купол')
    'uk'
    """
    match = _LANG.search(page, 0, _HEAD)
    return clean_language(match[1]) if match else None


def page_date(page: str) -> str | None:
    """The day on which the page says that it was published.

    >>> page_date('<meta property="article:published_time" content="2025-07-01T09:30:00Z">')
    '2025-07-01'
    """
    match = _PUBLISHED.search(page, 0, _TOP)
    return clean_date(next(filter(None, match.groups()))) if match else None


def page_charset(data: bytes) -> str | None:
    """The character set that the page states for itself: old pages in Cyrillic are seldom UTF-8."""
    match = _CHARSET.search(data, 0, _HEAD)
    return match[1].decode("ascii").lower() if match else None


def _text(piece: str) -> str:
    """Characters between two tags: references resolved, line breaks made plain spaces."""
    if "&#" in piece:
        piece = _ENDLESS_REFERENCE.sub("\ufffd", piece)
    return html.unescape(piece).replace("\n", " ")
