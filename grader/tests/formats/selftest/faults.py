"""One fault a report, and what must be said of it."""

import json
from base64 import encodebytes
from dataclasses import dataclass

from .good import CELL, CODE, DATA, FILES, LOGGED, TEXT, XML


@dataclass
class Fault:
    """A change to a file of the report that is right."""

    file: str
    # What is replaced, where it first stands, and by what.
    old: str
    new: str
    # Part of the problem that must be found.
    problem: str

    def of(self, files):
        """The files with this fault."""
        text = files[self.file]
        assert self.old in text, f"{self.file} has no {self.old!r}"
        return files | {self.file: text.replace(self.old, self.new, 1)}

    def __str__(self):
        return f"{self.file}: {self.old[:60]!r} -> {self.new[:60]!r}"


JSON_TEXT = json.dumps(TEXT, ensure_ascii=False)
MARKDOWN_TEXT = FILES["markdown.md"]
CLASSROOM_TEXT = FILES["classroom.txt"]
# Control characters, one that reverses the text after it, and half a character.
ESCAPES = ["\\u001b[31m", "\\u0000", "\\r", "\\u202e", "\\ud800"]

TERMINAL = [
    ("softmax", "\x1b[31msoftmax", "control character"),
    ("softmax", "\u202esoftmax", "control character"),
    ("softmax", "\udcff", "refused"),
    (TEXT, "", "not shown"),
    ("softmax", "the answer\nis  42", "shown: 'the answer is 42'"),
]

JSON_REPORT = [
    ('"version": 1', '"version": 1, "version": 1', "a key twice"),
    ('"duration_ms": 612', '"duration": 612', "not by the schema"),
    ('"percent": 66.65', '"percent": NaN', "NaN is no number"),
    ("13.33", "13.34000001", "more than two decimals"),
    ("13.33", "13.35", "13.35 of 20.0 points, not 13.333"),
    ("13.33", "20", "only all is all"),
    ('"points": 20', '"points": 30', "not of 20.0"),
    ("13.33", "-1", "-1.0 points are not between"),
    (JSON_TEXT, '"fine"', "not shown"),
]

HTML = [
    (XML, TEXT, "not shown"),
    ("class='case'", "class='pwned'", "foreign text is markup"),
    ("class='case'", "onclick='x'", "an attribute onclick"),
    ("<p", "<script>1</script><p", "a tag <script>"),
]

SUITE = 'name="softmax" tests="3"'
CASE = 'classname="softmax" name="three" time="0.1"'
JUNIT = [
    ("<testsuites", "<testsuites skipped='0'", "skipped"),
    ("<testsuites", "<testsuites timestamp='2026-01-01T00:00:00'", "timestamp"),
    (SUITE, f'{SUITE} disabled="0"', "disabled"),
    ("<testsuites name", "<!DOCTYPE testsuites>\n<testsuites name", "type"),
    ("</testsuites>", "", "refused"),
    ("<error", "<properties/><error", "properties"),
    ("<error", "<failure/><error", "error"),
    ("<error", "<system-out/><error", "error"),
    ('time="0.612"', 'time="6.12e-1"', "time"),
    ('time="0.612"', 'time="0.6120"', "time"),
    ('time="0.612"', 'time="-1"', "time"),
    ('time="0.612"', 'time="NaN"', "time"),
    (SUITE, 'name="softmax" tests="-3"', "tests"),
    (SUITE, 'name="softmax" tests="4"', "suite 'softmax' says"),
    ('tests="5"', 'tests="6"', "all suites says"),
    ('errors="1" time', 'errors="0" time', "all suites says"),
    ('skipped="0" time="0.4', 'skipped="1" time="0.4', "suite 'softmax' says"),
    (CASE, 'classname="softmax" name="two"', "2 test cases are"),
    (CASE, 'name="three"', "classname"),
    ('name="three"', 'name=" three"', "name"),
    ('name="three"', 'name="th&#10;ree"', "name"),
    (XML, TEXT, "refused"),
    (XML, f"<![CDATA[{TEXT}]]>", "refused"),
    (XML, "\x1b[31m", "refused"),
    (XML, "&#27;", "refused"),
    (XML, "\x00", "refused"),
    (XML, "\ufffe", "refused"),
    (XML, "\udcff", "refused"),
    (XML, "&#x202e;", "control character"),
    (XML, "x" * 30_000_000, "bytes, at most"),
    ('message="crashed"', 'message="the answer is 42"', "shown"),
]

