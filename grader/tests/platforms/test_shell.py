"""What the platforms give to a shell is sound: ShellCheck finds nothing in it."""

import subprocess
import unittest

import place
import workflow


def scripts():
    """Every script, with a name: files, the steps of the workflows and the job of the pipeline."""
    for name in ("setup.sh", "run_autograder"):
        path = place.PLATFORMS / "gradescope" / name
        yield name, path.read_text("utf-8")
    for path in sorted((place.ROOT / ".github/workflows").glob("*.yml")):
        for job in workflow.load(path)["jobs"].values():
            for step in job["steps"]:
                if "run" in step:
                    yield f"{path.name}: {step['name']}", step["run"]
    job = workflow.load(place.PLATFORMS / "gitlab/.gitlab-ci.yml")["grade"]
    yield ".gitlab-ci.yml", "set -eo pipefail\n" + "\n".join(job["script"])


def shellcheck(text):
    command = ["shellcheck", "--shell=bash", "--severity=style", "-"]
    return subprocess.run(command, input=text, text=True, capture_output=True).stdout


class Shell(unittest.TestCase):
    def test_nothing_is_found(self):
        for name, text in scripts():
            with self.subTest(name):
                self.assertEqual(shellcheck(text), "")

    def test_something_would_be_found(self):
        self.assertIn("SC2086", shellcheck("echo $HOME/$1\n"))

    def test_no_expression_is_pasted_into_a_script(self):
        for name, text in scripts():
            self.assertNotIn("${{", text, name)


if __name__ == "__main__":
    unittest.main()
