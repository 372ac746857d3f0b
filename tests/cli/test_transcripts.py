"""What people read through a pipe, word for word: golden/*.txt, one file for each scene."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from commandline import ROOT, Zhenggai
from golden import compare, transcript
from ledger_files import closed, finding, inspection, write_ledger

GOLDEN = Path(__file__).parent / "golden"


def _sample(_folder: Path) -> Path:
    return ROOT


def _empty(folder: Path) -> Path:
    return write_ledger(folder, {}, inspection(方面="党的建设"))


def _two(folder: Path) -> Path:
    ledgers = folder / "ledgers"
    write_ledger(
        ledgers / "农业局",
        {"01": finding(问题="涉农资金监管不严", 整改时限="2021-05-10"), "07": closed("公车管理")},
    )
    write_ledger(
        ledgers / "水利局",
        {"07": finding(问题="河长制落实不力", 责任科室="河长办", 整改时限="2021-05-20")},
        inspection(被巡察单位="县水利局党组", 巡察组="县委第三巡察组"),
    )
    return folder


def _many(folder: Path) -> Path:
    findings = {
        f"{number:02d}": finding(问题=f"第{number}类问题", 整改时限=f"2021-04-{number:02d}")
        for number in range(1, 13)
    }
    return write_ledger(folder, findings | {"13": closed("档案管理", "2021-07-10")})


def _broken(folder: Path) -> Path:
    findings = {
        "01": finding(问题="作风建设不严不实"),
        "02": "问题：干部档案不规范\n",
        "03": finding(整改时限="2021-02-30", 问题="固定资产账实不符"),
    }
    return write_ledger(folder, findings)


_FULL = """\
具体表现: [白条入账, 大额现金支付]
整改目标: 账实相符
措施:
  - 内容: 清理白条
    时限: 2021-03-31
    完成: 2021-03-20
    成效: 清理白条12张
    佐证: [佐证/03/清单.pdf, 佐证/03/照片.jpg]
  - 内容: 修订财务制度
    时限: 2021-05-15
建章立制: [《财务管理办法》, 《公务卡办法》]
清退资金: 1.864万元
处理人员: {提醒谈话: 3, 诫勉: 1}
公开: 否
不公开理由: 涉及未办结的线索
记录:
  - 日期: 2021-03-05
    事项: 督查
    情况: 白条正在清理
    经办人: 督查组
  - 日期: 2021-04-20
    事项: 延期
    新时限: 2021-05-31
    理由: 制度待上会
    批准人: 局党组
  - 日期: 2021-05-11
    事项: 申请销号
    佐证: 佐证/03/申请.pdf
  - 日期: 2021-05-12
    事项: 审核
  - 日期: 2021-05-13
    事项: 退回
    理由: 制度没有印发
  - 日期: 2021-05-20
    事项: 销号
    批准人: 局党组
  - 日期: 2021-06-01
    事项: 重开
    理由: 回头看发现又有白条
"""
_LONG_TERM = "类型: 长期坚持\n措施:\n  - 内容: 每月集中学习\n    完成: 2021-03-01\n"


def _eventful(folder: Path) -> Path:
    findings = {
        "03": finding(_FULL, 问题="财务管理不规范", 整改时限="2021-04-30"),
        "04": closed("公车管理", "2021-07-10"),
        "05": finding(_LONG_TERM + "检视周期: 每季度\n", 问题="学习不经常", 整改时限=""),
        "06": finding(_LONG_TERM, 问题="谈心谈话不经常", 整改时限=""),
    }
    for stem in ("05", "06"):
        findings[stem] = findings[stem].replace('整改时限: ""\n', "")
    return write_ledger(folder, findings)


_OWN = """\
具体表现: [白条入账, 大额现金支付]
措施:
  - 内容: 清理白条
    时限: 2021-04-30
    责任科室: 财务科、审计科
    责任人: 财务科科长
    针对: 1
  - 内容: 修订财务制度
    时限: 2021-05-10
    针对: 2
  - 内容: 开展财务培训
    完成: 2021-05-06
    针对: 2
"""


def _measured(folder: Path) -> Path:
    findings = {
        "03": finding(_OWN, 问题="财务管理不规范"),
        "04": finding(问题="公车管理不严", 责任科室="财务科", 整改时限="2021-05-10"),
        "05": closed("档案管理"),
    }
    about = inspection("格式: 2\n销号程序: [批准]\n督查周期: 每年\n")
    return write_ledger(folder, findings, about)


_LISTED = """\
方面：党的建设
1. 会议过多
  责任科室：办公室
  整改时限：2021年6月底前
  1.少开会、开短会@2021-05-31
  2.修订会议制度#办公室、人事科
