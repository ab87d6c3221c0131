"""SARIF, as GitHub's code scanning and editors read it."""

import re

from reading import Reading

from . import strict_json

# The characters of a relative address.
ADDRESS = re.compile(r"(?:[\w.~/-]|%[0-9A-Fa-f]{2})+", re.ASCII)
# In a message `[text](1)` is a link, unless a backslash stands before the bracket.
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\([^)]*\)")
ESCAPED = re.compile(r"\\([\[\]\\])")


def read(path, schema):
    document = strict_json.read(path)
    strict_json.validate(document, schema)
    reading = Reading()
    for run in document["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"].get("rules", [])]
        reading.expect(len(set(rules)) == len(rules), f"a rule twice: {rules}")
        for result in run["results"]:
            check(reading, result, rules)
        reading.shown += strict_json.strings(run)
    return reading


def check(reading, result, rules):
    message = result["message"]
    reading.expect(message["text"].strip(), f"a result that says nothing: {result}")
    reading.expect("markdown" not in message, "a message in Markdown, which some show as it is")
    link = LINK.search(message["text"])
    reading.expect(not link, f"a link: {link and link[0]!r}")
    reading.shown.append(ESCAPED.sub(r"\1", message["text"]))
    rule = result.get("ruleId")
    reading.expect(rule in rules, f"no rule {rule!r}")
    for location in result.get("locations", []):
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        is_file = ADDRESS.fullmatch(uri) and not uri.startswith("/") and ".." not in uri.split("/")
        reading.expect(is_file, f"not a file in the repository: {uri!r}")
        reading.markup.append(uri)
        region = place.get("region", {})
        line = region.get("startLine", 1)
        reading.expect(line <= region.get("endLine", line), f"ends before it begins: {region}")
