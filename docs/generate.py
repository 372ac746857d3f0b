# ruff: noqa: INP001 - a script beside the pages it writes, not a package
"""The reference pages, written from the models, the rules and the commands themselves.

`python docs/generate.py` writes them anew; a test holds that none is stale.
"""

import io
import os
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from zhenggai.cli.app import main
from zhenggai.model.codes import Code
from zhenggai.model.declaration import Declaration
from zhenggai.model.inspection_model import (
    ApprovedText,
    Assessment,
    DemocraticMeeting,
    Inspection,
    OwnDaysOff,
    Renaming,
    SignOff,
    SubmittedPaper,
    WarningLevel,
)
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.notice_settings import AspectText, Notice, SecrecyReview, Section, Unplaced
from zhenggai.model.record_models import RECORDS, Evidence
from zhenggai.rules import CODES
from zhenggai.rules.history_guard import HISTORY
from zhenggai.rules.json_schema import json_schema
from zhenggai.storage.file_names import LEFT_BEHIND
from zhenggai.views.screen_text import escape_markdown

HERE = Path(__file__).resolve().parent
_CATALOGUE = HERE.parent / "tests" / "catalogue"
_MADE = "<!-- 本页由 docs/generate.py 写出，不要手改。 -->"

_LEDGER = f"""\
# 台账的每一项

{_MADE}

一本台账是一个文件夹：一个 `inspection.yaml`，加上每个问题一个文件。用任何文本编辑器都能写，
存成UTF-8；冒号用半角，后面空一格，缩进用空格。怎么开始见[入门](tutorial.md)。

日期认 `2021-05-01`、`2021/5/1`、`2021.5.1`、`2021年5月1日` 四种写法。
时限（整改时限、措施的时限、新时限、剩余事项时限、回复期限、预计完成、集中整改和报送的截止）还可以写到月、旬、季度、半年、年，
年份要写明，按最后一天计算：`2026年3月底前`、`2026年3月`（3月31日），`2026年6月上旬`（6月10日）、`中旬`（20日）、
`下旬`（30日），`2026年一季度末`、`2026年第一季度`，`2026年上半年`，`2026年底`。
没有写到日的，`check` 提示按哪一天计算（K306）；`2026年3月前` 是否包括3月说不清，不认。
发生的事（完成、记录的日期）只写具体的日期。
写了键而没有内容，等于没写；无法识别的键、重复的键是错误。

“改动”一栏说明 `check --since` 如何处理以后的修改和删除：
`报错`（I710，有专门规则的另有代码）、`提示`（I711）或 `不查`。
`看情形` 指换成其他内容、放宽或关闭报错，调整表述或收紧的只提示。
原来未填写、后来补充的，以及往列表里添加的，不算改动；
销号程序、销号权限、回避、方面问题数、经审定数里添加的算，也要提示。
"""
_LEFT = """\
编辑器、办公软件和系统留在台账文件夹和佐证材料旁边的文件，不读取，也不提：

{patterns}

`*` 是任意几个字，`?` 是一个字，不分大小写。只有一种例外：文件名里的编号没有自己的文件时
（有 `07.yaml.bak`，没有 `07.yaml`），它可能是仅存的一份，`check` 照样指出（F115）。
"""
_RULES = f"""\
# 检查规则

{_MADE}

`zhenggai check` 报出的每个代码：默认的程度、理由和改正办法。
在命令行用 `zhenggai check --explain R427` 看同样的说明。

轻重可以在 `inspection.yaml` 里调整：`规则: {{T604: 关闭}}`，可写 错误、警告、提示、关闭。
文件无法读取的错误（F、Y、K）、写有案件内容的错误（S）和历史被改写（I）不可调整。
"""
_COMMANDS = f"""\
# 命令

{_MADE}

每个命令加 `--help` 看到的就是下面的内容。退出码见[退出码](exit-codes.md)。
"""

_DAYS_OFF = """\
可以没有。国务院办公厅通知的放假和补班（2024—2026年）在程序里；各地另有规定的、以后年份的，写在台账文件夹的
`节假日.yaml` 里，按日覆盖通知。写了某年1月1日放假的，就以这一年的安排为已知。"""

