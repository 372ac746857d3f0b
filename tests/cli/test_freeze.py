"""`zhenggai freeze`: what is kept of an approved paper, who may change it, what differs later."""

import hashlib
import json
import shlex
from pathlib import Path

import pytest

from commandline import SAMPLE, Outcome, Zhenggai
from git_repository import init
from ledger_files import closed, finding, inspection, write_ledger

_NOTICE = "通报:\n  组织情况: 成立领导小组。\n  下步打算: 巩固成果。\n  联系电话: '86882428'\n"
_KEPT = "审定稿/2021-05-10-notice.txt"
_FREEZE = "freeze 通报.docx --by 局党组会议 --on 2021-05-10"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of two findings, one closed, with its notice written as a Word file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("ZHENGGAI_LEDGER", "台账")
    return write_ledger(
        tmp_path / "台账",
        {"01": closed("会议过多"), "02": finding(问题="学习不够")},
        inspection("格式: 2  # 不动\n" + _NOTICE),
    )


@pytest.fixture
def frozen(ledger: Path, zhenggai: Zhenggai) -> Path:
    _run(zhenggai, "announce -o 通报.docx")
    assert _run(zhenggai, _FREEZE).code == 0
    return ledger


def _run(zhenggai: Zhenggai, command: str) -> Outcome:
    return zhenggai(*shlex.split(command))


def _about(root: Path) -> str:
    return (root / "inspection.yaml").read_text(encoding="utf-8")


def _codes(zhenggai: Zhenggai, *more: str) -> set[str]:
    found = json.loads(zhenggai("check", "--format", "json", *more).out)["problems"]
    return {one["code"] for one in found if Path(one["path"]).name == "inspection.yaml"}


