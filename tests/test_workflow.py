"""The publishing workflow: its permissions, and that nothing is lost when pushes follow closely.

Its steps are run as on GitHub, on a local repository, with a stand-in for ``gh``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parent.parent
WORKFLOW = PROJECT / "digestgen" / "site" / "project" / "digest.yml"
OWN = PROJECT / ".github" / "workflows" / "digest.yml"
CI = OWN.with_name("ci.yml")
LEDGER = "seeds/permalinks.yml"

GH = f"""#!{sys.executable}
import json, os, subprocess, sys

def git(*words, text=None, **more):
    command = ["git", "--git-dir", os.environ["REMOTE"], *words]
    return subprocess.run(command, input=text, capture_output=True, check=True, **more).stdout.decode().strip()

words = sys.argv[1:]
told = os.environ["TOLD"]
asked = next(word for word in words if word.startswith("repos/")).removeprefix("repos/curator/digest/git/")
with open(told, "a") as log:
    log.write(("POST " if "POST" in words else "PATCH " if "PATCH" in words else "") + asked.split("/")[0] + "\\n")
calls = len(open(told).readlines())
if calls == int(os.environ.get("FAILS_AT", 0)) or os.environ.get("FAILS_ALWAYS"):
    sys.exit("gh: something is wrong (HTTP 409)")
if "PATCH" in words:
    assert words == ["api", "--method", "PATCH", "repos/curator/digest/git/refs/heads/main", *words[4:]], words
    assert words[4] == "--field" and words[6:] == ["--silent"], words
    new = words[5].removeprefix("sha=")
    overtaking = os.environ.get("OVERTAKES")
    if overtaking:
        git("update-ref", "refs/heads/main", overtaking)
    old = git("rev-parse", "main")
    if git("rev-parse", new + "^") != old:
        sys.exit("gh: Update is not a fast forward (HTTP 422)")
    git("update-ref", "refs/heads/main", new, old)
    sys.exit()
if asked == "ref/heads/main":
    answer = {{"object": {{"sha": git("rev-parse", "main")}}}}
elif asked.startswith("commits/"):
    answer = {{"tree": {{"sha": git("rev-parse", asked.split("/")[1] + "^{{tree}}")}}}}
elif asked.startswith("trees/"):
    rows = [row.split() for row in git("ls-tree", asked.split("/")[1]).splitlines()]
    answer = {{"tree": [{{"path": path, "type": kind, "sha": sha}} for _, kind, sha, path in rows]}}
elif asked == "trees":
    given = json.load(sys.stdin)
    index = {{**os.environ, "GIT_INDEX_FILE": told + ".index"}}
    git("read-tree", given["base_tree"], env=index)
    for entry in given["tree"]:
        assert (entry["mode"], entry["type"]) == ("100644", "blob")
        blob = git("hash-object", "-w", "--stdin", text=entry["content"].encode())
        git("update-index", "--add", "--cacheinfo", "100644," + blob + "," + entry["path"], env=index)
    answer = {{"sha": git("write-tree", env=index)}}
elif asked == "commits":
    given = json.load(sys.stdin)
    (parent,) = given["parents"]
    answer = {{"sha": git("commit-tree", given["tree"], "-p", parent, "-m", given["message"])}}
else:
    sys.exit("gh: no such address: " + asked)
