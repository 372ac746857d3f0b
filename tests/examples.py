"""Findings and records written short, for the tests of the core."""

from datetime import date
from typing import Any

from decoded import decoded
from zhenggai.api import standing
from zhenggai.ledger.standing import Standing
from zhenggai.model.declaration import Model
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger

# A ledger without a closing procedure, one with three steps, and one as they were kept before.
INSPECTION = decoded(Inspection, {"格式": 2, "反馈日期": "2021-02-01"})
THREE_STEPS = decoded(
    Inspection, {"格式": 2, "反馈日期": "2021-02-01", "销号程序": ["申请", "审核", "批准"]}
)
FORMAT_1 = decoded(Inspection, {"反馈日期": "2021-02-01"})

Data = dict[str, Any]


def finding(name: str = "07", /, **keys: Any) -> Finding:
    """Give a fixed-term finding due on 2021-04-30, with other keys as given."""
    usual = {"问题": "会议过多", "整改时限": "2021-04-30"}
    return decoded(Finding, usual | keys, name)


def long_term(**keys: Any) -> Finding:
    """Give a finding that is reviewed every quarter and has one measure done on 2021-03-01."""
    usual = {
        "问题": "学习不够",
        "类型": "长期坚持",
        "检视周期": "每季度",
        "措施": [measure(done="2021-03-01")],
    }
    return decoded(Finding, usual | keys, "02")


def measure(
    *,
    due: str | None = None,
    done: str | None = None,
    text: str = "少开会",
    added: str | None = None,
    **keys: Any,
) -> Data:
    return {"内容": text, "时限": due, "完成": done, "增加日期": added, **keys}


def report(day: str) -> Data:
    return {"日期": day, "事项": "进展", "情况": "已形成初稿"}


def supervision(day: str) -> Data:
    return {"日期": day, "事项": "督查", "情况": "正在整改"}


def dispute(day: str) -> Data:
    return supervision(day) | {"与自报不符": "是"}


def extension(day: str, new_due: str, of: int | None = None) -> Data:
    """Give an extension of a finding, or of one measure."""
    record = {
        "日期": day,
        "事项": "延期",
        "新时限": new_due,
        "理由": "等待批复",
        "批准人": "局党组",
    }
    return record | {"措施": of}


def application(day: str, *, by: str | None = None, partial: str | None = None) -> Data:
    return {"日期": day, "事项": "申请销号", "经办人": by, "部分申请理由": partial}


def review(day: str, step: str = "审核") -> Data:
    return {"日期": day, "事项": "审核", "环节": step}


def closing(day: str) -> Data:
    return {"日期": day, "事项": "销号", "批准人": "局党组"}


def sent_back(day: str) -> Data:
    return {"日期": day, "事项": "退回", "理由": "佐证不足"}


def reopening(day: str, new_due: str | None = None) -> Data:
    return {"日期": day, "事项": "重开", "理由": "问题反弹", "新时限": new_due}


def recognition(day: str, verdict: str = "认可") -> Data:
    return {"日期": day, "事项": "认定", "单位": "县委巡察办", "结论": verdict}


def withdrawal(day: str) -> Data:
    return {"日期": day, "事项": "撤销登记", "理由": "重复登记"}


def entered(day: str, record: Data) -> Data:
    """Give a record as it stands where it was entered late, on another day."""
    return record | {"登记日期": day}


def on(text: str, subject: Finding, inspection: Inspection = INSPECTION) -> Standing:
    """Give where the finding stands on a day."""
    return standing(subject, date.fromisoformat(text), inspection)


def ledger(*findings: Finding, inspection: Inspection = INSPECTION) -> Ledger:
    return Ledger("keji-2021", "", inspection, findings)


def changed(subject: Finding, **values: Any) -> Finding:
    """Give a finding that says otherwise in the fields named."""
    return Finding(**vars(subject) | values)


def models_in(*models: type[Model]) -> set[type[Model]]:
    """Give models and every model inside them."""
    inside = {
        part
        for model in models
        for declared in model.DECLARED.values()
        for part in declared.kind.holds.values()
    }
    return {*models} | (models_in(*inside) if inside else set())
