"""Real git repositories for the tests, untouched by what the machine has configured."""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

# Read by git, and by zhenggai's own calls of git in the same process.
SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "clerk",
    "GIT_AUTHOR_EMAIL": "clerk@example.cn",
    "GIT_COMMITTER_NAME": "clerk",
    "GIT_COMMITTER_EMAIL": "clerk@example.cn",
}


class Repository(NamedTuple):
    """A git repository in a folder."""

    folder: Path

    def git(self, *words: str, day: str = "2021-03-01") -> str:
        """Run git in the repository; fail loudly where it does."""
        done = self.try_git(*words, day=day)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def try_git(self, *words: str, day: str = "2021-03-01") -> "subprocess.CompletedProcess[str]":
        """Run git in the repository, whatever becomes of it."""
        when = f"{day}T12:00:00+0800"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        return subprocess.run(
            ["git", *words],  # noqa: S607 - git is found where the machine has it
            cwd=self.folder,
            env=dict(os.environ) | SETTINGS | dates,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def commit(self, message: str = "登记", day: str = "2021-03-01") -> str:
        """Commit everything there is; give the commit's name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, day=day)
        return self.git("rev-parse", "HEAD")


def init(folder: Path) -> Repository:
    """Start a repository in a folder, on a branch called main."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository
