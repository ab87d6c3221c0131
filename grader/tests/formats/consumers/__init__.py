"""Whoever reads a report, one file a format."""

from . import (
    classroom,
    classroom50,
    exercism,
    github,
    gradescope,
    json_report,
    junit,
    markdown,
    page,
    prairielearn,
    sarif,
    tap,
    terminal,
)

# The file that each format is written to, and who reads it: a function of the file's path, of what
# Node's libraries read in it, and of the published schema of SARIF.
CONSUMERS = {
    "terminal.txt": lambda path, node, schema: terminal.read(path),
    "json.json": lambda path, node, schema: json_report.read(path),
    "html.html": lambda path, node, schema: page.read(path),
    "junit.xml": lambda path, node, schema: junit.read(path),
    "github.txt": lambda path, node, schema: github.read(node),
    "summary.md": lambda path, node, schema: markdown.read_summary(path),
    "markdown.md": lambda path, node, schema: markdown.read(path),
    "gradescope.json": lambda path, node, schema: gradescope.read(path),
    "classroom50.json": lambda path, node, schema: classroom50.read(path),
    "classroom.txt": lambda path, node, schema: classroom.read(path, node),
    "exercism.json": lambda path, node, schema: exercism.read(path),
    "prairielearn.json": lambda path, node, schema: prairielearn.read(path),
    "tap.txt": lambda path, node, schema: tap.read(node),
    "sarif.json": lambda path, node, schema: sarif.read(path, schema),
}
