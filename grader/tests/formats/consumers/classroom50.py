"""Classroom 50's result.json."""

from fractions import Fraction

from reading import Reading

from . import strict_json

# A longer file is not collected.
LARGEST = 10 << 20


def read(path):
    document = strict_json.read(path, "classroom50", at_most=LARGEST)
    tests = document["tests"]
    reading = Reading(
        score=Fraction(document["score"]),
        points=Fraction(document["max-score"]),
        step=Fraction(1),
        rescaled=True,
        shown=list(strict_json.strings(document)),
    )
    for key in ("score", "max-score"):
        total = sum(test[key] for test in tests)
        reading.expect(document[key] == total, f"{key} {document[key]}, and the tests' sum {total}")
    names = [test["test-name"] for test in tests]
    reading.expect(len(set(names)) == len(names), f"a name twice: {names}")
    for test in tests:
        # The runner calls the submission a success if each test says that it passed.
        has_all = test["score"] == test["max-score"]
        reading.expect(test["score"] <= test["max-score"], f"{test['test-name']!r} earns too much")
        # Whole points may be rounded up to all of them.
        reading.expect(has_all or not test["passed"], f"{test['test-name']!r} passed without all")
    return reading
