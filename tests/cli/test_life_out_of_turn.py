"""Steps out of turn, wrong ids and days: one sentence, and nothing is written."""

import re
import shlex
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import closed, finding, inspection, write_ledger

OPEN = "措施:\n  - 内容: 完善制度\n"
DONE = OPEN + "    完成: 2021-04-15\n"
LONG_TERM = "类型: 长期坚持\n检视周期: 每季度\n" + DONE
APPLIED = DONE + "记录:\n  - {日期: 2021-05-10, 事项: 申请销号, 经办人: 办公室}\n"
EXPIRED = "2021-05-10"

THREE = "销号程序: [申请, 审核, 批准]\n"
REVIEWED = "销号程序: [审核, 批准]\n"
APPROVED = "销号程序: [批准]\n"
NONE = ""


def _ledger(folder: Path, rules: str) -> Path:
    without_due = finding(LONG_TERM, 问题="学习不够").replace('整改时限: "2021-06-30"\n', "")
    return write_ledger(
        folder / "台账",
        {
            "01": finding(OPEN, 问题="会议过多"),
            "02": finding(DONE, 问题="公车私用"),
            "03": without_due,
            "04": closed("文山会海"),
            "05": finding("", 问题="谈心谈话少"),
            "06": finding(DONE, 问题="档案混乱", 整改时限=EXPIRED),
            "07": finding(APPLIED, 问题="账实不符"),
            "08": finding(
                DONE + "记录:\n  - {日期: 2021-05-10, 事项: 撤销登记, 理由: 误登}\n", 问题="误登"
            ),
        },
        inspection(f"格式: 2\n反馈问题数: 6\n集中整改截止: 2021-08-31\n{rules}"),
    )


def _run(zhenggai: Zhenggai, root: Path, command: str) -> Outcome:
    return zhenggai(*shlex.split(command), "--ledger", str(root), "--today", "2021-05-18")


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.glob("*.yaml")}


_WHY = "--reason 待批 --approved-by 局党组"
_ORDER = "销号程序是申请、审核、批准，现在应当"
_WITHDRAWN = "问题08已于2021-05-10撤销登记"
_ADD = "先用 zhenggai measure add 5 内容 登记措施"
_REOPEN = "；要继续整改，先用 zhenggai reopen"

