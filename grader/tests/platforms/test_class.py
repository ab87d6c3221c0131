"""`platforms/github/class.yml` in the workspaces of its runners."""

import csv
import html
import unittest

import place
import workflow

CLASS = place.PLATFORMS / "github/class.yml"


class Class(place.Place):
    def setUp(self):
        super().setUp()
        self.program("rustup", '#!/bin/sh\necho "rustup $*"\n')
        self.handed_in = self.folder / "handed-in"
        for student in ("alice", "bob", "dave"):
            place.solved(self.handed_in / "submissions" / student)
        place.break_softmax(self.handed_in / "submissions/bob")
        self.course = place.course(self.folder / "course")

    def run_job(self, name, shard=None, uploaded={}):
        definition = workflow.load(CLASS)
        contexts = {
            "vars": {"SUBMISSIONS_REPOSITORY": "school/submissions"},
            "secrets": {"SUBMISSIONS_TOKEN": "token"},
            "matrix": {"shard": shard},
        }
        repositories = {None: self.course, "school/submissions": self.handed_in}
        environment = definition["env"] | {"SHARDS": 2}
        job = definition["jobs"][name]
        return workflow.Job(self, job, contexts, repositories, environment, uploaded).run()

    def shards(self):
        """What the shards upload."""
        jobs = [self.run_job("grade", shard) for shard in (1, 2)]
        for job in jobs:
            self.assertEqual(job.code, 0, job.log)
        return {name: path for job in jobs for name, path in job.artifacts.items()}

    def test_the_gradebook_is_of_the_whole_class(self):
        uploaded = self.shards()
        self.assertEqual(sorted(uploaded), ["shard-1", "shard-2"])
        job = self.run_job("results", uploaded=uploaded)
        self.assertEqual(job.code, 0, job.log)
        results = job.artifacts["results"]
        with open(results / "grades.csv", encoding="utf-8", newline="") as file:
            scores = {row["submission"]: float(row["score"]) for row in csv.DictReader(file)}
        self.assertEqual([scores["alice"], scores["dave"]], [140, 140])
        self.assertTrue(0 < scores["bob"] < 140, scores)
        page = html.unescape((results / "gradebook.html").read_text("utf-8"))
        for student in scores:
            self.assertIn(f'href="pages/{student}.html"', page)
            self.assertTrue((results / f"pages/{student}.html").is_file())
        self.assertIn("3 graded", job.log)

    def test_without_a_shard_there_is_no_gradebook(self):
        uploaded = self.shards()
        del uploaded["shard-2"]
        job = self.run_job("results", uploaded=uploaded)
        self.assertEqual(job.code, 2, job.log)
        self.assertIn("2 of 2", job.log)
        self.assertFalse((job.artifacts["results"] / "grades.csv").exists())

    def test_the_shards_of_the_matrix_are_as_many_as_it_says(self):
        definition = workflow.load(CLASS)
        shards = definition["jobs"]["grade"]["strategy"]["matrix"]["shard"]
        self.assertEqual(shards, list(range(1, definition["env"]["SHARDS"] + 1)))

    def test_hidden_cases_of_the_course_count(self):
        self.course = place.told_course(self.folder / "told")
        job = self.run_job("grade", shard=2)
        self.assertIn("<--shard><2/2><--fixtures><hidden>", job.log)


if __name__ == "__main__":
    unittest.main()
