"""`zhenggai undo`: the last change, and no other, as long as nothing has come of it."""

import json
import os
from pathlib import Path

import pytest

from commandline import Zhenggai
from git_repository import SETTINGS, init
from ledger_files import finding, inspection, write_ledger


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    root = tmp_path / "台账"
    findings = {"07": finding(), "08": finding(问题="学习不够")}
    write_ledger(root, findings, inspection())
    monkeypatch.chdir(root)
    return root


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(root.glob("*.yaml"))}


_NOTHING = "错误：没有可以撤回的改动；只能撤回本机上最近一次用命令所作的改动\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", "7-8", "看过"), "问题07的督查（2021-05-18）、问题08的督查（2021-05-18）"),
        (("done", "7.1"), "问题07的改动"),
        (("new", "又一个"), "新登记的问题09"),
        (
            ("rename", "--department", "办公室", "综合科"),
            "问题07的改动、问题08的改动、inspection.yaml的改动",
        ),
    ],
)
def test_the_last_change_is_taken_back_whole(
    root: Path, zhenggai: Zhenggai, words: tuple[str, ...], said: str
) -> None:
    before = _bytes(root)
    assert zhenggai(*words).code == 0
    changed = _bytes(root)
    assert changed != before
    shown = zhenggai("undo", "--dry-run")
    assert shown.out.startswith("--- ")
    assert shown.out.endswith(f"将撤回：{said}；以上只是预览，未写入\n")
    assert _bytes(root) == changed
    assert zhenggai("undo") == (0, f"已撤回：{said}\n", "")
    assert _bytes(root) == before
    assert zhenggai("undo") == (4, "", _NOTHING)


def test_only_the_last_change_is_kept(root: Path, zhenggai: Zhenggai) -> None:
    zhenggai("log", "7", "看过")
    once = _bytes(root)
    zhenggai("log", "8", "也看过")
    assert zhenggai("undo").code == 0
    assert _bytes(root) == once
    assert zhenggai("undo").err == _NOTHING


def test_what_was_changed_since_is_not_overwritten(root: Path, zhenggai: Zhenggai) -> None:
    zhenggai("log", "7-8", "看过")
    with (root / "08.yaml").open("a", encoding="utf-8") as file:
        file.write("# 手工写的\n")
    now = _bytes(root)
    for words in (("undo",), ("undo", "--dry-run")):
        refused = zhenggai(*words)
        assert refused.code == 4
        assert refused.err == "错误：不能撤回：08.yaml后来又改动过；用 zhenggai edit 或编辑器改\n"
    assert _bytes(root) == now


def test_what_is_committed_is_not_taken_back(root: Path, zhenggai: Zhenggai) -> None:
    repository = init(root)
    zhenggai("log", "7", "看过")
    repository.git("add", "--all")
    assert zhenggai("undo").code == 0
    zhenggai("log", "7", "看过")
    repository.commit()
    refused = zhenggai("undo")
    assert refused.code == 4
    assert "07.yaml的改动已提交到Git" in refused.err
    zhenggai("new", "又一个")
    assert zhenggai("undo").out == "已撤回：新登记的问题09\n"


@pytest.mark.usefixtures("root")
def test_a_number_taken_back_before_it_was_committed_is_free(zhenggai: Zhenggai) -> None:
    zhenggai("new", "又一个")
    zhenggai("undo")
    assert zhenggai("new", "另一个").out.startswith("已登记问题09")


def test_of_a_ledger_that_is_sent_nothing_is_taken_back(
    root: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    zhenggai("log", "7", "看过")
    (tmp_path / "别处").mkdir()
    root.rename(tmp_path / "别处" / "台账")
    os.chdir(tmp_path / "别处" / "台账")
    assert zhenggai("undo").err == _NOTHING
    assert not [path for path in Path().glob(".*") if "undo" in path.name]


def _forge(state: Path, **changes: object) -> None:
    [kept] = (state / "zhenggai" / "undo").iterdir()
    told = json.loads(kept.read_text(encoding="utf-8"))
    told["files"][0] |= changes
    kept.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../外面.yaml"},
        {"name": "/etc/passwd"},
        {"name": ".gitignore"},
        {"name": "07.yaml/../08.yaml"},
        {"name": "inspection.yaml", "before": None},
        {"before": "不是编码"},
        {"digest": "0"},
        {"name": 7},
    ],
)
def test_a_forged_one_counts_as_none(
    root: Path, state: Path, zhenggai: Zhenggai, changes: dict[str, object]
) -> None:
    zhenggai("log", "7", "看过")
    before = _bytes(root)
    _forge(state, **changes)
    assert zhenggai("undo").err == _NOTHING
    assert _bytes(root) == before


def test_a_file_that_became_a_link_is_not_followed(
    root: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    zhenggai("log", "7", "看过")
    outside = (root / "07.yaml").rename(tmp_path / "外面.yaml")
    (root / "07.yaml").symlink_to(outside)
    before = outside.read_bytes()
    assert zhenggai("undo").code == 4
    assert outside.read_bytes() == before


@pytest.mark.usefixtures("root")
def test_what_is_kept_is_nobody_elses_to_read(state: Path, zhenggai: Zhenggai) -> None:
    zhenggai("log", "7", "看过")
    [kept] = (state / "zhenggai" / "undo").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_among_several_ledgers_one_has_to_be_named(zhenggai: Zhenggai, tmp_path: Path) -> None:
    write_ledger(tmp_path / "都" / "ledgers" / "一", {"01": finding()})
    write_ledger(tmp_path / "都" / "ledgers" / "二", {"01": finding()})
    outcome = zhenggai("undo", "--ledger", str(tmp_path / "都"))
    assert (outcome.code, "用 --ledger 指明撤回哪一本的改动" in outcome.err) == (2, True)
