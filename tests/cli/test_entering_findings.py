"""`zhenggai new` with all that a finding says: in one command, from a file, field by field."""

import sys
from pathlib import Path

import pytest
from wcwidth import wcswidth

from commandline import Outcome, Zhenggai
from ledger_files import finding, inspection, write_ledger
from zhenggai.cli.measure_notation import measure_noted
from zhenggai.errors import WrongUsageError
from zhenggai.model.dates import parse_deadline

_TODAY = "2021-03-10"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    used = finding(问题="公车管理不规范", 责任领导="分管副局长", 责任科室="办公室")
    return write_ledger(tmp_path / "台账", {"01": used}, inspection(反馈日期="2021-02-01"))


def _run(zhenggai: Zhenggai, ledger: Path, *words: str) -> Outcome:
    return zhenggai(*words, "--ledger", str(ledger), "--today", _TODAY)


def _said(ledger: Path, number: int) -> list[str]:
    """Give the lines of a finding's file that are no comments and say something."""
    text = (ledger / f"{number:02d}.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [line for line in lines if line and not line.endswith(":")]


def test_one_command_takes_the_whole_finding(zhenggai: Zhenggai, ledger: Path) -> None:
    words = ["new", "财务管理不规范", "--leader", "分管副局长", "--department", "财务科"]
    words += [
        "--owner",
        "财务科科长",
        "--aspect",
        "党的建设",
        "--due",
        "6月底",
        "--goal",
        "账实相符",
    ]
    words += [
        "--manifestation",
        "白条入账",
        "--manifestation",
        "大额现金支付",
        "--assist",
        "办公室",
    ]
    words += ["--measure", "清理白条@3月底#财务科、办公室", "--measure", "修订1#楼管理办法"]
    code, out, err = _run(zhenggai, ledger, *words)
    assert code == 0
    assert err == ("--due“6月底”按2021-06-30计算\n--measure“3月底”按2021-03-31计算\n")
    assert out.splitlines()[0].endswith("02.yaml（2项措施）")
    assert "  2.1 清理白条（时限2021-03-31，财务科、办公室）\n" in out
    assert out.endswith("下一步：用 zhenggai check 检查\n")
    assert _said(ledger, 2) == [
        "问题: 财务管理不规范",
        "方面: 党的建设",
        "类型: 限期整改",
        "责任领导: 分管副局长",
        "责任科室: 财务科",
        "责任人: 财务科科长",
        "整改时限: 2021-06-30",
        "配合科室: 办公室",
        "整改目标: 账实相符",
        "  - 白条入账",
        "  - 大额现金支付",
        "  - 内容: 清理白条",
        "    时限: 2021-03-31",
        "    责任科室: 财务科、办公室",
        "  - 内容: 修订1#楼管理办法",
    ]


def test_what_is_left_open_is_named_with_the_command_that_fills_it(
    zhenggai: Zhenggai, ledger: Path
) -> None:
    code, out, _ = _run(zhenggai, ledger, "new", "会议过多", "--due", "2021-06-30")
    assert code == 0
    wanted = "方面=… 责任领导=… 责任科室=… 责任人=…"
    assert (
        f"下一步：用 zhenggai set 2 {wanted} 补充；用 zhenggai measure add 2 内容 登记措施" in out
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("少开会@近日", "--measure：日期“近日”的格式无法识别"),
        ("少开会@3月底@4月底", "后面不清楚；写成 内容@时限#责任科室"),
        ("少开会@", "后面不清楚"),
        ("@3月底", "没有内容"),
    ],
)
def test_a_measure_that_cannot_be_read_is_refused_and_nothing_written(
    zhenggai: Zhenggai, ledger: Path, text: str, said: str
) -> None:
    code, out, err = _run(zhenggai, ledger, "new", "会议过多", "--measure", text)
    assert (code, out) == (2, "")
    assert said in err
    assert not (ledger / "02.yaml").exists()


@pytest.mark.parametrize(
    ("text", "words", "due", "departments"),
    [
        ("少开会", "少开会", None, ()),
        ("少开会@2021-03-31", "少开会", "2021-03-31", ()),
        ("少开会 ＃办公室", "少开会", None, ("办公室",)),
        ("少开会#办公室@2021年3月底前", "少开会", "2021-03-31", ("办公室",)),
        ("修缮2#楼", "修缮2#楼", None, ()),
        ("修缮2#楼#后勤科", "修缮2#楼", None, ("后勤科",)),
        ("用C#改写@2021-3-31#信息科", "用C#改写", "2021-03-31", ("信息科",)),
    ],
)
def test_what_stands_behind_a_measure(
    text: str, words: str, due: str | None, departments: tuple[str, ...]
) -> None:
    found = measure_noted(text, parse_deadline)
    assert (found.text, str(found.due) if found.due else None) == (words, due)
    assert found.departments == departments


