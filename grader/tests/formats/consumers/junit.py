"""JUnit XML, as Jenkins, GitLab and Artemis read it."""

import subprocess
from collections import Counter
from xml.etree import ElementTree

from junitparser import JUnitXml

from reading import Reading, Refused

from .strict_json import SCHEMAS

# GitLab's limit.
LARGEST = 30_000_000
COUNTERS = ("tests", "failures", "errors", "skipped")


def read(path):
    reading = Reading()
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise Refused(f"{len(data)} bytes, at most {LARGEST}")
    reading.expect(b"<!DOCTYPE" not in data, "a document type, which safe parsers refuse")
    validate(path)

    xml = JUnitXml.fromfile(str(path))
    for suite in xml:
        check_counters(reading, suite, f"suite {suite.name!r}")
    check_counters(reading, xml, "all suites")

    cases = [case for suite in xml for case in suite]
    keys = Counter((case.classname, case.name) for case in cases)
    for key, count in keys.items():
        reading.expect(count == 1, f"{count} test cases are {key}: a consumer keeps one of them")
    reading.passed = sum(not case.result for case in cases)
    reading.failed = len(cases) - reading.passed

    for element in ElementTree.fromstring(data).iter():
        reading.shown += [element.text or "", *element.attrib.values()]
    return reading


def validate(path):
    """The schema is the strict part that all the consumers share."""
    schema = SCHEMAS / "junit.xsd"
    command = ["xmllint", "--nonet", "--noout", "--schema", schema, path]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise Refused(run.stderr.strip())


def check_counters(reading, suite, name):
    # Jenkins asks for no `skipped` here, so that the sum of all suites says none.
    counters = [it for it in COUNTERS if it in suite._elem.attrib]
    written = {it: getattr(suite, it) for it in counters}
    suite.update_statistics()
    counted = {it: getattr(suite, it) for it in counters}
    reading.expect(written == counted, f"{name} says {written}, and has {counted}")
