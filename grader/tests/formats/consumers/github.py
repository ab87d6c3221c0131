"""Workflow commands, as GitHub's runner reads them; the runner is in `check.mjs`."""

from reading import Reading

# What the runner keeps of a step.
MOST_PER_LEVEL = 10
LONGEST = 4096


def read(node):
    reading = Reading(shown=node["shown"], markup=node["markup"], problems=node["problems"])
    levels = [annotation["level"] for annotation in node["annotations"]]
    for level in sorted(set(levels)):
        count = levels.count(level)
        reading.expect(count <= MOST_PER_LEVEL, f"{count} annotations of level {level}")
    for annotation in node["annotations"]:
        check(reading, annotation["properties"], annotation["message"])
    return reading


def check(reading, properties, message):
    reading.expect(message.strip(), f"an annotation that says nothing: {properties}")
    reading.expect(len(message) <= LONGEST, f"{len(message)} characters, at most {LONGEST}")
    # The titles by which GitHub Classroom finds a grade.
    title = properties.get("title", "")
    reading.expect(not title.startswith("Autograding"), f"the title is that of a grade: {title!r}")
    file = properties.get("file", "x")
    reading.expect(
        not file.startswith("/") and ".." not in file.split("/") and "\\" not in file,
        f"not a path in the repository: {file!r}",
    )
    places = {key: properties.get(key, "1") for key in ("line", "endLine", "col", "endColumn")}
    is_place = all(it.isascii() and it.isdigit() and int(it) > 0 for it in places.values())
    reading.expect(is_place, f"no place: {properties}")
    if is_place and "endLine" in properties:
        line, end = int(places["line"]), int(places["endLine"])
        reading.expect(line <= end, f"ends before it begins: {properties}")
        # The runner drops columns otherwise.
        reading.expect(line == end or "endColumn" not in properties, f"no column: {properties}")
