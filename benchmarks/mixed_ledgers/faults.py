"""What goes wrong in ledgers: in the data, in the text of a file, and in the folder."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from mixed_ledgers.chance import Chance
from mixed_ledgers.emit import Raw
from mixed_ledgers.sound import Draft, evidence, wild_journal

_Data = dict[Any, Any]

# Each as it is written, without quotes: some are texts, some numbers, some nothing at all.
_DAYS = (
    *("2021-02-30", "2021-13-01", "21-5-1", "2201-01-01", "1021-05-01", "1948-12-31"),
    *("20210501", "5月1日", "长期坚持", "尽快", "2021-05", "2021年5月", "2021-05-01前", "2021-5-1"),
    *("2021-05-01 12:00:00", "2021-05-01T00:00:00Z", "2021/05-01", "2021. 5. 1", "0", "12", "1.5"),
    *(
        "[2021-05-01]",
        "{年: 2021}",
        "'2021-05-01 '",
        "true",
        "~",
        "",
        "２０２１-05-01",
        "2021–05–01",
    ),
)
_PERIODS = (
    *("每旬", "0天", "99年", "每", "3月", "10", "每周一次", "-3天", "半年", "每0周", "[每周]", "~"),
    *("12个月", "3660天", "3661天", "十天", "十一天", "每 2 周", "true", "121个月", "''"),
)
_AMOUNTS = (
    *(
        "1864",
        "一千元",
        "约5万元",
        "-3元",
        "1,23元",
        "884.72万",
        "0元",
        "1 864元",
        "12e3元",
        "[3元]",
    ),
    *(
        "1864.0000001元",
        "3亿元",
        "0.000001元",
        "99999999999999999元",
        "{元: 3}",
        "~",
        "''",
        "1864 元",
    ),
)
_COUNTS = (
    "3人",
    "-1",
    "2.5",
    "'3'",
    "true",
    "~",
    "0",
    "1_000",
    "0x10",
    "1e3",
    "999999999999",
    "[1]",
)
_FLAGS = (
    "no",
    "false",
    "False",
    "off",
    "'否'",
    "yes",
    "true",
    "不",
    "0",
    "1",
    "~",
    "[]",
    "否 ",
    "N",
)
_KINDS = (
    "限时整改",
    "立行立改 ",
    "长期",
    "限期整改、长期坚持",
    "[限期整改]",
    "1",
    "true",
    "'限期 整改'",
)
_ACTIONS = ("督察", "销号申请", "延期 ", "通过", "[督查]", "12", "~", "''", "批准", "进展")
_PATHS = (
    *(
        "../外面.pdf",
        "/etc/passwd",
        "C:\\x.pdf",
        "佐证\\07\\签字表.pdf",
        "不存在.pdf",
        "佐证",
        "''",
    ),
    *(
        "佐证/../../x.pdf",
        "http://example.cn/x.pdf",
        "12",
        "~",
        "{}",
        "[]",
        "[[a.pdf]]",
        '"a\\u0000b"',
    ),
    *(
        "{文件: }",
        "{校验值: abc}",
        "{文件: a.pdf, 校验值: 短}",
        "{文件: a.pdf, 名称: x}",
        "inspection.yaml",
    ),
    *("{文件: 不存在.pdf, 校验值: " + "a" * 64 + "}", "{文件: [a.pdf]}", "[a.pdf, ]", "[a.pdf, ~]"),
    *(".", "a/", '"a\\nb.pdf"', "全　角.pdf", "//server/x.pdf", "~/x.pdf", "true", "2021-05-01"),
)
_NOT_TEXT = (
    *("[甲, 乙]", "{甲: 乙}", "12", "1.5", "true", "2021-05-01", "~", "", "''", "'  '", "[]", "{}"),
    *(
        "[~]",
        "[甲, ~]",
        "[[甲]]",
        "0123",
        "0o17",
        ".inf",
        ".nan",
        "'\\u200b'",
        '"\\u200b"',
        '"\\e[31m"',
    ),
    *(
        "[{甲: 乙}]",
        "12:30:45",
        "1e9",
        "no",
        "<<",
        "=",
        "'x' ",
        '"a\\nb"',
        "????",
        "{方面: x}",
        "甲、、乙",
    ),
)
_NOT_LIST = (
    *(
        "加强管理",
        "12",
        "true",
        "{内容: 加强管理}",
        "~",
        "",
        "[]",
        "[~]",
        "[加强管理]",
        "[12, ~]",
        "{}",
    ),
    *(
        "[[]]",
        "[{}]",
        "[{内容: }]",
        "''",
        "2021-05-01",
        "[{内容: 一, 内容2: 二}]",
        "[[{内容: 三}]]",
    ),
)
_MISSPELT = (
    *(
        "责任课室",
        "整改期限",
        "措旋",
        "问題",
        "方 面",
        "记录 ",
        "责任人员",
        "时限",
        "备注",
        "序号",
        "格式",
    ),
    *(
        "title",
        "due",
        "measures",
        "Finding",
        "owner",
        "测试",
        "x" * 200,
        "问题:",
        "12",
        "责任领导(人)",
    ),
)
_WRONG_KEYS = (
    Raw("12"),
    Raw("~"),
    Raw("true"),
    Raw("2021-05-01"),
    Raw("''"),
    Raw("<<"),
    Raw("? x"),
)


def _any_finding(chance: Chance, draft: Draft) -> tuple[str, _Data]:
    return chance.choice(list(draft.findings.items()))


def _part(chance: Chance, data: _Data) -> _Data:
    """Give the finding, or one of its measures or records that is still a mapping."""
    parts = [data]
    for key in ("措施", "记录"):
        items = data.get(key)
        if isinstance(items, list):
            parts += [item for item in items if isinstance(item, dict)]
    return chance.choice(parts)


def _drop_key(chance: Chance, data: _Data) -> None:
    part = _part(chance, data)
    if part:
        del part[chance.choice(list(part))]


def _add_key(chance: Chance, data: _Data) -> None:
    part = _part(chance, data)
    key = chance.choice(_WRONG_KEYS) if chance.maybe(0.2) else chance.choice(_MISSPELT)
    part[key] = chance.choice(["x", 12, None, ["a"], {"a": "b"}])


def _rename_key(chance: Chance, data: _Data) -> None:
    part = _part(chance, data)
    if part:
        old, new = chance.choice(list(part)), chance.choice(_MISSPELT)
        items = [(new if key == old else key, value) for key, value in part.items()]
        part.clear()
        part.update(items)


def _foreign_key(chance: Chance, data: _Data) -> None:
    """Write a key that is right somewhere else."""
    part = _part(chance, data)
    keys = [
        "问题",
        "内容",
        "日期",
        "新时限",
        "理由",
        "批准人",
        "佐证",
        "完成",
        "情况",
        "文件",
        "通报",
    ]
    part[chance.choice(keys)] = chance.choice(["文字", Raw("2021-05-01"), None])


def _empty_slot(chance: Chance, data: _Data) -> None:
    part = _part(chance, data)
    if part:
        part[chance.choice(list(part))] = chance.choice([None, Raw(""), "", Raw("~"), [], {}])


def _wrong_type(chance: Chance, data: _Data) -> None:
    part = _part(chance, data)
    if part:
        part[chance.choice(list(part))] = Raw(chance.choice(_NOT_TEXT + _NOT_LIST))


def _set(key: str, values: tuple[str, ...]) -> Callable[[Chance, _Data], None]:
    def change(chance: Chance, data: _Data) -> None:
        data[key] = Raw(chance.choice(values))

    return change


def _set_inside(
    where: str, keys: tuple[str, ...], values: tuple[str, ...]
) -> Callable[[Chance, _Data], None]:
    """Make what sets a key of one of the measures or records."""

    def change(chance: Chance, data: _Data) -> None:
        items = data.get(where)
        inside = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
        if not inside:
            inside = [{"内容": "加强管理"} if where == "措施" else {"事项": "督查", "情况": "看过"}]
            data[where] = list(inside)
        chance.choice(inside)[chance.choice(keys)] = Raw(chance.choice(values))

    return change


def _wrong_item(chance: Chance, data: _Data) -> None:
    items = data.get(key := chance.choice(["措施", "记录", "具体表现", "责任科室", "建章立制"]))
    wrong = Raw(chance.choice(_NOT_TEXT))
    if isinstance(items, list):
        items.insert(chance.randint(0, len(items)), wrong)
    else:
        data[key] = [items, wrong] if items else [wrong]


def _people(chance: Chance, data: _Data) -> None:
    data["处理人员"] = chance.choice(
        [
            ["提醒谈话"],
            "提醒谈话3人",
            {"张三": 1},
            {},
            None,
            {"提醒谈话": Raw(chance.choice(_COUNTS))},
        ]
    )


def _hidden(chance: Chance, data: _Data) -> None:
    data["公开"] = Raw(chance.choice(_FLAGS))
    if chance.maybe(0.5):
        data.pop("不公开理由", None)
    else:
        data["不公开理由"] = "涉密"


def _deep(chance: Chance, data: _Data) -> None:
    depth = chance.choice([5, 30, 70, 101, 300])
    opening, closing = chance.choice([("[", "]"), ("{甲: ", "}")])
    part = _part(chance, data)
    keys = [*part, "备注"]
    part[chance.choice(keys)] = Raw(opening * depth + "x" + closing * depth)


def _placeholder(chance: Chance, data: _Data) -> None:
    data["通报导语"] = chance.choice(
        ["共{问题数}个", "共{问题个数}个", "{", "{}", "｛已销号数｝", "{{}}"]
    )


def _long_text(chance: Chance, data: _Data) -> None:
    part = _part(chance, data)
    if part:
        key = chance.choice(list(part))
        part[key] = chance.choice(
            ["很长" * 3000, "\t", "a\tb", "﻿x", "😀", "\u2028", "x\u200by", "ＡＢＣ"]
        )


def _swap_logic(chance: Chance, data: _Data) -> None:
    """Make a kind and its deadline disagree."""
    kind = chance.choice(["长期坚持", "限期整改", "立行立改"])
    data["类型"] = kind
    for key, value in (("整改时限", Raw("2021-06-30")), ("复核周期", "每季度")):
        if chance.maybe(0.5):
            data[key] = value
        else:
            data.pop(key, None)


_FINDING_FAULTS: tuple[Callable[[Chance, _Data], None], ...] = (
    *(_drop_key, _drop_key, _add_key, _rename_key, _foreign_key, _empty_slot, _wrong_type),
    *(_wrong_item, _people, _hidden, _deep, _placeholder, _long_text, _swap_logic, _wrong_type),
    *(_set("类型", _KINDS), _set("整改时限", _DAYS), _set("复核周期", _PERIODS)),
    *(_set("清退资金", _AMOUNTS), _set("问题", _NOT_TEXT), _set("责任科室", _NOT_TEXT)),
    *(_set("措施", _NOT_LIST), _set("记录", _NOT_LIST), _set("具体表现", _NOT_TEXT)),
    _set_inside("措施", ("完成", "时限"), _DAYS),
    _set_inside("措施", ("内容", "成效"), _NOT_TEXT),
    _set_inside("措施", ("针对",), ("0", "99", "'1'", "[1]", "1.0", "-1", "true", "一", "~")),
    _set_inside("措施", ("佐证",), _PATHS),
    _set_inside("记录", ("日期", "新时限"), _DAYS),
    _set_inside("记录", ("事项",), _ACTIONS),
    _set_inside("记录", ("理由", "批准人", "情况", "经办人"), _NOT_TEXT),
    _set_inside("记录", ("佐证",), _PATHS),
)


def _finding_fault(chance: Chance, draft: Draft) -> None:
    if draft.findings:
        chance.choice(_FINDING_FAULTS)(chance, _any_finding(chance, draft)[1])


def _journal_fault(chance: Chance, draft: Draft) -> None:
    if draft.findings:
        name, data = _any_finding(chance, draft)
        data["记录"] = wild_journal(chance, draft, name.removesuffix(".yaml"))


def _day_fault(chance: Chance, draft: Draft) -> None:
    """Move a day to where it cannot be: the future, before the feedback, past the deadline."""
    if not draft.findings:
        return
    data = _any_finding(chance, draft)[1]
    far = chance.choice([draft.today + timedelta(days=3), draft.feedback - timedelta(days=40)])
    day = Raw(chance.choice([far, draft.today, draft.feedback]).isoformat())
    measures = data.get("措施")
    if isinstance(measures, list) and measures and isinstance(measures[0], dict):
        measures[0][chance.choice(["完成", "完成", "时限"])] = day
    if chance.maybe(0.4):
        data["整改时限"] = day


def _twins(chance: Chance, draft: Draft) -> None:
    """Register one finding twice."""
    if draft.findings:
        data = _any_finding(chance, draft)[1]
        number = max(int(name.partition(".")[0]) for name in draft.findings) + 1
        draft.findings[f"{number:02}.yaml"] = dict(data)


def _lost_evidence(chance: Chance, draft: Draft) -> None:
    if not draft.files and draft.findings:
        name, data = _any_finding(chance, draft)
        measures = data.get("措施")
        if isinstance(measures, list) and measures and isinstance(measures[0], dict):
            measures[0]["佐证"] = evidence(chance, draft, name.removesuffix(".yaml"))
    if draft.files:
        path = chance.choice(list(draft.files))
        if chance.maybe(0.5):
            del draft.files[path]
        else:
            draft.files[path] = b"changed"


_FLAG_KEYS = ("统计", "按方面", "分方面编号", "措施分行", "导语分行", "段间空行", "须有保密审查")
_NOTICE_TEXTS = (
    *(
        "标题",
        "依据",
        "开头",
        "组织标题",
        "组织导语",
        "组织序号",
        "结果标题",
        "结果导语",
        "方面序号",
    ),
    *("方面标题", "问题标题", "措施分隔", "下步标题", "下步导语", "下步序号", "监督", "公示期"),
    *("联系电话", "电子邮箱", "通信地址", "落款", "组织情况", "下步打算"),
)
_NOTICE_VALUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_FLAG_KEYS, _FLAGS),
    **dict.fromkeys(_NOTICE_TEXTS, (*_NOT_TEXT, "'{问题}{方面}{x}'", "'共{总数}个'", "'{一}{1}'")),
    "名称": ("整改", "[]", "12"),
    "用语": ("巡查", "~", "1"),
    "问题写法": ("独立", "{}", "接 排"),
    "措施序号": ("1", "1.", "一", "(1)", "（1）", "~"),
    "标点": ("全", "半角 ", "[全角]"),
    "落款日期": _DAYS,
    "文末换行": _FLAGS,
    "段首空两格": _FLAGS,
    "备注": ("x",),
    "保密审查": (
        "通过",
        "{}",
        "{日期: 2021-05-01}",
        "{日期: x, 审查人: 甲, 结论: 可以}",
        "[]",
        "~",
    ),
    "未识别": (
        "[]",
        "[{行: 1}]",
        "[{行: x, 内容: y}]",
        "文字",
        "[~]",
        "{行: 1, 内容: y}",
        "[文字]",
    ),
    "组织情况": (
        "[{标题: 甲}]",
        "[{内容: }]",
        "[{}]",
        "[~]",
        "{题: 甲}",
        "[[甲]]",
        "[{标题: [甲]}]",
    ),
}
_INSPECTION_VALUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("被巡察单位", "巡察组", "方面"), _NOT_TEXT),
    **dict.fromkeys(("巡察开始", "巡察结束", "反馈日期"), _DAYS),
    "预警天数": (
        "0",
        "-1",
        "'20'",
        "[20, x]",
        "[]",
        "5000",
        "~",
        "[3, 3]",
        "[1.5]",
        "20、10",
        "true",
    ),
    "督查周期": _PERIODS,
    "销号程序": (
        *(
            "[批准, 申请]",
            "审核",
            "[申请, 申请, 批准]",
            "[申请, 通过]",
            "[]",
            "~",
            "申请、批准",
            "[申请]",
        ),
        *("[审核, 申请, 批准]", "{申请: 批准}", "[批准, ~]", "1", "申请审核批准"),
    ),
    "销号须佐证": _FLAGS,
    "时区": ("Asia/Beijing", "北京", "UTC+8", "../etc", "~", "8", "asia/shanghai", "[UTC]", "''"),
    "规则": (
        *(
            "{X999: 关闭}",
            "{t604: 关闭}",
            "{T604: 忽略}",
            "{K301: 关闭}",
            "[T604]",
            "T604",
            "{}",
            "~",
        ),
        *("{T604: }", "{T601: 提示, R427: 错误}", "{Y201: 关闭}", "{12: 关闭}", "{T604: [关闭]}"),
    ),
    "通报": ("无", "[]", "~", "{}", "{备注: x}", "12", "[{标题: x}]"),
}


_COUNTING = (
    "反馈的3个方面19个主要问题,已完成16个,正在整改5个。",
    "反馈的{问题数}个问题,已销号2个,整改完成率为93.5%。共4个方面,涉及19个问题。",
    "开展巡视整改,对巡察反馈的12个问题,完成整改11个,完成率100%。",
)


def _notice_fault(chance: Chance, draft: Draft) -> None:
    """Write figures and days into the notice that the ledger cannot bear out."""
    if draft.inspection is None:
        return
    notice = draft.inspection.get("通报")
    notice = notice if isinstance(notice, dict) else {}
    key = chance.choice(["开头", "结果导语", "组织导语", "下步导语"])
    notice[key] = chance.choice(_COUNTING)
    notice["落款日期"] = Raw(
        (draft.feedback - timedelta(days=chance.choice([-90, 90]))).isoformat()
    )
    draft.inspection["通报"] = notice


def _inspection_days_fault(_: Chance, draft: Draft) -> None:
    if draft.inspection is not None:
        begin, end = draft.feedback - timedelta(days=50), draft.feedback - timedelta(days=140)
        draft.inspection["巡察开始"] = Raw(begin.isoformat())
        draft.inspection["巡察结束"] = Raw(end.isoformat())


def _inspection_fault(chance: Chance, draft: Draft) -> None:
    data = draft.inspection
    if data is None:
        return
    ways = chance.random()
    notice = data.get("通报")
    if ways < _SHARE_OF_NOTICE and isinstance(notice, dict | None):
        key = chance.choice(list(_NOTICE_VALUES))
        data["通报"] = (notice or {}) | {key: Raw(chance.choice(_NOTICE_VALUES[key]))}
    elif ways < _SHARE_OF_VALUES:
        key = chance.choice(list(_INSPECTION_VALUES))
        data[key] = Raw(chance.choice(_INSPECTION_VALUES[key]))
    else:
        change = chance.choice([_drop_key, _add_key, _rename_key, _empty_slot, _deep, _foreign_key])
        change(chance, data)


_SHARE_OF_NOTICE, _SHARE_OF_VALUES = 0.4, 0.8

DATA_FAULTS: tuple[Callable[[Chance, Draft], None], ...] = (
    *([_finding_fault] * 10),
    *([_inspection_fault] * 4),
    *([_journal_fault] * 3),
    *(_day_fault, _day_fault, _twins, _lost_evidence, _notice_fault, _inspection_days_fault),
)


def _lines(change: Callable[[Chance, list[str]], None]) -> Callable[[Chance, str], str]:
    def changed(chance: Chance, text: str) -> str:
        lines = text.split("\n")
        change(chance, lines)
        return "\n".join(lines)

    return changed


def _at(sign: str, instead: str) -> Callable[[Chance, str], str]:
    """Make what writes something else in place of one of the places where a sign stands."""

    def changed(chance: Chance, text: str) -> str:
        places = [match.span() for match in re.finditer(sign, text)]
        if not places:
            return text + instead
        start, end = chance.choice(places)
        return text[:start] + instead + text[end:]

    return changed


def _double_line(chance: Chance, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines.insert(at if chance.maybe(0.5) else chance.randint(0, len(lines)), lines[at])


def _drop_line(chance: Chance, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines))]


def _shift_line(chance: Chance, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = (
        chance.choice([" ", "  ", "\t", "　"]) + lines[at] if chance.maybe(0.6) else lines[at][1:]
    )


def _conflict(chance: Chance, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    line = lines[at]
    lines[at : at + 1] = ["<<<<<<< HEAD", line, "=======", line + "改", ">>>>>>> 甲的修改"]


def _insert_line(chance: Chance, lines: list[str]) -> None:
    odd = [
        "---",
        "...",
        "%YAML 1.1",
        "- x",
        "x",
        ": x",
        "? a",
        "{",
        "]",
        "&a",
        "*a",
        "!!map",
        "'",
        "|",
    ]
    odd += [
        "问题: 又一个",
        "\t问题: x",
        "<<: {问题: x}",
        "@张三",
        "`x`",
        "a: b: c",
        "# 只是注释",
        "措施:",
    ]
    lines.insert(chance.randint(0, len(lines)), chance.choice(odd))


def _alias(_: Chance, text: str) -> str:
    return re.sub(r": (?=\S)", ": &甲 ", text, count=1) + "备注: *甲\n"


def _mangle(chance: Chance, text: str) -> str:
    at = chance.randint(0, len(text))
    odd = [
        *":,[]{}#&*!|>'\"%@`-?\t",
        "：",
        "，",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x85",
        "\u200b",
        "\ufeff",
        "\r",
    ]
    odd += ["\\", "\n", "\n\n", "  ", "“", "\u2028"]
    gone = chance.choice([0, 0, 1, 3, 20])
    return f"{text[:at]}{chance.choice(odd)}{text[at + gone :]}"


TEXT_FAULTS: tuple[Callable[[Chance, str], str], ...] = (
    *(_at(": ", "："), _at(": ", "： "), _at(": ", ":"), _at(": ", " : "), _at(":(?=\n)", "：")),
    *(_at("\n  ", "\n\t"), _at(": ", ":\t"), _at(": ", ": &甲 "), _at(": ", ": *甲 ")),
    *(_at(": ", ": !!str "), _at(": ", ": !标签 "), _at(": ", ": '"), _at(": ", ': "')),
    *(_at(": ", ": ["), _at(": ", ": {"), _at(": ", ": @"), _at(": ", ": %"), _at(": ", ": - ")),
    *(_at(": ", ": 甲: "), _at("- ", "-"), _at("- ", "—"), _at("[0-9]", "O"), _at("-0", "-")),
    *(_lines(_double_line), _lines(_double_line), _lines(_drop_line), _lines(_shift_line)),
    *(
        _lines(_conflict),
        _lines(_insert_line),
        _lines(_insert_line),
        _alias,
        _mangle,
        _mangle,
        _mangle,
    ),
)


def _cut_short(chance: Chance, content: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


CONTENT_FAULTS: tuple[Callable[[Chance, bytes], bytes], ...] = (
    _cut_short,
    lambda _, content: b"\xef\xbb\xbf" + content,
    lambda _, content: content.decode(errors="replace").encode("gbk", errors="replace"),
    lambda _, content: content.decode(errors="replace").encode("utf-16"),
    lambda chance, _: chance.choice(
        [b"", b"\n", b"# x\n", b"---\n", b"null\n", b"- a\n", b"x\n", b"12"]
    ),
    lambda _, content: content.replace(b"\n", b"\r\n"),
    lambda _, content: content.replace(b"\n", b"\r"),
    lambda _, content: content.replace(b"\n", b"\r\n", 2),
    lambda _, content: content + b"\x00",
    lambda _, content: content + b"---\n" + content,
    lambda _, content: content + b"\n# " + b"x" * 2_000_000,
)

_Folder = dict[str, bytes]


class Link(bytes):
    """Where a symbolic link in the folder points to."""


def _rename(chance: Chance, folder: _Folder) -> None:
    names = [name for name in folder if "/" not in name and name != "inspection.yaml"]
    if names:
        name = chance.choice(names)
        stem = name.removesuffix(".yaml")
        to = [
            f"{stem}.yml",
            f"{stem} 副本.yaml",
            f"{stem}(1).yaml",
            f"第{stem}号.yaml",
            f"{stem}.YAML",
        ]
        to += [
            f"{stem}.yaml.txt",
            f".{stem}.yaml.icloud",
            f"0{stem}.yaml",
            f"{stem}.json",
            "0.yaml",
        ]
        content = folder[name]
        if chance.maybe(0.6):
            del folder[name]
        folder[chance.choice(to)] = content


def _rename_inspection(chance: Chance, folder: _Folder) -> None:
    content = folder.pop("inspection.yaml", b"")
    if chance.maybe(0.5):
        names = ["Inspection.yaml", "inspection.yml", "inspection.yaml.bak", "总说明.yaml"]
        folder[chance.choice(names)] = content


def _twice_numbered(chance: Chance, folder: _Folder) -> None:
    names = [name for name in folder if re.fullmatch(r"[0-9]+\.yaml", name)]
    if names:
        name = chance.choice(names)
        other = f"{int(name.partition('.')[0])}.yaml"
        folder[other if other != name else f"0{name}"] = folder[name]


def _stray(chance: Chance, folder: _Folder) -> None:
    names = [
        "说明.yaml",
        "台账.xlsx",
        "7.yaml~",
        ".git.yaml",
        "README.md",
        "模板.yml",
        "00.yaml",
        "x/07.yaml",
    ]
    folder[chance.choice(names)] = chance.choice([b"a: 1\n", b"", b"\xff\xfe"])


def _no_file(chance: Chance, folder: _Folder) -> None:
    """Put something else where a finding's file is expected."""
    links = [Link(b"01.yaml"), Link(b"inspection.yaml"), Link(b"../x.yaml"), Link(b"/etc/hostname")]
    if chance.maybe(0.3):
        folder["97.yaml/x"] = b""
    else:
        folder["98.yaml"] = chance.choice(links)


FOLDER_FAULTS: tuple[Callable[[Chance, _Folder], None], ...] = (
    *(_rename, _rename, _rename_inspection, _twice_numbered, _stray, _no_file),
)
