"""What each paper is given, and the papers as their readers get them."""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from jinja2.meta import find_undeclared_variables

from commandline import ROOT, SAMPLE
from golden import compare
from ledger_files import OFFICE, closed, finding, inspection, read_whole, write_ledger
from zhenggai.errors import InvalidInputError, RefusedError, WrongUsageError
from zhenggai.exporters import html
from zhenggai.ledger.figures import FIGURES
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.notice_settings import Notice
from zhenggai.model.terms import Edition
from zhenggai.notice import papers, rendering
from zhenggai.notice.contexts import Facts, Issue
from zhenggai.notice.finding_views import FindingView, MeasureView, finding_view
from zhenggai.notice.lazy_value import NotWorkedOutError
from zhenggai.notice.sandbox import Sandbox
from zhenggai.notice.selection import Choice, FindingSelection, Selected, select
from zhenggai.storage.resources import shipped

_GOLDEN = Path(__file__).with_name("golden")
_DAY = date(2021, 5, 18)


def _ledger(root: Path) -> Ledger:
    return read_whole(root, root.name)[0]


def _on(ledger: Ledger, today: date = _DAY) -> LedgerOnDay:
    return LedgerOnDay(ledger, today)


_ALL = Choice()


def _select(ledger: Ledger, choice: Choice = _ALL, today: date = _DAY) -> FindingSelection:
    return select(_on(ledger, today), choice)


def _facts(ledger: Ledger, choice: Choice = _ALL, today: date = _DAY) -> Facts:
    return Facts(_select(ledger, choice, today))


def _paper(root: Path, name: str, today: date = _DAY, choice: Choice = _ALL) -> str:
    content = papers.content(_select(_ledger(root), choice, today))
    return rendering.markdown(name, content, papers.folders(root))


def _ids(found: list[FindingView]) -> list[str]:
    return [one.id for one in found]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "农业局", OFFICE)


@pytest.mark.parametrize(
    ("golden", "name", "today", "choice"),
    [
        ("lists", "lists", _DAY, Choice()),
        ("lists-one-department", "lists", _DAY, Choice(department="人事科")),
        ("bulletin", "bulletin", _DAY, Choice()),
        ("bulletin-since", "bulletin", _DAY, Choice(since="2021-04-26")),
        ("approval-all-awaiting", "approval", _DAY, Choice()),
        ("approval-7", "approval", date(2021, 4, 26), Choice(finding="07")),
        ("letter", "letter", _DAY, Choice()),
        ("letter-one-department", "letter", date(2021, 6, 15), Choice(department="办公室")),
        ("letter-overdue", "letter", date(2021, 6, 8), Choice(department="计划财务科")),
        ("register", "register", _DAY, Choice()),
        ("monthly", "monthly", _DAY, Choice()),
        ("evidence", "evidence", _DAY, Choice()),
        ("dispatch", "dispatch", _DAY, Choice()),
        ("dispatch-one-leader", "dispatch", _DAY, Choice(leader="党组书记")),
        ("leaders", "leaders", _DAY, Choice()),
        ("report", "report", _DAY, Choice()),
        ("report-head", "report-head", _DAY, Choice(leader="党组书记", leader_only=False)),
        ("letter-nothing-due", "letter", date(2021, 3, 1), Choice(department="人事科")),
    ],
)
def test_the_papers_of_the_sample_read_as_an_office_writes_them(
    golden: str, name: str, today: date, choice: Choice
) -> None:
    compare(_GOLDEN / f"{golden}.md", _paper(SAMPLE, name, today, choice))