REFUSED = [
    # The procedure does not have the step, or another one is due.
    (NONE, "apply 2", "这本台账没有规定销号程序，问题02不用申请；直接用 zhenggai close 销号"),
    (NONE, "review 2", "这本台账没有规定销号程序，问题02不用审核；直接用 zhenggai close 销号"),
    (NONE, "return 2 --reason 不全", "问题02还是待申请销号，没有可退回的销号申请"),
    (REVIEWED, "apply 2", "这本台账的销号程序是审核、批准，没有申请这一步"),
    (REVIEWED, "close 2 --by 局党组", "问题02还不能批准；销号程序是审核、批准，现在应当审核"),
    (APPROVED, "review 2", "这本台账的销号程序是批准，没有审核这一步"),
    (THREE, "review 2", f"问题02还不能审核；{_ORDER}申请"),
    (THREE, "close 2 --by 局党组", f"问题02还不能批准；{_ORDER}申请"),
    (THREE, "close 7 --by 局党组", f"问题07还不能批准；{_ORDER}审核"),
    (THREE, "apply 7", "问题07已登记申请；现在应当审核"),
    (THREE, "review 7 2", f"问题02还不能审核；{_ORDER}申请"),
    (THREE, "return 2 --reason 不全", "问题02还是待申请销号，没有可退回的销号申请"),
    (THREE, "return 1 --reason 不全", "问题01还是未启动，没有可退回的销号申请"),
    # Measures open, or none at all.
    (REVIEWED, "review 1", "问题01还有1项措施未完成：1.1；已完成的先用 zhenggai done 1.1 登记"),
    (
        THREE,
        "apply 5",
        f"问题05尚未填写整改措施，不能申请销号；{_ADD}",
    ),
    (
        THREE,
        "apply 5 --partial 无",
        f"问题05尚未填写整改措施，不能申请销号；{_ADD}",
    ),
    (
        REVIEWED,
        "review 5",
        f"问题05尚未填写整改措施，不能审核；{_ADD}",
    ),
    # Closed, or withdrawn.
    (THREE, "report 4 又开会", f"问题04已于2021-03-31销号，不能再报进展{_REOPEN}"),
    (THREE, "report 4 又开会", f"问题04已于2021-03-31销号，不能再报进展{_REOPEN}"),
    (THREE, "done 4.1", f"问题04已于2021-03-31销号，措施4.1不能再改{_REOPEN}"),
    (THREE, "apply 4", f"问题04已于2021-03-31销号，不能申请销号{_REOPEN}"),
    (THREE, "review 4", f"问题04已于2021-03-31销号，不用再审核{_REOPEN}"),
    (THREE, f"extend 4 2021-08-01 {_WHY}", f"问题04已于2021-03-31销号，不能延期{_REOPEN}"),
    (
        THREE,
        "return 4 --reason 不全",
        "问题04已于2021-03-31销号，不能退回；要撤回销号，用 zhenggai reopen",
    ),
    (THREE, "log 4-4 例行", "问题04已销号或撤销登记，未写入；要登记的，写明编号"),
    (THREE, "log 8 例行", "问题08已撤销登记，不再督查"),
    (THREE, "report 8 又开会", f"{_WITHDRAWN}，不能再报进展"),
    (THREE, "apply 8", f"{_WITHDRAWN}，不能申请销号"),
    (THREE, "close 8 --by 局党组", f"{_WITHDRAWN}，不能销号"),
    (THREE, "reopen 8 --reason 反弹", f"{_WITHDRAWN}，不能重开"),
    (THREE, f"extend 8 2021-08-01 {_WHY}", f"{_WITHDRAWN}，不能延期"),
    (THREE, "done 8.1", f"{_WITHDRAWN}，措施8.1不能再改"),
    (THREE, "void 1 --reason 重复登记 --into 8", "问题08不在计数之内，不能并入它；请核对 --into"),
    # Long-term.
    (THREE, f"extend 3 2021-08-01 {_WHY}", "问题03是长期坚持的，没有整改时限可延；请改检视周期"),
    (THREE, "reopen 3 --reason 反弹", "问题03未销号（现在是基本完成），不能重开"),
    # Days.
    (THREE, "apply 2 --on 2021-05-19", "2021-05-19在今天（2021-05-18）之后，尚未发生的事不能登记"),
    (THREE, "review 7 --on 2021-05-19", "2021-05-19在今天（2021-05-18）之后，尚未发生的事不能登记"),
    (
        THREE,
        "review 7 --on 2021-05-09",
        (
            "问题07在2021-05-10已登记申请销号，这一步的日期2021-05-09不能早于它；"
            "日期填写有误的，用 zhenggai edit 7 改正"
        ),
    ),
    (
        THREE,
        "apply 6 --on 2021-05-09",
        (
            "问题06的时限2021-05-10已过，日期不能写到时限之前；"
            "确系补登的，加 --late（仍按登记之日计算逾期）"
        ),
    ),
    (
        THREE,
        f"extend 6 2021-08-01 {_WHY}",
        "问题06的时限2021-05-10已过，逾期后不能再申请延期；确系补办的，加 --late",
    ),
    (
        THREE,
        f"extend 1 2021-09-30 {_WHY} --basis 局党组会议",
        (
            "新时限2021-09-30超过集中整改截止2021-08-31，须由上级批准；"
            "加上 --level 上级 和 --basis 文号,日期"
        ),
    ),
    (THREE, f"extend 7 2021-08-01 {_WHY}", "问题07现在是待审核，不能延期；退回以后才能延期"),
    (
        THREE,
        f"extend 1 2021-08-01 {_WHY} --basis 3号,2021-06-01",
        "依据的日期2021-06-01在今天（2021-05-18）之后；请核对 --basis",
    ),
]


@pytest.mark.parametrize(
    ("rules", "command", "sentence"),
    REFUSED,
)
def test_what_is_out_of_turn_is_refused_in_one_sentence_and_changes_nothing(
    tmp_path: Path, zhenggai: Zhenggai, rules: str, command: str, sentence: str
) -> None:
    root = _ledger(tmp_path, rules)
    before = _bytes(root)
    outcome = _run(zhenggai, root, command)
    assert outcome == (4, "", f"错误：{sentence}\n")
    assert _bytes(root) == before