jq = ["jq", "--raw-output", words[words.index("--jq") + 1]]
sys.exit(subprocess.run(jq, input=json.dumps(answer), text=True).returncode)
"""


@pytest.fixture
def workflow() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return read


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def filled_in(text: str, known: Mapping[str, str]) -> str:
    """Expand the expressions that GitHub would evaluate."""
    return re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda found: known[found[1]], text)


@dataclass(frozen=True)
class Ended:
    """How a step ended."""

    code: int
    outputs: dict[str, str]
    text: str


class GitHub:
    """A repository, the pushes to it, and the parts of a workflow run."""

    def __init__(self, folder: Path, workflow: dict[str, Any]) -> None:
        self.folder = folder
        self.jobs = workflow["jobs"]
        self.remote = folder / "remote.git"
        self.told = folder / "told"
        self.settings: dict[str, str] = {}
        git(folder, "init", "--quiet", "--bare", "--initial-branch", "main", str(self.remote))
        programs = folder / "programs"
        programs.mkdir()
        for name, text in {"gh": GH, "sleep": "#!/bin/sh\n"}.items():
            (programs / name).write_text(text, encoding="utf-8")
            (programs / name).chmod(0o755)
        self.desk = folder / "desk"
        git(folder, "clone", "--quiet", str(self.remote), "desk")

    def push(self, path: str, text: str) -> None:
        """Push a change as a curator does."""
        if git(self.remote, "branch"):
            git(self.desk, "pull", "--quiet", "--rebase", "origin", "main")
        (self.desk / path).parent.mkdir(exist_ok=True)
        (self.desk / path).write_text(text, encoding="utf-8")
        git(self.desk, "add", path)
        git(self.desk, "commit", "--quiet", "--message", f"Write {path}")
        git(self.desk, "push", "--quiet", "origin", "HEAD:main")

    def check(self, **pulled: str) -> dict[str, str]:
        """Run the first job: build from the current branch and leave what it records; returns its outputs."""
        work = self.folder / "work"
        git(self.folder, "clone", "--quiet", str(self.remote), "work")
        known = {path.stem for path in (work / "seeds").glob("*.txt")}
        ledger = work / LEDGER
        if ledger.exists():
            known |= set(ledger.read_text(encoding="utf-8").split())
        ledger.write_text("".join(f"{name}\n" for name in sorted(known)), encoding="utf-8")
        for name, text in pulled.items():
            (work / "seeds" / name).mkdir(exist_ok=True)
            (work / "seeds" / name / "a month.jsonl").write_text(text, encoding="utf-8")
        ended = self._step("build", "built", work, {})
        assert ended.code == 0, ended.text
        (work / "record.tar").rename(self.folder / "record.tar")
        subprocess.run(["rm", "-r", work], check=True)
        known_outputs = {f"steps.built.outputs.{name}": value for name, value in ended.outputs.items()}
        return {name: filled_in(text, known_outputs) for name, text in self.jobs["build"]["outputs"].items()}

    def record(self, outputs: dict[str, str]) -> Ended:
        """Run the second job with the outputs of the first."""
        work = self.folder / "work"
        work.mkdir()
        (self.folder / "record.tar").rename(work / "record.tar")
        known = {f"needs.build.outputs.{name}": value for name, value in outputs.items()}
        ended = self._step("record", "record", work, {"github.token": "secret", **known})
        subprocess.run(["rm", "-r", work], check=True)
        return ended

    def _step(self, job: str, name: str, work: Path, known: Mapping[str, str]) -> Ended:
        (step,) = (step for step in self.jobs[job]["steps"] if step.get("id") == name)
        output = self.folder / "output"
        output.write_bytes(b"")
        self.told.write_bytes(b"")
        environment = {
            **os.environ,
            **{key: filled_in(text, known) for key, text in step.get("env", {}).items()},
            **self.settings,
            "PATH": f"{self.folder / 'programs'}:{os.environ['PATH']}",
            "REMOTE": str(self.remote),
            "TOLD": str(self.told),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_REPOSITORY": "curator/digest",
            "GITHUB_REF_NAME": "main",
        }
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"]], cwd=work, env=environment, capture_output=True, text=True, check=False
        )
        outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        return Ended(done.returncode, outputs, done.stdout + done.stderr)

    def ledger(self) -> list[str]:
        return git(self.remote, "show", f"main:{LEDGER}").split()

    def commits(self) -> list[str]:
        return git(self.remote, "log", "--format=%s", "main").splitlines()


RECORDED = "Record the addresses of this edition"


@pytest.fixture
def github(tmp_path: Path, workflow: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> GitHub:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Someone")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "someone@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = GitHub(tmp_path, workflow)
    made.push("seeds/a.txt", "The gate is open.")
    return made


def test_the_first_edition_is_recorded_and_published(github: GitHub) -> None:
    ended = github.record(github.check())
    assert (ended.code, ended.outputs) == (0, {"publish": "true"}), ended.text
    assert github.ledger() == ["a"]
    assert github.commits() == [RECORDED, "Write seeds/a.txt"]


def test_where_nothing_is_new_nothing_is_recorded_but_the_site_is_published(github: GitHub) -> None:
    github.record(github.check())
    github.push("docs/about.md", "A new page.")
    before = github.commits()
    ended = github.record(github.check())
    assert (ended.code, ended.outputs) == (0, {"publish": "true"}), ended.text
    assert github.commits() == before


def test_two_pushes_before_the_first_run_begins_are_published_by_both_runs(github: GitHub) -> None:
    github.push("seeds/b.txt", "The gate is shut.")
    for _ in range(2):
        ended = github.record(github.check())
        assert (ended.code, ended.outputs) == (0, {"publish": "true"}), ended.text
        assert github.ledger() == ["a", "b"]
    assert github.commits().count(RECORDED) == 1


@pytest.mark.parametrize("path", ["seeds/b.txt", LEDGER, "seeds/curation.yml"])
def test_a_run_that_is_overtaken_leaves_it_to_the_newer_one(github: GitHub, path: str) -> None:
    first = github.check()
    github.push(path, "The gate is shut.")
    before = github.commits()
    ended = github.record(first)
    assert (ended.code, ended.outputs) == (0, {}), ended.text
    assert "the run of that change publishes both" in ended.text
    assert github.commits() == before
    ended = github.record(github.check())
    assert (ended.code, ended.outputs) == (0, {"publish": "true"}), ended.text
    assert "a" in github.ledger()
    assert github.commits() == [RECORDED, *before]


def test_a_push_that_leaves_the_seeds_alone_stands_in_nobodys_way(github: GitHub) -> None:
    first = github.check()
    github.push("docs/about.md", "A new page.")
    ended = github.record(first)
    assert (ended.code, ended.outputs) == (0, {"publish": "true"}), ended.text
    assert github.commits() == [RECORDED, "Write docs/about.md", "Write seeds/a.txt"]


def test_what_the_feeds_brought_is_recorded_too(github: GitHub) -> None:
    text = '{"title": "Zürich \\u2028 “quoted”"}\n'
    ended = github.record(github.check(feeds=text))
    assert (ended.code, ended.outputs) == (0, {"publish": "true"}), ended.text
    assert git(github.remote, "show", "main:seeds/feeds/a month.jsonl") == text.strip()
    assert github.ledger() == ["a"]
    assert github.commits() == [RECORDED, "Write seeds/a.txt"]


def test_what_github_refuses_once_is_tried_again(github: GitHub) -> None:
    github.settings["FAILS_AT"] = "5"
    ended = github.record(github.check())
    assert (ended.code, ended.outputs) == (0, {"publish": "true"}), ended.text
    assert github.ledger() == ["a"]
    asked, recorded = ["ref", "commits", "trees"], ["POST trees", "POST commits", "PATCH refs"]
    assert github.told.read_text(encoding="utf-8").splitlines() == [*asked, *recorded[:2], *asked, *recorded]


@pytest.mark.parametrize("setting", ["FAILS_AT", "FAILS_ALWAYS"])
def test_what_cannot_be_asked_or_recorded_is_not_published(github: GitHub, setting: str) -> None:
    github.settings[setting] = "1"
    ended = github.record(github.check())
    assert ended.code != 0
    assert ended.outputs == {}
    assert "HTTP 409" in ended.text
    assert github.commits() == ["Write seeds/a.txt"]


def test_what_comes_at_the_last_moment_is_not_lost(github: GitHub) -> None:
    first = github.check()
    github.push("seeds/b.txt", "The gate is shut.")
    late = git(github.remote, "rev-parse", "main")
    git(github.remote, "update-ref", "refs/heads/main", "main^")
    # Pushed after all but the last step of recording.
    github.settings["OVERTAKES"] = late
    ended = github.record(first)
    assert (ended.code, ended.outputs) == (0, {}), ended.text
    assert "the run of that change publishes both" in ended.text
    assert github.commits() == ["Write seeds/b.txt", "Write seeds/a.txt"]


ON_DEFAULT_BRANCH = (
    "github.event_name != 'pull_request' && "
    "github.ref_name == (github.event.repository.default_branch || github.ref_name)"
)


def test_only_the_job_that_records_may_write_and_it_runs_nothing_of_the_project(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "build": {"contents": "read"},
        "record": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    record = workflow["jobs"]["record"]
    assert record["if"] == ON_DEFAULT_BRANCH
    used = [step["uses"].split("@")[0] for step in record["steps"] if "uses" in step]
    assert used == ["actions/download-artifact"], "no checkout: there is nothing to run"
    assert (workflow["jobs"]["deploy"]["needs"], workflow["jobs"]["deploy"]["if"]) == (
        "record",
        "needs.record.outputs.publish == 'true'",
    )
    assert record["outputs"] == {"publish": "${{ steps.record.outputs.publish }}"}
    uploads = [step for step in workflow["jobs"]["build"]["steps"] if "upload" in step.get("uses", "")]
    assert [step["if"] for step in uploads] == [ON_DEFAULT_BRANCH] * 2
    assert "secrets." not in WORKFLOW.read_text(encoding="utf-8")


def test_runs_follow_one_another_and_each_takes_the_branch_as_it_is(workflow: dict[str, Any]) -> None:
    assert workflow["concurrency"] == {
        "group": "digest-${{ github.ref }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }
    (checkout,) = (step for step in workflow["jobs"]["build"]["steps"] if "checkout" in step.get("uses", ""))
    assert checkout["with"] == {"ref": "${{ github.ref }}", "persist-credentials": False}


def test_feeds_are_fetched_between_the_check_and_the_build_and_only_where_there_are_some(
    workflow: dict[str, Any],
) -> None:
    steps = workflow["jobs"]["build"]["steps"]
    run = [step["run"] for step in steps if "run" in step]
    order = [next(number for number, text in enumerate(run) if f"digestgen {word}" in text) for word in COMMANDS]
    assert order == sorted(order)
    (pull,) = (step for step in steps if "digestgen pull" in step.get("run", ""))
    assert pull["if"] == "github.event_name != 'pull_request' && hashFiles('seeds/feeds.opml') != ''"


COMMANDS = ("check", "pull", "site")


def test_publishing_runs_neither_tests_nor_a_browser_and_begins_by_itself(workflow: dict[str, Any]) -> None:
    # YAML 1.1 reads the key ``on`` as true.
    assert workflow[True].keys() == {"push", "pull_request", "schedule", "workflow_dispatch"}
    for text in (WORKFLOW.read_text(encoding="utf-8"), OWN.read_text(encoding="utf-8")):
        assert not re.search(r"\.ci/|make |pytest|chromium|java|node\b", text)
    assert "bash .ci/run" in CI.read_text(encoding="utf-8")
    assert "pages" not in CI.read_text(encoding="utf-8")


def test_this_repository_publishes_its_own_digest_as_everybody_else_does(workflow: dict[str, Any]) -> None:
    own = yaml.safe_load(OWN.read_text(encoding="utf-8"))
    installing = ("Install digestgen", "actions/setup-python")
    for steps in (own["jobs"]["build"]["steps"], workflow["jobs"]["build"]["steps"]):
        for step in steps:
            if step.get("name", step.get("uses", "")).startswith(installing):
                step.pop("run", None)
                step.pop("with", None)
    assert own["jobs"] == workflow["jobs"]
    assert own["concurrency"] == workflow["concurrency"]