# Overdue, returned, extended, hidden, long-term, a measure of another department, urged, handed on.
_INVENTED = {
    "01": finding(
        "具体表现: [白条入账, 票据不全]\n整改目标: 票据齐全\n配合科室: 审计科\n领办: 党组书记\n"
        "措施:\n  - 内容: 清理白条\n    时限: 2021-04-30\n    责任科室: 审计科\n"
        "记录:\n  - 日期: 2021-03-01\n    事项: 进展\n    情况: 已清理一半\n"
        "    未完成原因: 跨部门\n    下步措施: 商请财政局\n    需协调事项: 票据移交\n"
        "    协调层级: 县级\n"
        "  - 日期: 2021-05-06\n    事项: 督办\n    等级: 督办\n    文号: 督〔2021〕3号\n"
        "    发至: 财务科\n"
        "    回复期限: 2021-05-12\n",
        责任科室="财务科",
        整改时限="2021-05-01",
    ),
    "02": finding(
        "措施:\n  - 内容: 修订办法\n    完成: 2021-04-20\n    成效: 印发办法1项\n"
        "    佐证: 佐证/办法.pdf\n"
        "建章立制: [《会议办法》（修订）, 《学习制度》]\n清退资金: 3.5万元\n"
        "处理人员: {提醒谈话: 3}\n"
        "记录:\n  - 日期: 2021-04-21\n    事项: 申请销号\n    经办人: 办公室\n"
        "  - 日期: 2021-05-13\n    事项: 退回\n    理由: 佐证材料不全\n",
        问题="会议过多",
        整改时限="2021-05-20",
    ),
    "03": finding(
        "措施:\n  - 内容: 整理档案\n    完成: 2021-05-14\n"
        "记录:\n  - 日期: 2021-03-20\n    事项: 延期\n    新时限: 2021-08-31\n    理由: 等待批复\n"
        "    批准人: 局党组\n  - 日期: 2021-05-14\n    事项: 申请销号\n    经办人: 人事科\n"
        "    情况: 措施完成\n",
        问题="档案混乱",
        责任科室="人事科",
    ),
    "04": OFFICE["03"],
    "05": finding("公开: 否\n不公开理由: 内部事项\n措施:\n  - 内容: 核查\n", 问题="内部的事"),
    "06": finding(
        "措施:\n  - 内容: 登记用车\n"
        "记录:\n  - 日期: 2021-05-10\n    事项: 交接\n    从: 办公室负责人\n    到: 办公室副主任\n",
        问题="公车管理不严",
        责任人="办公室负责人",
        整改时限="2021-12-31",
    ),
    "07": closed("督办不力", "2021-05-13"),
}
_INVENTED_ABOUT = inspection(
    "格式: 2\n销号程序: [申请, 初审, 复核, 批准]\n销号权限: {初审: 整改办, 批准: 局党组}\n"
    "整改办: 局机关党委\n联系人: 局办公室\n派驻纪检组: 派驻第三纪检监察组\n领导小组组长: 党组书记\n"
    "通报: {联系电话: '86880000'}\n"
)


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "农业局", _INVENTED, _INVENTED_ABOUT)


@pytest.mark.parametrize("name", [name for name in papers.PAPERS if name != "notice"])
def test_the_papers_of_an_invented_inspection(invented: Path, name: str) -> None:
    written = _paper(invented, name, choice=Choice(internal=True))
    compare(_GOLDEN / f"invented-{name}.md", written)


def test_a_reminder_goes_to_who_took_over(invented: Path) -> None:
    written = _paper(invented, "letter", choice=Choice(internal=True, handover=True))
    compare(_GOLDEN / "invented-letter-handover.md", written)


def test_a_letter_is_signed_and_numbered_as_it_is_told(invented: Path) -> None:
    issue = Issue(
        date(2021, 5, 20), "督〔2021〕4号", reply_by=date(2021, 5, 31), sender="县委巡察办"
    )
    facts = Facts(_select(_ledger(invented), Choice(internal=True)), issue)
    written = rendering.markdown("letter", papers.given(facts), papers.folders(invented))
    compare(_GOLDEN / "invented-letter-from-above.md", written)


@pytest.mark.parametrize("edition", Edition)
def test_a_notice_has_an_edition_inside_and_one_for_the_public(
    invented: Path, edition: Edition
) -> None:
    issue = Issue(date(2021, 5, 20), "县农党〔2021〕8号", edition=edition)
    facts = Facts(_select(_ledger(invented)), issue)
    written = rendering.markdown("notice", papers.given(facts), papers.folders(invented))
    compare(
        _GOLDEN / f"invented-notice-{'inside' if edition is Edition.INSIDE_PARTY else 'public'}.md",
        written,
    )


def test_the_day_of_signing_is_never_today(invented: Path) -> None:
    for name in papers.PAPERS:
        written = _paper(invented, name, choice=Choice(internal=True)).splitlines()
        assert "2021年5月18日" not in written, name


_OWN_MEASURES = (
    "措施:\n  - 内容: 清理白条\n    时限: 2021-05-01\n    责任科室: 审计科\n    责任人: 审计科长\n"
    "  - 内容: 修订制度\n    时限: 2021-05-10\n"
)


