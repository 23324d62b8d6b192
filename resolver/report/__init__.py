"""Renders an audit for people: a page that needs nothing else, a table in the terminal, a CSV for spreadsheets.

It also says of single candidates what lets them be linked, or keeps them from it (`explanation`), and draws their
evidence (`waterfall`).

Names come from texts that anyone may have written, so every renderer treats them as hostile: the page escapes them and
allows no script but its own, the terminal gets no control characters, the CSV no formulas.
"""

from resolver.report.explanation import Explanation, explain_candidate, explanation_record
from resolver.report.export import mentions_csv
from resolver.report.page import PAGE, render_html, write_html
from resolver.report.terminal import summary_table

__all__ = [
    "PAGE",
    "Explanation",
    "explain_candidate",
    "explanation_record",
    "mentions_csv",
    "render_html",
    "summary_table",
    "write_html",
]
