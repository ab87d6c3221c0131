#!/usr/bin/env python3
"""Hold what is written by hand and by the grader against the schemas.

    python grader/schema/validate.py [--courses FOLDER] [--reports FILE...]

The fixtures of the course, its manifest and the fixtures of the loader's tests in which every key
stands must be valid, and so must, where they are given, JSON reports and the courses in a folder:
`KEEP_COURSES=FOLDER cargo test -p grader --test loader` keeps those that the loader takes. Fixtures
that are broken on purpose must have one error each. Exits with 0 if all is well, else with 1.

Needs Python 3.11 or newer, and the package jsonschema.
"""

import argparse
import json
import sys
import tomllib
from pathlib import Path

from jsonschema import Draft7Validator

SCHEMAS = Path(__file__).parent
ROOT = SCHEMAS.parent.parent
LOADER = ROOT / "grader/tests/loader/schema"


def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def read(path):
    text = path.read_text("utf-8-sig")
    return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)


def kind(path, course):
    """The schema for a file of the course in this folder."""
    if path.name == "course.toml":
        return "course"
    return "fixture" if path.parent == course else "overlay"


def files(course):
    """The fixtures in this folder, its manifest, and the fixtures in the folders inside."""
    found = (path for path in sorted(course.rglob("*")) if path.suffix in (".toml", ".json"))
    return [(path, kind(path, course)) for path in found]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--courses", type=Path)
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    arguments = parser.parse_args()

    validators = {name: validator(name) for name in ("fixture", "overlay", "course", "report")}
    valid = files(ROOT / "fixtures")
    valid += [(LOADER / name, "fixture") for name in ("complete.toml", "trials.toml")]
    valid += [(path, "report") for path in arguments.reports]
    if arguments.courses:
        kept = [file for course in arguments.courses.iterdir() for file in files(course)]
        if not kept:
            sys.exit(f"{arguments.courses} has no course")
        valid += kept

    wrong = 0
    for path, name in valid:
        for error in validators[name].iter_errors(read(path)):
            wrong += 1
            print(f"{path}: {error.json_path}: {error.message}")
    broken = read(LOADER / "broken.toml")["broken"]
    for fixture in broken:
        errors = validators["fixture"].iter_errors(tomllib.loads(fixture["fixture"]))
        errors = [error.message for error in errors]
        if len(errors) != 1:
            wrong += 1
            print(f"{fixture['name']}: not one error, but {errors}")
    print(f"{len(valid)} files that are valid, {len(broken)} that are not: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