def test_a_measure_needs_words() -> None:
    with pytest.raises(WrongUsageError, match="没有内容"):
        measure_noted("#办公室", parse_deadline)


_LISTED = """\
# 反馈意见
方面：党的建设
责任领导：分管副局长
1. 会议过多
  责任科室：办公室
  整改时限：2021年6月底前
  具体表现：会议多
  具体表现：会后不落实
  1.少开会、开短会@2021-05-31
  2.修订会议制度#办公室、人事科
2. 学习不经常#机关党委
  类型：长期坚持
  检视周期：每季度
  - 每月集中学习
"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_holds_many(zhenggai: Zhenggai, ledger: Path, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "问题.txt"
    path.write_text(_LISTED, encoding=encoding)
    code, out, err = _run(zhenggai, ledger, "new", "--from", str(path))
    assert (code, err) == (0, "")
    assert "  2.1 少开会、开短会（时限2021-05-31）\n  2.2 修订会议制度（办公室、人事科）\n" in out
    assert out.endswith("共登记2个问题、3项措施\n下一步：用 zhenggai check 检查\n")
    assert _said(ledger, 2)[:4] == [
        "问题: 会议过多",
        "方面: 党的建设",
        "类型: 限期整改",
        "责任领导: 分管副局长",
    ]
    assert "  - 会后不落实" in _said(ledger, 2)
    assert _said(ledger, 3) == [
        "问题: 学习不经常",
        "方面: 党的建设",
        "类型: 长期坚持",
        "责任领导: 分管副局长",
        "责任科室: 机关党委",
        "检视周期: 每季度",
        "  - 内容: 每月集中学习",
    ]
    assert zhenggai("undo", "--ledger", str(ledger)).code == 0
    assert [one.name for one in ledger.glob("0*.yaml")] == ["01.yaml"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  少开会\n会议过多\n", "第1行“少开会”：前面还没有问题"),
        ("标题: 会议过多\n", "第1行“标题: 会议过多”：问题的名称直接写在行首"),
        ("会议过多\n措施：\n  少开会\n", "第2行“措施：”：措施写在问题下面，前面空两格，每项一行"),
        ("会议过多\n  措施：少开会\n", "第2行“措施：少开会”：措施写在问题下面"),
        ("会议过多\n记录:\n", "第2行“记录:”：记录在登记以后用 zhenggai log、close 等命令写"),
        (
            "会议过多\n  少开会@3月底\n",
            "第2行“少开会@3月底”：日期“3月底”的格式无法识别；文件里的日期要写年份",
        ),
        ("会议过多\n  责任人：甲\n  责任人：乙\n", "第3行“责任人：乙”：这个问题的“责任人”写了两次"),
        ("会议过多\n公车超标\n  整改时限：3月底\n", "第2行的问题：日期“3月底”的格式无法识别"),
        ("# 空的\n", "里没有问题"),
    ],
)
def test_a_file_with_a_fault_writes_nothing(
    zhenggai: Zhenggai, ledger: Path, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "问题.txt"
    path.write_text(text, encoding="utf-8")
    code, out, err = _run(zhenggai, ledger, "new", "--from", str(path))
    assert (code, out) == (3, "")
    assert said in err
    assert [one.name for one in ledger.glob("0*.yaml")] == ["01.yaml"]


def test_a_dry_run_says_what_would_be_entered(
    zhenggai: Zhenggai, ledger: Path, tmp_path: Path
) -> None:
    path = tmp_path / "问题.txt"
    path.write_text(_LISTED, encoding="utf-8")
    code, out, _ = _run(zhenggai, ledger, "new", "--from", str(path), "--dry-run")
    assert code == 0
    assert (
        out == "将登记：会议过多（2项措施）\n将登记：学习不经常（1项措施）\n以上只是预览，未写入\n"
    )
    assert not (ledger / "02.yaml").exists()


def test_more_than_the_feedback_names_are_refused_together(
    zhenggai: Zhenggai, tmp_path: Path
) -> None:
    ledger = write_ledger(tmp_path / "台账", {"01": finding()}, inspection(反馈问题数="2"))
    path = tmp_path / "问题.txt"
    path.write_text(_LISTED, encoding="utf-8")
    code, _, err = _run(zhenggai, ledger, "new", "--from", str(path))
    assert code == 4
    assert "反馈问题数是2，台账里已有1个，不能再登记2个" in err


def test_without_a_terminal_a_title_is_needed(zhenggai: Zhenggai, ledger: Path) -> None:
    code, _, err = _run(zhenggai, ledger, "new")
    assert code == 2
    assert "未写问题的名称" in err


if sys.platform != "win32":
    from terminal import Terminal

    _LAST = "登记这个问题吗？按回车登记，输入 n 重新输入："

    def _answer(at: Terminal, *pairs: tuple[str, str]) -> None:
        for question, keys in pairs:
            at.wait_for(question)
            at.type(f"{keys}\n")

    def test_a_terminal_is_asked_field_by_field_and_for_the_next(ledger: Path) -> None:
        at = Terminal("new", cwd=ledger, env={"ZHENGGAI_TODAY": _TODAY})
        _answer(
            at,
            ("问题的名称（照抄反馈意见；直接按回车结束）：", "7"),
            ("“7”像是编号；这里写问题的名称", "财务管理不规范"),
            ("方面（编号或名称）：", "1"),
            ("类型（编号或名称；不填是限期整改）：", ""),
            ("责任领导（编号或名称）：", "9"),
            ("没有编号9；编号是1到1，也可以写名称", "1"),
            ("责任科室（编号或名称，几个用顿号隔开）：", "1、财务科"),
            ("配合科室（编号同上，几个用顿号隔开）：", ""),
            ("责任人（编号或名称）：", "财务科科长"),
            ("整改时限（如 6月底、2021-06-30）：", "近日"),
            ("日期“近日”的格式无法识别", "6月底"),
            ("具体表现（一行一项，直接按回车结束）：", "白条入账"),
            ("具体表现，下一项：", ""),
            ("整改目标：", ""),
            ("措施（一行一项：内容@时限#责任科室，直接按回车结束）：", "清理白条@3月底#1"),
            ("措施，下一项：", "核对账目#3"),
            ("没有编号3；编号是1到1", "核对账目#财务科"),
            ("措施，下一项：", ""),
            (_LAST, ""),
            ("下一个问题的名称", ""),
        )
        code, shown = at.end()
        assert code == 0
        assert "整改时限“6月底”按2021-06-30计算" in shown
        assert "已登记问题02：02.yaml（2项措施）" in shown
        assert shown.endswith("共登记1个问题\n")
        lines = [line for line in shown.splitlines() if "无法识别" not in line]
        assert max(map(wcswidth, lines)) <= 80
        assert _said(ledger, 2) == [
            "问题: 财务管理不规范",
            "方面: 党的建设",
            "类型: 限期整改",
            "责任领导: 分管副局长",
            "责任科室: 办公室、财务科",
            "责任人: 财务科科长",
            "整改时限: 2021-06-30",
            "  - 白条入账",
            "  - 内容: 清理白条",
            "    时限: 2021-03-31",
            "    责任科室: 办公室",
            "  - 内容: 核对账目",
            "    责任科室: 财务科",
        ]

    @pytest.mark.parametrize(("keys", "code"), [("\x03", 130), ("\x04", 0)])
    def test_what_is_not_complete_is_not_written(ledger: Path, keys: str, code: int) -> None:
        at = Terminal("new", cwd=ledger, env={"ZHENGGAI_TODAY": _TODAY})
        _answer(at, ("问题的名称", "会议过多"))
        at.wait_for("方面（")
        ended, _ = at.end(pressing=keys)
        assert ended == code
        assert [one.name for one in ledger.glob("0*.yaml")] == ["01.yaml"]


def test_numbers_written_in_several_ways_are_left_away_where_they_count(
    zhenggai: Zhenggai, ledger: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "问题.txt"
    listed.write_text("1. 问题甲\n  (1)措施一\n  （二）措施二\n2、问题乙\n", encoding="utf-8")
    assert _run(zhenggai, ledger, "new", "--from", str(listed)).code == 0
    assert "问题: 问题甲" in _said(ledger, 2)
    assert "  - 内容: 措施二" in _said(ledger, 2)
    assert "问题: 问题乙" in _said(ledger, 3)


def test_a_measure_that_is_not_indented_is_no_finding(
    zhenggai: Zhenggai, ledger: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "问题.txt"
    listed.write_text("问题甲\n—措施一\n", encoding="utf-8")
    code, out, err = _run(zhenggai, ledger, "new", "--from", str(listed))
    assert (code, out) == (3, "")
    assert "第2行“—措施一”：像是一项措施；措施写在问题下面，前面空两格" in err
    assert not (ledger / "02.yaml").exists()


def test_a_listed_line_that_means_no_finding_is_named_by_its_place(
    zhenggai: Zhenggai, ledger: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "督查.txt"
    notes.write_text("1、 已看\n99 没有\n", encoding="utf-8")
    code, out, err = _run(zhenggai, ledger, "log", "--from", str(notes))
    assert (code, out) == (2, "")
    assert f"“{notes}”第2行：没有问题99" in err


def test_what_lies_below_is_named_where_nothing_lies_above(
    zhenggai: Zhenggai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger(tmp_path / "全县" / "财政局", {"01": finding()})
    monkeypatch.chdir(tmp_path / "全县")
    outcome = zhenggai("status")
    assert outcome.code == 2
    assert "下面的文件夹里有；写 --ledger . 看全部的" in outcome.err