def test_a_letter_to_a_department_names_the_late_measures_that_are_its_own(office: Path) -> None:
    write_ledger(office, OFFICE | {"08": finding(_OWN_MEASURES, 整改时限="2021-12-31")})
    to_audit = _paper(office, "letter", choice=Choice(department="审计科"))
    assert "| 8.1 | 清理白条 | 财务管理不规范 | 审计科 | 审计科长 | 2021年5月1日 | 17 |" in to_audit
    assert "修订制度" not in to_audit
    assert "个巡察整改问题" not in to_audit
    to_office = _paper(office, "letter", choice=Choice(department="办公室"))
    assert "| 8.2 | 修订制度 |" in to_office
    assert "清理白条" not in to_office
    to_all = _paper(office, "letter")
    assert to_all.index("| 8.1 |") < to_all.index("| 8.2 |")


def test_the_measures_of_a_finding_that_is_not_public_stay_inside(office: Path) -> None:
    hidden = finding(f"公开: 否\n不公开理由: 涉密\n{_OWN_MEASURES}", 整改时限="2021-12-31")
    write_ledger(office, OFFICE | {"08": hidden})
    with pytest.raises(WrongUsageError, match="没有责任科室是“审计科”的问题或措施"):
        _paper(office, "letter", choice=Choice(department="审计科"))
    shown = _paper(office, "letter", choice=Choice(department="审计科", internal=True))
    assert "财务管理不规范（内部）" in shown


def test_a_letter_tells_what_is_overdue_before_what_is_due_soon(office: Path) -> None:
    compare(_GOLDEN / "letter-overdue-and-due-soon.md", _paper(office, "letter"))


def test_a_bulletin_has_all_its_parts(office: Path) -> None:
    compare(
        _GOLDEN / "bulletin-office.md",
        _paper(office, "bulletin", choice=Choice(since="2021-05-15")),
    )


def test_a_page_of_the_notice_in_html(office: Path) -> None:
    compare(_GOLDEN / "notice-office.html", html.paper(_paper(office, "notice"), None))


def test_a_bulletin_parts_findings_by_what_happened(tmp_path: Path) -> None:
    records = "记录:\n  - 日期: {}\n    事项: 进展\n    情况: 初稿已成\n"
    visited = "记录:\n  - 日期: 2021-05-14\n    事项: 督查\n    情况: 看过\n"
    ledger = _ledger(
        write_ledger(
            tmp_path,
            {
                "01": closed("以前销号", "2021-05-11"),
                "02": closed("首日销号", "2021-05-12"),
                "03": finding(f"措施:\n  - 内容: 甲\n{records.format('2021-05-12')}"),
                "04": finding(f"措施:\n  - 内容: 甲\n{records.format('2021-05-11')}"),
                "05": finding("措施:\n  - 内容: 甲\n    完成: 2021-05-18\n  - 内容: 乙\n"),
                "06": finding(f"措施:\n  - 内容: 甲\n{records.format('2021-05-19')}"),
                "07": OFFICE["03"],  # sustained since 2021-05-01
                "08": finding(f"措施:\n  - 内容: 甲\n{visited}"),
                "09": finding("措施:\n  - 内容: 甲\n", 整改时限="2021-05-17"),
            },
            inspection("格式: 2\n"),
        )
    )
    told = _facts(ledger)
    assert told.span == "2021年5月12日至5月18日"
    parts = {
        name: _ids(getattr(told, name))
        for name in ("closed", "moved", "overdue", "stale", "unsupervised")
    }
    assert parts == {
        "closed": ["02"],
        "moved": ["03", "05"],
        "overdue": ["09"],
        "stale": ["06", "08"],
        "unsupervised": ["03", "04", "05", "06", "07", "09"],
    }


@pytest.mark.parametrize(
    ("period", "word", "since"),
    [
        ("每周", "周", "2021年5月12日"),
        ("每月", "月", "2021年4月19日"),
        ("每季度", "季度", "2021年2月19日"),
        ("10天", "", "2021年5月9日"),
    ],
)
def test_a_bulletin_covers_a_period_of_supervision(
    tmp_path: Path, period: str, word: str, since: str
) -> None:
    root = write_ledger(tmp_path, {"01": finding()}, inspection(督查周期=period))
    facts = _facts(_ledger(root))
    assert (facts.period, facts.since) == (word, since)


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2021, 2, 28), "2021年2月1日"),
        (date(2021, 3, 1), "2021年2月2日"),
        (date(2021, 3, 31), "2021年3月1日"),
        (date(2021, 4, 30), "2021年4月1日"),
    ],
)
def test_a_month_is_as_long_as_it_is(tmp_path: Path, today: date, since: str) -> None:
    root = write_ledger(tmp_path, {"01": finding()}, inspection(督查周期="每月"))
    assert _facts(_ledger(root), today=today).since == since


