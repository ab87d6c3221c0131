"""TAP; the parser is in `check.mjs`."""

from reading import Reading


def read(node):
    return Reading(**node)
