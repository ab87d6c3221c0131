"""autograder.py in a learner's checkout, called as Classroom 50's runner calls it."""

import json
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import place

SCRIPT = place.PLATFORMS / "classroom50/autograder.py"

IDENTITY = {
    "CLASSROOM": "rust-2026",
    "ASSIGNMENT": "numpy",
    "ASSIGNMENT_TYPE": "individual",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "USERNAME": "alice",
    "OWNER": "alice",
    "COMMIT_URL": "https://github.com/school/rust-2026-numpy-alice/commit/a1b2c3d",
    "RELEASE_URL": "https://github.com/school/rust-2026-numpy-alice/releases/tag/submit",
    "REVIEW_URL": "https://github.com/school/rust-2026-numpy-alice/compare/0...a1b2c3d",
}


class Classroom50(place.Place):
    def setUp(self):
        super().setUp()
        self.checkout = place.learner(self.folder / "checkout")
        self.sources = self.checkout / "exercises/src"
        self.bundle = self.folder / "runtime/numpy"
        self.bundle.mkdir(parents=True)
        shutil.copy(SCRIPT, self.bundle)
        self.result = self.checkout / "result.json"
        self.summary = self.folder / "summary"

    def grade(self, course=place.course):
        if course:
            course(self.bundle / "course")
        place.commit(self.checkout)
        self.summary.touch()
        return self.run_in(
            self.checkout,
            [sys.executable, str(self.bundle / "autograder.py")],
            CLASSROOM50_BUNDLE_DIR=self.bundle,
            GITHUB_STEP_SUMMARY=self.summary,
            **IDENTITY,
        )

    def accepted(self):
        """The result, after the checks that the runner makes before it publishes one."""
        result = json.loads(self.result.read_text("utf-8"))
        self.assertEqual(result["schema"], "classroom50/result/v1")
        for field, variable in [
            ("classroom", "CLASSROOM"),
            ("assignment", "ASSIGNMENT"),
            ("submission", "SUBMISSION_TAG"),
            ("commit", "COMMIT_URL"),
            ("release", "RELEASE_URL"),
            ("review", "REVIEW_URL"),
        ]:
            self.assertEqual(result[field], IDENTITY[variable], field)
        self.assertRegex(result["datetime"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        for scored in [result, *result["tests"]]:
            self.assertIs(type(scored["score"]), int)
            self.assertIs(type(scored["max-score"]), int)
            self.assertTrue(0 <= scored["score"] <= scored["max-score"], scored)
        self.assertTrue(result["tests"])
        for test in result["tests"]:
            self.assertIs(type(test["passed"]), bool)
            self.assertTrue(test["test-name"])
        return result

    def test_a_perfect_submission_leaves_result_and_release(self):
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        result = self.accepted()
        self.assertEqual(result["score"], result["max-score"])
        self.assertTrue(all(test["passed"] for test in result["tests"]))
        self.assertTrue((self.checkout / "release-body.md").read_text("utf-8"))
        self.assertEqual(self.summary.read_text("utf-8"), "")
        self.assert_built_in(self.bundle / "course")

    def test_what_is_wrong_costs_its_exercise(self):
        place.break_softmax(self.sources)
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        result = self.accepted()
        self.assertTrue(0 < result["score"] < result["max-score"])
        self.assertFalse(all(test["passed"] for test in result["tests"]))
        self.assertRegex(log, re.compile(r"^::error .*file=exercises/src/softmax\.rs", re.M))

    def test_an_empty_submission_earns_nothing(self):
        shutil.rmtree(self.checkout / "exercises")
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        self.assertEqual(self.accepted()["score"], 0)

    def test_reports_go_through_no_link(self):
        precious = self.folder / "precious"
        precious.write_text("precious", "utf-8")
        self.result.symlink_to(precious)
        (self.checkout / "release-body.md").mkdir()
        (self.checkout / "release-body.md/file").touch()
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        self.accepted()
        self.assertEqual(precious.read_text("utf-8"), "precious")

    def test_names_are_not_run(self):
        place.add_hostile_names(self.sources)
        code, log = self.grade()
        self.assertEqual(code, 0, log)
        self.accepted()
        self.assert_nothing_ran()

    def test_a_grader_that_fails_leaves_no_result(self):
        self.result.write_text('{"score": 140}', "utf-8")
        code, log = self.grade(place.broken_course)
        self.assertEqual(code, 3, log)
        self.assertIn("grader error", log)
        self.assertFalse(self.result.exists())

    def test_a_missing_course_leaves_no_result(self):
        code, log = self.grade(course=None)
        self.assertEqual(code, 1, log)
        self.assertIn("has no course", log)
        self.assertFalse(self.result.exists())

    def test_the_bundle_is_made_as_it_says(self):
        text = SCRIPT.read_text("utf-8")
        command = re.search(r"git archive .*", text)[0]
        assignment = self.folder / "assignment"
        assignment.mkdir()
        command = command.replace("CLASSROOM/autograders/ASSIGNMENT", str(assignment))
        subprocess.run(["bash", "-ec", command], cwd=place.ROOT, check=True)
        self.assertTrue((assignment / "course/fixtures/course.toml").is_file())
        # The runner fetches no more than 10 MiB.
        packed = shutil.make_archive(str(self.folder / "bundle"), "gztar", assignment)
        self.assertLess(Path(packed).stat().st_size, 10 << 20)


if __name__ == "__main__":
    unittest.main()