2. 学习不经常
  类型：长期坚持
  检视周期：每季度
  每月集中学习
"""


_WHOLE = (
    "new 固定资产账实不符 --department 财务科 --assist 办公室 --due 6月底 --goal 账实相符 "
    "--manifestation 账外资产 --measure 清查资产@3月底#财务科、办公室 --measure 修订制度"
)


def _typed(folder: Path) -> Path:
    findings = {
        "01": finding(问题="公车管理不规范"),
        "02": finding("措施:\n  - 内容: 清理白条\n  - 内容: 修订制度\n", 问题="财务管理不规范"),
        "03": closed("档案管理", "2021-03-05"),
        "04": finding(问题="学习不经常", 责任人=""),
    }
    findings["04"] = findings["04"].replace('责任人: ""\n', "")
    ledger = write_ledger(folder, findings, inspection("格式: 2\n销号程序: [申请, 审核, 批准]\n"))
    (folder / "督查.txt").write_text("1 制度未报\n3 已看\n4号：方案已报\n", encoding="utf-8")
    (folder / "进展.txt").write_text("1、2 已起草\n", encoding="utf-8")
    (folder / "问题.txt").write_text(_LISTED, encoding="utf-8")
    return ledger


_HELP = ("--help", "status --help", "list --help", "show --help", "check --help")
_KEJI = "--ledger ledgers/keji-2021 --today 2021-05-18"


class Scene(NamedTuple):
    """Commands run one after another in a folder that was set up for them."""

    name: str
    setting: Callable[[Path], Path]
    commands: list[str]


SCENES = [
    Scene("help", _sample, [*_HELP, "init --help", "new --help"]),
    Scene(
        "status",
        _sample,
        [
            f"status {_KEJI}",
            f"status {_KEJI} --overdue",
            "status --ledger ledgers/keji-2021 --today 2021-04-01",
            "status --ledger ledgers/keji-2021 --today 2021-01-15",
        ],
    ),
    *(
        Scene(f"status-{style}", _sample, [f"status {_KEJI} --format {style}"])
        for style in ("plain", "markdown", "csv", "json")
    ),
    Scene(
        "status-by",
        _sample,
        [f"status {_KEJI} --by {by}" for by in ("责任科室", "责任领导", "责任人", "类型", "台账")],
    ),
    Scene(
        "status-many",
        _many,
        [f"status --today 2021-07-15{more}" for more in ("", " --all", " --overdue")],
    ),
    Scene(
        "several-ledgers",
        _two,
        [
            "status --today 2021-05-18",
            "status --today 2021-05-18 --by 方面",
            "list --today 2021-05-18",
            "show 7",
            "show 水利局/7 --today 2021-05-18",
            "show 水利/7",
            "show 99",
            "check --today 2021-05-18",
            "new 两本台账时登记",
        ],
    ),
    Scene(
        "broken",
        _broken,
        [
            "status --today 2021-05-18",
            "status --today 2021-05-18 --format markdown",
            "list --today 2021-05-18",
            "show 1 --today 2021-05-18",
            "show 2",
            "check --today 2021-07-01",
            "new 登记照常进行",
        ],
    ),
    Scene("empty", _empty, ["status --today 2021-05-18", "list", "show 1", "check -v"]),
    Scene(
        "list",
        _sample,
        [
            f"list {_KEJI}",
            f"list {_KEJI} --timing 临期 --timing 进展缓慢 --sort 紧急程度",
            f"list {_KEJI} --search 会议 --format markdown",
            f"list {_KEJI} --department 人事科 --format csv",
            f"list {_KEJI} --department 没有这个科",
        ],
    ),
    Scene("list-json", _sample, [f"list {_KEJI} --department 人事科 --format json"]),
    Scene("show", _sample, [f"show 7 {_KEJI}", "show 7 --today 2021-04-01"]),
    Scene("show-json", _sample, [f"show 02 {_KEJI} --format json"]),
    Scene(
        "show-eventful",
        _eventful,
        [
            "show 3 --today 2021-06-10",
            "show 3 --today 2021-05-01",
            "show 4 --today 2021-07-15",
            "show 5 --today 2021-06-10",
            "show 6 --today 2021-06-10",
            "show 8",
            "show 八",
        ],
    ),
    Scene(
        "check",
        _sample,
        [
            f"check {_KEJI}",
            f"check {_KEJI} --warn-days 3",
            "check --ledger ledgers/keji-2021 --today 2021-06-01",
            "check --explain R427",
            "check --explain f105",
            "check --explain R999",
        ],
    ),
    Scene(
        "measures",
        _measured,
        [
            "status --today 2021-05-18",
            "status --today 2021-05-18 --overdue",
            "status --today 2021-05-18 --format markdown",
            "list --department 审计科 --today 2021-05-18",
            "list --owner 财务科 --today 2021-05-18",
            "list --department 审计 --department 没有 --today 2021-05-18 --format csv",
            "list --department 审汁科",
            "list --measures --today 2021-05-18",
            "list --measures --department 办公室 --sort 紧急程度 --today 2021-05-18",
            "list --measures --timing 逾期 --sort 整改时限 --reverse --today 2021-05-18",
            "list --measures --search 培训 --today 2021-05-18 --format csv",
            "list --measures --owner 财务科 --today 2021-05-18 --format markdown",
            "list --measures --department 审汁科 --today 2021-05-18",
            "show 3 --today 2021-05-18",
            "extend 3.2 2021-06-10 --reason 待上会 --approved-by 局长 --today 2021-05-18",
            "extend 3.2 2021-06-10 --reason 待上会 --approved-by 局长 --today 2021-05-18 --late",
            "extend 3.2 2021-07-10 --reason 待上会 --approved-by 局长 --today 2021-05-20",
            "extend 3.9 2021-06-10 --reason 待上会 --approved-by 局长 --today 2021-05-18",
            "measure add 3 核对账目 --due 2021-06-01 --for 1 --owner 会计 --today 2021-05-18",
            "measure add 3 核对账目 --today 2021-05-18",
            "measure add 3 3.2 --today 2021-05-18",
            "measure 增加 3 核对账目 --today 2021-05-18",
            "measure add 5 核对账目 --today 2021-05-18",
            "show 3 --today 2021-05-18",
            "check --today 2021-05-18",
            "announce --template letter --department 审计科 --today 2021-05-18",
            "announce --template letter --department 办公室 --today 2021-05-18",
            "announce --template bulletin --today 2021-05-18",
            "announce --template lists --department 审计科 --today 2021-05-18",
            "announce --template letter --department 审讣科 --today 2021-05-18",
        ],
    ),
    Scene(
        "measures-json",
        _measured,
        [
            "status --today 2021-05-18 --format json",
            "list --measures --today 2021-05-18 --format json",
            "list --department 审计科 --today 2021-05-18 --format json",
            "show 3 --today 2021-05-18 --format json",
            "measure add 3 核对账目 --today 2021-05-18 --format json --dry-run",
        ],
    ),
    Scene(
        "init-and-new",
        lambda folder: folder,
        [
            "status",
            "init 我的台账 --unit 县科技局党组 --group 县委第一巡察组 --feedback 2021-02-01",
            "init 我的台账",
            "init 空白",
            "init 样例 --sample",
            "new 财务管理不规范 --ledger 我的台账 --department 办公室 --due 2021-04-30",
            "new 学习不经常 --ledger 我的台账 --kind 长期坚持",
            "new 时限写错 --ledger 我的台账 --due 近日",
            "new 方面写错 --ledger 样例 --aspect 党的建设",
            "check --ledger 我的台账 --today 2021-04-01",
            "status --ledger 样例 --today 2021-05-18 --overdue",
        ],
    ),
    Scene(
        "keyboard",
        _eventful,
        [
            "-V",
            "ls --search 财务 --today 2021-06-10",
            "st --today 2021-06-10 --overdue",
            "help undo",
            "undo -h",
            "help 删除",
            "delete 3",
            "删除 3",
            "search 财务",
            "撤销",
            "导出",
            "dlete 3",
            "history 3 --today 2021-06-10",
            "history 4 --today 2021-03-15",
            "status --watch",
            "completion",
            "complete-words 2 zhenggai done 3.",
            "complete-words 4 zhenggai close 3 --by",
            "complete-words 3 zhenggai ls --department 办",
        ],
    ),
    Scene(
        "typed-dates",
        _typed,
        [
            "done 2.1 --on 3月5日 --today 2021-03-10",
            "log 1 已看 --on 昨天 --today 2021-03-10",
            "report 1 已起草 --expected 10个工作日后 --today 2024-03-20",
            "extend 1 年底前 --reason 待上会 --approved-by 局党组 --today 2021-03-10",
            "measure add 1 清理公车 --due 下周五 --today 2021-03-10",
            "measure add 1 封存公车 --due +10 --today 2021-03-10",
            "extend 2 一季度末 --reason 待上会 --approved-by 局党组 --today 2021-03-10",
            "log 1 已看 --on 明天 --today 2021-03-10",
            "log 1 已看 --on 不久前 --today 2021-03-10",
        ],
    ),
    Scene(
        "typed-ids",
        _typed,
        [
            f"{words} --today 2021-03-10"
            for words in (
                "log 1~3 ４ 已看",
                "log 1 2 4",
                "report 1、4号 已起草",
                "log --from 督查.txt --by 整改办",
                "report --from 进展.txt",
                "log 1 已看 --from 督查.txt",
                "log 5-1 已看",
                "done 02.1",
                "show #2",
                "show 02.yaml",
            )
        ],
    ),
    Scene(
        "done-outcomes",
        _typed,
        [
            f"{words} --today 2021-03-10"
            for words in (
                "done 2.1-2 --outcome 修订制度1项",
                "done 2.1-2=修订制度1项",
                "done 2.1=清理白条12张 2.2=",
                "done 2.1=清理白条12张 2.2=修订制度1项 --dry-run",
                "done 2.1=清理白条12张 2.2=修订制度1项",
                "done 1=修订制度",
                "show 2",
            )
        ],
    ),
    Scene(
        "list-picked",
        _typed,
        [
            f"{words} --today 2021-03-10"
            for words in (
                "list 财务",
                "list 制度 财务",
                "list --no-owner",
                "list --due-before 6月底 --sort 整改时限",
                "done 1.1",
                "list --waiting",
                "report 2 已起草 --coordinate 专家库的使用 --level 县级",
                "list --coordinate",
                "list --measures --due-before 6月底",
                "list 没有的字",
                "show 1 2",
                "show 1、2 9",
            )
        ],
    ),
    Scene(
        "new-whole",
        _typed,
        [
            f"{words} --today 2021-03-10"
            for words in (
                _WHOLE,
                "show 5",
                "new --from 问题.txt --dry-run",
                "new --from 问题.txt",
                "new 谈心谈话少 --measure 谈心@近日",
                "new",
            )
        ],
    ),
    Scene(
        "set",
        _typed,
        [
            f"{words} --today 2021-03-10"
            for words in (
                "set 1 责任领导=局长 整改目标=规范管理 --dry-run",
                "set 1 责任领导=局长 整改目标=规范管理 具体表现=公车私用 具体表现=油卡不清",
                "set 2.2 内容=修订财务制度 时限=3月底 责任科室=财务科、审计科",
                "set 2 3 问题类别=财务管理",
                "set 台账 集中整改截止=6月底 整改方案.会议=局党组第12次会议 销号权限.审核=整改办",
                "set 台账 销号程序=申请、批准、审核",
                "set 台账 反馈问题数=9",
                "set 1 整改时限=年底",
                "set 2.1 完成=今天",
                "set 3 类型=长期坚持",
                "set 1 记录=已看",
                "set 1 整改目际=规范管理",
                "set 1 整改目标 规范管理",
                "set 台账 标识=2021-县委-县农业局",
                "set 台账 标识=2021-县委-县科技局",
                "set 台账 评估=好",
                "show 1",
            )
        ],
    ),
    Scene(
        "usage-errors",
        _sample,
        [
            "stauts",
            "删除",
            "status --todya 2021-05-18",
            "status -z",
            "--today 2021-05-18 status",
            "--nothing",
            "status --format xls",
            "status --by 部门",
            "list --timing 逾",
            "list --sort 编码",
            "check --warn-days 三",
            "check --warn-days -1",
            "check --warn-days",
            "status --overdue=1",
            "show",
            "edit 7 8",
            "new 名称 里 有空格",
            "status --today 明天",
            "status --ledger 没有这个文件夹",
            "status --ledger docs",
        ],
    ),
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_people_read_what_the_golden_file_says(
    scene: Scene, zhenggai: Zhenggai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()
    monkeypatch.chdir(scene.setting(folder))
    compare(GOLDEN / f"{scene.name}.txt", transcript(zhenggai, scene.commands))


def test_every_golden_file_belongs_to_a_scene() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {scene.name for scene in SCENES}


def test_no_golden_file_says_anything_in_the_words_of_typer_or_python() -> None:
    english = ("Usage", "Options", "Traceback", "Error", "required", "Invalid", "No such", "got")
    for path in GOLDEN.iterdir():
        text = path.read_text(encoding="utf-8")
        assert [word for word in english if word in text] == [], path.name
