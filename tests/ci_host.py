"""What a CI host does with our files, as far as it can be done here: it runs their commands."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from commandline import ROOT, SAMPLE, Outcome, environment
from git_repository import SETTINGS, Repository, init

# Stands in for the host's Python: it makes an environment in which our program is installed.
_FAKE_PYTHON = """#!/bin/sh
echo "$@" >> "$ASKED"
[ "$1" != -I ] || shift
if [ "$2" = venv ]; then
  mkdir -p "$3/bin"
  cp "$0" "$3/bin/python"
  ln -sf "$ZHENGGAI" "$3/bin/zhenggai"
fi
"""
_FAKE_PIP = '#!/bin/sh\necho "$@" >> "$ASKED"\n'


_PROGRAM = Path(sys.executable).parent / "zhenggai"


def read_yaml(name: str) -> Any:
    """Read one of the project's YAML files."""
    return YAML(typ="safe").load((ROOT / name).read_text(encoding="utf-8"))


class Host(NamedTuple):
    """A machine with a checked-out repository, whose `ledgers` hold the sample."""

    repository: Repository
    folder: Path

    @property
    def asked(self) -> str:
        """Give the words that Python and pip were called with."""
        path = self.folder / "asked"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def summary(self) -> str:
        """Give the page of the job."""
        return (self.folder / "summary.md").read_text(encoding="utf-8")

    def install(self) -> None:
        """Put the program where the host's programs are."""
        (self.folder / "bin" / "zhenggai").symlink_to(_PROGRAM)

    def run(
        self, command: list[str], env: Mapping[str, str], cwd: Path | None = None, path: str = ""
    ) -> Outcome:
        """Run a command in the repository."""
        known = {
            "PATH": os.pathsep.join(filter(None, [path, str(self.folder / "bin"), _system_path()])),
            "HOME": str(self.folder),
            "ASKED": str(self.folder / "asked"),
            "ZHENGGAI": str(_PROGRAM),
            "ZHENGGAI_TODAY": "2021-05-18",
        }
        done = subprocess.run(
            command,
            cwd=cwd or self.repository.folder,
            env=environment({**SETTINGS, **known, **env}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def act(
        self,
        inputs: Mapping[str, str] | None = None,
        event: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        action: Any = None,
        **env: str,
    ) -> Outcome:
        """Run action.yml, or the action given, as GitHub does: step by step until one fails."""
        action = action or read_yaml("action.yml")
        context = {f"inputs.{key}": about["default"] for key, about in action["inputs"].items()}
        for key, value in (inputs or {}).items():
            assert f"inputs.{key}" in context, f"the action has no input {key}"
            context[f"inputs.{key}"] = value
        context |= {f"github.event.{key}": value for key, value in (event or {}).items()}
        added, page = self.folder / "path", self.folder / "summary.md"
        outcome = Outcome(0, "", "")
        for step in action["runs"]["steps"]:
            known = {
                "RUNNER_TEMP": str(self.folder),
                "GITHUB_PATH": str(added),
                "GITHUB_STEP_SUMMARY": str(page),
                "GITHUB_ACTION_PATH": str(ROOT),
            }
            own = {key: _expanded(value, context) for key, value in step.get("env", {}).items()}
            assert "${{" not in step["run"], "an input in a script is a way in for commands"
            words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            lines = added.read_text(encoding="utf-8").splitlines() if added.exists() else []
            outcome = self.run(words, {**known, **own, **env}, cwd, os.pathsep.join(lines))
            if outcome.code:
                break
        return outcome


def _system_path() -> str:
    """Give PATH without our own environment: what a step needs it has to install."""
    own = str(Path(sys.executable).parent)
    return os.pathsep.join(one for one in os.environ["PATH"].split(os.pathsep) if one != own)


def _expanded(text: str, context: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: context.get(match[1], ""), text)


def host(folder: Path) -> Host:
    """Set up a machine whose repository holds the sample, committed on main."""
    repository = init(folder / "仓库")
    ledger = repository.folder / "ledgers" / SAMPLE.name
    ledger.mkdir(parents=True)
    for file in SAMPLE.glob("*.yaml"):
        (ledger / file.name).write_bytes(file.read_bytes())
    repository.commit(day="2021-05-01")
    (folder / "bin").mkdir()
    for name, script in (("python3", _FAKE_PYTHON), ("pip", _FAKE_PIP)):
        path = folder / "bin" / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)
    return Host(repository, folder)
