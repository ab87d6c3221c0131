"""The JSON report, by the schema that the grader prints."""

from reading import Reading

from . import strict_json

SCHEMA = strict_json.SCHEMAS.parents[2] / "schema/report.schema.json"


def read(path):
    document = strict_json.read(path)
    strict_json.validate(document, SCHEMA)
    return Reading(
        score=strict_json.points(document["score"]),
        points=strict_json.points(document["points"]),
        shown=list(strict_json.strings(document)),
    )