def test_the_text_is_kept_with_its_hash_and_nothing_else_is_touched(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _about(ledger)
    _run(zhenggai, "announce -o 通报.docx")
    preview = _run(zhenggai, f"{_FREEZE} --dry-run")
    assert preview.code == 0
    assert (_about(ledger), (ledger / _KEPT).exists()) == (before, False)
    said = f"已登记通报的审定稿（2021-05-10，局党组会议审定），存入{_KEPT}\n"
    assert _run(zhenggai, _FREEZE) == (0, said, "")
    kept = (ledger / _KEPT).read_bytes()
    assert kept.decode().startswith("县农业局党组关于巡察整改情况的通报\n县委第二巡察组对")
    assert _about(ledger) == before + (
        f"审定稿:\n  - 模板: notice\n    文件: {_KEPT}\n"
        f"    校验值: {hashlib.sha256(kept).hexdigest()}\n    审定人: 局党组会议\n"
        "    日期: 2021-05-10\n"
    )
    assert not _codes(zhenggai) & {"R457", "R458"}


def test_the_same_text_is_not_kept_twice_and_a_later_one_beside_the_first(
    frozen: Path, zhenggai: Zhenggai
) -> None:
    again = _run(zhenggai, _FREEZE)
    assert (again.code, "不必再登记" in again.err) == (4, True)
    Path("另一份.txt").write_text("县农业局党组关于巡察整改情况的通报\n", encoding="utf-8")
    assert "不能登记更早的" in _run(zhenggai, "freeze 另一份.txt --by 局党组 --on 2021-05-09").err
    assert _run(zhenggai, "freeze 另一份.txt --by 局党组 --on 2021-05-10").code == 0
    assert sorted(one.name for one in (frozen / "审定稿").iterdir()) == [
        "2021-05-10-notice-2.txt",
        "2021-05-10-notice.txt",
    ]


@pytest.mark.parametrize("style", ["docx", "html", "txt", "md"])
@pytest.mark.parametrize("template", ["notice", "report", "report-head", "lists"])
def test_what_was_approved_is_found_the_same_in_every_form(
    template: str, style: str, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in SAMPLE.glob("[0-9]*.yaml")}
    about = (SAMPLE / "inspection.yaml").read_text(encoding="utf-8")
    where = f"--ledger {write_ledger(tmp_path / '台账', files, about)} --today 2021-05-18"
    paper = tmp_path / f"文书.{style}"
    _run(zhenggai, f"announce --template {template} -o {paper} {where}")
    freeze = f"freeze {paper} --by 局党组会议 --template {template} {where}"
    assert _run(zhenggai, freeze).code == 0
    again = _run(zhenggai, f"announce --template {template} --signed 2021-05-20 {where}")
    assert "与审定稿（2021-05-18，局党组会议审定）相同\n" in again.err


def test_every_figure_that_differs_is_named(frozen: Path, zhenggai: Zhenggai) -> None:
    (frozen / "02.yaml").write_text(closed("学习不够"), encoding="utf-8")
    outcome = _run(zhenggai, "announce -o 新.txt")
    assert outcome.code == 0
    assert "警告：通报与审定稿（2021-05-10，局党组会议审定）有" in outcome.err
    assert "问题中已销号1个→问题中已销号2个" in outcome.err
    assert "销号率50%→" in outcome.err
    assert Path("新.txt").exists()


def test_strict_writes_no_other_figure_than_was_approved(frozen: Path, zhenggai: Zhenggai) -> None:
    review = (
        "  落款日期: 2021-05-18\n  保密审查: {日期: 2021-05-17, 审查人: 保密办, 结论: 可以公开}\n"
    )
    about = _about(frozen).replace("  联系电话", f"{review}  联系电话")
    (frozen / "inspection.yaml").write_text(about, encoding="utf-8")
    assert _run(zhenggai, "announce --strict -o 同.txt").code == 0
    (frozen / "02.yaml").write_text(closed("学习不够"), encoding="utf-8")
    refused = _run(zhenggai, "announce --strict -o 新.txt")
    assert (refused.code, Path("新.txt").exists()) == (4, False)
    assert "处数字与审定稿不同，未写入" in refused.err


def test_an_edition_is_held_against_its_own_text_only(frozen: Path, zhenggai: Zhenggai) -> None:
    other = _run(zhenggai, "announce --edition 党内 --number 县农党〔2021〕8号")
    assert "通报（党内）没有审定稿，未比较；要与审定的一份比较，不加 --edition 再写" in other.err
    _run(zhenggai, "announce --edition 党内 -o 党内.docx")
    assert _run(zhenggai, "freeze 党内.docx --by 局党组 --edition 党内").code == 0
    assert (frozen / "审定稿/2021-05-18-notice-党内.txt").exists()
    issued = "announce --edition 党内 --number 县农党〔2021〕8号 --signed 2021-05-20"
    assert "与审定稿（2021-05-18，局党组审定）相同" in _run(zhenggai, issued).err


def test_what_is_kept_is_guarded_and_can_be_taken_back_at_once(
    frozen: Path, zhenggai: Zhenggai
) -> None:
    before = _about(frozen)
    assert _run(zhenggai, "undo").out == f"已撤回：inspection.yaml的改动、{_KEPT}\n"
    assert (_KEPT in _about(frozen), (frozen / _KEPT).exists()) == (False, False)
    assert _run(zhenggai, _FREEZE).code == 0
    assert _about(frozen) == before
    repository = init(frozen)
    repository.commit()
    kept = (frozen / _KEPT).read_text(encoding="utf-8")
    (frozen / _KEPT).write_text(kept.replace("1个", "2个"), encoding="utf-8", newline="\n")
    assert "R458" in _codes(zhenggai)
    assert _run(zhenggai, "announce -o 新.txt").code == 3
    # With another hash to it the rule is silent, and the history guard is not.
    digest = hashlib.sha256((frozen / _KEPT).read_bytes()).hexdigest()
    lines = before.splitlines(keepends=True)
    swapped = [f"    校验值: {digest}\n" if "校验值" in line else line for line in lines]
    (frozen / "inspection.yaml").write_text("".join(swapped), encoding="utf-8")
    assert not _codes(zhenggai) & {"R457", "R458"}
    assert "I710" in _codes(zhenggai, "--since", "HEAD")
    (frozen / "inspection.yaml").write_text(before.partition("审定稿:")[0], encoding="utf-8")
    assert "I710" in _codes(zhenggai, "--since", "HEAD")


@pytest.mark.parametrize(
    ("text", "command", "code", "said"),
    [
        ("通报", "freeze 稿.txt --by 局党组 --template letter", 2, "没有审定稿；--template 可写"),
        ("通报", "freeze 稿.txt --by 局党组 --template ../x", 2, "写模板的名称，不带 .md"),
        ("通报", "freeze 稿.txt --by 局党组 --template report --edition 党内", 2, "只用于通报"),
        ("通报", "freeze 稿.txt --by 局党组 --on 2021-06-01", 4, "尚未发生的事不能登记"),
        ("通报", "freeze 没有.txt --by 局党组", 2, "无法读取“没有.txt”"),
        ("", "freeze 稿.txt --by 局党组", 3, "没有文字"),
        (
            "对张某立案审查。",
            "freeze 稿.txt --by 局党组",
            4,
            "文书里写有“立案”，未写入；从文件里删去",
        ),
        ("电话13912345678。", "freeze 稿.txt --by 局党组", 4, "手机号"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    text: str, command: str, code: int, said: str, ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _about(ledger)
    Path("稿.txt").write_text(text, encoding="utf-8")
    outcome = _run(zhenggai, command)
    assert (outcome.code, said in outcome.err) == (code, True), outcome
    assert (_about(ledger), (ledger / "审定稿").exists()) == (before, False)


def test_a_paper_is_never_written_over_what_is_kept(frozen: Path, zhenggai: Zhenggai) -> None:
    outcome = _run(zhenggai, f"announce -o 台账/{_KEPT}")
    assert (outcome.code, "会覆盖台账自己的文件" in outcome.err) == (2, True)
    assert (frozen / _KEPT).read_text(encoding="utf-8").startswith("县农业局党组")


@pytest.mark.usefixtures("frozen")
def test_a_text_that_is_another_paper_is_told(zhenggai: Zhenggai, tmp_path: Path) -> None:
    other = tmp_path / "别的.txt"
    other.write_text("会议纪要\n随便几个字。\n", encoding="utf-8")
    outcome = zhenggai("freeze", str(other), "--by", "局党组会议", "--dry-run")
    assert "警告：文件开头没有“通报”，请核对是不是这份文书" in outcome.err


@pytest.mark.usefixtures("frozen")
def test_an_entry_is_no_key_to_be_set(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("set", "台账", "审定稿=")
    assert (outcome.code, outcome.out) == (4, "")
    assert "“审定稿”不能这样改；只往后追加，用 zhenggai freeze 登记" in outcome.err
