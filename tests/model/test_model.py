"""What a ledger's values mean once they are read."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_type_hints

import pytest

from decoded import decoded
from examples import closing, finding, measure
from zhenggai.model.dates import Period
from zhenggai.model.decoding import decode_finding
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import Problem, has_errors, shorten
from zhenggai.model.record_models import RECORD, RECORDS, Closing, Supervision
from zhenggai.model.terms import Action, Grouping, Kind, Severity, Stage, Step, Timing


def inspection(**keys: Any) -> Inspection:
    return decoded(Inspection, keys)


def test_a_finding_is_fixed_term_and_public_unless_it_says_otherwise() -> None:
    bare = decoded(Finding, {"问题": "会议过多"})
    assert bare.kind is Kind.FIXED_TERM
    assert bare.public
    assert bare.measures == ()
    assert bare.records == ()


def test_a_findings_number_is_its_file_name_without_leading_zeros() -> None:
    named = finding("007")
    assert (named.id, named.number, named.file_name) == ("007", 7, "007.yaml")


def test_naming_a_finding_leaves_the_unnamed_one_as_it_was() -> None:
    data = {"问题": "会议过多"}
    bare = decoded(Finding, data)
    named, _ = decode_finding(data, "07")
    assert named is not None
    assert (bare.id, named.id) == ("", "07")
    assert decoded(Finding, data) == bare != named


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        finding().title = "另一个"
    with pytest.raises(FrozenInstanceError):
        del finding().title


def test_a_model_is_given_what_it_must_say_and_nothing_else() -> None:
    with pytest.raises(TypeError, match=r"^Finding: title$"):
        Finding()
    with pytest.raises(TypeError, match=r"^Finding: colour$"):
        Finding(title="会议过多", colour="红")
    with pytest.raises(TypeError, match=r"^Closing: action, approved_by, on$"):
        Closing()


def test_models_that_say_the_same_are_equal_whatever_the_order() -> None:
    day, action = date(2021, 4, 28), Action.CLOSING
    one = Closing(on=day, action=action, approved_by="局党组")
    other = Closing(approved_by="局党组", by=None, action=action, on=day)
    assert one == other
    assert hash(one) == hash(other)
    assert one != Closing(on=day, action=action, approved_by="县委")
    assert one != "销号"
    assert repr(Finding(title="会议过多", id="07")) == "Finding(title='会议过多', id='07')"


def test_space_around_a_text_is_not_part_of_it() -> None:
    assert finding(问题="  会议过多 ").title == "会议过多"


def test_a_key_with_nothing_behind_it_counts_as_not_written() -> None:
    scaffold = finding(整改时限=None, 措施=None, 责任科室=None, 公开=None, 类型=None)
    assert scaffold == finding(整改时限=None)
    assert scaffold.due is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("办公室", ("办公室",)),
        ("办公室、人事科", ("办公室", "人事科")),
        ("办公室、 人事科、", ("办公室", "人事科")),
        (["办公室", "人事科"], ("办公室", "人事科")),
        ([" 办公室 "], ("办公室",)),
    ],
)
def test_departments_are_a_list_or_one_line(written: Any, read: tuple[str, ...]) -> None:
    assert finding(责任科室=written).departments == read


def test_one_text_may_stand_where_a_list_does() -> None:
    alone = finding(具体表现="文山会海", 建章立制="会议制度")
    assert alone.manifestations == ("文山会海",)
    assert alone.rules == ("会议制度",)


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("1864元", "1864"),
        ("0元", "0"),
        ("1,864元", "1864"),
        ("12,345,678.90元", "12345678.90"),
        ("884.72万元", "8847200"),
        ("884.72 万元", "8847200"),
        ("1.5亿元", "150000000"),
        (" 3万元 ", "30000"),
    ],
)
def test_money_is_read_in_yuan(written: str, yuan: str) -> None:
    assert finding(清退资金=written).money == Decimal(yuan)


@pytest.mark.parametrize(
    ("written", "public"), [("是", True), ("否", False), ("true", True), ("false", False)]
)
def test_yes_and_no_are_read(written: str, *, public: bool) -> None:
    assert finding(公开=written).public is public


def test_people_are_counted_by_what_befell_them() -> None:
    assert finding(处理人员={"警告": "2", "诫勉谈话": "11"}).people == {"警告": 2, "诫勉谈话": 11}


@pytest.mark.parametrize(
    "path",
    [
        "会议记录.pdf",
        "佐证/07/会议记录.pdf",
        "佐证\\07\\会议记录.pdf",
        "./会议记录.pdf",
        "附件　一.pdf",
        "a..b.pdf",
        "...",
        "~/会议记录.pdf",
    ],
)
def test_evidence_inside_the_ledger_is_kept_as_written(path: str) -> None:
    done = finding(措施=[measure() | {"佐证": path}]).measures[0]
    assert [file.path for file in done.evidence] == [path]


def test_evidence_may_carry_a_checksum_in_either_case() -> None:
    digest = "AB" * 32
    done = finding(措施=[measure() | {"佐证": {"文件": "a.pdf", "校验值": digest}}]).measures[0]
    assert done.evidence[0].sha256 == "ab" * 32


def test_each_action_has_a_record_of_its_own() -> None:
    assert list(RECORDS) == list(Action)
    for action, kind in RECORDS.items():
        assert get_type_hints(kind, localns={"date": date})["action"] == Literal[action]
        assert RECORD.holds[action.value] is kind


def test_a_record_is_the_one_its_action_says() -> None:
    records = finding(
        记录=[{"日期": "2021年3月5日", "事项": "督查", "情况": "初稿已成"}, closing("2021-04-28")]
    ).records
    looked, struck_off = records
    assert isinstance(looked, Supervision)
    assert (looked.on, looked.note) == (date(2021, 3, 5), "初稿已成")
    assert isinstance(struck_off, Closing)
    assert struck_off.approved_by == "局党组"


def test_an_inspection_has_defaults_for_how_the_ledger_is_kept() -> None:
    usual = inspection()
    assert usual.warn_days == (20, 10, 3)
    assert usual.supervision_period == Period(0, 7)
    assert usual.closing_steps == ()
    assert not usual.evidence_required
    assert usual.time_zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("written", "read"),
    [("5", (5,)), (["30", "7"], (30, 7)), (["0"], (0,)), (["3660"], (3660,)), ([], ())],
)
def test_warnings_are_one_number_of_days_or_several(written: Any, read: tuple[int, ...]) -> None:
    assert inspection(预警天数=written).warn_days == read


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        ([], ()),
        ("批准", (Step.APPROVAL,)),
        (["申请", "批准"], (Step.APPLICATION, Step.APPROVAL)),
        (["审核", "批准"], (Step.REVIEW, Step.APPROVAL)),
        (["申请", "审核", "批准"], (Step.APPLICATION, Step.REVIEW, Step.APPROVAL)),
    ],
)
def test_closing_steps_come_in_order_and_end_in_approval(
    written: Any, steps: tuple[Step, ...]
) -> None:
    assert inspection(销号程序=written).closing_steps == steps


def test_a_rules_severity_is_one_of_the_four_words() -> None:
    assert inspection(规则={"T602": "关闭", "R415": "错误"}).severities == {
        "T602": Severity.OFF,
        "R415": Severity.ERROR,
    }


def test_values_already_read_are_taken_as_they_are() -> None:
    again = decoded(
        Finding,
        {
            "问题": "会议过多",
            "整改时限": date(2021, 4, 30),
            "检视周期": Period(3, 0),
            "清退资金": Decimal(1864),
            "公开": False,
        },
    )
    assert (again.due, again.review_every) == (date(2021, 4, 30), Period(3, 0))
    assert (again.money, again.public) == (Decimal(1864), False)
    assert inspection(时区="Asia/Urumqi").time_zone == "Asia/Urumqi"


@pytest.mark.parametrize(
    ("term", "identifier", "word"),
    [
        (Kind.LONG_TERM, "long_term", "长期坚持"),
        (Stage.AWAITING_APPLICATION, "awaiting_application", "待申请销号"),
        (Stage.AWAITING_REVIEW, "awaiting_review", "待审核"),
        (Timing.DUE_SOON, "due_soon", "临期"),
        (Action.RETURN, "return", "退回"),
        (Severity.OFF, "off", "关闭"),
        (Grouping.DEPARTMENT, "department", "责任科室"),
        (Step.APPROVAL, "approval", "批准"),
    ],
)
def test_a_term_is_its_chinese_word_and_has_an_english_identifier(
    term: Kind | Stage | Timing | Action | Severity | Grouping | Step, identifier: str, word: str
) -> None:
    assert term.identifier == identifier
    assert f"{term}|{term!s}|{term:>6}" == f"{word}|{word}|{word:>6}"


def _problem(severity: Severity, hint: str = "写上日期") -> Problem:
    return Problem("没有整改时限", hint, path="07.yaml", code="R411", severity=severity)


def test_a_problem_is_one_sentence_with_its_remedy() -> None:
    assert _problem(Severity.ERROR).sentence == "没有整改时限；写上日期"
    assert _problem(Severity.ERROR, hint="").sentence == "没有整改时限"


def test_only_an_error_makes_a_ledger_invalid() -> None:
    mild = [_problem(Severity.WARNING), _problem(Severity.INFO), _problem(Severity.OFF)]
    assert not has_errors(mild)
    assert has_errors([*mild, _problem(Severity.ERROR)])


def test_a_quoted_value_is_cut_to_what_a_message_has_room_for() -> None:
    assert shorten("少开会", 3) == "少开会"
    assert shorten("少开短会", 3) == "少开短……"
