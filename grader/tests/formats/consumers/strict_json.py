"""JSON as the strictest consumer reads it."""

import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from jsonschema.validators import validator_for

from reading import Refused

SCHEMAS = Path(__file__).parent.parent / "schemas"


def read(path, schema=None, at_most=None):
    """The document in this file, valid by its schema; numbers with a point are `Decimal`."""
    data = path.read_bytes()
    if at_most and len(data) > at_most:
        raise Refused(f"{len(data)} bytes, at most {at_most}")
    document = parse(data)
    if schema:
        validate(document, SCHEMAS / f"{schema}.schema.json")
    return document


def parse(data):
    """The document in these bytes: UTF-8, each key once, numbers only."""
    try:
        text = data.decode("utf-8")
        return json.loads(
            text, parse_float=Decimal, parse_constant=refuse, object_pairs_hook=keys_once
        )
    except (ValueError, RecursionError) as error:
        raise Refused(f"no JSON: {error}") from error


def refuse(constant):
    raise ValueError(f"{constant} is no number")


def keys_once(pairs):
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError(f"a key twice in {[key for key, _ in pairs]}")
    return document


@cache
def validator(schema):
    schema = json.loads(schema.read_text("utf-8"))
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def validate(document, schema):
    """Refuses a document that its schema does not take."""
    errors = validator(schema).iter_errors(document)
    found = [f"{error.json_path}: {error.message[:200]}" for error in errors]
    if found:
        raise Refused("not by the schema: " + "; ".join(found))


def points(number):
    """A number of points, exactly; more than two decimals are noise that people would see."""
    if number != round(number, 2):
        raise Refused(f"{number} points have more than two decimals")
    return Fraction(number)


def strings(document):
    """All the strings of a document but its keys."""
    match document:
        case str():
            yield document
        case list():
            for item in document:
                yield from strings(item)
        case dict():
            for value in document.values():
                yield from strings(value)
