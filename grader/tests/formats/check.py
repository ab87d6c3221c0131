#!/usr/bin/env python3
"""Read reports as their consumers do, and hold what was read against what is true.

    python grader/tests/formats/check.py PACKAGES SARIF FOLDER
    python grader/tests/formats/check.py PACKAGES SARIF selftest

PACKAGES is the folder in which @actions/core and tap-parser are installed, SARIF the published JSON
Schema of SARIF 2.1.0. FOLDER has a folder for each report with its files, one for each of
`CONSUMERS`, and with `truth.json`, which those whose name begins with `real-` do without:

    {
      "score": "40/3", "points": "20",
      "passed": 3, "failed": 2,
      "texts": [{"text": "must be shown as it is", "formats": ["junit", "summary"]}],
      "forbidden": ["must be shown nowhere"]
    }

`passed` and `failed` count the tests of JUnit and TAP; a format is the name of its file without the
ending. The self-test takes reports that are right and others with one fault each, which must be
found. Exits with 0 if all is well, else with 1.

Needs Python 3.11 or newer with the packages junitparser, jsonschema, markdown-it-py and
linkify-it-py, xmllint, and Node.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from consumers import CONSUMERS
from reading import Refused, problems
from selftest import write_reports

NODE = Path(__file__).with_name("check.mjs")


def check(packages, schema, folder):
    """The problems of each file of each report in this folder, by report and file."""
    reports = sorted(path for path in folder.iterdir() if path.is_dir())
    if not reports:
        sys.exit(f"{folder} has no report")
    command = ["node", NODE, packages, folder]
    node = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {
        report.name: {
            file: list(problems_of(report, file, node[report.name].get(file), schema))
            for file in CONSUMERS
        }
        for report in reports
    }


def problems_of(report, file, node, schema):
    if node and "refused" in node:
        yield f"refused: {node['refused']}"
        return
    try:
        truth = truth_of(report, file)
        reading = CONSUMERS[file](report / file, node, schema)
    except (Refused, UnicodeDecodeError, FileNotFoundError) as error:
        yield f"refused: {error}"
        return
    yield from problems(reading, truth)


def truth_of(report, file):
    """What is true of this file, unless a submission was really graded."""
    if report.name.startswith("real-"):
        return None
    truth = json.loads((report / "truth.json").read_text("utf-8"))
    name = file.split(".")[0]
    texts = [text["text"] for text in truth["texts"] if name in text["formats"]]
    return truth | {"texts": texts}


def check_reports(packages, schema, folder):
    """Whether every consumer takes the reports in this folder."""
    found = check(packages, schema, folder)
    wrong = 0
    for report, files in found.items():
        for file, wrongs in files.items():
            for problem in wrongs:
                wrong += 1
                print(f"{report}/{file}: {problem[:500]}")
    print(f"{len(found)} reports in {len(CONSUMERS)} formats: {wrong} problems")
    return wrong == 0


def selftest(packages, schema):
    """Whether every fault is found for what it is, and none where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        faults = write_reports(Path(folder))
        found = check(packages, schema, Path(folder))
    wrong = 0
    for report, fault in faults.items():
        blamed = {file: wrongs for file, wrongs in found[report].items() if wrongs}
        wanted = {fault.file} if fault else set()
        said = " ".join(problem for wrongs in blamed.values() for problem in wrongs)
        if set(blamed) != wanted or (fault and fault.problem not in said):
            wrong += 1
            print(f"{report}: {fault}: found {blamed}")
    count = sum(fault is not None for fault in faults.values())
    print(f"{len(faults)} reports, {count} of them with a fault: {wrong} wrong")
    return wrong == 0


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    packages, schema, folder = sys.argv[1:]
    schema = Path(schema)
    if folder == "selftest":
        return 0 if selftest(packages, schema) else 1
    return 0 if check_reports(packages, schema, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
