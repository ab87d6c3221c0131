"""Runs a job of a GitHub workflow as far as its own steps go.

Its `run:` steps are run by bash as the runner runs them, with the files and variables of the runner.
Of the actions, `checkout` links a folder, `upload-artifact` remembers a path, `download-artifact` copies
what earlier jobs uploaded into one folder, and others do nothing.
Expressions know the operators and functions that the workflows use; an unknown name is an error.
"""

import re
import shutil
import tempfile
from fnmatch import fnmatch
from pathlib import Path

from ruamel.yaml import YAML

BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
NAME = re.compile(r"\b[a-z]+(?:\.[A-Za-z_]+)+")
COMMAND = re.compile(r"::([a-z-]+)(?: (.*?))?::(.*)")


def load(path):
    return YAML(typ="safe").load(path)


class Job:
    """A job in a workspace; `repositories` are the folders that can be checked out, `environment` is the
    workflow's, and `uploaded` what earlier jobs did."""

    def __init__(self, place, definition, contexts, repositories, environment={}, uploaded={}):
        self.place = place
        self.definition = definition
        self.folder = Path(tempfile.mkdtemp(dir=place.folder))
        self.temp = self.folder / "temp"
        self.contexts = contexts | {"runner": {"os": "Linux", "temp": str(self.temp)}}
        self.repositories = repositories
        self.environment = environment
        self.uploaded = uploaded
        self.workspace = self.folder / "workspace"
        self.summary = self.folder / "summary"
        self.output = self.folder / "output"
        self.artifacts = {}
        self.checked_out = {}
        self.steps = {}
        self.log = ""
        self.code = 0
        for folder in (self.workspace, self.temp):
            folder.mkdir()
        self.summary.touch()

    def run(self):
        for step in self.definition["steps"]:
            wanted = step.get("if", "success()")
            if not self.evaluate(EXPRESSION.sub(r"\1", wanted)):
                continue
            if "uses" in step:
                self.use(step)
            else:
                self.execute(step)
        return self

    def execute(self, step):
        self.output.write_text("")
        script = self.folder / "step.sh"
        script.write_text(step["run"], "utf-8")
        files = {"GITHUB_STEP_SUMMARY": self.summary, "GITHUB_OUTPUT": self.output}
        given = {name: self.fill(value) for name, value in step.get("env", {}).items()}
        code, log = self.place.run_in(
            self.workspace / step.get("working-directory", "."),
            [*BASH, str(script)],
            GITHUB_ACTIONS="true",
            GITHUB_WORKSPACE=self.workspace,
            RUNNER_TEMP=self.temp,
            **files,
            **self.environment,
            **given,
        )
        self.log += log
        self.code = self.code or code
        outputs = dict(line.split("=", 1) for line in self.output.read_text().splitlines())
        self.steps[step.get("id")] = outputs

    def use(self, step):
        options = {name: self.fill(value) for name, value in step.get("with", {}).items()}
        match step["uses"].split("@")[0]:
            case "actions/checkout":
                source = (options.get("repository"), options.get("ref"))
                self.checked_out[options["path"]] = source
                (self.workspace / options["path"]).symlink_to(self.repositories[source[0]])
            case "actions/upload-artifact":
                path = Path(options["path"])
                if path.exists():
                    self.artifacts[options["name"]] = path
            case "actions/download-artifact":
                for name, path in self.uploaded.items():
                    if fnmatch(name, options["pattern"]):
                        shutil.copytree(path, options["path"], dirs_exist_ok=True)
            case "actions/cache":
                self.key = options["key"]

    def fill(self, value):
        return EXPRESSION.sub(lambda match: str(self.evaluate(match[1])), str(value))

    def evaluate(self, expression):
        code = NAME.sub(lambda match: f"value({match[0]!r})", expression)
        code = code.replace("&&", " and ").replace("||", " or ").replace("!", " not ")
        functions = {
            "value": self.value,
            "success": lambda: self.code == 0,
            "cancelled": lambda: False,
            "hashFiles": lambda path: f"hash of {path}",
        }
        return eval(code.strip(), {"__builtins__": {}}, functions)

    def value(self, name):
        if name.startswith("steps."):
            _, step, _, output = name.split(".")
            return self.steps[step][output]
        value = self.contexts
        for part in name.split("."):
            value = value.get(part, "") if value else ""
        return value

    def annotations(self):
        """The commands of the log that the runner obeys, as (command, properties, message)."""
        found, stopped = [], None
        for line in self.log.splitlines():
            match = COMMAND.match(line.lstrip())
            if stopped:
                stopped = None if line.strip() == f"::{stopped}::" else stopped
            elif match and match[1] == "stop-commands":
                stopped = match[3]
            elif match:
                found.append(match.groups())
        return found
