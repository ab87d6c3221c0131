#!/usr/bin/env python3
"""Read the CSV gradebooks of a class as other programs do, and hold them against the JSON one.

    python grader/tests/gradebook/check.py FOLDER

FOLDER has `json.json`, `csv.csv`, `canvas.csv` and `moodle.csv`, of the same class with a roster, and
Canvas's and Moodle's for the assignment `Basics (12)`. Exits with 0 if all is well.

Needs Python 3.11 or newer with the package jsonschema.
"""

import csv
import json
import re
import sys
from pathlib import Path

import jsonschema

SCHEMA = Path(__file__).parents[2] / "schema" / "gradebook.schema.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(path):
    """The rows of a file; numbers, which alone are not quoted, as such."""
    with path.open(newline="", encoding="utf-8") as file:
        found = list(csv.reader(file, strict=True, quoting=csv.QUOTE_NONNUMERIC))
    assert len({len(row) for row in found}) == 1, f"{path}: rows of several lengths"
    for cell in (cell for row in found for cell in row):
        assert isinstance(cell, float) or not cell.lstrip().startswith(FORMULA), f"{path}: {cell}"
    return found


def check_csv(book, path):
    header, *body = rows(path)
    names = [exercise["name"] for exercise in book["exercises"]]
    assert header[-len(names) - 1 : -1] == names
    assert len(body) == len(book["students"])
    for row, student in zip(body, book["students"]):
        cells = dict(zip(header, row))
        assert cells["status"] == student["status"].replace("_", " ")
        assert cells["submission"] == student.get("submission", "")
        # What is missing is empty, not zero.
        assert cells["score"] == student.get("score", ""), cells
        assert cells["percent"] == student.get("percent", "")
        assert cells["points"] == book["points"]
        marks = [mark["score"] for mark in student.get("exercises", [])]
        assert [cells[name] for name in names] == (marks or [""] * len(names))


def check_canvas(book, path):
    header, points, *body = rows(path)
    assert "Student" in header[0] and "ID" in header[1] and "Section" in header[4]
    assert re.fullmatch(r"(.+) \((\d+)\)", header[5]).groups() == ("Basics", "12")
    assert "Points Possible" in points[0] and points[5] == book["points"]
    assert not any("Points Possible" in str(row[0]) for row in body)
    grades = {row[1]: row[5] for row in body}
    rostered = [student for student in book["students"] if "roster" in student]
    assert grades == {float(it["roster"]["id"]): it.get("score", "") for it in rostered}


def check_moodle(book, path):
    header, *body = rows(path)
    assert header == ["email", "name", "Basics (12)", "Basics (12) (feedback)"]
    grades = {row[0]: row[2] for row in body}
    assert len(grades) == len(body) and all(0 <= grade <= 100 for grade in grades.values())
    scored = [it for it in book["students"] if "roster" in it and "percent" in it]
    assert grades == {it["roster"]["email"]: it["percent"] for it in scored}


def main(folder):
    book = json.loads((folder / "json.json").read_text())
    jsonschema.validate(book, json.loads(SCHEMA.read_text()))
    check_csv(book, folder / "csv.csv")
    check_canvas(book, folder / "canvas.csv")
    check_moodle(book, folder / "moodle.csv")
    print(f"{len(book['students'])} students: all is well")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
