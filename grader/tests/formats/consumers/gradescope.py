"""Gradescope's results.json."""

import re

from reading import Reading

from . import markdown, strict_json

# Gradescope cuts the middle out of a longer output.
LONGEST = 100_000
# The only escape sequences that it turns into something.
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def read(path):
    document = strict_json.read(path, "gradescope")
    tests = document["tests"]
    reading = Reading(
        # Without a score of its own, the total is the sum of the tests.
        score=sum(strict_json.points(test["score"]) for test in tests),
        points=sum(strict_json.points(test["max_score"]) for test in tests),
    )
    if "score" in document:
        total = strict_json.points(document["score"])
        reading.expect(total == reading.score, f"score {total}, and the tests' sum {reading.score}")
    output(reading, document, document.get("output_format", "simple_format"))
    for test in tests:
        has_all = test["score"] == test["max_score"]
        reading.expect(test["score"] <= test["max_score"], f"{test['name']!r} earns too much")
        if "status" in test:
            passed = test["status"] == "passed"
            # Of few points a test may be worth nothing, and then it can fail with all of it.
            reading.expect(has_all or not passed, f"{test['name']!r}: {test['status']}")
        output(reading, test, test.get("output_format", document.get("test_output_format", "text")))
        reading.shown += [test["name"], *test.get("tags", [])]
    reading.shown += strict_json.strings(document.get("extra_data"))
    return reading


def output(reading, of, kind):
    """What the output of a test, or of them all, shows in its format."""
    if "output" not in of:
        return
    text = of["output"]
    reading.expect(len(text) <= LONGEST, f"{len(text)} characters, at most {LONGEST}")
    match kind:
        case "text":
            reading.shown.append(text)
        case "ansi":
            reading.shown.append(COLOUR.sub("", text))
        case "md":
            inner = markdown.read_text(text)
            reading.shown += inner.shown
            reading.markup += inner.markup
            reading.problems += inner.problems
        case _:
            reading.problems.append(f"output in {kind}: its HTML would be foreign text's as well")
