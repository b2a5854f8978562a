"""Runs the `run` steps of one job of a workflow in a folder, as a runner would."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
_PULL = "github.event_name == 'pull_request'"


@dataclass
class JobRun:
    """What became of a job: whether it failed, what it gave on, what it printed."""

    failed: bool = False
    printed: str = ""
    steps: dict[str, dict[str, str]] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)


def run_job(
    workflow: Mapping[str, Any], name: str, facts: Mapping[str, str], folder: Path
) -> JobRun:
    """Run a job whose own condition holds.

    Args:
        workflow: the parsed file.
        name: which job.
        facts: what the marks `${{ }}` stand for, such as `github.sha`.
        folder: an empty folder to run in.
    """
    job, done = workflow["jobs"][name], JobRun()
    outputs = folder.parent / f"{name}-outputs"
    for step in job["steps"]:
        condition = str(step.get("if", ""))
        assert condition.strip("${} ") in {"", _PULL, f"!cancelled() && {_PULL}"}, condition
        if (done.failed and "!cancelled()" not in condition) or (
            _PULL in condition and facts["github.event_name"] != "pull_request"
        ):
            continue
        known = {**facts, **_outputs(done)}
        variables = {**workflow.get("env", {}), **step.get("env", {})}
        outputs.write_text("", encoding="utf-8")
        result = subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**_clean(), **{key: _filled(text, known) for key, text in variables.items()},
                 "GITHUB_OUTPUT": str(outputs)},
        )  # fmt: skip
        done.printed += result.stdout
        done.failed = done.failed or result.returncode != 0
        lines = outputs.read_text(encoding="utf-8").splitlines()
        done.steps[step.get("id", "")] = dict(line.split("=", 1) for line in lines)
    known = {**facts, **_outputs(done)}
    done.outputs = {key: _filled(text, known) for key, text in job.get("outputs", {}).items()}
    return done


def _outputs(done: JobRun) -> dict[str, str]:
    return {
        f"steps.{step}.outputs.{key}": value
        for step, values in done.steps.items()
        for key, value in values.items()
    }


def _filled(text: str, facts: Mapping[str, str]) -> str:
    return _MARK.sub(lambda found: facts.get(found[1], ""), str(text))


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT")}
