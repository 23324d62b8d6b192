"""Reads the tables of the packages: plain text, one `key: value, value` a line, `#` starts a comment.

A table is data that people correct, so it is kept as readable as a list, and it loads in about a millisecond.
"""

from pkgutil import get_data  # importlib.resources would take a tenth of the time that `import resolver` takes


def read_table(name: str, package: str = "resolver.language") -> list[tuple[str, tuple[str, ...]]]:
    """The (key, values) rows of the table NAME.txt that lies in `package`, in file order.

    >>> key, values = read_table("romanization")[0]
    >>> key, values[:3]
    ('ru', ('а=a', 'б=b', 'в=v'))
    """
    content = get_data(package, f"{name}.txt") or b""  # a missing file raises OSError
    rows = []
    for line in content.decode("utf-8").splitlines():
        key, colon, values = line.partition("#")[0].partition(":")
        if colon:
            rows.append((key.strip(), tuple(filter(None, map(str.strip, values.split(","))))))
    return rows


def values_of(key: str, name: str, package: str = "resolver.language") -> frozenset[str]:
    """The values of all rows with a key, in a table where a key may have several.

    >>> sorted(values_of("firm", "kinds"))[:3]
    ['company', 'concern', 'corporation']
    """
    return frozenset(value for row, values in read_table(name, package) if row == key for value in values)
