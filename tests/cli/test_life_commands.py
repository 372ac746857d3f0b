"""The life of a finding at the command line: what is written, what is said, what is refused."""

import hashlib
import json
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import closed, finding, inspection, read_whole, write_ledger
from zhenggai.model.typed_dates import TYPED_DEADLINE_FORMS

TWO = "措施:\n  - 内容: 完善制度\n  - 内容: 少开会\n    完成: 2021-03-20\n"
DONE = "措施:\n  - 内容: 完善制度\n    完成: 2021-04-15\n"
LONG_TERM = "类型: 长期坚持\n检视周期: 每季度\n" + DONE
SHEET = b"signed\r\n"
SHA256 = hashlib.sha256(SHEET).hexdigest()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    root = write_ledger(
        tmp_path / "台账",
        {
            "01": finding(TWO, 问题="会议过多"),
            "02": finding(DONE, 问题="学习不够"),
            "03": finding(DONE, 问题="公车私用"),
            "07": finding(LONG_TERM, 问题="谈心谈话少").replace('整改时限: "2021-06-30"\n', ""),
            "09": closed("文山会海"),
        },
    )
    (root / "佐证").mkdir()
    (root / "佐证" / "签字表.pdf").write_bytes(SHEET)
    return root


def _run(zhenggai: Zhenggai, root: Path, words: str, *more: str) -> Outcome:
    return zhenggai(*words.split(), *more, "--ledger", str(root), "--today", "2021-05-18")


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.glob("*.yaml")}


def _added(before: dict[str, bytes], root: Path) -> dict[str, str]:
    """Give what was added at the end of each file that changed."""
    now = _bytes(root)
    changed = {name: content for name, content in now.items() if content != before[name]}
    for name, content in changed.items():
        assert content.startswith(before[name])
    return {name: now[name][len(before[name]) :].decode() for name in changed}


def _errors(zhenggai: Zhenggai, root: Path) -> list[str]:
    outcome = _run(zhenggai, root, "check --format json")
    return [
        f"{Path(problem['path']).name} {problem['code']}"
        for problem in json.loads(outcome.out)["problems"]
        if problem["severity"] == "error"
    ]


# -- close ------------------------------------------------------------------------------------


def test_close_strikes_a_finding_off(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "close 2 --by 局党组")
    assert outcome == (0, "问题02已销号（5个中第2个）；待销号1个：03\n", "")
    record = "记录:\n  - 日期: 2021-05-18\n    事项: 销号\n    批准人: 局党组\n"
    assert _added(before, ledger) == {"02.yaml": record}


