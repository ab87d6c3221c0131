"""`.gitlab-ci.yml` in the folder of a project, after GitLab fetched it and restored its cache."""

import os
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import place
import workflow

PIPELINE = place.PLATFORMS / "gitlab/.gitlab-ci.yml"


# In place of copying the course, which would have to be built anew at its place, names it.
GIT = """#!/bin/sh
if [ "$1" != clone ]; then exec "{git}" "$@"; fi
for folder; do true; done
rmdir "$folder"
ln -s "{root}" "$folder"
"""


class Gitlab(place.Place):
    def setUp(self):
        super().setUp()
        self.project = place.learner(self.folder / "project")
        self.sources = self.project / "exercises/src"
        self.kept = self.project / ".grade"

    def grade(self, **variables):
        """Runs the job's script in the project with this course, if no other is named."""
        place.commit(self.project)
        if not self.kept.exists():
            self.restore_cache()
        if "COURSE_REPOSITORY" not in variables:
            variables["COURSE_REPOSITORY"] = "https://git.example.org/course"
            self.program("git", GIT.format(git=shutil.which("git"), root=place.ROOT))
        variables |= {"CI_PROJECT_DIR": self.project}
        job = workflow.load(PIPELINE)["grade"]
        for name, value in job["variables"].items():
            variables[name] = value.replace("$CI_PROJECT_DIR", str(self.project))
        script = "set -eo pipefail\n" + "\n".join(job["script"])
        return self.run_in(self.project, ["bash", "-c", script], **variables)

    def restore_cache(self):
        """Puts what is built and downloaded already where the job keeps it."""
        home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
        sources = {
            ".grade/cargo/registry": home / "registry",
            ".grade/target": place.ROOT / "target",
        }
        for path in workflow.load(PIPELINE)["grade"]["cache"]["paths"]:
            (self.project / path).parent.mkdir(parents=True, exist_ok=True)
            (self.project / path).symlink_to(sources[path])

    def restore_telling_grader(self):
        place.tell(self.kept / "target/debug/grader")

    def junit(self):
        reports = workflow.load(PIPELINE)["grade"]["artifacts"]["reports"]
        return xml.parse(self.project / reports["junit"]).getroot()

    def page(self):
        [path] = workflow.load(PIPELINE)["grade"]["artifacts"]["paths"]
        return (self.project / path).read_text("utf-8")

    def test_a_perfect_submission_leaves_page_and_junit(self):
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        self.assertIn("140/140", log)
        self.assertIn("<html", self.page())
        self.assertGreater(len(list(self.junit().iter("testcase"))), 14)
        self.assertEqual(list(self.junit().iter("failure")), [])
        self.assert_built_in(place.ROOT)

    def test_what_is_wrong_fails_in_junit_only(self):
        place.break_softmax(self.sources)
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        self.assertTrue([*self.junit().iter("failure"), *self.junit().iter("error")])

    def test_a_low_score_fails_if_that_is_wanted(self):
        place.break_softmax(self.sources)
        code, log = self.grade(FAIL_UNDER="100")
        self.assertEqual(code, 1, log)
        self.assertIn("<html", self.page())

    def test_names_are_not_run(self):
        place.add_hostile_names(self.sources)
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        self.assert_nothing_ran()

    def test_a_committed_grader_is_not_run(self):
        self.restore_telling_grader()
        code, log = self.grade()
        self.assertEqual(code, 2, log)
        self.assertIn("holds .grade", log)
        self.assertNotIn("<run>", log)

    def test_the_course_is_cloned_out_of_reach_of_the_project(self):
        course = place.commit(place.told_course(self.folder / "course"))
        subprocess.run(["git", "branch", "v2"], cwd=course, check=True)
        shutil.rmtree(course / "hidden")
        place.commit(course)
        self.restore_cache = self.restore_telling_grader
        code, log = self.grade(COURSE_REPOSITORY=course.as_uri(), COURSE_REF="v2")
        self.assertEqual(code, 0, log)
        self.assertIn(f"<--submission><{self.project}>", log)
        self.assertIn("<--fixtures><hidden>", log)
        [built] = self.builds.read_text("utf-8").splitlines()
        self.assertFalse(Path(built).is_relative_to(self.project))

    def test_without_another_course_the_one_at_hand_is_taken(self):
        self.restore_cache = self.restore_telling_grader
        code, log = self.grade(COURSE_REPOSITORY="")
        self.assertEqual(code, 0, log)
        self.assertEqual(log.splitlines()[0], str(self.project))

    def test_a_missing_course_fails(self):
        code, log = self.grade(COURSE_REPOSITORY=(self.folder / "nowhere").as_uri())
        self.assertNotEqual(code, 0, log)
        self.assertIn("nowhere", log)
        self.assertFalse((self.project / ".grade/junit.xml").exists())

    def test_a_grader_that_fails_says_nothing_about_the_submission(self):
        broken = place.commit(place.broken_course(self.folder / "broken"))
        code, log = self.grade(COURSE_REPOSITORY=broken.as_uri())
        self.assertEqual(code, 3, log)
        self.assertIn("grader error", log)
        self.assertFalse((self.project / ".grade/junit.xml").exists())


if __name__ == "__main__":
    unittest.main()