STOP = "::stop-commands::5d41402abc4b2a76b9719d911017c592\n"
RESUME = "::5d41402abc4b2a76b9719d911017c592::\n"
NOTICE = "::notice title=Softmax::1 of 3%0A100%25\n"
GITHUB = [
    (STOP, "", "a command"),
    (RESUME, "", "commands stay stopped"),
    (STOP, "::stop-commands::token\n", "a token to be guessed"),
    (STOP, "::stop-commands::add-mask\n", "a token to be guessed"),
    ("::error::pwned\n", f"{RESUME}::group::x\n", "a command"),
    ("::error::pwned\n", f"##[{RESUME[2:-3]}]\n::group::x\n", "a command"),
    ("Softmax:", "::group::", "a command"),
    ("Softmax:", "  ::add-mask::", "a command"),
    ("Softmax:", "\x0b::set-output name=x::", "a command"),
    ("Softmax:", "x\r::debug::", "a command"),
    ("Softmax:", "Softmax ##[group]", "a command"),
    ("Softmax:", "\x1b[31m", "control character"),
    ("Softmax:", "\udcff", "refused"),
    ("100%25", "100%", "not what @actions/core writes"),
    (DATA, "1 of 3", "not shown"),
    ("softmax%3A two", "softmax: two", "not what @actions/core writes"),
    ("::error title", " ::error title", "not what @actions/core writes"),
    ("title=Softmax::", "title=Softmax,pwned=1::", "foreign text is markup"),
    ("title=Softmax::", "title=Softmax,file=::", "not what @actions/core"),
    ("title=Softmax", "title=Autograding report", "the title is that of a grade"),
    ("src/", "../src/", "not a path in the repository"),
    ("src/", "/src/", "not a path in the repository"),
    ("line=3", "line=0", "no place"),
    ("endLine=3", "endLine=2", "ends before it begins"),
    ("endLine=3", "endLine=4", "no column"),
    ("::warning::No file", "::warning::", "says nothing"),
    ("::warning::No file", f"::warning::{'x' * 4097}", "4097 characters"),
    (NOTICE, NOTICE * 11, "11 annotations of level notice"),
    ("1 of 3%0A", "the answer is 42%0A", "shown"),
]

MARKDOWN = [
    (CELL, CODE, "HTML"),
    (CELL, TEXT, "HTML"),
    (CODE.replace("|", "\\|"), f"{CELL} <img src=x>", "HTML"),
    (CELL, f"{CELL} <!-- x -->", "HTML that is no tag"),
    (CELL, f"{CELL} <!DOCTYPE x>", "HTML that is no tag"),
    (CELL, f"{CELL} <![CDATA[x]]>", "HTML that is no tag"),
    (CELL, f"{CELL} <?xml x?>", "HTML that is no tag"),
    (CELL, f"{CELL} </details>", "closes nothing"),
    (CELL, f"{CELL} [x](https://example.org)", "a link"),
    (CELL, f"{CELL} [x](pwned)", "foreign text is markup"),
    (CELL, f"{CELL} https://example.org", "a link"),
    (CELL, f"{CELL} <https://example.org>", "a link"),
    (CELL, f"{CELL} ![x](y.png)", "an image"),
    (CELL, f"{CELL} @somebody", "a mention"),
    (CELL, f"{CELL} www.example.org", "a mention or address"),
    (CELL, f"{CELL} someone@example.org", "a link"),
    (CELL, f"{CELL} \x1b[31m", "control character"),
    ("# A course", "# pwned", "foreign text is markup"),
    ("# A course", "pwned\n===", "foreign text is markup"),
    ("<details>", "<details>\n<details>", "stays open"),
    ("<details>", "<details open>", "HTML"),
    ("```rust", "```pwned", "foreign text is markup"),
    ("\n```\n\nSee", "\n```\n# pwned\n```\n```\n\nSee", "foreign text is markup"),
    ("two |", "the answer is 42 |", "shown"),
    (MARKDOWN_TEXT, "\n", "nothing is in it"),
]

