"""A clean folder, laid out as a platform lays it out, in which its scripts are run."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[3]
PLATFORMS = ROOT / "grader/platforms"

# What a learner may call a file to have it run, or its name taken for an option or a command.
HOSTILE_NAMES = [
    "$(touch pwned).rs",
    "`touch pwned`.rs",
    "a; touch pwned.rs",
    "--output.rs",
    "::error::pwned.rs",
    "line\n::error::pwned.rs",
]

# The grader is built already, so only who asks for it, and where, is written down.
CARGO = """#!/bin/sh
if [ "$*" = "build --locked --package grader" ]; then pwd -P >>"{log}"; exit; fi
exec "{cargo}" "$@"
"""


class Place(unittest.TestCase):
    """A test with a folder of its own and few environment variables."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())).resolve()
        self.programs = self.folder / "programs"
        self.builds = self.folder / "builds"
        self.program("cargo", CARGO.format(log=self.builds, cargo=shutil.which("cargo")))
        self.environment = {
            "HOME": os.environ["HOME"],
            "LC_ALL": "C.UTF-8",
            "PATH": f"{self.programs}:{os.environ['PATH']}",
        }

    def program(self, name, text):
        """Makes a program that is found before the machine's."""
        self.programs.mkdir(exist_ok=True)
        path = self.programs / name
        path.write_text(text, "utf-8")
        path.chmod(0o755)

    def run_in(self, folder, command, **environment):
        """Runs a command and returns its exit code and all that it printed."""
        done = subprocess.run(
            command,
            cwd=folder,
            env=self.environment | {name: str(value) for name, value in environment.items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return done.returncode, done.stdout.decode()

    def assert_built_in(self, folder):
        """Cargo reads the configuration of the folders above, so a learner's must not be there."""
        self.assertEqual(self.builds.read_text("utf-8").splitlines(), [str(folder.resolve())])

    def assert_nothing_ran(self):
        self.assertEqual(list(self.folder.rglob("pwned")), [])


def course(folder):
    """The course as an instructor keeps it: this project, and what is built of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.symlink_to(ROOT)
    return folder


def broken_course(folder):
    """A course in which nothing can be compiled: the grader fails."""
    for part in ("fixtures", "solutions/src"):
        shutil.copytree(ROOT / part, folder / part)
    (folder / "target").mkdir()
    (folder / "target/debug").symlink_to(ROOT / "target/debug")
    return folder


def told_course(folder):
    """A course with hidden cases, whose grader only tells what it was called with."""
    (folder / "hidden").mkdir(parents=True)
    (folder / "hidden/softmax.toml").touch()
    tell(folder / "target/debug/grader")
    return folder


def tell(program):
    """Makes a grader that only tells where and with which arguments it was called."""
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\npwd -P\nprintf "<%s>" "$@"\n', "utf-8")
    program.chmod(0o755)


def solved(folder):
    """Files in which everything is solved."""
    return shutil.copytree(ROOT / "solutions/src", folder)


def learner(folder):
    """A learner's copy of the course in which everything is solved."""
    solved(folder / "exercises/src")
    shutil.copytree(ROOT / "fixtures", folder / "fixtures")
    return folder


def change(path, before, after):
    """Changes a part of a file."""
    text = path.read_text("utf-8")
    assert before in text, f"{path} has no {before!r}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def break_softmax(sources):
    """One exercise does not compile, and another returns wrong values."""
    change(sources / "softmax.rs", "pub fn softmax", "pub fun softmax")
    change(sources / "l1_loss.rs", "(y - yhat).abs().sum()", "(y - yhat).abs().sum() + 1.0")


def add_hostile_names(sources):
    for name in HOSTILE_NAMES:
        (sources / name).write_text("fn main() {}\n", "utf-8")


def commit(folder):
    """Makes a repository of a folder, or commits what changed in it."""

    def git(*command):
        subprocess.run(["git", *command], cwd=folder, check=True)

    git("-c", "init.defaultBranch=main", "init", "--quiet")
    git("add", "--force", "--all")
    identity = ["-c", "user.name=A Learner", "-c", "user.email=learner@example.org"]
    git(*identity, "commit", "--quiet", "--message", "All")
    return folder