def test_close_writes_note_day_and_evidence_with_its_digest(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    (ledger / "照片 1.jpg").write_bytes(b"")
    before = _bytes(ledger)
    words = "close 2 --by 局党组 --on 2021/4/28 --note 已核对:属实 --evidence 佐证/签字表.pdf"
    outcome = _run(zhenggai, ledger, words, "--evidence", "照片 1.jpg")
    assert (outcome.code, outcome.err) == (0, "")
    assert _added(before, ledger) == {
        "02.yaml": (
            "记录:\n  - 日期: 2021-04-28\n    事项: 销号\n    批准人: 局党组\n"
            "    情况: 已核对:属实\n    佐证:\n"
            f"      - 文件: 佐证/签字表.pdf\n        校验值: {SHA256}\n"
            f"      - 文件: 照片 1.jpg\n        校验值: {hashlib.sha256(b'').hexdigest()}\n"
        )
    }


@pytest.mark.parametrize("asked", ["2", "02", "002", "台账/2", "台账/02", "2-2", "台账/2-2"])
def test_an_id_is_written_in_many_ways(ledger: Path, zhenggai: Zhenggai, asked: str) -> None:
    assert _run(zhenggai, ledger, f"close {asked} --by 局党组").code == 0
    assert "事项: 销号" in (ledger / "02.yaml").read_text(encoding="utf-8")


def test_several_findings_are_closed_in_one_go_and_counted_one_by_one(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    outcome = _run(zhenggai, ledger, "close 1-3 02 台账/7 --by 局党组 --complete")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "问题01已销号（5个中第2个）；待销号2个：02、03",
        "问题02已销号（5个中第3个）；待销号1个：03",
        "问题03已销号（5个中第4个）；没有待销号的问题",
        "问题07已销号（5个中第5个）；没有待销号的问题",
    ]


def test_of_many_that_wait_ten_are_named(tmp_path: Path, zhenggai: Zhenggai) -> None:
    ids = [f"{number:02d}" for number in range(1, 14)]
    root = write_ledger(tmp_path / "台账", dict.fromkeys(ids, finding(DONE)))
    outcome = _run(zhenggai, root, "close 1-3 --by 局党组")
    assert outcome.out.splitlines()[1:] == [
        "问题02已销号（13个中第2个）；待销号11个：03、04、05、06、07、08、09、10、11、12等",
        "问题03已销号（13个中第3个）；待销号10个：04、05、06、07、08、09、10、11、12、13",
    ]


def test_all_are_checked_before_any_is_written(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(ledger)
    for words, code in (
        ("close 2 3 1 --by 局党组", 4),
        ("close 1-3 --by 局党组", 4),
        ("close 2-4 --by 局党组", 2),
        ("close 2 99 --by 局党组", 2),
        ("close 2 3 --by 局党组 --evidence 没有.pdf", 2),
        ("close 2 3", 4),
    ):
        assert _run(zhenggai, ledger, words)[:2] == (code, ""), words
        assert _bytes(ledger) == before, words


def test_open_measures_are_named_and_nothing_is_written(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(ledger)
    said = "错误：问题01还有1项措施未完成：1.1；"
    ways = "已完成的先用 zhenggai done 1.1 登记，或加 --complete 一并标为完成\n"
    assert _run(zhenggai, ledger, "close 1 --by 局党组") == (4, "", said + ways)
    assert _bytes(ledger) == before


def test_complete_marks_them_done_in_the_same_edit(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = _run(zhenggai, ledger, "close 1 --by 局党组 --complete --on 2021-05-10")
    assert outcome.code == 0
    assert (ledger / "01.yaml").read_text(encoding="utf-8").partition("措施:")[2] == (
        "\n  - 内容: 完善制度\n    完成: 2021-05-10\n"
        "  - 内容: 少开会\n    完成: 2021-03-20\n"
        "记录:\n  - 日期: 2021-05-10\n    事项: 销号\n    批准人: 局党组\n"
    )


def test_closing_a_closed_finding_changes_nothing_and_is_no_failure(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _bytes(ledger)
    for words in ("close 9 --by 局党组", "close 9", "close 9 --by 局党组 --on 2021-04-01"):
        outcome = _run(zhenggai, ledger, words)
        assert outcome == (0, "问题09已于2021-03-31销号，未改动\n", "")
    assert _bytes(ledger) == before


def test_a_late_closing_says_how_late(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "02.yaml").write_text(finding(DONE, 整改时限="2021-05-15"), encoding="utf-8")
    outcome = _run(zhenggai, ledger, "close 2 --by 局党组")
    assert outcome.out == "问题02已销号（5个中第2个，逾期3天）；待销号1个：03\n"


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "close 1 9 --by 局党组 --complete --dry-run")
    shown = str(ledger)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        f"--- {shown}/01.yaml",
        f"+++ {shown}/01.yaml（改后）",
        "@@ -6,5 +6,10 @@",
        ' 整改时限: "2021-06-30"',
        " 措施:",
        "   - 内容: 完善制度",
        "+    完成: 2021-05-18",
        "   - 内容: 少开会",
        "     完成: 2021-03-20",
        "+记录:",
        "+  - 日期: 2021-05-18",
        "+    事项: 销号",
        "+    批准人: 局党组",
        "问题09已于2021-03-31销号，未改动",
    ]
    assert _bytes(ledger) == before
    assert not (ledger / ".zhenggai.lock").exists()


def test_a_dry_run_refuses_what_the_run_would_refuse(ledger: Path, zhenggai: Zhenggai) -> None:
    assert _run(zhenggai, ledger, "close 1 --by 局党组 --dry-run").code == 4


def test_each_step_of_the_procedure_has_its_command_and_close_approves(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    about = inspection("销号程序: [申请, 审核, 批准]\n")
    (ledger / "inspection.yaml").write_text(about, encoding="utf-8")
    said = [
        _run(zhenggai, ledger, words)
        for words in (
            "apply 2 --by 办公室 --note 材料齐全 --on 2021-04-20",
            "close 2 --by 局党组 --on 2021-04-21",
            "review 2 --by 纪检组 --on 2021-04-22",
            "close 2 --on 2021-04-25",
            "close 2 --by 局党组 --on 2021-04-25",
            "close 2 --by 局党组",
        )
    ]
    order = "销号程序是申请、审核、批准，现在应当审核"
    assert said == [
        (0, "问题02已登记申请销号（1/3），尚需审核、批准；现在是待审核\n", ""),
        (4, "", f"错误：问题02还不能批准；{order}\n"),
        (0, "问题02已登记审核（2/3），尚需批准；现在是待批准\n", ""),
        (4, "", "错误：问题02销号要写明批准人；加上 --by，如 --by 局党组\n"),
        (0, "问题02已销号（5个中第2个）；待销号1个：03\n", ""),
        (0, "问题02已于2021-04-25销号，未改动\n", ""),
    ]
    assert _errors(zhenggai, ledger) == ["09.yaml J510"]


def test_the_signatures_stand_in_the_journal_word_for_word(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    about = inspection("销号程序: [申请, 初审, 复核, 批准]\n")
    (ledger / "inspection.yaml").write_text(about, encoding="utf-8")
    before = _bytes(ledger)
    for words in (
        "apply 1 --by 办公室 --partial 余下的须汛后实施 --evidence 佐证/签字表.pdf --on 2021-05-10",
        "review 1 --by 整改办 --note 材料齐全 --on 2021-05-12",
        "review 1 --by 派驻组",
    ):
        assert _run(zhenggai, ledger, words).code == 0
    assert _added(before, ledger) == {
        "01.yaml": (
            "记录:\n  - 日期: 2021-05-10\n    事项: 申请销号\n    经办人: 办公室\n"
            "    部分申请理由: 余下的须汛后实施\n    佐证:\n"
            f"      - 文件: 佐证/签字表.pdf\n        校验值: {SHA256}\n"
            "  - 日期: 2021-05-12\n    事项: 审核\n    经办人: 整改办\n    环节: 初审\n"
            "    情况: 材料齐全\n"
            "  - 日期: 2021-05-18\n    事项: 审核\n    经办人: 派驻组\n    环节: 复核\n"
        )
    }


def test_nothing_is_struck_off_while_the_procedure_cannot_be_read(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    root = write_ledger(tmp_path, {"07": finding()}, inspection("预警天数: 每月\n"))
    words = ("7", "--by", "局党组", "--complete", "--today", "2021-05-18", "--ledger", str(root))
    before = (root / "07.yaml").read_bytes()
    outcome = zhenggai("close", *words)
    assert (outcome.code, outcome.out) == (3, "")
    assert "/inspection.yaml:5:7: " in outcome.err
    assert outcome.err.endswith("；销号程序要从这里读取，请先改正再销号\n")
    assert (root / "07.yaml").read_bytes() == before


def test_sent_back_or_reopened_it_is_signed_anew(ledger: Path, zhenggai: Zhenggai) -> None:
    about = inspection("销号程序: [申请, 批准]\n")
    (ledger / "inspection.yaml").write_text(about, encoding="utf-8")
    said = [
        _run(zhenggai, ledger, words).out
        for words in (
            "apply 2 --on 2021-04-20",
            "return 2 --reason 佐证不全 --on 2021-04-21",
            "apply 2 --on 2021-04-22",
            "close 2 --by 局党组 --on 2021-04-23",
            "reopen 2 --reason 反弹 --on 2021-04-24",
            "apply 2 --on 2021-04-25",
        )
    ]
    assert said == [
        "问题02已登记申请销号（1/2），尚需批准；现在是待批准\n",
        "问题02已退回，重新整改；现在是整改中，时限2021-06-30\n",
        "问题02已登记申请销号（1/2），尚需批准；现在是待批准\n",
        "问题02已销号（5个中第2个）；待销号1个：03\n",
        "问题02已重开（2021-04-23的销号记录保留）；现在是整改中，时限2021-06-30\n",
        "问题02已登记申请销号（1/2），尚需批准；现在是待批准\n",
    ]


def test_what_is_left_counts_findings_changed_in_the_same_command(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    about = inspection("销号程序: [申请, 批准]\n")
    (ledger / "inspection.yaml").write_text(about, encoding="utf-8")
    _run(zhenggai, ledger, "apply 2 3 7")
    outcome = _run(zhenggai, ledger, "close 2 7 --by 局党组")
    assert outcome.out.splitlines() == [
        "问题02已销号（5个中第2个）；待销号2个：03、07",
        "问题07已销号（5个中第3个）；待销号1个：03",
    ]


def test_of_several_steps_one_out_of_turn_takes_none(ledger: Path, zhenggai: Zhenggai) -> None:
    about = inspection("销号程序: [申请, 批准]\n")
    (ledger / "inspection.yaml").write_text(about, encoding="utf-8")
    _run(zhenggai, ledger, "apply 2")
    before = _bytes(ledger)
    said = "错误：问题03还不能批准；销号程序是申请、批准，现在应当申请\n"
    assert _run(zhenggai, ledger, "close 2 3 --by 局党组") == (4, "", said)
    assert _bytes(ledger) == before


def test_where_evidence_is_required_it_is_asked_for(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "inspection.yaml").write_text(inspection("销号须佐证: 是\n"), encoding="utf-8")
    assert _run(zhenggai, ledger, "close 2 --by 局党组") == (
        4,
        "",
        "错误：这本台账规定销号须佐证，问题02尚无佐证材料；加上 --evidence 文件\n",
    )
    assert _run(zhenggai, ledger, "close 2 --by 局党组 --evidence 佐证/签字表.pdf").code == 0
    assert _errors(zhenggai, ledger) == ["09.yaml R425"]


def test_a_file_of_evidence_given_twice_is_written_once(ledger: Path, zhenggai: Zhenggai) -> None:
    words = "close 2 --by 局党组 --evidence 佐证/签字表.pdf --evidence ./佐证/签字表.pdf"
    assert _run(zhenggai, ledger, words).code == 0
    assert (ledger / "02.yaml").read_text(encoding="utf-8").count("签字表.pdf") == 1


def test_what_check_would_call_an_error_is_not_written(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "佐证" / "反\\斜.pdf").write_bytes(SHEET)
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "close 2 --by 局党组 --evidence", "佐证/反\\斜.pdf")
    assert (outcome.code, outcome.out) == (4, "")
    assert "未写入：这样改会使台账有错误（R426）" in outcome.err
    assert _bytes(ledger) == before


def test_errors_that_were_there_before_do_not_stand_in_the_way(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    text = finding(DONE).replace('责任人: "办公室负责人"\n', "")
    (ledger / "02.yaml").write_text(text, encoding="utf-8")
    assert _run(zhenggai, ledger, "close 2 --by 局党组").code == 0


def test_a_file_with_errors_is_not_closed(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "02.yaml").write_text("问题: [", encoding="utf-8")
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "close 2 3 --by 局党组")
    assert outcome == (3, "", "错误：问题2的文件02.yaml有错误，无法读取；请先改正\n")
    assert _bytes(ledger) == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("99", "没有问题99；台账里的编号是01到09"),
        ("甲", "“甲”不是编号；编号是数字，如 7 或 07"),
        ("5-3", "编号“5-3”的起止不对；小的写在前面，如 1-5"),
        ("1-99999", "编号“1-99999”的起止不对；小的写在前面，如 1-5"),
        ("1-", "编号“1-”的格式无法识别；写成 7、07、1-5 或 台账/07"),
        ("1-2-3", "编号“1-2-3”的格式无法识别；写成 7、07、1-5 或 台账/07"),
        ("别的/2", "没有名为“别的”的台账；现有：台账"),
    ],
)
def test_an_id_that_means_nothing_is_wrong_usage(
    ledger: Path, zhenggai: Zhenggai, asked: str, said: str
) -> None:
    assert _run(zhenggai, ledger, f"close {asked} --by 局党组") == (2, "", f"错误：{said}\n")


def test_an_id_in_two_ledgers_is_written_with_the_ledgers_name(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    for name in ("甲局", "乙局"):
        write_ledger(tmp_path / "ledgers" / name, {"02": finding(DONE, 问题=f"{name}的问题")})
    assert _run(zhenggai, tmp_path, "close 2 --by 局党组") == (
        2,
        "",
        "错误：编号2不止一个；请写明是哪一个：乙局/02、甲局/02\n",
    )
    outcome = _run(zhenggai, tmp_path, "close 甲局/2 乙局/02 --by 局党组")
    assert outcome.out == "问题02已销号（1个中第1个）；没有待销号的问题\n" * 2
    for name in ("甲局", "乙局"):
        assert "销号" in (tmp_path / "ledgers" / name / "02.yaml").read_text(encoding="utf-8")


# -- what is said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "close 2 --by 局党组",
        "close 9",
        "done 1.1",
        "log 1 已看",
        "extend 1 2021-07-31 --reason 待批 --approved-by 局党组",
        "report 1 已开会",
        "void 1 --reason 误登",
        "reopen 9 --reason 反弹",
    ],
)
def test_quiet_says_nothing_when_all_went_well(
    ledger: Path, zhenggai: Zhenggai, words: str
) -> None:
    assert _run(zhenggai, ledger, f"{words} --quiet") == (0, "", "")
    assert _run(zhenggai, ledger, "close 1 --by 局党组 -q").code in (0, 4)


def test_quiet_does_not_hide_a_refusal(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = _run(zhenggai, ledger, "reopen 1 --reason 反弹 --quiet")
    assert outcome == (4, "", "错误：问题01未销号（现在是整改中），不能重开\n")


def test_json_tells_of_every_finding_what_became_of_it(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = _run(zhenggai, ledger, "close 2 9 --by 局党组 --format json")
    assert (outcome.code, outcome.err) == (0, "")
    content = json.loads(outcome.out)
    assert content == {
        "version": 2,
        "dry_run": False,
        "changes": [
            {
                "ledger": "台账",
                "id": "02",
                "path": f"{ledger}/02.yaml",
                "changed": True,
                "message": "问题02已销号",
                "stage": "closed",
                "timing": "normal",
                "deadline": "2021-06-30",
            },
            {
                "ledger": "台账",
                "id": "09",
                "path": f"{ledger}/09.yaml",
                "changed": False,
                "message": "问题09已于2021-03-31销号，未改动",
                "stage": "closed",
                "timing": "normal",
                "deadline": "2021-06-30",
            },
        ],
    }


def test_json_of_a_dry_run_says_what_would_be(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "done 1.1 --dry-run --format json")
    content = json.loads(outcome.out)
    assert content["dry_run"] is True
    [change] = content["changes"]
    assert (change["changed"], change["stage"]) == (True, "awaiting_application")
    assert _bytes(ledger) == before


# -- done -------------------------------------------------------------------------------------


def test_done_marks_measures_and_says_what_is_left(ledger: Path, zhenggai: Zhenggai) -> None:
    text = finding("措施:\n  - 内容: 甲\n  - 内容: 乙\n  - 内容: 丙\n")
    (ledger / "01.yaml").write_text(text, encoding="utf-8")
    outcome = _run(zhenggai, ledger, "done 1.1 1.2 --on 2021-05-10")
    said = "措施1.1已完成（2021-05-10）、措施1.2已完成（2021-05-10）；还有1项：1.3\n"
    assert outcome == (0, said, "")
    outcome = _run(zhenggai, ledger, "done 01.3 台账/1.3")
    said = "措施1.3已完成（2021-05-18）；3项措施全部完成，可用 zhenggai close 1 销号\n"
    assert outcome == (0, said, "")
    [one, *_] = read_whole(ledger, "")[0].findings
    assert [str(measure.done_on) for measure in one.measures] == [
        "2021-05-10",
        "2021-05-10",
        "2021-05-18",
    ]


def test_done_again_changes_nothing(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "done 1.2")
    assert outcome == (0, "措施1.2原已于2021-03-20完成，未作改动\n", "")
    assert _bytes(ledger) == before
    outcome = _run(zhenggai, ledger, "done 1.2 --on 2021-04-01")
    assert outcome.code == 4
    assert outcome.err == (
        "错误：措施1.2已于2021-03-20完成；日期填写有误的，用 zhenggai edit 1 改正\n"
    )


def test_done_adds_outcome_and_evidence_once(ledger: Path, zhenggai: Zhenggai) -> None:
    words = "done 1.2 --outcome 少开会10次 --evidence 佐证/签字表.pdf"
    assert _run(zhenggai, ledger, words).out == "措施1.2已完成（2021-03-20）；还有1项：1.1\n"
    after = _bytes(ledger)
    assert (
        after["01.yaml"]
        .decode()
        .endswith(
            "    完成: 2021-03-20\n    成效: 少开会10次\n"
            f"    佐证:\n      - 文件: 佐证/签字表.pdf\n        校验值: {SHA256}\n"
        )
    )
    assert _run(zhenggai, ledger, words).out == "措施1.2原已于2021-03-20完成，未作改动\n"
    assert _bytes(ledger) == after


@pytest.mark.parametrize("asked", ["1", "1.", ".1", "1.甲", "1.-1", "1.1.x", ""])
def test_what_is_no_measure_is_wrong_usage(ledger: Path, zhenggai: Zhenggai, asked: str) -> None:
    outcome = _run(zhenggai, ledger, "done", asked)
    assert (outcome.code, outcome.out) == (2, "")


def test_a_measure_that_is_not_there_is_refused(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = _run(zhenggai, ledger, "done 1.1 1.3")
    assert outcome == (4, "", "错误：问题01没有措施1.3；编号是1.1到1.2\n")


# -- log, extend, return, reopen --------------------------------------------------------------


def test_log_records_a_supervision_and_says_when_the_next_is_due(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "log 1 --by 督查组", "会议: 少了\n第二行")
    assert outcome == (0, "问题01已登记督查（2021-05-18）；下次督查不晚于2021-05-24\n", "")
    assert _added(before, ledger) == {
        "01.yaml": (
            "记录:\n  - 日期: 2021-05-18\n    事项: 督查\n    经办人: 督查组\n"
            '    情况: "会议: 少了\\n第二行"\n'
        )
    }
    assert _run(zhenggai, ledger, "log 9 没有反弹").out == "问题09已登记督查（2021-05-18）\n"


@pytest.mark.parametrize("nothing", ["", "  ", "\n"])
@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("log 1", "“发现”"),
        ("log 1 已看 --method", "--method"),
        ("report 1", "“内容”"),
        ("report 1 已开会 --cause", "--cause"),
        ("apply 1 --partial", "--partial"),
        ("void 1 --reason 误登 --basis", "--basis"),
        ("done 1.1 --outcome", "--outcome"),
        ("close 1 --by", "--by"),
        ("reopen 1 --reason", "--reason"),
    ],
)
def test_words_that_say_nothing_are_not_taken(
    ledger: Path, zhenggai: Zhenggai, command: str, name: str, nothing: str
) -> None:
    before = _bytes(ledger)
    sentence = f"错误：{name}是空的；请写上内容\n"
    assert _run(zhenggai, ledger, command, nothing) == (2, "", sentence)
    assert _bytes(ledger) == before


@pytest.mark.parametrize("note", ["响铃\x07", "回车\r\n"])
def test_a_control_character_is_named_and_not_written(
    ledger: Path, zhenggai: Zhenggai, note: str
) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "log 1", note)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("错误：填写的内容里有不可见的控制字符（U+000")
    assert _bytes(ledger) == before


def test_extend_records_the_new_deadline(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(ledger)
    words = "extend 1 2021年7月31日 --reason 实施办法待审定 --approved-by 局党组"
    outcome = _run(zhenggai, ledger, words)
    said = "问题01的时限已延至2021-07-31（原为2021-06-30），距时限74天；第1次延期\n"
    assert outcome == (0, said, "")
    assert _added(before, ledger) == {
        "01.yaml": (
            "记录:\n  - 日期: 2021-05-18\n    事项: 延期\n    新时限: 2021-07-31\n"
            "    理由: 实施办法待审定\n    批准人: 局党组\n"
        )
    }


_FUTURE = "在今天（2021-05-18）之后，尚未发生的事不能登记"
_WHY = "--reason 待批 --approved-by 局党组"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("1 2021-06-30", 4, "新时限2021-06-30不晚于现在的时限2021-06-30；延期只能往后延"),
        ("1 2021-06-01", 4, "新时限2021-06-01不晚于现在的时限2021-06-30；延期只能往后延"),
        ("7 2021-07-31", 4, "问题07是长期坚持的，没有整改时限可延；请改检视周期"),
        ("9 2021-07-31", 4, "问题09已于2021-03-31销号，不能延期；要继续整改，先用 zhenggai reopen"),
        ("1 2021-07-31 --on 2021-06-01", 4, f"2021-06-01{_FUTURE}"),
        ("1 下周", 2, f"新时限：日期“下周”的格式无法识别；写成 {TYPED_DEADLINE_FORMS}"),
    ],
)
def test_what_cannot_be_extended_is_refused(
    ledger: Path, zhenggai: Zhenggai, words: str, code: int, said: str
) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, f"extend {words} {_WHY}")
    assert outcome == (code, "", f"错误：{said}\n")
    assert _bytes(ledger) == before


def test_an_expired_deadline_is_only_extended_when_that_is_meant(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    (ledger / "01.yaml").write_text(finding(TWO, 整改时限="2021-04-30"), encoding="utf-8")
    said = "错误：问题01的时限2021-04-30已过，逾期后不能再申请延期；确系补办的，加 --late\n"
    for on in ("", "--on 2021-04-20"):
        assert _run(zhenggai, ledger, f"extend 1 2021-07-31 {_WHY} {on}") == (4, "", said)
    assert _run(zhenggai, ledger, f"extend 1 2021-07-31 {_WHY} --late").code == 0


def test_return_sends_back_what_was_applied_for(ledger: Path, zhenggai: Zhenggai) -> None:
    about = inspection("销号程序: [申请, 批准]\n")
    (ledger / "inspection.yaml").write_text(about, encoding="utf-8")
    said = "错误：问题02还是待申请销号，没有可退回的销号申请\n"
    assert _run(zhenggai, ledger, "return 2 --reason 佐证不全") == (4, "", said)
    assert _run(zhenggai, ledger, "apply 2").code == 0
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "return 2 --reason 佐证不全 --by 督查组")
    assert outcome == (0, "问题02已退回，重新整改；现在是整改中，时限2021-06-30\n", "")
    record = "    经办人: 督查组\n    理由: 佐证不全\n"
    added = f"  - 日期: 2021-05-18\n    事项: 退回\n{record}"
    assert _added(before, ledger) == {"02.yaml": added}
    outcome = _run(zhenggai, ledger, "return 1 --reason 佐证不全")
    assert outcome == (4, "", "错误：问题01还是整改中，没有可退回的销号申请\n")


def test_reopen_keeps_the_closing_on_record(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, "reopen 9 --reason 回头看发现反弹")
    said = "问题09已重开（2021-03-31的销号记录保留）；现在是整改中，时限2021-06-30\n"
    assert outcome == (0, said, "")
    added = "  - 日期: 2021-05-18\n    事项: 重开\n    理由: 回头看发现反弹\n"
    assert _added(before, ledger) == {"09.yaml": added}


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("close", "编号"),
        ("done", "编号.措施"),
        ("log 1", "编号"),
        ("report 1", "编号"),
        ("apply", "编号"),
        ("review", "编号"),
        ("void 1", "--reason"),
        ("extend 1", "新时限"),
        ("extend 1 2021-07-31 --approved-by 局党组", "--reason"),
        ("extend 1 2021-07-31 --reason 待批", "--approved-by"),
        ("return 1", "--reason"),
        ("reopen 9", "--reason"),
    ],
)
def test_what_is_missing_is_named(
    ledger: Path, zhenggai: Zhenggai, words: str, missing: str
) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, words)
    assert (outcome.code, outcome.out) == (2, "")
    assert missing in outcome.err
    assert _bytes(ledger) == before


