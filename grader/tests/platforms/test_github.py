"""`.github/workflows/grade.yml` in the workspace of a runner."""

import shutil
import unittest

import place
import workflow

GRADE = place.ROOT / ".github/workflows/grade.yml"


class Github(place.Place):
    def setUp(self):
        super().setUp()
        self.program("rustup", '#!/bin/sh\necho "rustup $*"\n')
        self.learner = place.learner(self.folder / "learner")
        self.sources = self.learner / "exercises/src"

    def grade(self, course=None, variables={}, event={}):
        """Grades the learner's work with the course of this repository, or with another."""
        course = course or place.course(self.folder / "course")
        contexts = {
            "vars": {"COURSE_REPOSITORY": "school/course"} | variables,
            "github": {"repository": "learner/work", "sha": "0123abc", "event": event},
        }
        repositories = {None: self.learner, "learner/work": course, "school/course": course}
        job = workflow.load(GRADE)["jobs"]["grade"]
        return workflow.Job(self, job, contexts, repositories).run()

    def test_a_perfect_submission_leaves_summary_and_page(self):
        job = self.grade()
        self.assertEqual(job.code, 0, job.log)
        self.assertIn("140/140", job.log)
        self.assertIn("140", job.summary.read_text("utf-8"))
        self.assertIn("<html", job.artifacts["report"].read_text("utf-8"))
        self.assertEqual([kind for kind, *_ in job.annotations() if kind == "error"], [])
        self.assert_built_in(job.workspace / "course")

    def test_what_is_wrong_is_annotated_where_it_stands(self):
        place.break_softmax(self.sources)
        job = self.grade()
        self.assertEqual(job.code, 0, job.log)
        annotations = job.annotations()
        [softmax, *_] = [properties for kind, properties, _ in annotations if kind == "error"]
        self.assertRegex(softmax, r"did not compile.*,file=exercises/src/softmax\.rs,line=[1-9]")
        [l1_loss] = [properties for kind, properties, _ in annotations if kind == "warning"]
        self.assertRegex(l1_loss, r"wrong value,file=exercises/src/l1_loss\.rs,line=[1-9]")
        self.assertIn("did not compile", job.summary.read_text("utf-8"))

    def test_a_low_score_fails_if_that_is_wanted(self):
        place.break_softmax(self.sources)
        job = self.grade(variables={"FAIL_UNDER": "100"})
        self.assertEqual(job.code, 1, job.log)
        self.assertIn(("error", "title=Graded", "The score is below FAIL_UNDER."), job.annotations())
        self.assertIn("<html", job.artifacts["report"].read_text("utf-8"))
        self.assertTrue(job.summary.read_text("utf-8"))

    def test_an_empty_submission_earns_nothing(self):
        shutil.rmtree(self.learner / "exercises")
        job = self.grade()
        self.assertEqual(job.code, 0, job.log)
        self.assertIn("0/140", job.log)

    def test_exercises_behind_a_link_are_not_taken(self):
        shutil.rmtree(self.sources)
        self.sources.symlink_to(place.ROOT / "solutions/src")
        job = self.grade()
        self.assertIn("0/140", job.log)

    def test_names_are_not_run(self):
        place.add_hostile_names(self.sources)
        job = self.grade(event={"pull_request": {"title": "$(touch pwned)"}})
        self.assertEqual(job.code, 0, job.log)
        self.assertNotIn("pwned", str(job.annotations()))
        self.assert_nothing_ran()

    def test_the_instructors_course_counts(self):
        easy = 'points = 1000\n[[case]]\nname = "easy"\nargs = []\nexpected = ""\n'
        (self.learner / "fixtures/hello_world.toml").write_text(easy, "utf-8")
        (self.learner / ".cargo").mkdir()
        (self.learner / ".cargo/config.toml").write_text('[build]\nrustc = "/bin/false"\n')
        job = self.grade()
        self.assertEqual(job.checked_out["course"], ("school/course", ""))
        self.assertIn("140/140", job.log)

    def test_the_course_is_never_that_of_the_pull_request(self):
        for variables, event, source in [
            ({}, {}, ("school/course", "")),
            ({"COURSE_REF": "v2"}, {}, ("school/course", "v2")),
            ({}, {"pull_request": {"base": {"sha": "base"}}}, ("school/course", "")),
            ({"COURSE_REPOSITORY": ""}, {}, ("learner/work", "0123abc")),
            (
                {"COURSE_REPOSITORY": ""},
                {"pull_request": {"base": {"sha": "base"}}},
                ("learner/work", "base"),
            ),
        ]:
            contexts = {
                "vars": {"COURSE_REPOSITORY": "school/course"} | variables,
                "github": {"repository": "learner/work", "sha": "0123abc", "event": event},
            }
            steps = workflow.load(GRADE)["jobs"]["grade"]["steps"][:2]
            repositories = dict.fromkeys([None, "learner/work", "school/course"], place.ROOT)
            with self.subTest(variables=variables, event=event):
                job = workflow.Job(self, {"steps": steps}, contexts, repositories).run()
                self.assertEqual(job.checked_out["course"], source)

    def test_hidden_cases_of_the_course_count(self):
        job = self.grade(place.told_course(self.folder / "course"))
        self.assertEqual(job.code, 0, job.log)
        self.assertIn("<--fixtures><hidden>", job.log)
        self.assertIn(f"<--submission><{job.workspace}/submission>", job.log)

    def test_a_grader_that_fails_says_nothing_about_the_submission(self):
        job = self.grade(place.broken_course(self.folder / "broken"))
        self.assertEqual(job.code, 3, job.log)
        self.assertIn("grader error", job.log)
        [(kind, title, message)] = job.annotations()
        self.assertEqual((kind, title), ("error", "title=Not graded"))
        self.assertIn("says nothing about the submission", message)
        self.assertEqual(job.artifacts, {})
        self.assertEqual(job.summary.read_text("utf-8"), "")

    def test_what_is_wrong_with_the_variables_is_said(self):
        job = self.grade(variables={"FAIL_UNDER": "sixty"})
        self.assertEqual(job.code, 2, job.log)
        self.assertIn("sixty", job.log)
        self.assertEqual(job.annotations()[-1][1], "title=Not graded")

    def test_the_build_is_kept_by_compiler_and_lockfile(self):
        job = self.grade()
        self.assertRegex(job.key, r"^grade-Linux-\d+\.\d+\.\d+\S*-hash of course/Cargo\.lock$")


if __name__ == "__main__":
    unittest.main()
