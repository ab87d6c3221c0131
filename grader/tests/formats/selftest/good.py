"""A report that every consumer takes, written by hand.

`sigmoid` has all of its 10 points, `softmax` a third: one of its three cases passed, one says a
text that means something in each of the formats, and one crashed.
"""

import base64
import json

# What learner code said. No format may take it for anything but text.
TEXT = (
    "pwned <b>a & b</b> ]]> ::error::no ##[group]no | `c` *d* _e_ $f$ @g # TODO \\ %0A"
    " https://pwned.example {"
)
XML = TEXT.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
CODE = f"`` {TEXT} ``"
CELL = CODE.replace("|", "\\|")
TAP = TEXT.replace("\\", "\\\\").replace("#", "\\#")
DATA = TEXT.replace("%", "%25")
# A runner takes `##[group]` for a command wherever it stands in a line.
LOGGED = TEXT.replace("##[", "## [")

TRUTH = {
    "score": "40/3",
    "points": "20",
    "passed": 3,
    "failed": 2,
    "texts": [
        {
            "text": TEXT,
            "formats": [
                *("terminal", "html", "junit", "github", "summary", "markdown", "gradescope"),
                *("classroom50", "exercism", "prairielearn", "tap", "sarif", "json"),
            ],
        },
        {"text": LOGGED, "formats": ["classroom"]},
    ],
    "forbidden": ["the answer is 42"],
}

TERMINAL = f"softmax\n  wrong value\n  {TEXT}\n"

HTML = f"<!doctype html><h1>Report</h1><p class='case'>{XML}</p>\n"

JSON = {
    "version": 1,
    "course": {"title": "A course", "hash": "00"},
    "submission": {"id": "alice", "hash": "11"},
    "score": 13.33,
    "points": 20,
    "percent": 66.65,
    "isolation": "full",
    "provenance": {"grader": "0.1.0", "grader_hash": "0" * 64, "rustc": "1.95.0", "seed": 7},
    "duration_ms": 612,
    "exercises": [
        {
            "name": "softmax",
            "title": "Softmax",
            "score": 3.33,
            "points": 10,
            "verdict": "failed",
            "follow_through": [],
            "cases": [
                {
                    "name": "two",
                    "function": "softmax",
                    "kind": "case",
                    "verdict": "panicked",
                    "weight": 1,
                    "hidden": False,
                    "message": TEXT,
                }
            ],
        }
    ],
}

JUNIT = f"""<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="A course" tests="5" failures="1" errors="1" time="0.612">
  <testsuite name="sigmoid" tests="2" failures="0" errors="0" skipped="0" time="0.2">
    <testcase classname="sigmoid" name="one" time="0.1"/>
    <testcase classname="sigmoid" name="two" time="0.1"/>
  </testsuite>
  <testsuite name="softmax" tests="3" failures="1" errors="1" skipped="0" time="0.412">
    <testcase classname="softmax" name="one" time="0.1"/>
    <testcase classname="softmax" name="two" time="0.1">
      <failure type="panicked" message="panicked">{XML}</failure>
      <system-out>{XML}</system-out>
    </testcase>
    <testcase classname="softmax" name="three" time="0.1">
      <error type="crashed" message="crashed"/>
    </testcase>
  </testsuite>
</testsuites>
"""

GITHUB = f"""Softmax: 1 of 3
::stop-commands::5d41402abc4b2a76b9719d911017c592
##[group]pwned
::error::pwned
::5d41402abc4b2a76b9719d911017c592::
::error title=softmax%3A two,file=src/softmax.rs,line=3,endLine=3,col=1,endColumn=5::{DATA}
::notice title=Softmax::1 of 3%0A100%25
::warning::No file
"""

MARKDOWN = f"""# A course

| case | message |
| --- | --- |
| two | {CELL} |

<details><summary>Softmax</summary>

```rust
{TEXT}
```

See [the file](exercises/src/softmax.rs).

</details>
"""

GRADESCOPE = {
    "score": 13.33,
    "execution_time": 0.612,
    "output": "All",
    "output_format": "text",
    "visibility": "visible",
    "extra_data": {"course": "A course"},
    "tests": [
        {
            "name": "sigmoid",
            "number": "1",
            "score": 10,
            "max_score": 10,
            "status": "passed",
            "visibility": "visible",
            "output": "\x1b[1;31mfine\x1b[0m",
            "output_format": "ansi",
        },
        {
            "name": "softmax",
            "number": "2",
            "score": 3.33,
            "max_score": 10,
            "status": "failed",
            "output": TEXT,
        },
        {
            "name": "summary",
            "score": 0,
            "max_score": 0,
            "output": f"two {CODE}\n",
            "output_format": "md",
        },
    ],
}