def test_a_bulletin_leaves_its_number_to_be_filled_in(office: Path) -> None:
    written = _paper(office, "bulletin", choice=Choice(since="2021-05-15"))
    assert written.startswith("# 县农业局党组巡察整改督查情况（第　　期）\n")


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2021-05-19", "--since：2021-05-19尚未到，今天按2021-05-18计算"),
        ("昨天", "--since：.*写成"),
    ],
)
def test_a_day_that_cannot_be_since_is_refused(office: Path, since: str, words: str) -> None:
    with pytest.raises(WrongUsageError, match=words):
        _paper(office, "bulletin", choice=Choice(since=since))


def test_findings_are_told_as_on_the_day(tmp_path: Path) -> None:
    rest = (
        "措施:\n  - 内容: 甲\n    完成: 2021-05-18\n    成效: 好\n"
        "  - 内容: 乙\n    完成: 2021-05-19\n    时限: 2021-05-20\n"
        "记录:\n  - 日期: 2021-05-18\n    事项: 督查\n    情况: 先写\n"
        "  - 日期: 2021-05-18\n    事项: 申请销号\n"
        "  - 日期: 2021-05-17\n    事项: 督查\n    情况: 补记\n"
        "  - 日期: 2021-05-19\n    事项: 督查\n    情况: 明天\n"
    )
    ledger = _ledger(write_ledger(tmp_path, {"07": finding(rest)}))
    (told,) = _facts(ledger).findings
    assert told.last == "2021年5月18日申请销号"
    first, second = told.measures
    assert (first.number, first.due, first.done_on, first.outcome) == (
        *("7.1", "2021年6月30日", "2021年5月18日", "好"),
    )
    assert (second.number, second.due, second.done_on) == ("7.2", "2021年5月20日", "")
    (done,) = _facts(_ledger(write_ledger(tmp_path, {"07": OFFICE["02"]}))).findings
    assert done.last == "2021年5月17日完成措施7.1"
    (before,) = _facts(ledger, today=date(2021, 5, 1)).findings
    assert (before.last, before.measures[0].done_on) == ("", "")


def test_a_finding_printed_whole_is_its_title_and_a_measure_its_text(
    office: Path,
) -> None:
    own = office / "templates"
    own.mkdir()
    (own / "甲.md").write_text("{{ findings }}。{{ findings[0].measures }}。", encoding="utf-8")
    assert _paper(office, "甲") == (
        "财务管理不规范、会议过多、学习不经常、公车管理不严、档案管理混乱、督办不力。完善制度。\n"
    )


def test_what_is_not_public_is_left_out_and_still_counted(tmp_path: Path) -> None:
    hidden = closed("不公开的事") + "公开: 否\n不公开理由: 内部事项\n"
    root = write_ledger(tmp_path, {"01": closed("公开的事"), "02": finding(), "03": hidden})
    ledger = _ledger(root)
    facts = _facts(ledger)
    assert (facts.count, facts.closed_count, facts.rate) == (3, 2, "66.7%")
    assert _ids(facts.findings) == ["01", "02"]
    assert _select(ledger).left_out == 1
    assert _select(ledger).counts_hidden
    internal = Choice(internal=True)
    whole = _facts(ledger, internal)
    assert (whole.count, whole.closed_count, whole.rate) == (3, 2, "66.7%")
    assert _select(ledger, internal).left_out == 0
    assert "不公开的事（内部）" in _paper(root, "lists", choice=internal)
    (root / "inspection.yaml").write_text(inspection("通报: {通报口径: 公开}\n"), encoding="utf-8")
    only_public = _facts(_ledger(root))
    assert (only_public.count, only_public.closed_count, only_public.rate) == (2, 1, "50%")


def test_a_paper_of_the_house_with_its_marks(office: Path) -> None:
    hidden = f"公开: 否\n不公开理由: 内部事项\n{OFFICE['06']}"
    (office / "06.yaml").write_text(hidden, encoding="utf-8")
    content = papers.content(_select(_ledger(office), Choice(internal=True)))
    marks = rendering.Marks("内部资料", draft=True)
    written = rendering.markdown("lists", content, papers.folders(office), marks)
    compare(_GOLDEN / "lists-marked.md", written)


