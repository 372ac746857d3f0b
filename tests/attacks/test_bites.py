"""The same attacks on version 0.1.0, where each of them succeeds: what stops them now is known."""

import json
import os
import shlex
import sys
import time
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pytest

from commandline import Outcome
from git_repository import SETTINGS, init
from ledger_files import finding, write_ledger
from version_one import ENDLESS, VersionOne

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and names of POSIX")

_NO_OWNER = finding().replace('责任人: "办公室负责人"\n', "")


class _Attacked:
    """A ledger, and version 0.1.0 run on it."""

    def __init__(self, version: VersionOne, folder: Path) -> None:
        self._version, self.here = version, folder
        texts = {"01": finding(), "02": finding(问题="学习不够"), "03": finding(问题="会议过多")}
        self.root = write_ledger(folder / "台账", texts)

    def run(
        self, *words: str, ledger: str = "台账", seconds: int = 60, **env: str | None
    ) -> Outcome:
        known = {"ZHENGGAI_TODAY": "2021-05-18", "ZHENGGAI_LEDGER": ledger, **env}
        return self._version.run(*words, cwd=self.here, env=known, seconds=seconds)


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


@pytest.mark.skipif(not os.environ.get("ZHENGGAI_THOROUGH"), reason="takes three seconds")
def test_sarif_had_more_results_than_github_takes(attacked: _Attacked) -> None:
    measures = "措施:\n" + "  -\n" * 201  # of one file 200 faults were told
    write_ledger(attacked.root, {f"{one:03d}": finding(measures) for one in range(1, 127)})
    assert attacked.run("check", "--output", "sarif=多.sarif").code == 3
    [run] = json.loads((attacked.here / "多.sarif").read_text(encoding="utf-8"))["runs"]
    assert len(run["results"]) > 25_000


_CRASHING = (
    "{% for i in [1] %}" * 25 + "{% endfor %}" * 25,
    "{% for i in [1] %}" * 25 + "{% else %}{% endfor %}" * 25,
    "{% if 1 %}" * 100 + "{% endif %}" * 100,
    "{{ dict(a=1, a=2) }}",
    "{% macro m(a, a) %}{% endmacro %}",
    "{{ 1e999 }}",
)


@pytest.mark.parametrize("template", _CRASHING)
def test_a_template_that_python_cannot_carry_out_was_a_crash(
    attacked: _Attacked, template: str
) -> None:
    (attacked.root / "templates").mkdir()
    (attacked.root / "templates" / "甲.md").write_text(template, encoding="utf-8")
    assert attacked.run("announce", "--template", "甲").code == 70


def test_import_turned_the_text_of_a_terminal_round(attacked: _Attacked) -> None:
    lines = ("某局党组关于整改情况的通报", "一、整改落实情况", "1.关于“甲”问题的整改。", "一是完。")
    text = "\n".join((*lines, "附件\u202etxt.exe", ""))
    (attacked.here / "通报.txt").write_text(text, encoding="utf-8")
    assert "\u202e" in attacked.run("import", "通报.txt", "--dry-run").err


class _Remembering:
    """A ledger of which version 0.1.0 has remembered what it read."""

    def __init__(self, attacked: _Attacked) -> None:
        self._attacked = attacked
        long_ago = time.time() - 60
        for file in attacked.root.iterdir():
            os.utime(file, (long_ago, long_ago))
        # A file that was changed just now is not remembered, and its status says when that was.
        time.sleep(2.1)
        assert "会议过多" in self.listed().out
        [self.place] = (attacked.here / "记忆" / "zhenggai").iterdir()

    def listed(self, seconds: int = 60) -> Outcome:
        where = str(self._attacked.here / "记忆")
        return self._attacked.run(
            "list", seconds=seconds, XDG_CACHE_HOME=where, ZHENGGAI_NO_CACHE=None
        )

    def forge(self, rows: Any) -> None:
        """Write other rows under a checksum that is right."""
        _, _, body = self.place.read_bytes().partition(b"\n")
        body = json.dumps([json.loads(body)[0], rows], ensure_ascii=False).encode()
        self.place.write_bytes(b"%08x\n%b" % (zlib.crc32(body), body))

    def rows(self) -> Any:
        return json.loads(self.place.read_bytes().partition(b"\n")[2])[1]


def test_what_lay_in_the_place_of_the_cache_was_believed_waited_for_or_fatal(
    attacked: _Attacked,
) -> None:
    remembering = _Remembering(attacked)
    rows = remembering.rows()
    forged = json.dumps(rows, ensure_ascii=False).replace("会议过多", "没有问题")
    remembering.forge(json.loads(forged))
    if os.geteuid() == 0:
        os.chown(remembering.place, 65534, -1)
    assert "没有问题" in remembering.listed().out
    state = rows["01.yaml"][0]
    rows_that_are_none: tuple[Any, ...] = ([], None, "甲")
    for odd in (*rows_that_are_none, *({"01.yaml": one} for one in (5, [state, 5], [state, []]))):
        remembering.forge(odd)
        assert [remembering.listed().code for _ in range(2)] == [70, 70]
    remembering.place.unlink()
    os.mkfifo(remembering.place)
    assert remembering.listed(seconds=1).code == ENDLESS
    if sys.platform == "linux":
        remembering.place.unlink()
        remembering.place.symlink_to("/dev/zero")
        assert remembering.listed(seconds=10).code in (70, ENDLESS)
