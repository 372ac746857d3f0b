"""`zhenggai set`: fields of a finding, of a measure and of inspection.yaml, by their keys."""

import re
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.cli.typed_ids import typed_measures
from zhenggai.errors import ExitCode, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.cli import editing
    from zhenggai.cli.inspection_change import Head
    from zhenggai.ledger.field_setting import Assignment, ReadDay
    from zhenggai.ledger.lifecycle import Case, Plan

_LEDGER = ("台账", "总说明", "inspection.yaml")
_ASSIGNED = re.compile(r"([^=＝]+)[=＝](.*)", re.DOTALL)


def _key_of(option: str) -> str | None:
    """Return the key of a finding that other commands have this option for."""
    from zhenggai.model.ledger_model import Finding

    name = option.lstrip("-").replace("-", "_")
    declared = Finding.DECLARED.get(name) or Finding.DECLARED.get(f"{name}s")
    return declared.key if declared else None


@command(
    """填写、修改问题、措施或 inspection.yaml 的各项，其他一字不动；改后有错误的不写入。

        键就是文件里的中文项目，等号后面是内容，空着就是清空；列表的各项用顿号隔开，成句的（如具体表现）一项写一次键。

        里层的用点：整改方案.会议、销号权限.审核、预警等级.1.颜色。有专门命令的（延期、完成、记录等）不能这样改。""",
    examples="""
zhenggai set 7 责任领导=分管副局长 整改目标=会议减少三成
zhenggai set 7 具体表现=会议多 具体表现=会后不落实
zhenggai set 7.2 内容=修订会议制度 责任科室=办公室、人事科
zhenggai set 台账 销号程序=申请、审核、批准 集中整改截止=6月底
zhenggai set 台账 整改方案.会议=局党组第12次会议 整改方案.会议日期=昨天""",
    completes={"words": candidates.settable},
    key_of=_key_of,
)
def set_fields(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="编号 键=内容", help="问题（7）、措施（7.2）或 台账，后面写 键=内容，可写几个。"
        ),
    ],
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Set fields by their keys."""
    from zhenggai.ledger.field_setting import (
        plan_set_finding,
        plan_set_inspection,
        plan_set_measure,
    )

    asked = _asked(words)
    if asked.of_ledger:
        from zhenggai.cli.inspection_change import change_inspection

        def plan_head(head: "Head") -> "Plan":
            return plan_set_inspection(head.inspection, asked.said, _reading(head))

        return change_inspection(plan_head, options)

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        if asked.measure is not None:
            return plan_set_measure(case, asked.measure, asked.said, _reading(edited))
        return plan_set_finding(case, asked.said, _reading(edited))

    return change_findings(asked.findings, plan, options, lambda _change: "")


class _Asked(NamedTuple):
    """What is to be set, and where: in findings, in one measure of a finding, or in the ledger."""

    said: "Sequence[Assignment]"
    findings: "Sequence[str]"
    measure: int | None = None
    of_ledger: bool = False


def _asked(words: "Sequence[str]") -> _Asked:
    from zhenggai.ledger.field_setting import Assignment

    count = next((n for n, word in enumerate(words) if _ASSIGNED.fullmatch(word)), len(words))
    places, rest = words[:count], words[count:]
    found = [(word, _ASSIGNED.fullmatch(word)) for word in rest]
    if not places or not rest:
        raise WrongUsageError("要依次写编号和 键=内容，如 7 责任领导=分管副局长；改台账的写 台账")
    unequal = [word for word, match in found if match is None]
    if unequal:
        raise WrongUsageError(
            f"“{unequal[0]}”里没有等号；写成 键=内容，内容里有空格的加引号，如 '整改目标=账 实相符'"
        )
    said = [Assignment(match[1].strip(), match[2].strip()) for _, match in found if match]
    if any(place.casefold() in _LEDGER for place in places):
        if len(places) > 1:
            raise WrongUsageError("问题和台账的项目分开改；一次写一种")
        return _Asked(said, (), of_ledger=True)
    measures = [one for place in places for one in typed_measures(place)]
    if not measures:
        return _Asked(said, places)
    if len(measures) > 1 or len(places) > 1:
        raise WrongUsageError("一次只改一项措施；几项措施的分开写")
    return _Asked(said, [measures[0].id], measures[0].number)


def _reading(ledger: "Head | editing.EditedLedger") -> "ReadDay":
    """Return what reads the days typed in a ledger; what is not said whole is told."""

    def read_day(text: str, key: str, is_deadline: bool) -> "date":
        if is_deadline:
            return edit_options.required_deadline(text, ledger, key)
        return edit_options.required_day(text, ledger, key)

    return read_day
