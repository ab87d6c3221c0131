"""Compares the records of two runs over the same class, but for times: compare.py RESULTS RESULTS"""

import difflib
import json
import sys
from pathlib import Path


def timeless(value):
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key != "duration_ms"}
    return [timeless(item) for item in value] if isinstance(value, list) else value


def records(results):
    files = sorted((Path(results) / "records").glob("[!.]*"))
    return {file.name: json.dumps(timeless(json.loads(file.read_text())), indent=1) for file in files}


ones, others = map(records, sys.argv[1:])
assert ones, "there are no records"
assert ones.keys() == others.keys(), f"only in one of them: {sorted(ones.keys() ^ others.keys())}"
different = [name for name in ones if ones[name] != others[name]]
for name in different:
    one, other = ones[name].splitlines(), others[name].splitlines()
    print(*difflib.unified_diff(one, other, name, name, lineterm=""), sep="\n")
assert not different, f"these differ: {different}"
print(f"{len(ones)} records are the same")