GRADESCOPE = [
    ("{", "", "no JSON"),
    ("{", "\ufeff{", "no JSON"),
    ('"score": 13.33', '"score": Infinity', "Infinity is no number"),
    ('"score": 13.33', '"score": 13.34', "and the tests' sum"),
    ('"score": 13.33', '"scores": 13.33', "not by the schema"),
    ('"score": 13.33', '"score": "13.33"', "not by the schema"),
    ('"score": 3.33', '"score": 3.3300001', "more than two decimals"),
    ('"score": 10,', '"score": 10.5,', "earns too much"),
    ('"score": 10,', '"score": -10,', "not by the schema"),
    ('"score": 10,', '"score": true,', "not by the schema"),
    ('"score": 10,', "", "not by the schema"),
    ('"failed"', '"passed"', "'softmax': passed"),
    ('"failed"', '"error"', "not by the schema"),
    ('"visible"', '"secret"', "not by the schema"),
    ('"number": "1"', '"number": 1', "not by the schema"),
    ('"name": "sigmoid"', '"name": "sig\\nmoid"', "not by the schema"),
    ('"output_format": "text",', "", "output in simple_format"),
    ('"ansi"', '"html"', "output in html"),
    ('"ansi"', '"text"', "control character"),
    ("[1;31m", "[2J", "control character"),
    ("[1;31m", "]0;title\\u0007", "control character"),
    (CODE.replace("\\", "\\\\"), "<b>", "HTML"),
    ('"All"', f'"{"x" * 100_001}"', "characters, at most"),
    ('"All"', '"the answer is 42"', "shown"),
    *(('"All"', f'"{it}"', "control character") for it in ESCAPES),
]

CLASSROOM50 = [
    ('"score": 13', '"score": 14', "and the tests' sum"),
    ('"score": 13', '"score": 13.0', "not by the schema"),
    ('"score": 3', '"score": -3', "not by the schema"),
    ('"score": 3', '"score": true', "not by the schema"),
    ('"max-score": 20', '"max-score": 30', "and the tests' sum"),
    ('"score": 10,', '"score": 11,', "earns too much"),
    ('"passed": false', '"passed": true', "passed without all"),
    ('"passed": false', '"passed": 0', "not by the schema"),
    ('"test-name": "softmax"', '"test-name": "sigmoid"', "a name twice"),
    ('"test-name": "softmax"', '"test-name": ""', "not by the schema"),
    ("result/v1", "result/v2", "not by the schema"),
    ('"individual"', '"alone"', "not by the schema"),
    ("submit/1", "main", "not by the schema"),
    ("59Z", "59.5Z", "not by the schema"),
    ("59Z", "59+00:00", "not by the schema"),
    ('"owner": "alice",', "", "not by the schema"),
    ('"owner"', '"note": "", "owner"', "not by the schema"),
    (JSON_TEXT, f'"{"x" * (10 << 20)}"', "bytes, at most"),
    (JSON_TEXT, '"\\u001b[31m"', "control character"),
]

CLASSROOM = [
    ('{\n  "version"', 'no base64: {\n  "version"', "refused"),
    # In lines, as base64 is often written.
    (CLASSROOM_TEXT, encodebytes(CLASSROOM_TEXT.encode()).decode(), "no base64"),
    ('"max_score": 20', '"max_score": 0', "not by the schema"),
    ('"max_score": 20,', "", "not by the schema"),
    ('"score": 3.33,', "", "not by the schema"),
    ('"score": 3.33', '"score": "3.33"', "not by the schema"),
    ('"score": 3.33', '"score": 3.3333333', "more than two decimals"),
    ('"score": 3.33', '"score": 13.33', "23.33 points are not between"),
    ('"score": 3.33', '"score": 10', "only all is all"),
    ('"line_no": 0', '"line_no": null', "not by the schema"),
    ('"status": "fail",\n  "max', '"status": "pass",\n  "max', "pass as a whole"),
    ('"name": "softmax"', '"name": "soft\\n::error::max"', "not by the schema"),
    ("  two:", "\\n::error title=pwned::", "the reporter prints a command"),
    ("  two:", "\\r\\n ::add-mask::", "the reporter prints a command"),
    ("  two:", "two ##[error]", "the reporter prints a command"),
    ("  two:", "\\u001b[31m", "control character"),
    (json.dumps(LOGGED, ensure_ascii=False)[1:-1], "", "not shown"),
]

EXERCISM = [
    ('"version": 2', '"version": 1', "not by the schema"),
    ('"status": "fail"', '"status": "pass"', "pass as a whole"),
    ('"status": "fail"', '"status": "error"', "not by the schema"),
    (
        '"status": "fail"',
        '"message": "none compiled", "status": "error"',
        "error as a whole",
    ),
    ('"status": "fail"', '"status": "failed"', "not by the schema"),
    (',\n      "message": "crashed"', "", "not by the schema"),
    ('"message": "crashed"', '"message": ""', "not by the schema"),
    ('"message": "crashed"', f'"message": "{"x" * 65536}"', "not by the"),
    ('"printed"', f'"{"x" * 501}"', "not by the schema"),
    ('"printed"', '"printed", "task_id": 1', "not by the schema"),
    ('"printed"', '"printed", "score": 1', "not by the schema"),
    ('"printed"', '"\\u0007"', "control character"),
    ('"printed"', '"the answer is 42"', "shown"),
]

