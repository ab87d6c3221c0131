"""setup.sh and run_autograder in Gradescope's folders, under another root."""

import json
import re
import shutil
import stat
import subprocess
import unittest
import zipfile

import place

SCRIPTS = place.PLATFORMS / "gradescope"


class Gradescope(place.Place):
    def setUp(self):
        super().setUp()
        self.root = self.folder / "autograder"
        self.submission = self.root / "submission"
        self.root.mkdir()

    def install(self, course=place.course):
        """Unpacks the instructor's zip."""
        course(self.root / "source/course")
        for name in ("setup.sh", "run_autograder"):
            shutil.copy(SCRIPTS / name, self.root / "source" / name)
        shutil.copy(SCRIPTS / "run_autograder", self.root / "run_autograder")

    def run_script(self, name):
        return self.run_in(self.root, [str(self.root / name)], AUTOGRADER=self.root)

    def grade(self):
        code, log = self.run_script("run_autograder")
        return code, log, json.loads((self.root / "results/results.json").read_text("utf-8"))

    def assert_ungraded(self):
        code, log, results = self.grade()
        self.assertNotEqual(code, 0, log)
        self.assertEqual(set(results), {"output", "stdout_visibility"})
        self.assertEqual(results["stdout_visibility"], "hidden")
        self.assertIn("says nothing about it", results["output"])
        return log

    def test_the_image_is_prepared(self):
        self.install()
        code, log = self.run_script("source/setup.sh")
        self.assertEqual(code, 0, log)
        self.assertIn("140/140", log)
        self.assert_built_in(self.root / "source/course")

    def test_the_image_of_a_broken_course_is_not_made(self):
        self.install(place.broken_course)
        code, log = self.run_script("source/setup.sh")
        self.assertEqual(code, 3, log)

    def test_what_the_image_lacks_is_installed(self):
        self.environment["PATH"] = str(self.programs)
        self.environment["HOME"] = str(self.folder / "home")
        (self.programs / "cargo").unlink()
        (self.programs / "sh").symlink_to("/bin/sh")
        (self.programs / "bash").symlink_to(shutil.which("bash"))
        (self.programs / "mkdir").symlink_to(shutil.which("mkdir"))
        (self.programs / "chmod").symlink_to(shutil.which("chmod"))
        self.program("apt-get", '#!/bin/sh\necho "apt-get $*"\n')
        cargo = "$HOME/.cargo/bin/cargo"
        self.program(
            "curl",
            "#!/bin/sh\n"
            f"echo 'mkdir -p \"$HOME/.cargo/bin\"; echo \"#!/bin/sh\" >\"{cargo}\"'\n"
            f"echo 'echo \"echo cargo \\$*\" >>\"{cargo}\"; chmod +x \"{cargo}\"'\n",
        )
        self.install(place.told_course)
        code, log = self.run_in(
            self.root, [shutil.which("bash"), "source/setup.sh"], AUTOGRADER=self.root
        )
        self.assertEqual(code, 0, log)
        self.assertEqual(
            log.splitlines(),
            [
                "apt-get update",
                "apt-get install --yes --no-install-recommends gcc libc6-dev",
                "cargo build --locked --package grader",
                str(self.root / "source/course"),
                "<run><--solutions><--quiet><--fail-under><100><--fixtures><hidden>",
            ],
        )

    def test_every_way_of_handing_in_is_taken(self):
        self.install()
        layouts = {
            "files": lambda: place.solved(self.submission),
            "a repository": lambda: place.learner(self.submission),
            "a zip of a folder": lambda: place.solved(self.submission / "my work"),
            "a zip of a repository": lambda: place.learner(self.submission / "work-main"),
            "a zip of the exercises": lambda: place.solved(self.submission / "exercises/src"),
        }
        for layout, hand_in in layouts.items():
            with self.subTest(layout):
                shutil.rmtree(self.submission, ignore_errors=True)
                hand_in()
                (self.submission / "__MACOSX").mkdir()
                (self.submission / ".DS_Store").touch()
                code, log, results = self.grade()
                self.assertEqual(code, 0, log)
                self.assertEqual(sum_of(results), (140, 140))

    def test_one_file_earns_its_points(self):
        self.install()
        self.submission.mkdir()
        shutil.copy(place.ROOT / "solutions/src/dot.rs", self.submission)
        _, log, results = self.grade()
        self.assertEqual(sum_of(results), (10, 140), log)

    def test_what_is_wrong_costs_its_exercise(self):
        self.install()
        place.break_softmax(place.solved(self.submission))
        code, log, results = self.grade()
        self.assertEqual(code, 0, log)
        score, points = sum_of(results)
        self.assertTrue(100 < score < 130 and points == 140, results)
        self.assertIn("pub fun softmax", json.dumps(results))

    def test_an_empty_submission_earns_nothing(self):
        self.install()
        self.submission.mkdir()
        code, log, results = self.grade()
        self.assertEqual(code, 0, log)
        self.assertEqual(sum_of(results), (0, 140))

    def test_names_are_not_run(self):
        self.install()
        place.add_hostile_names(place.solved(self.submission / "$(touch pwned)"))
        code, log, results = self.grade()
        self.assertEqual(code, 0, log)
        self.assertEqual(sum_of(results), (140, 140))
        self.assert_nothing_ran()

    def test_a_link_is_not_followed(self):
        self.install()
        self.submission.mkdir()
        (self.submission / "src").symlink_to(place.ROOT / "solutions/src")
        _, log, results = self.grade()
        self.assertEqual(sum_of(results), (0, 140), log)

    def test_a_grader_that_fails_gives_no_score(self):
        self.install(place.broken_course)
        place.solved(self.submission)
        self.assertIn("grader error", self.assert_ungraded())

    def test_an_earlier_score_does_not_stand(self):
        self.install(place.broken_course)
        place.solved(self.submission)
        (self.root / "results").mkdir()
        (self.root / "results/results.json").write_text('{"score": 140}', "utf-8")
        self.assert_ungraded()

    def test_a_missing_course_gives_no_score(self):
        self.install()
        (self.root / "source/course").unlink()
        place.solved(self.submission)
        self.assert_ungraded()

    def test_the_zip_holds_what_gradescope_wants(self):
        archive = self.folder / "autograder.zip"
        text = (SCRIPTS / "setup.sh").read_text("utf-8")
        command = re.search(r"git archive(?:.*\\\n)+.*", text)[0].replace("#", " ")
        readme = (place.ROOT / "README.md").read_text("utf-8")
        self.assertIn(" ".join(command.split()), " ".join(readme.split()))
        command = command.replace("=autograder.zip", f"={archive}")
        subprocess.run(["bash", "-ec", command], cwd=place.ROOT, check=True)
        with zipfile.ZipFile(archive) as zipped:
            for name in ("setup.sh", "run_autograder"):
                mode = zipped.getinfo(name).external_attr >> 16
                self.assertTrue(mode & stat.S_IXUSR, name)
            for name in ("Cargo.lock", "fixtures/course.toml", "grader/Cargo.toml"):
                self.assertIn(f"course/{name}", zipped.namelist())


def sum_of(results):
    """The score as Gradescope computes it, and the most that can be had."""
    tests = results["tests"]
    total = results.get("score", sum(test.get("score", 0) for test in tests))
    return round(total, 2), round(sum(test["max_score"] for test in tests), 2)


if __name__ == "__main__":
    unittest.main()
