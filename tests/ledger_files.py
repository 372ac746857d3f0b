"""Ledgers written for a test: folders of real files, each value exactly the text given."""

import json
from collections.abc import Mapping
from pathlib import Path

from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem
from zhenggai.storage.ledger_folder import read_ledger

_INSPECTION = {
    "被巡察单位": "县农业局党组",
    "巡察组": "县委第二巡察组",
    "反馈日期": "2021-02-01",
    "方面": "党的建设",
}
_FINDING = {
    "问题": "财务管理不规范",
    "方面": "党的建设",
    "责任领导": "分管副局长",
    "责任科室": "办公室",
    "责任人": "办公室负责人",
    "整改时限": "2021-06-30",
}
_MEASURE = "措施:\n  - 内容: 完善制度\n"
# Reported and visited in the week before 2021-05-18, so that nothing is idle or unsupervised.
ATTENDED = (
    "记录:\n  - 日期: 2021-05-14\n    事项: 进展\n    情况: 已形成初稿\n"
    "  - 日期: 2021-05-14\n    事项: 督查\n    情况: 已核对\n"
)


def inspection(rest: str = "", **values: str) -> str:
    """Give the text of an inspection.yaml; `rest` is YAML as it stands."""
    return _yaml(_INSPECTION | values) + rest


def finding(rest: str = _MEASURE, **values: str) -> str:
    """Give the text of a finding due on 2021-06-30; `rest` is YAML as it stands."""
    return _yaml(_FINDING | values) + rest


def closed(title: str, day: str = "2021-03-31") -> str:
    """Give the text of a finding struck off on a day."""
    return finding(
        f"措施:\n  - 内容: 完善{title}\n    完成: 2021-03-01\n"
        f"记录:\n  - 日期: {day}\n    事项: 销号\n    批准人: 局党组\n",
        问题=title,
    )


def write_ledger(folder: Path, findings: Mapping[str, str], about: str | None = None) -> Path:
    """Write a ledger of findings by file stem, with an inspection.yaml unless `about` is ''."""
    folder.mkdir(parents=True, exist_ok=True)
    about = inspection() if about is None else about
    if about:
        (folder / "inspection.yaml").write_text(about, encoding="utf-8")
    for stem, text in findings.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return folder


def _yaml(values: Mapping[str, str]) -> str:
    """Write values in double quotes, where any text at all can stand."""
    return "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()
    )


# Six findings on 2021-05-18: overdue, due soon, sustained, stale, closed, awaiting closing.
OFFICE = {
    "01": finding(
        问题="财务管理不规范", 责任领导="党组书记", 责任科室="财务科", 整改时限="2021-05-01"
    ),
    "02": finding(
        "类型: 立行立改\n责任科室: [办公室, 人事科]\n措施:\n"
        "  - 内容: 少开会\n    完成: 2021-05-17\n  - 内容: 开短会\n",
        问题="会议过多",
        方面="作风建设",
        责任人="人事科科长",
        整改时限="2021-05-20",
    ).replace('责任科室: "办公室"\n', ""),
    "03": finding(
        "类型: 长期坚持\n检视周期: 每季度\n措施:\n  - 内容: 每月学习\n    完成: 2021-05-01\n",
        问题="学习不经常",
        责任领导="党组书记",
        责任科室="机关党委",
    ).replace('整改时限: "2021-06-30"\n', ""),
    "04": finding(
        "措施:\n  - 内容: 登记用车\n    完成: 2021-04-01\n    成效: 节约油费,开会拼车\n"
        "  - 内容: 安装GPS\n",
        问题="公车管理不严",
        方面="作风建设",
        整改时限="2021-12-31",
    ),
    "05": finding(
        "措施:\n  - 内容: 整理档案\n    完成: 2021-04-20\n"
        "记录:\n  - 日期: 2021-04-30\n    事项: 销号\n    批准人: 局党组\n",
        问题="档案管理混乱",
        整改时限="2021-04-30",
    ),
    "06": finding(
        "具体表现: 会后不落实\n措施:\n  - 内容: 建立台账\n    完成: 2021-05-16\n",
        问题="督办不力",
        责任科室="人事科",
        整改时限="2021-09-30",
    ).replace('责任领导: "分管副局长"\n', ""),
}
OFFICE_ABOUT = inspection().replace('方面: "党的建设"\n', "")


def read_whole(root: Path, shown: str) -> tuple[Ledger, list[Problem]]:
    """Give a ledger read whole, and what is wrong with its files."""
    ledger = read_ledger(root, shown)
    return ledger, list(ledger.problems)
