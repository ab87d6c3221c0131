"""Exercism's results.json."""

from reading import Reading

from . import strict_json


def read(path):
    document = strict_json.read(path, "exercism")
    tests = document.get("tests", [])
    reading = Reading(shown=list(strict_json.strings(document)))
    outcomes = {test["status"] for test in tests}
    status = document["status"]
    match status:
        case "pass":
            fits = outcomes == {"pass"}
        case "fail":
            fits = outcomes - {"pass"}
        case "error":
            fits = "pass" not in outcomes
    reading.expect(fits, f"{status} as a whole, and the tests are {sorted(outcomes)}")
    return reading