CLASSROOM50 = {
    "schema": "classroom50/result/v1",
    "classroom": "numpy",
    "assignment": "basics",
    "assignment_type": "individual",
    "owner": "alice",
    "submission": "submit/1",
    "commit": "https://example.org/c",
    "release": "https://example.org/r",
    "review": "https://example.org/v",
    "datetime": "2026-01-31T23:59:59Z",
    "score": 13,
    "max-score": 20,
    "tests": [
        {"test-name": "sigmoid", "passed": True, "score": 10, "max-score": 10},
        {
            "test-name": "softmax",
            "passed": False,
            "score": 3,
            "max-score": 10,
            "message": TEXT,
        },
    ],
}

CLASSROOM = {
    "version": 1,
    "status": "fail",
    "max_score": 20,
    "tests": [
        {
            "name": "sigmoid",
            "status": "pass",
            "score": 10,
            "message": None,
            "test_code": "",
            "filename": "",
            "line_no": 0,
            "duration": 200,
        },
        {
            "name": "softmax",
            "status": "fail",
            "score": 3.33,
            "message": "1 of 3",
            "test_code": f"  two: {LOGGED}",
            "filename": "",
            "line_no": 0,
            "duration": 412,
        },
    ],
}

EXERCISM = {
    "version": 2,
    "status": "fail",
    "tests": [
        {"name": "sigmoid: one", "status": "pass"},
        {"name": "sigmoid: two", "status": "pass", "message": None, "output": "printed"},
        {"name": "softmax: one", "status": "pass"},
        {"name": "softmax: two", "status": "fail", "message": TEXT, "test_code": "softmax([[1]])"},
        {"name": "softmax: three", "status": "error", "message": "crashed"},
    ],
}

PRAIRIELEARN = {
    "gradable": True,
    "score": 0.6665,
    "message": "13.33 of 20",
    "tests": [
        {"name": "sigmoid", "points": 10, "max_points": 10},
        {"name": "softmax", "points": 3.33, "max_points": 10, "output": TEXT},
    ],
}

TAP_TEXT = f"""TAP version 14
1..2
# Subtest: sigmoid
    ok 1 - one
    ok 2 - two
    1..2
ok 1 - sigmoid
# Subtest: softmax
    ok 1 - one
    not ok 2 - two: {TAP}.
      ---
      message: {json.dumps(TEXT)}
      ...
    not ok 3 - three
    1..3
not ok 2 - softmax
"""

SARIF = {
    "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    "version": "2.1.0",
    "runs": [
        {
            "tool": {"driver": {"name": "grader", "rules": [{"id": "panicked"}]}},
            "results": [
                {
                    "ruleId": "panicked",
                    "level": "error",
                    "message": {"text": TEXT},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "exercises/src/softmax.rs"},
                                "region": {"startLine": 3, "endLine": 4},
                            }
                        }
                    ],
                }
            ],
        }
    ],
}


def dump(document):
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


# The text of each file; Classroom's before base64.
FILES = {
    "truth.json": dump(TRUTH),
    "terminal.txt": TERMINAL,
    "json.json": dump(JSON),
    "html.html": HTML,
    "junit.xml": JUNIT,
    "github.txt": GITHUB,
    "summary.md": MARKDOWN,
    "markdown.md": MARKDOWN,
    "gradescope.json": dump(GRADESCOPE),
    "classroom50.json": dump(CLASSROOM50),
    "classroom.txt": dump(CLASSROOM),
    "exercism.json": dump(EXERCISM),
    "prairielearn.json": dump(PRAIRIELEARN),
    "tap.txt": TAP_TEXT,
    "sarif.json": dump(SARIF),
}


def write(folder, files):
    """Writes the files of a report into this folder."""
    folder.mkdir()
    for name, text in files.items():
        data = text.encode("utf-8", "surrogateescape")
        if name == "classroom.txt" and text.lstrip().startswith("{"):
            data = base64.b64encode(data)
        (folder / name).write_bytes(data)
