"""An occurrence -> one safe line of its sentence, with the name in «guillemets» and at most `WIDTH` characters a side.

Whatever stands in the document, the line holds no line break, control character or invisible format character, and no
other guillemets than the two around the name: those of the text become “quotes”.
"""

from resolver.model import Occurrence
from resolver.review.queue import Snippet, one_line

WIDTH = 100

_OTHER_MARKS = str.maketrans("«»", "“”")


def snippet_of(occurrence: Occurrence) -> Snippet:
    """The place of a mention; its offsets are those of the document, whatever the line leaves out.

    >>> sentence = "The “Kupol” plant makes\\nthe Osa system."
    >>> snippet_of(Occurrence("a.txt", 28, 31, "Osa", sentence, 0, "unresolved", None, 0.0, "")).text
    'The “Kupol” plant makes the «Osa» system.'
    """
    sentence, start = occurrence.sentence, occurrence.start - occurrence.sentence_start
    end = start + occurrence.end - occurrence.start
    inside = 0 <= start < end <= len(sentence)
    before, after = (sentence[:start], sentence[end:]) if inside else ("", "")
    text = f"{_left(before)}{marked(one_line(occurrence.text))}{_right(after)}".strip()
    return Snippet(one_line(occurrence.document), occurrence.start, occurrence.end, text)


def marked(name: str) -> str:
    """The name as a snippet shows it.

    >>> marked("НПО «Купол»")
    '«НПО “Купол”»'
    """
    return f"«{name.translate(_OTHER_MARKS)}»"


def _left(text: str) -> str:
    """The end of what stands before the name, cut at a word."""
    line = one_line(text[-4 * WIDTH :]).translate(_OTHER_MARKS)
    if len(line) > WIDTH or len(text) > 4 * WIDTH:
        line = "… " + line[-WIDTH:].partition(" ")[2]
    return line + " " * text[-1:].isspace()


def _right(text: str) -> str:
    """The beginning of what stands after the name, cut at a word."""
    line = one_line(text[: 4 * WIDTH]).translate(_OTHER_MARKS)
    if len(line) > WIDTH or len(text) > 4 * WIDTH:
        line = line[:WIDTH].rpartition(" ")[0] + " …"
    return " " * text[:1].isspace() + line