def test_a_measure_not_done_says_so_to_templates(tmp_path: Path) -> None:
    rest = "措施:\n  - 内容: 甲\n  - 内容: 拟开会\n  - 内容: 乙\n    完成: 2021-05-18\n"
    (told,) = _facts(_ledger(write_ledger(tmp_path, {"07": finding(rest)}))).findings
    assert [measure.progress for measure in told.measures] == ["正在推进", "", ""]


def test_a_choice_takes_one_finding_or_one_departments(office: Path) -> None:
    def ids(choice: Choice) -> list[str]:
        return _ids(_facts(_ledger(office), choice).findings)

    assert ids(Choice(finding="04")) == ["04"]
    assert ids(Choice(department="人事科")) == ["02", "06"]
    assert ids(Choice(finding="02", department="人事科")) == ["02"]


def test_a_choice_of_nothing_says_what_there_is(tmp_path: Path) -> None:
    hidden = finding(责任科室="财务科") + "公开: 否\n不公开理由: 内部事项\n"
    ledger = _ledger(write_ledger(tmp_path, {"01": finding(), "02": hidden}))
    with pytest.raises(
        WrongUsageError, match="没有责任科室是“人事”的问题或措施；现有：办公室、财务科"
    ):
        _select(ledger, Choice(department="人事"))
    for choice in (Choice(department="财务科"), Choice(finding="02")):
        with pytest.raises(RefusedError, match=r"要写的问题不公开.*加 --internal"):
            _select(ledger, choice)


def test_a_ledger_with_nothing_public_has_papers_about_nothing(tmp_path: Path) -> None:
    root = write_ledger(tmp_path, {"01": finding() + "公开: 否\n不公开理由: 内部事项\n"})
    assert _paper(root, "approval") == "没有待销号的问题。\n"
    assert "共有问题1个，累计销号0个" in _paper(root, "bulletin")


@pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")
def test_a_templates_folder_that_is_a_link_out_of_the_ledger_is_refused(tmp_path: Path) -> None:
    root = write_ledger(tmp_path / "台账", {})
    (tmp_path / "外面").mkdir()
    (root / "templates").symlink_to(tmp_path / "外面")
    with pytest.raises(InvalidInputError, match="这个链接指向台账之外"):
        papers.folders(root)


# -- contexts ---------------------------------------------------------------------------------


_DOCUMENTED = (
    *("title", "opening", "organisation", "results", "groups", "outlook", "publicity"),
    *("supervision", "signature", "date", "printed_signature", "ending"),
    *("unit", "group", "word", "today", "since", "span", "period", "department"),
    *("count", "closed_count", "rate", "findings", "overdue", "due_soon", "stale", "closed"),
    *("moved", "still", "awaiting", "rates", "recognition", "undecided", "unsupervised"),
    *("demands", "turns", "measures", "late_measures", "round", "inspection_kind", "office"),
    *("contact", "concentration", "outstanding", "unanswered"),
    *("to_coordinate", "phone", "leading_office", "discipline", "head", "feedback_on", "signed"),
    *(
        "number",
        "edition",
        "issue",
        "sender",
        "reply_by",
        "leader",
        "sustained",
        "unfinished",
        "immediate",
    ),
    *("files", "letters", "leaders", "months", "rules", "rules_revised", "money", "people"),
)


def _own(root: Path, name: str, text: str) -> None:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / f"{name}.md").write_text(text, encoding="utf-8")


def test_every_shipped_template_is_a_paper_and_every_paper_has_a_template() -> None:
    assert {path.stem for path in shipped("templates").glob("*.md")} == set(papers.PAPERS)


@pytest.mark.parametrize("name", papers.PAPERS)
def test_the_guide_tells_of_the_names_that_a_template_uses(name: str) -> None:
    source = (shipped("templates") / f"{name}.md").read_text(encoding="utf-8")
    used = find_undeclared_variables(Sandbox([]).parse(source))
    assert used <= {*_DOCUMENTED}
    guide = (ROOT / "docs" / "notice.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{name}` \| (.+) \|$", guide, re.MULTILINE)
    assert name == "notice" or used == set(re.findall("`([a-z_]+)`", row))


