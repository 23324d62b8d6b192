"""Renders an audit for people: a page that needs nothing else, a table in the terminal, a CSV for spreadsheets.

Names come from texts that anyone may have written, so every renderer treats them as hostile: the page escapes them and
allows no script but its own, the terminal gets no control characters, the CSV no formulas.
"""

from resolver.report.export import mentions_csv
from resolver.report.page import PAGE, render_html, write_html
from resolver.report.terminal import summary_table

__all__ = ["PAGE", "mentions_csv", "render_html", "summary_table", "write_html"]