# Each model with its heading and what is to be known before its keys.
_MODELS: list[tuple[type[Any], str, str]] = [
    (Finding, "一个问题（`07.yaml`）", "文件名就是编号：`07.yaml` 是07号问题。"),
    (
        Measure,
        "措施",
        "写在问题的 `措施` 下面，一项一条，每条以 `- ` 开头。按次序称为7.1、7.2……",
    ),
    (
        Evidence,
        "佐证材料",
        "一个文件可以只写路径，几个文件写成列表。用 `--evidence` 登记的，程序一并记下校验值。",
    ),
    *(
        (model, f"记录：{action}", "")
        for action, model in RECORDS.items()
    ),
    (
        Inspection,
        "台账的总说明（`inspection.yaml`）",
        "谁巡察谁、何时反馈，以及这本台账的办法。除必填的以外，不写就用程序的规定。",
    ),
    (
        SubmittedPaper,
        "整改方案、整改报告",
        "写在 `inspection.yaml` 的 `整改方案`、`整改报告` 下面。",
    ),
    (DemocraticMeeting, "专题民主生活会", "只有日期的，可以只写日期。"),
    (
        WarningLevel,
        "预警等级",
        "写在 `inspection.yaml` 的 `预警等级` 下面，一级一条。没有写逾期的，逾期为红。",
    ),
    (
        Assessment,
        "评估",
        "写在 `inspection.yaml` 的 `评估` 下面，一次一条，只往后追加；由 `zhenggai assess` 登记。",
    ),
    (
        SignOff,
        "签批",
        "写在 `inspection.yaml` 的 `签批` 下面，一件一条，只往后追加；由 `zhenggai sign` 登记。",
    ),
    (
        ApprovedText,
        "审定稿",
        "写在 `inspection.yaml` 的 `审定稿` 下面，由 `zhenggai freeze` 登记，只往后追加。",
    ),
    (Renaming, "更名", "写在 `inspection.yaml` 的 `更名` 下面，由 `zhenggai rename` 写入。"),
    (
        OwnDaysOff,
        "节假日（`节假日.yaml`）",
        _DAYS_OFF,
    ),
    (
        Notice,
        "通报",
        "写在 `inspection.yaml` 的 `通报` 下面。不写的由程序推算或写出，见[说明](notice.md)。",
    ),
    (Section, "通报里的一段", "`组织情况`、`下步打算` 的各段；没有标题的，可以只写一行文字。"),
    (AspectText, "方面写法", "标题与其他方面写法不同的方面，一个方面一条。"),
    (SecrecyReview, "保密审查", ""),
    (Unplaced, "未识别的行", "由 `zhenggai import` 写入，核对以后移到该在的地方，再删去。"),
]  # fmt: skip
_REQUIRED = {
    Finding: {"责任领导", "责任科室", "责任人"},
    Inspection: set(Inspection.REQUIRED),
}
_IN_PLACE = {
    "整改时限": "长期坚持的以外必填",
    "检视周期": "长期坚持的必填",
    "不公开理由": "公开为“否”时必填",
    "不公开批准人": "公开为“否”时必填",
    "不公开批准日期": "公开为“否”时必填",
}
_FAMILIES = {
    "F": "文件",
    "Y": "YAML的写法",
    "K": "键和值",
    "R": "内容",
    "J": "记录",
    "T": "时间",
    "N": "通报",
    "S": "保密",
    "I": "改动的历史（`check --since`）",
}


def pages() -> dict[str, str]:
    """Give every page that is written from the program, by its name."""
    return {"ledger.md": _ledger(), "rules.md": _rules(), "commands.md": _commands()}


def _ledger() -> str:
    parts = [_LEDGER]
    for model, title, words in _MODELS:
        parts += [f"## {title}\n", *([words + "\n"] if words else []), *_table(model)]
    patterns = "、".join(f"`{one}`" for one in LEFT_BEHIND)
    parts += ["## 不读取的文件\n", _LEFT.format(patterns=patterns)]
    return "\n".join(parts)


