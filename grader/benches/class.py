#!/usr/bin/env python3
"""Times the grading of a class, beside what else one could do with the same submissions:

    python3 grader/benches/class.py [--count 200] [--sample 40] [--rounds 1] [--release] [--memory]

Each round grades a part of the class with as many jobs as the grader takes by itself, as there are cores,
and with one, runs a fresh `cargo test` of some of it, and has rustc check the types of it; so a busy
minute slows down all of them. What a batch does once, as compiling the references, is part of each.
The folder `grader/benches/class/` has the generator of the class and the tests of a teacher without a
grader. `--memory` measures the grader's own peak memory as well, with 50 submissions and with 1,000.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLASS = ROOT / "grader/benches/class"
CORES = len(os.sched_getaffinity(0))


class Watch:
    """Seconds and CPU seconds of all processes that were started in the meantime, over several laps."""

    def __init__(self):
        self.wall = self.cpu = self.count = 0

    def lap(self, count, work):
        wall, cpu = time.monotonic(), self.children()
        result = work()
        self.wall += time.monotonic() - wall
        self.cpu += self.children() - cpu
        self.count += count
        return result

    @staticmethod
    def children():
        times = os.times()
        return times.children_user + times.children_system

    def rate(self):
        return 60 * self.count / self.wall

    def show(self, what):
        print(f"{what:44} {self.count:5} {self.rate():8.0f}/min {1000 * self.cpu / self.count:8.0f} ms CPU")


def make(folder, count, seed):
    """The submissions of a class, and what is to become of each."""
    subprocess.run([sys.executable, CLASS / "submissions.py", folder, str(count), str(seed)], check=True)
    return sorted(path for path in folder.iterdir()), json.loads(folder.with_suffix(".json").read_text())


def forget():
    """What was compiled before must not be found."""
    shutil.rmtree(ROOT / "target/grader/cache", ignore_errors=True)


def part(submissions, folder):
    """A folder with some of the submissions."""
    folder.mkdir()
    for submission in submissions:
        shutil.copytree(submission, folder / submission.name)
    return folder


def batch(grader, submissions, results, jobs):
    command = [grader, "batch", submissions, "--out", results, *(["--jobs", str(jobs)] if jobs else [])]
    with open(results.with_suffix(".log"), "w") as log:
        if subprocess.run(command, cwd=ROOT, stdout=log, stderr=log).returncode != 0:
            sys.exit(f"{log.name}:\n{Path(log.name).read_text()}")


def check_records(results, expected):
    """That each submission was graded, and those that are right have all points."""
    for name in (path.stem for path in (results / "records").glob("*.json")):
        record = json.loads((results / f"records/{name}.json").read_text())
        report = record["outcome"]["graded"]
        verdicts = {it["name"]: it["verdict"] for it in report["exercises"]}
        flawed = expected[name]["wrong"] + expected[name]["broken"]
        assert all(verdicts[it] != "passed" for it in flawed), f"{name}: {flawed} passed"
        assert flawed or report["percent"] == 100, f"{name} has {report['percent']} %"


class Naive:
    """A fresh `cargo test` of each submission, with the libraries compiled beforehand."""

    def __init__(self, folder, jobs):
        self.folder = folder
        self.targets = [folder / f"target-{job}" for job in range(jobs)]
        self.jobs = jobs
        for target in self.targets:
            # The references pass: this also compiles the libraries.
            assert self.test(ROOT / "solutions/src", target, f"warm-{target.name}"), "the references fail"

    def test(self, submission, target, name):
        crate = self.folder / name
        # Fresh files: with the times of an archive cargo may take another submission's for these.
        (crate / "src").mkdir(parents=True)
        (crate / "tests").mkdir()
        for file in submission.glob("*.rs"):
            (crate / "src" / file.name).write_text(file.read_text())
        modules = sorted(file.stem for file in submission.glob("*.rs") if file.stem != "lib")
        (crate / "src/lib.rs").write_text("".join(f"pub mod {module};\n" for module in modules))
        shutil.copyfile(CLASS / "notebook.rs", crate / "tests/notebook.rs")
        shutil.copyfile(ROOT / "Cargo.lock", crate / "Cargo.lock")
        (crate / "Cargo.toml").write_text(
            '[package]\nname = "naive"\nedition = "2024"\n[dependencies]\nndarray = "0.17.2"\n'
            '[profile.dev]\ndebug = 0\nincremental = false\n[workspace]\n')
        environment = {**os.environ, "CARGO_TARGET_DIR": str(target), "RUSTFLAGS": "-Awarnings"}
        command = ["cargo", "test", "--quiet", "--offline"]
        done = subprocess.run(command, cwd=crate, env=environment, capture_output=True)
        return done.returncode == 0

    def run(self, submissions, expected):
        def work(job):
            return [(it.name, self.test(it, self.targets[job], it.name)) for it in submissions[job::self.jobs]]
        with ThreadPoolExecutor(self.jobs) as pool:
            for name, passed in (result for results in pool.map(work, range(self.jobs)) for result in results):
                flawed = expected[name]["broken"]
                assert passed <= (not flawed), f"{name} passed and does not compile"
                assert passed or flawed or expected[name]["wrong"], f"{name} failed"


class Metadata:
    """rustc's look at the types of each submission, nothing compiled."""

    def __init__(self, folder):
        self.folder = folder
        toolchain = json.loads((ROOT / "target/grader/toolchain.json").read_text())["toolchain"]
        self.command = [
            toolchain["rustc"], "--edition", "2024", "-Awarnings", "--crate-type", "lib", "--crate-name", "check",
            "--emit=metadata", "-L", f"dependency={toolchain['libraries']}",
            "--extern", f"ndarray={toolchain['ndarray']}", "-o", folder / "check.rmeta"]

    def run(self, submissions):
        for submission in submissions:
            root = self.folder / f"{submission.name}.rs"
            root.write_text("".join(
                f'#[path = "{file}"]\npub mod {file.stem};\n' for file in sorted(submission.glob("*.rs"))))
            subprocess.run([*self.command, root], capture_output=True)


