"""The same attacks on version 0.1.0, where each of them succeeds: what stops them now is known."""

import shlex
import sys
import unicodedata
from pathlib import Path

import pytest

from commandline import Outcome
from git_repository import SETTINGS, init
from ledger_files import finding, write_ledger
from version_one import VersionOne

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and names of POSIX")

_NO_OWNER = finding().replace('责任人: "办公室负责人"\n', "")


class _Attacked:
    """A ledger, and version 0.1.0 run on it."""

    def __init__(self, version: VersionOne, folder: Path) -> None:
        self._version, self.here = version, folder
        texts = {"01": finding(), "02": finding(问题="学习不够"), "03": finding(问题="会议过多")}
        self.root = write_ledger(folder / "台账", texts)

    def run(self, *words: str, ledger: str = "台账", **env: str) -> Outcome:
        known = {"ZHENGGAI_TODAY": "2021-05-18", "ZHENGGAI_LEDGER": ledger, **env}
        return self._version.run(*words, cwd=self.here, env=known)


@pytest.fixture
def attacked(version_one: VersionOne, tmp_path: Path) -> _Attacked:
    return _Attacked(version_one, tmp_path)


def test_edit_wrote_through_a_link_out_of_the_ledger(attacked: _Attacked) -> None:
    outside = attacked.here / "别处.yaml"
    outside.write_text(finding(), encoding="utf-8")
    (attacked.root / "07.yaml").symlink_to(outside)
    change = (
        "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('问题: 改', encoding='utf-8')"
    )
    editor = shlex.join([sys.executable, "-c", change])
    assert attacked.run("edit", "7", EDITOR=editor, VISUAL="").code == 0
    assert outside.read_text(encoding="utf-8") == "问题: 改"


def test_two_links_to_a_ledger_doubled_its_counts(attacked: _Attacked) -> None:
    (attacked.here / "几本").mkdir()
    for name in ("甲", "乙"):
        (attacked.here / "几本" / name).symlink_to(attacked.root)
    status = attacked.run("status", "--format", "csv", ledger="几本")
    assert status.out.splitlines()[-1].startswith("合计,6,")


def test_a_folder_gave_the_runner_commands_and_a_file_the_terminal_escapes(
    attacked: _Attacked,
) -> None:
    name = "::stop-commands::x"
    write_ledger(attacked.here / name, {"01": finding(整改时限="2021-05-01")})
    assert attacked.run("check", ledger=name).out.startswith(name)
    assert "\x1b[31m" in attacked.run("announce", "-o", "\x1b[31m.md").err


@pytest.mark.parametrize(
    "name", ["03.yaml.txt", ".03.yaml.icloud", "03.yaml ", "03.yaml~", "03．yaml"]
)
def test_a_finding_left_the_count_and_its_number_was_given_again(
    attacked: _Attacked, name: str
) -> None:
    (attacked.root / "03.yaml").rename(attacked.root / name)
    checked = attacked.run("check")
    assert (checked.code, name.strip() in checked.out) == (0, False)
    assert attacked.run("new", "新的问题").out.startswith("已登记问题03:")


def test_the_number_of_a_deleted_finding_was_given_again(
    attacked: _Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    init(attacked.here).commit()
    (attacked.root / "03.yaml").unlink()
    assert attacked.run("new", "新的问题").out.startswith("已登记问题03:")


def test_papers_were_written_from_a_ledger_with_errors(attacked: _Attacked) -> None:
    (attacked.root / "02.yaml").write_text(_NO_OWNER, encoding="utf-8")
    assert attacked.run("check").code == 3
    assert attacked.run("announce", "-o", "通报.md").code == 0
    (attacked.root / "02.yaml").write_text("问题: [", encoding="utf-8")
    assert attacked.run("announce", "--template", "lists").out


def test_what_could_not_be_written_had_other_codes(attacked: _Attacked) -> None:
    assert attacked.run("announce", "-o", "没有/通报.md").code == 3
    assert attacked.run("check", "--output", "sarif=没有/x").code == 2
    assert attacked.run("check", GITHUB_STEP_SUMMARY="没有/页").code == 2


def test_evidence_from_a_mac_was_not_found(attacked: _Attacked) -> None:
    (attacked.root / unicodedata.normalize("NFD", "résumé.pdf")).write_bytes(b"x")
    named = unicodedata.normalize("NFC", "résumé.pdf")
    rest = f"措施:\n  - 内容: 开会\n    完成: 2021-05-01\n    佐证: {named}\n"
    (attacked.root / "01.yaml").write_text(finding(rest), encoding="utf-8")
    assert "R426" in attacked.run("check").out


def test_github_was_given_more_than_it_shows_or_takes(attacked: _Attacked) -> None:
    write_ledger(
        attacked.root, {f"{one:02d}": finding(整改时限="2021-05-01") for one in range(1, 31)}
    )
    page = attacked.here / "页.md"
    page.write_bytes(b"x" * (1 << 20))
    told = attacked.run("check", "--format", "github", GITHUB_STEP_SUMMARY=str(page))
    assert sum(line.startswith("::error") for line in told.out.splitlines()) == 30
    assert page.stat().st_size > 1 << 20
