"""Inputs that nobody would write, and what may come of them: the project's own error, soon, in little memory.

nasty.py      texts that are made to cost much, of any length
mutation.py   sound bytes -> damaged ones
targets.py    what is fuzzed, as a table: sound inputs, and a function that takes any bytes
running.py    inputs into targets, and what happened: accepted, refused, or a failure with its input
costs.py      the time of an operation on texts that double, and how it grows
pages.py      the addresses of the service and of the review page, asked for with requests of any shape

The tests run each for some seconds, and `tests/soak` runs the same for hours.
"""