def peak(grader, submissions, results):
    """The peak of the grader's own resident memory, in MiB; that of its compilers and workers apart."""
    command = [grader, "batch", submissions, "--out", results]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text()
        most = max([most, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
        time.sleep(0.02)
    assert process.returncode == 0, "batch failed"
    return most / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="how many submissions")
    parser.add_argument("--sample", type=int, default=40, help="how many of them go through cargo test")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--release", action="store_true", help="the grader as cargo build --release makes it")
    parser.add_argument("--memory", action="store_true", help="measure peak memory, too")
    options = parser.parse_args()

    profile = ["--release"] if options.release else []
    subprocess.run(["cargo", "build", "--quiet", "-p", "grader", *profile], cwd=ROOT, check=True)
    grader = ROOT / "target" / ("release" if options.release else "debug") / "grader"
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        submissions, expected = make(work / "class", options.count, 1)
        subprocess.run([grader, "run", "--solutions", "--quiet"], cwd=ROOT, check=True, capture_output=True)
        (work / "naive").mkdir()
        (work / "metadata").mkdir()
        naive, metadata = Naive(work / "naive", CORES), Metadata(work / "metadata")
        watches = {name: Watch() for name in ("usual", "cores", "one", "naive", "metadata")}
        for number in range(options.rounds):
            theirs = submissions[number::options.rounds]
            folder = part(theirs, work / f"part-{number}")
            for name, jobs in (("usual", None), ("cores", CORES), ("one", 1)):
                forget()
                results = work / f"results-{number}-{name}"
                watches[name].lap(len(theirs), lambda: batch(grader, folder, results, jobs))
                check_records(results, expected)
            sample = theirs[:options.sample // options.rounds]
            watches["naive"].lap(len(sample), lambda: naive.run(sample, expected))
            watches["metadata"].lap(len(theirs), lambda: metadata.run(theirs))
        watches["usual"].show("grader batch, its own number of jobs")
        watches["cores"].show(f"grader batch, {CORES} jobs")
        watches["one"].show("grader batch, 1 job")
        watches["naive"].show(f"a fresh cargo test each, {CORES} jobs")
        watches["metadata"].show("rustc --emit=metadata, 1 job")
        faster = watches["usual"].rate() / watches["naive"].rate()
        cpu = {name: watch.cpu / watch.count for name, watch in watches.items()}
        print(f"grader batch grades {faster:.1f} times as many a minute as cargo test")
        print(f"its CPU time is {cpu['usual'] / cpu['metadata']:.1f} times that of rustc --emit=metadata")
        for count in (50, 1000) if options.memory else ():
            forget()
            make(work / f"class-{count}", count, 2)
            print(f"peak memory of the grader, {count} submissions: "
                  f"{peak(grader, work / f'class-{count}', work / f'peak-{count}'):.0f} MiB")


main()
