"""The report for the terminal, written to a file: text without colours."""

from reading import Reading


def read(path):
    return Reading(shown=[path.read_bytes().decode("utf-8")])