PRAIRIELEARN = [
    ("0.6665", "66.65", "not by the schema"),
    ("0.6665", "-0.1", "not by the schema"),
    ("0.6665", "NaN", "NaN is no number"),
    ("0.6665", "0.68", "score 0.68, and the tests"),
    ("0.6665", "1", "only all is all"),
    ("true", "false", "not by the schema"),
    (',\n      "max_points": 10', "", "not by the schema"),
    ('"points": 3.33', '"points": 3.3333', "more than two decimals"),
    ('"points": 10', '"points": 10.01', "earns too much"),
    ('"gradable"', '"images": [], "gradable"', "not by the schema"),
    (JSON_TEXT, f'"{"x" * (1 << 20)}"', "bytes, at most"),
    (JSON_TEXT, '"\\u001b[31m"', "control character"),
]

TAP = [
    ("TAP version 14\n", "", "no version"),
    ("1..2\n", "1..3\n", "2 tests, and the plan is 1 to 3"),
    ("1..2\n", "", "and the plan is"),
    ("    1..3", "    1..4", "3 tests, and the plan is 1 to 4"),
    ("ok 2 - two\n", "ok 3 - two\n", "no TAP"),
    ("ok 1 - sigmoid\n", "ok 1 - sigmoid\nprinted\n", "no TAP: printed"),
    ("ok 1 - sigmoid\n", "ok 1 - sigmoid\nBail out! x\n", "bails out"),
    ("ok 1 - sigmoid\n", "ok 1 - sigmoid\npragma +bail\n", "a pragma"),
    ("not ok 3 - three", "not ok 3 - three # TODO pwned", "foreign text is markup"),
    ("    ok 1 - one", "    ok 1 - one # SKIP", "2 tests passed, not 3"),
    ("not ok 3 - three", "ok 3 - three", "4 tests passed, not 3"),
    (f"message: {JSON_TEXT}", "message: [", "no TAP"),
    ("- three", "- \x1b[31mthree", "control character"),
    ("- three", "- the answer is 42", "shown"),
]

URI = "exercises/src/softmax.rs"
SARIF = [
    ('"version": "2.1.0"', '"version": "2.0.0"', "not by the schema"),
    ('"level": "error"', '"level": "fatal"', "not by the schema"),
    ('"level"', '"severity": "high", "level"', "not by the schema"),
    ('"startLine": 3', '"startLine": 0', "not by the schema"),
    ('"startLine": 3', '"startLine": 5', "ends before it begins"),
    ('"ruleId": "panicked"', '"ruleId": "crashed"', "no rule"),
    ('"rules": [', '"rules": [{"id": "panicked", "name": "x"}, ', "a rule twice"),
    (URI, f"/{URI}", "not a file in the repository"),
    (URI, f"../{URI}", "not a file in the repository"),
    (URI, f"file:///{URI}", "not a file in the repository"),
    (URI, "exercises/my file.rs", "not a file in the repository"),
    (JSON_TEXT, '" "', "says nothing"),
    (JSON_TEXT, '"[x](https://example.org)"', "a link"),
    (JSON_TEXT, f'{JSON_TEXT}, "markdown": "x"', "a message in Markdown"),
    (JSON_TEXT, '"\\u001b[31m"', "control character"),
    (JSON_TEXT, '"the answer is 42"', "shown"),
]

FAULTS = [
    Fault(file, *fault)
    for file, faults in {
        "terminal.txt": TERMINAL,
        "json.json": JSON_REPORT,
        "html.html": HTML,
        "junit.xml": JUNIT,
        "github.txt": GITHUB,
        "markdown.md": MARKDOWN,
        "summary.md": [*MARKDOWN, ("A course", "x" * (1 << 20), "GitHub drops a summary")],
        "gradescope.json": GRADESCOPE,
        "classroom50.json": CLASSROOM50,
        "classroom.txt": CLASSROOM,
        "exercism.json": EXERCISM,
        "prairielearn.json": PRAIRIELEARN,
        "tap.txt": TAP,
        "sarif.json": SARIF,
    }.items()
    for fault in faults
]