@pytest.mark.parametrize("template", ["简报", *papers.PAPERS])
def test_an_own_template_may_use_every_documented_name(office: Path, template: str) -> None:
    _own(office, template, "".join(f"{name}：{{{{ {name} }}}}\n\n" for name in _DOCUMENTED))
    written = dict(
        line.split("：", 1)
        for line in rendering.text(_paper(office, template)).splitlines()
        if "：" in line
    )
    assert {"title", "unit", "span", "rate", "still"} < written.keys()
    assert written["title"] == "县农业局党组关于巡察整改情况的通报"
    assert (written["count"], written["closed_count"]) == ("6", "1")
    assert written["findings"].startswith("财务管理不规范、会议过多、")
    assert {*papers.given(_facts(_ledger(office)))} == {*_DOCUMENTED}


@pytest.mark.parametrize(
    "template",
    [
        "{% include '内.md' %}",
        "{% set which = '内' %}{% include which ~ '.md' %}",
        "{% extends '内.md' %}",
        "{% import '内.md' as inner with context %}{{ inner }}",
        "{% for word in [1] %}{% include '内.md' %}{% endfor %}",
        "{% macro told() %}{{ overdue|length }}/{{ count }}{% endmacro %}{{ told() }}",
    ],
)
def test_names_reach_wherever_a_template_takes_them(office: Path, template: str) -> None:
    _own(office, "内", "{{ overdue|length }}/{{ count }}")
    _own(office, "外", template)
    assert _paper(office, "外") == "1/6\n"


@pytest.mark.parametrize(
    "template", ["{{ coont }}", "{% import '内.md' as inner %}{{ inner }}", "{{ self.count }}"]
)
def test_what_is_no_name_where_it_stands_is_refused(office: Path, template: str) -> None:
    _own(office, "内", "{{ count }}")
    _own(office, "外", template)
    with pytest.raises(InvalidInputError, match=r"没有“co[ou]nt”这"):
        _paper(office, "外")


@pytest.mark.parametrize(
    ("template", "viewed"),
    [
        ("{{ title }}{{ count }}{{ rate }}{{ today }}", []),
        ("{% if false %}{{ count }}{% endif %}", []),
        ("{{ overdue }}{{ overdue }}{{ overdue|length }}", ["01"]),
        ("{{ findings }}{{ overdue }}{{ still }}", ["01", "02", "03", "04", "05", "06"]),
    ],
)
def test_only_the_findings_a_template_asks_for_are_viewed_and_once(
    office: Path, template: str, viewed: list[str]
) -> None:
    made: list[str] = []

    def view(selected: Selected, day: LedgerOnDay) -> FindingView:
        made.append(selected.finding.id)
        return finding_view(selected, day)

    _own(office, "简报", template)
    facts = Facts(_select(_ledger(office)), view=view)
    rendering.markdown("简报", papers.given(facts), papers.folders(office))
    assert made == viewed


def test_the_notice_views_no_finding(office: Path) -> None:
    def view(_selected: Selected, _day: LedgerOnDay) -> FindingView:
        raise AssertionError

    content = papers.given(Facts(_select(_ledger(office)), view=view))
    assert rendering.markdown("notice", content, papers.folders(office)).startswith("# 县农业局")


def test_a_value_that_cannot_be_worked_out_is_not_blamed_on_the_template(office: Path) -> None:
    def view(_selected: Selected, _day: LedgerOnDay) -> FindingView:
        raise KeyError("07")

    _own(office, "简报", "{{ findings }}")
    content = papers.given(Facts(_select(_ledger(office)), view=view))
    with pytest.raises(NotWorkedOutError) as raised:
        rendering.markdown("简报", content, papers.folders(office))
    assert isinstance(raised.value.__cause__, KeyError)


def test_the_guide_explains_every_name_a_template_is_given() -> None:
    guide = (ROOT / "docs" / "notice.md").read_text(encoding="utf-8")
    fields = {*FindingView.__dataclass_fields__, *MeasureView.__dataclass_fields__}
    names = [*_DOCUMENTED, *fields, "heading", "paragraphs"]
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_the_guide_explains_every_setting_figure_and_filter() -> None:
    guide = (ROOT / "docs" / "notice.md").read_text(encoding="utf-8")
    settings = [one.key for one in Notice.DECLARED.values()]
    filters = [name for name in Sandbox([]).filters if name not in ("counted", "charged")]
    names = [*settings, *(f"{{{name}}}" for name in FIGURES), *filters]
    assert [name for name in names if f"`{name}`" not in guide] == []
