#!/usr/bin/env python3
"""Make a large class of a small one: its records under other names, some hostile, with a roster.

    python grader/tests/gradebook/enlarge.py RESULTS COUNT OUT

RESULTS is a folder of results with graded submissions. OUT becomes one with COUNT, of which some are
unreadable, and `roster.csv`, on which some have handed in nothing.
"""

import csv
import json
import sys
from pathlib import Path

HOSTILE = [
    "=HYPERLINK(\"http://example.org\",\"grade\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "</td><script>document.title = 'stolen'</script>",
    "{{ 7 * 7 }}",
    "Points Possible",
    "O'Neil, \"Al\"; the 2nd, ﷽ 🦀",
    "a very long name " * 15,
]


def main(results, count, out):
    records = [json.loads(file.read_text()) for file in sorted(results.glob("records/*.json"))]
    records = [record for record in records if "graded" in record["outcome"]]
    for folder in ("records", "pages", "shards"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    roster = []
    for number in range(count):
        record = dict(records[number % len(records)])
        record["id"] = f"s{number:05}"
        record["student"] = record["id"]
        name = HOSTILE[number] if number < len(HOSTILE) else f"Student {number}"
        record["name"] = name
        if number % 100 == 50:
            record["outcome"] = {"unreadable": "it is no archive"}
        if number % 100 == 75:
            roster.append((f"nobody{number}", number, name, f"n{number}@example.org"))
            continue
        roster.append((record["id"], number, name, f"s{number}@example.org"))
        if "graded" in record["outcome"]:
            (out / "pages" / f"{record['id']}.html").write_text("<!doctype html><title>page</title>")
        (out / "records" / f"{record['id']}.json").write_text(json.dumps(record))
    ids = sorted(file.stem for file in out.glob("records/*.json"))
    manifest = {"version": 1, "of": 1, "shard": 1, "grading": "0", "submissions": ids, "left_out": [], "done": True}
    (out / "shards" / "1-of-1.json").write_text(json.dumps(manifest))
    with (out / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("submission", "id", "name", "email"), *roster])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