def _table(model: type[Any]) -> Iterator[str]:
    schema = json_schema(model)
    named = schema.get("$defs", {})
    inner = next((one for one in schema.get("anyOf", ()) if "properties" in one), schema)
    required = {*inner.get("required", ()), *_REQUIRED.get(model, ())}
    changed = {one.key: _change(one) for one in model.DECLARED.values()}
    yield "| 键 | 意思 | 写法 | 必填 | 改动 |"
    yield "|---|---|---|---|---|"
    for key, value in inner["properties"].items():
        must = "是" if key in required else _IN_PLACE.get(key, "") if model is Finding else ""
        about = f"{_cell(value['description'])} | {_form(value, named)}"
        yield f"| `{key}` | {about} | {must} | {changed[key]} |"
    yield ""


def _change(field: Declaration) -> str:
    """Say what the history guard makes of a change to a field."""
    if field.guards is not None:
        return "看情形"
    return {"guarded": "报错", "noticed": "提示", "free": "不查"}[field.history]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _form(value: dict[str, Any], named: dict[str, Any]) -> str:
    """Say in Chinese what a key's value looks like, with an example where there is one."""
    kinds = [one for one in value.get("anyOf", [value]) if one.get("type") != "null"]
    form = "、或 ".join(dict.fromkeys(_kind(one, named) for one in kinds))
    if examples := value.get("examples") or kinds[0].get("examples"):
        shown = "、".join(f"`{_yaml(one)}`" for one in examples)
        form += f"，如 {_cell(shown)}"
    return form


def _kind(schema: dict[str, Any], named: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _kind(named[schema["$ref"].rpartition("/")[2]], named)
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "、".join(f"`{one}`" for one in schema["enum"] if isinstance(one, str))
    if "properties" in schema or any("properties" in one for one in schema.get("anyOf", ())):
        return "几个键，见下"
    if "oneOf" in schema:
        return "各种记录，见下"
    return _plain(schema, named)


def _plain(schema: dict[str, Any], named: dict[str, Any]) -> str:
    kind = schema.get("type")
    if kind == "array":
        return f"列表（每项：{_kind(schema['items'], named)}）"
    if kind == "object":
        inner = schema.get("patternProperties") or {"": schema["additionalProperties"]}
        return f"`{{名称: {_kind(*inner.values(), named).replace('`', '')}}}`"
    if kind == "integer":
        return "整数"
    if "2021-05-01" in schema.get("examples", ()):
        return "日期"
    return "文字"


def _yaml(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    return str(value)


def _rules() -> str:
    codes = (CODES | HISTORY).values()
    parts = [_RULES]
    for family, title in _FAMILIES.items():
        parts.append(f"## {family}：{title}\n")
        for code in codes:
            if code.code.startswith(family):
                parts += _rule(code)
    return "\n".join(parts)


def _rule(code: Code) -> Iterator[str]:
    yield f"### {code.code} {code.name}\n"
    yield f"{code.severity}{'（不可调整）' if code.is_fixed else ''}。{escape_markdown(code.why)}\n"
    if shown := _shown(code.code):
        yield f"```text\n{shown}\n```\n"


def _shown(code: str) -> str:
    """Give the first line the catalogue of messages expects of a code."""
    path = _CATALOGUE / f"{code}.txt"
    if not path.exists():
        return ""
    return path.read_text(encoding="utf-8").partition("-- expected --\n")[2].split("\n", 1)[0]


def _commands() -> str:
    parts = [_COMMANDS]
    names = re.findall(r"^  ([a-z]+)  ", _help(), re.MULTILINE)
    for name in names:
        parts += [f"## {name}\n", f"```text\n{_help(name)}```\n"]
    return "\n".join(parts)


def _help(*command: str) -> str:
    """Give a command's help as it is on this terminal."""
    out = io.StringIO()
    with redirect_stdout(out):
        main([*command, "--help"])
    return out.getvalue().rstrip("\n") + "\n"


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    for _name, _text in pages().items():
        (HERE / _name).write_text(_text, encoding="utf-8", newline="\n")