@pytest.mark.parametrize(
    "words",
    ["close 2 --by 局党组", "log 1 已看", "report 1 已开会", "done 1.1", "void 1 --reason 误登"],
)
def test_a_day_may_not_be_in_the_future_or_unreadable(
    ledger: Path, zhenggai: Zhenggai, words: str
) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, f"{words} --on 2021-05-19")
    assert outcome == (4, "", f"错误：2021-05-19{_FUTURE}\n")
    outcome = _run(zhenggai, ledger, f"{words} --on 不久前")
    assert outcome.code == 2
    assert outcome.err.startswith("错误：--on：日期“不久前”的格式无法识别；")
    assert _bytes(ledger) == before


def test_a_byte_order_mark_windows_line_endings_and_comments_stay(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    text = "\ufeff" + finding(f"{TWO}# 完\n").replace("\n", "\r\n")
    (ledger / "01.yaml").write_bytes(text.encode())
    assert _run(zhenggai, ledger, "log 1 已看").code == 0
    added = "记录:\r\n  - 日期: 2021-05-18\r\n    事项: 督查\r\n    情况: 已看\r\n"
    assert (ledger / "01.yaml").read_bytes().decode() == text + added


def test_what_was_sent_back_is_given_more_to_do_and_applied_for_again(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    about = inspection("格式: 2\n销号程序: [申请, 审核, 批准]\n")
    root = write_ledger(tmp_path / "台账", {"01": finding(DONE, 问题="会议过多")}, about)
    assert _run(zhenggai, root, "apply 1 --on 2021-05-10").code == 0
    refused = _run(zhenggai, root, "measure add 1 公开制度")
    assert (refused.code, refused.err) == (
        4,
        "错误：问题01现在是待审核，不能增加措施；退回以后才能增加\n",
    )
    assert _run(zhenggai, root, "return 1 --reason 制度没有公开 --on 2021-05-12").code == 0
    before = (root / "01.yaml").read_text(encoding="utf-8")
    added = _run(zhenggai, root, "measure add 1 公开制度 --due 2021-06-01")
    assert (added.code, added.out) == (0, "问题01已增加措施1.2；完成后用 zhenggai done 1.2 登记\n")
    more = "  - 内容: 公开制度\n    时限: 2021-06-01\n    增加日期: 2021-05-18\n"
    after = (root / "01.yaml").read_text(encoding="utf-8")
    assert after == before.replace("记录:\n", f"{more}记录:\n")
    assert _errors(zhenggai, root) == []
    assert _run(zhenggai, root, "apply 1").code == 4
    assert _run(zhenggai, root, "done 1.2").code == 0
    assert _run(zhenggai, root, "apply 1").code == 0
    assert _errors(zhenggai, root) == []


def test_a_measure_is_added_where_there_was_none_and_nothing_is_written_when_dry(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    root = write_ledger(tmp_path / "台账", {"01": finding("", 问题="会议过多")})
    before = _bytes(root)
    shown = _run(zhenggai, root, "measure add 1 公开制度 --dry-run")
    assert shown.code == 0
    assert "+  - 内容: 公开制度" in shown.out
    assert _bytes(root) == before
    words = "measure add 1 公开制度 --department 人事科 --department 财务科 --owner 科长"
    assert _run(zhenggai, root, words).code == 0
    assert _added(before, root) == {
        "01.yaml": "措施:\n  - 内容: 公开制度\n    责任科室: 人事科、财务科\n    责任人: 科长\n"
    }
    unsaid = _run(zhenggai, root, "measure add 1 再议 --due 近日")
    assert (unsaid.code, unsaid.out) == (2, "")
    assert unsaid.err.startswith("错误：--due：")
