"""GitHub Classroom's runner result; its reporter is in `check.mjs`."""

import base64
import binascii
from fractions import Fraction

from reading import Reading, Refused

from . import strict_json


def read(path, node):
    data = path.read_bytes()
    try:
        # A step output is one line.
        document = strict_json.parse(base64.b64decode(data.removesuffix(b"\n"), validate=True))
    except binascii.Error as error:
        raise Refused(f"no base64: {error}") from error
    strict_json.validate(document, strict_json.SCHEMAS / "classroom.schema.json")
    tests = document["tests"]
    for number in (document["max_score"], *(test["score"] for test in tests)):
        strict_json.points(number)
    grade = node["notice"]
    reading = Reading(
        # The reporter adds up in binary, so that its sum may be a little off.
        score=Fraction(grade["totalPoints"]).limit_denominator(1000),
        points=Fraction(grade["maxPoints"]).limit_denominator(1000),
        step=Fraction(1),
        rescaled=True,
        # What learners and Classroom see are the lines that the reporter prints.
        shown=node["shown"],
        markup=node["markup"],
        problems=node["problems"],
    )
    # The reporter makes the job fail unless the whole says `pass`, whatever the tests say.
    has_all = all(test["status"] == "pass" for test in tests)
    reading.expect((document["status"] == "pass") == has_all, f"{document['status']} as a whole")
    is_all = reading.score == reading.points
    # An exercise may be worth nothing, but what passes has all its points.
    reading.expect(is_all or not has_all, "tests pass without their points")
    return reading
