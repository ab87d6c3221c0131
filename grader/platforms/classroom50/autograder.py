#!/usr/bin/env python3
"""Grades a submission for Classroom 50, whose runner calls this in the learner's checkout.

It belongs into `CLASSROOM/autograders/ASSIGNMENT/` of the classroom's configuration, with the course
in the folder `course` beside it:

    git archive --prefix=course/ HEAD | tar --extract --directory CLASSROOM/autograders/ASSIGNMENT

The assignment's runtime needs Rust: `{"rust": "stable"}`. A folder `hidden` in the course, with
fixtures, adds its cases; mind that Classroom 50 publishes all of this.

The grader's exit code is passed on: whatever is not 0 the runner records as an error, not as a score.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main():
    bundle = Path(os.environ.get("CLASSROOM50_BUNDLE_DIR") or Path(__file__).parent)
    course = bundle / "course"
    submission = Path.cwd()
    result, body = submission / "result.json", submission / "release-body.md"
    for path in (result, body):
        remove(path)

    if not course.is_dir():
        sys.exit(f"::error title=Not graded::The autograder has no course: {course} is missing.")
    build = ["cargo", "build", "--locked", "--package", "grader"]
    if subprocess.run(build, cwd=course).returncode != 0:
        sys.exit("::error title=Not graded::The grader could not be built.")

    target = Path(os.environ.get("CARGO_TARGET_DIR", course / "target"))
    grade = [target / "debug/grader", "run", "--submission", submission]
    grade += ["--format", "classroom50", "--output", result]
    grade += ["--format", "markdown", "--output", body, "--format", "github"]
    if (course / "hidden").is_dir():
        grade += ["--fixtures", "hidden"]
    # The runner shows the release's text as the summary, and one is enough.
    environment = {name: os.environ[name] for name in os.environ if name != "GITHUB_STEP_SUMMARY"}
    sys.exit(subprocess.run(grade, cwd=course, env=environment).returncode)


def remove(path):
    """Removes what a learner may have left where a report goes: a link leads anywhere."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
