"""PrairieLearn's results.json."""

from fractions import Fraction

from reading import Reading

from . import strict_json

LARGEST = 1 << 20


def read(path):
    document = strict_json.read(path, "prairielearn", at_most=LARGEST)
    tests = document["tests"]
    reading = Reading(
        score=sum(strict_json.points(test["points"]) for test in tests),
        points=sum(strict_json.points(test["max_points"]) for test in tests),
        shown=list(strict_json.strings(document)),
    )
    for test in tests:
        reading.expect(test["points"] <= test["max_points"], f"{test['name']!r} earns too much")
    # The score alone is the grade; the tests are what the learner sees beside it.
    score = Fraction(document["score"])
    shown = reading.score / reading.points if reading.points else Fraction(0)
    # Of few points a hundredth is much.
    step = max(Fraction(5, 1000), Fraction(1, 100) / (reading.points or 1))
    reading.expect(
        abs(score - shown) <= step,
        f"score {float(score)}, and the tests {float(shown)}",
    )
    reading.expect((score == 1) == (shown == 1), f"score {float(score)}: only all is all")
    return reading
