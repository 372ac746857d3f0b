"""Invent a ledger that could be somebody's: its inspection, its findings, their journals."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mixed_ledgers.chance import Chance
from mixed_ledgers.emit import Raw

ASPECTS = ("贯彻落实党的路线方针政策和上级决策部署", "全面从严治党", "基层党组织建设", "选人用人")
_DEPARTMENTS = ("办公室", "人事科", "计划财务科", "机关党委", "政策法规科", "高新技术科")
_LEADERS = ("党组书记", "分管副局长", "局长", "分管领导(一)", "纪检组长 & 副书记")
_TITLES = (
    "存在以会议落实会议现象",
    "政治理论学习缺乏系统性、实效性",
    "“三重一大”决策不规范",
    "落实《党委(党组)意识形态工作责任制实施办法》不到位",
    "公务接待费超预算12.5%",
    "为什么项目资金拨付慢?台账不清",
    "“一岗双责”落实有差距;考核流于形式",
    "执行财经纪律不严: 报销附件不全",
    "工会经费使用不规范 #2019年",
    "党费收缴不及时",
    "干部档案管理不规范,“三龄两历”核实不细",
    "联系群众不够紧密(走访不足50%)",
)
_MEASURES = (
    "完善会议议事决策制度和程序",
    "少开会、开短会、开好会;“三重一大”事项按规定决策,与会人员签字背书",
    "修订《内部财务管理制度》,差旅费、公务接待费按标准报销",
    "组织专题学习4次,覆盖率100%",
    "开展“回头看”,逐项核对(2018-2020年)",
    "清退超标准发放的补贴: 共3人",
    "建立台账,每周督查?每月通报!",
    "落实“第一议题”制度,集中学习与个人自学相结合",
    "与县编办沟通协调下属事业单位的性质和编制",
    "聘请第三方审计\\核查 'A类'项目",
    "制订计划,拟于6月底前完成培训",
)
_OUTCOMES = (
    "召开党组会议10次、班子会议3次",
    "修订制度3项,废止1项",
    "兑付奖励资金884.72万元",
    "满意度由82.3%提高到97%",
    "“学习强国”人均积分跟上序时进度",
    "已清退1864元",
    "第一行\n第二行: 带冒号\n\n- 像列表",
)
_NOTES = (
    "会议制度已形成初稿",
    "正在征求意见",
    "资料不全,要求补充",
    "已完成80%",
    "查看了签字表?属实",
)
_PERIODS = ("每周", "每月", "每季度", "每季", "每半年", "每年", "10天", "3个月", "两周", "每2周")
_SPELLINGS = (
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
)


@dataclass
class Draft:
    """A ledger as data, before it is written."""

    name: str
    today: date
    feedback: date
    inspection: dict[Any, Any] | None = None
    findings: dict[str, dict[Any, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


class _Author:
    """Whoever keeps one ledger: how they write days, and what their rules are."""

    def __init__(self, chance: Chance, draft: Draft) -> None:
        self.chance, self.draft = chance, draft
        self._spelling = chance.choice([_SPELLINGS[0]] * 6 + list(_SPELLINGS[1:]))
        self._mixes = chance.maybe(0.1)
        self.steps = chance.choice(
            [["批准"]] * 3 + [["申请", "批准"], ["申请", "审核", "批准"], ["审核", "批准"]]
        )
        self.needs_evidence = chance.maybe(0.15)

    def day(self, day: date) -> Any:
        """Write a day."""
        spelling = self.chance.choice(_SPELLINGS) if self._mixes else self._spelling
        text = spelling.format(day)
        return text if self.chance.maybe(0.1) else Raw(text)

    def one_or_many(self, texts: list[str]) -> Any:
        """Write one text, a list, or several in one line."""
        if len(texts) == 1 and self.chance.maybe(0.7):
            return texts[0]
        return "、".join(texts) if self.chance.maybe(0.3) and texts else list(texts)


def sound_ledger(chance: Chance, name: str) -> Draft:
    """Invent a ledger of up to twelve findings in which nothing is meant to be wrong."""
    feedback = date(2021, 2, 1) + timedelta(days=chance.choice([0, 0, 0, 30, 364, 1100, -4000]))
    today = feedback + timedelta(days=chance.choice([106, 106, 30, 75, 200, 333, 700, 0, -5]))
    draft = Draft(name, today, feedback)
    author = _Author(chance, draft)
    count = chance.choice([0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12])
    aspects = chance.some(ASPECTS, 1, 3)
    digits = chance.choice([2, 2, 2, 2, 1, 3])
    number = 0
    for _ in range(count):
        number += 1 if chance.maybe(0.95) else 2
        stem = f"{number:0{digits}}"
        draft.findings[f"{stem}.yaml"] = _finding(author, stem, aspects)
    draft.inspection = _inspection(author, aspects)
    return draft


def _inspection(author: _Author, aspects: list[str]) -> dict[Any, Any]:
    chance, draft = author.chance, author.draft
    used = [one for one in aspects if any(f.get("方面") == one for f in draft.findings.values())]
    data: dict[Any, Any] = {
        "被巡察单位": chance.choice(["县科技局党组", "中共某某县委宣传部机关党委(测试)"]),
        "巡察组": "县委第一巡察组",
        "反馈日期": author.day(draft.feedback),
    }
    if chance.maybe(0.5):
        data["巡察开始"] = author.day(draft.feedback - timedelta(days=140))
        data["巡察结束"] = author.day(draft.feedback - timedelta(days=50))
    if chance.maybe(0.7) and used:
        data["方面"] = list(used) if len(used) > 1 or chance.maybe(0.5) else used[0]
    if chance.maybe(0.4):
        data["预警天数"] = chance.choice([[20, 10, 3], [3, 7], 5, [1], [30, 15]])
    if chance.maybe(0.4):
        data["督查周期"] = chance.choice(_PERIODS)
    if author.steps != ["批准"] or chance.maybe(0.2):
        data["销号程序"] = author.steps if len(author.steps) > 1 else author.steps[0]
    if author.needs_evidence or chance.maybe(0.1):
        data["销号须佐证"] = Raw("是") if author.needs_evidence else Raw("否")
    if chance.maybe(0.2):
        data["时区"] = chance.choice(["Asia/Shanghai", "Asia/Urumqi", "UTC"])
    if chance.maybe(0.25):
        codes = ["T604", "R416", "R427", "T605", "K306", "R425", "R428", "J509", "R423"]
        words = ["错误", "警告", "提示", "关闭"]
        data["规则"] = {code: chance.choice(words) for code in chance.some(codes, 1, 3)}
    if chance.maybe(0.4):
        data["通报"] = _notice(author)
    return data


def _notice(author: _Author) -> dict[Any, Any]:
    chance = author.chance
    section = {"标题": "加强组织领导", "内容": "召开党组会议4次,专题研究整改。"}
    everything: dict[Any, Any] = {
        "标题": chance.choice(["县科技局党组关于巡察整改情况的通报", "无"]),
        "名称": chance.choice(["整改情况", "整改进展情况", "集中整改进展情况", "整改落实情况"]),
        "用语": chance.choice(["巡察", "巡视"]),
        "依据": "县委统一部署",
        "开头": chance.choice(["现将巡察整改情况予以公布。", ["第一段。", "第二段。"], "无"]),
        "组织标题": "整改工作组织情况",
        "组织导语": "局党组把整改作为重大政治任务。",
        "组织序号": "({一})",
        "组织情况": chance.choice([[section, "只有文字。"], section, "一行文字。"]),
        "结果标题": "整改落实情况",
        "结果导语": "反馈的{方面数}个方面{问题数}个问题,已销号{已销号数}个,完成率{完成率}。",
        "统计": chance.choice(["是", "否"]),
        "按方面": chance.choice(["是", "否"]),
        "方面序号": chance.choice(["({一})", "{一}、"]),
        "方面标题": "在“{方面}”方面",
        "问题写法": chance.choice(["独立成行", "接排", "完成情况", "状态句"]),
        "问题标题": "{序号}.关于“{问题}”的整改",
        "分方面编号": chance.choice(["是", "否"]),
        "措施序号": chance.choice(["一是", "1.", "(1)", "无"]),
        "措施分隔": chance.choice(["。", ";"]),
        "措施分行": chance.choice(["是", "否"]),
        "导语分行": chance.choice(["是", "否"]),
        "下步标题": "下步打算和努力方向",
        "下步导语": "对照问题,持续整改。",
        "下步序号": "{1}.",
        "下步打算": [section],
        "监督": chance.choice(["欢迎监督。", ["欢迎监督。", "请来电。"], "无"]),
        "公示期": "公示期为15个工作日。",
        "联系电话": chance.choice(["0000-0000000", "86882428"]),
        "电子邮箱": "office@example.cn",
        "通信地址": "县政府大院(邮编000000)",
        "落款": "中共县科技局党组",
        "落款日期": author.day(author.draft.today),
        "标点": chance.choice(["全角", "半角"]),
        "段间空行": "是",
        "段首空两格": "否",
        "文末换行": "否",
        "保密审查": {
            "日期": author.day(author.draft.today),
            "审查人": "保密办",
            "结论": "可以公开",
        },
        "须有保密审查": chance.choice(["是", "否"]),
        "未识别": [{"行": 12, "内容": "(原文)"}],
    }
    keys = chance.some(list(everything), 1, len(everything) if chance.maybe(0.2) else 8)
    return {key: everything[key] for key in everything if key in keys}


def _finding(author: _Author, stem: str, aspects: list[str]) -> dict[Any, Any]:
    chance, draft = author.chance, author.draft
    kind = chance.choice(["限期整改"] * 5 + ["立行立改", "长期坚持", "长期坚持", ""])
    due = draft.feedback + timedelta(days=chance.randint(14, 300))
    title = chance.choice(_TITLES) + ("" if chance.maybe(0.5) else f"({stem})")
    data: dict[Any, Any] = {"问题": title}
    if chance.maybe(0.95):
        data["方面"] = chance.choice(aspects)
    if kind:
        data["类型"] = kind
    manifestations = [f"表现{n}: 落实不力,占{n * 10}%" for n in range(chance.choice([0, 0, 1, 3]))]
    if manifestations:
        data["具体表现"] = author.one_or_many(manifestations)
    if chance.maybe(0.2):
        data["整改目标"] = "会议减少三成,议定事项件件落实"
    data["责任领导"] = chance.choice(_LEADERS)
    data["责任科室"] = author.one_or_many(chance.some(_DEPARTMENTS, 1, 3))
    data["责任人"] = chance.choice(["办公室负责人", "科长", "人事科负责人/副科长"])
    if kind == "长期坚持":
        data["复核周期"] = chance.choice(_PERIODS)
    else:
        data["整改时限"] = author.day(due)
    progress = chance.choice(["none", "some", "all", "all"])
    measures, last = _measures(author, stem, due, progress, len(manifestations))
    data["措施"] = measures
    data.update(_results(author))
    records = _journal(author, stem, due, last if progress == "all" else None, kind)
    if records or chance.maybe(0.3):
        data["记录"] = records or ([] if chance.maybe(0.5) else None)
    if chance.maybe(0.15):
        keys = list(data)
        chance.shuffle(keys)
        data = {key: data[key] for key in keys}
    return data


def _results(author: _Author) -> dict[Any, Any]:
    chance = author.chance
    data: dict[Any, Any] = {}
    if chance.maybe(0.3):
        rules = ["《会议议事规则》", "内部财务管理制度(修订)"]
        data["建章立制"] = author.one_or_many(rules[: chance.randint(1, 2)])
    if chance.maybe(0.2):
        data["清退资金"] = chance.choice(["1864元", "884.72万元", "1,864.50元", "0.3亿元"])
    if chance.maybe(0.2):
        data["处理人员"] = chance.choice([{"提醒谈话": 3}, {"批评教育": 2, "党内警告": 1}])
    if chance.maybe(0.2):
        hidden = chance.maybe(0.6)
        data["公开"] = chance.choice(["否", "否", Raw("否")]) if hidden else Raw("是")
        if hidden:
            data["不公开理由"] = "涉及工作秘密"
    if chance.maybe(0.15):
        data["通报导语"] = "局党组高度重视,立即研究整改措施。"
    return data


def _measures(
    author: _Author, stem: str, due: date, progress: str, manifestations: int
) -> tuple[list[Any], date]:
    chance, draft = author.chance, author.draft
    last = draft.feedback
    measures: list[Any] = []
    latest = min(due, draft.today) if chance.maybe(0.98) else due
    for number, text in enumerate(chance.some(_MEASURES, 1, 5)):
        one: dict[Any, Any] = {"内容": f"{text}({stem}.{number})" if chance.maybe(0.8) else text}
        if chance.maybe(0.3):
            one["时限"] = author.day(due - timedelta(days=chance.randint(0, 5)))
        if progress == "all" or (progress == "some" and number == 0):
            done = chance.day(draft.feedback, latest)
            last = max(last, done)
            one["完成"] = author.day(done)
        if "完成" in one or chance.maybe(0.2):
            one["成效"] = chance.choice(_OUTCOMES)
        if manifestations and chance.maybe(0.5):
            one["针对"] = chance.randint(1, manifestations)
        if chance.maybe(0.15):
            one["佐证"] = evidence(chance, draft, stem)
        measures.append(one)
    return measures, last


def evidence(chance: Chance, draft: Draft, stem: str) -> Any:
    """Put files of evidence into the ledger, and name them in one of the ways there are."""
    named = []
    for name in chance.some(["签字表.pdf", "会议纪要.docx", "照片 1.jpg", "制度(修订).pdf"], 1, 2):
        path = f"佐证/{stem}/{name}"
        content = draft.files.setdefault(path, f"{path}\n".encode())
        sealed = {"文件": path, "校验值": hashlib.sha256(content).hexdigest()}
        named.append(chance.choice([path, path, {"文件": path}, sealed]))
    return named[0] if len(named) == 1 and chance.maybe(0.7) else named


def _journal(author: _Author, stem: str, due: date, ready: date | None, kind: str) -> list[Any]:
    """Walk a finding through its life; `ready` is the day its last measure was done."""
    chance, draft = author.chance, author.draft
    records: list[Any] = []
    day, signed, closed = draft.feedback, 0, False
    for _ in range(chance.choice([0, 1, 2, 3, 4, 6, 9])):
        day += timedelta(days=chance.choice([0, 0, 1, 5, 9, 20]))
        if day > draft.today and chance.maybe(0.98):
            break
        may_sign = ready is not None and not closed
        if closed and chance.maybe(0.3):
            action, signed, closed = "重开", 0, False
        elif may_sign and chance.maybe(0.6):
            day = max(day, ready or day)
            action = {"申请": "申请销号", "审核": "审核", "批准": "销号"}[author.steps[signed]]
            signed += 1
            closed = action == "销号"
            signed = 0 if closed else signed
        elif signed and not closed and chance.maybe(0.3):
            action, signed = "退回", 0
        elif kind != "长期坚持" and not closed and day <= due and chance.maybe(0.25):
            action, due = "延期", due + timedelta(days=chance.randint(1, 90))
        else:
            action = "督查"
        records.append(record(author, action, day, due, stem))
    return records


def record(author: _Author, action: str, day: date, due: date, stem: str) -> dict[Any, Any]:
    """Write one record with all that its action asks for."""
    chance = author.chance
    data: dict[Any, Any] = {"日期": author.day(day), "事项": action}
    if action == "延期":
        data |= {"新时限": author.day(due), "理由": "等待上级批复", "批准人": "局党组"}
    elif action in ("退回", "重开"):
        data["理由"] = chance.choice(["佐证不全", "回头看发现问题反弹"])
    elif action == "销号":
        data["批准人"] = "局党组"
    if action in ("申请销号", "销号") and (author.needs_evidence or chance.maybe(0.15)):
        data["佐证"] = evidence(chance, author.draft, stem)
    if action == "督查" or chance.maybe(0.2):
        data["情况"] = chance.choice(_NOTES)
    if chance.maybe(0.2):
        data["经办人"] = "督查组"
    return data


def wild_journal(chance: Chance, draft: Draft, stem: str) -> list[Any]:
    """Write records in an order no life has: any action, on few days, some of them far off."""
    author = _Author(chance, draft)
    actions = ("督查", "延期", "申请销号", "审核", "销号", "退回", "重开")
    days = [chance.day(draft.feedback, draft.today) for _ in range(chance.randint(1, 4))]
    days += [draft.today + timedelta(days=9), draft.feedback - timedelta(days=9)][
        : chance.randint(0, 2)
    ]
    if chance.maybe(0.5):
        days.sort()
    records = []
    for _ in range(chance.randint(1, 10)):
        due = draft.feedback + timedelta(days=chance.randint(-20, 400))
        records.append(record(author, chance.choice(actions), chance.choice(days), due, stem))
    if chance.maybe(0.5):
        records.sort(key=lambda one: str(one["日期"]))
    return records