@pytest.mark.parametrize(
    "command",
    [
        "apply",
        "apply ''",
        "apply 9",
        "apply 甲",
        "review 1-",
        "review 5-3",
        "report '' 开会",
        "report 1 ''",
        "report 1 开会 --on 9999-12-31",
        "report 1 开会 --expected 近日",
        "log 1 看过 --reply-by 近日",
        "log 1 看过 --method ' '",
        "apply 1 --partial ''",
        "reopen 4 --reason 反弹 --due 近日",
        "void 1 --reason 乱写",
        "void 1 --reason 误登 --into 1",
        "void 1 --reason 误登 --into 99",
        f"extend 1 2021-08-01 {_WHY} --level 省级",
        f"extend 1 2021-08-01 {_WHY} --basis 3号,2021-13-01",
        f"extend 1 2021-08-01 {_WHY} --basis ,2021-05-01",
        f"extend 1 2021-08-01 {_WHY} --basis ，2021-05-01",
        "close 1 --by ''",
    ],
)
def test_what_means_nothing_is_wrong_usage_and_changes_nothing(
    tmp_path: Path, zhenggai: Zhenggai, command: str
) -> None:
    root = _ledger(tmp_path, THREE)
    before = _bytes(root)
    code, out, err = _run(zhenggai, root, command)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"错误：.*[\u4e00-\u9fff].*\n(用 zhenggai \w+ --help 查看用法\n)?", err)
    assert _bytes(root) == before


def test_a_range_skips_what_is_closed_or_withdrawn_and_names_it(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    root = _ledger(tmp_path, THREE)
    outcome = _run(zhenggai, root, "log 1-8 例行 --by 整改办")
    assert outcome.code == 0
    assert outcome.err == "已销号或撤销登记的跳过：04、08\n"
    assert [line[2:4] for line in outcome.out.splitlines()] == ["01", "02", "03", "05", "06", "07"]
    assert _run(zhenggai, root, "log 4 1-2 回头看").err == ""


def test_of_several_withdrawn_at_once_all_are_counted(tmp_path: Path, zhenggai: Zhenggai) -> None:
    root = _ledger(tmp_path, THREE)  # seven are counted, six were reported
    before = _bytes(root)
    refused = _run(zhenggai, root, "void 1-2 --reason 误登")
    said = "撤销登记以后只剩5个问题，少于反馈问题数6；确应撤销的，加 --basis 写明依据"
    assert refused == (4, "", f"错误：{said}\n")
    assert _bytes(root) == before
    assert _run(zhenggai, root, "void 1 --reason 误登").code == 0
    assert _run(zhenggai, root, "void 2 --reason 误登") == refused
    assert _run(zhenggai, root, "void 2 --reason 误登 --basis 县委巡察办函").code == 0


def test_late_is_no_harm_where_it_is_not_needed(tmp_path: Path, zhenggai: Zhenggai) -> None:
    root = _ledger(tmp_path, THREE)
    assert _run(zhenggai, root, "apply 2 --by 办公室 --late").code == 0
    assert _run(zhenggai, root, f"extend 1 2021-08-01 {_WHY} --late").code == 0
    assert "登记日期" not in (root / "02.yaml").read_text(encoding="utf-8")
    assert "登记日期" not in (root / "01.yaml").read_text(encoding="utf-8")


def test_a_basis_may_have_a_comma_and_a_day_after_the_last_one(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    root = _ledger(tmp_path, THREE)
    basis = "--basis 局党组会议，研究同意,2021-05-17"
    assert _run(zhenggai, root, f"extend 1 2021-08-01 {_WHY} {basis}").code == 0
    assert _run(zhenggai, root, f"extend 2 2021-08-01 {_WHY} --basis 会议，同意").code == 0
    text = (root / "01.yaml").read_text(encoding="utf-8")
    assert text.endswith("    依据: 局党组会议，研究同意\n    依据日期: 2021-05-17\n")
    assert (root / "02.yaml").read_text(encoding="utf-8").endswith("    依据: 会议，同意\n")


def test_a_long_term_finding_goes_through_the_procedure(tmp_path: Path, zhenggai: Zhenggai) -> None:
    root = _ledger(tmp_path, THREE)
    for command in ("apply 3 --by 办公室", "review 3 --by 整改办", "close 3 --by 局党组"):
        assert _run(zhenggai, root, command).code == 0, command
    assert _run(zhenggai, root, "reopen 3 --reason 反弹 --due 2021-08-01").code == 4
    assert _run(zhenggai, root, "reopen 3 --reason 反弹").code == 0


def test_what_is_dated_before_the_feedback_is_taken_and_warned_of(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    root = _ledger(tmp_path, THREE)
    for command in ("report 1 边巡边改 --on 2021-01-20", "log 1 看过 --on 2021-01-21"):
        assert _run(zhenggai, root, command).code == 0, command
    assert _run(zhenggai, root, "check").out.count(" J508 ") == 2
