"""Which fields hold names that `rename` corrects, and how a name is followed through its notes."""

from datetime import date

import pytest

from decoded import decoded
from examples import models_in
from zhenggai.ledger.register import terms
from zhenggai.ledger.renaming import NameClashError, names_in, with_name
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import RECORDS
from zhenggai.model.terms import NameKind

_KINDS = {
    "责任科室": NameKind.DEPARTMENT,
    "配合科室": NameKind.DEPARTMENT,
    "责任领导": NameKind.LEADER,
    "责任人": NameKind.OWNER,
    "方面": NameKind.ASPECT,
    "方面问题数": NameKind.ASPECT,
}


def test_every_field_that_holds_such_names_says_so() -> None:
    models = models_in(Finding, Inspection) - {*RECORDS.values()}
    fields = [one for model in models for one in model.DECLARED.values() if one.key in _KINDS]
    assert [one.key for one in fields if _KINDS[one.key] not in one.names] == []
    assert fields


def test_no_record_is_given_another_name() -> None:
    named = [one for model in RECORDS.values() for one in model.DECLARED.values() if one.names]
    assert named == []


def test_a_name_is_another_wherever_it_stands_and_in_no_other_kind() -> None:
    rules = decoded(
        Inspection,
        {
            "方面": ["财务室"],
            "方面问题数": {"财务室": 2},
            "回避": {"财务室": "机关纪委"},
            "销号权限": {"审核": ["财务室", "整改办"]},
        },
    )
    renamed = with_name(rules, NameKind.DEPARTMENT, "财务室", "财务科")
    assert renamed.reviewers_instead == {"财务科": "机关纪委"}
    assert list(renamed.signatories.values()) == [("财务科", "整改办")]
    assert (renamed.aspects, renamed.aspect_findings_reported) == (("财务室",), {"财务室": 2})
    aspect = with_name(rules, NameKind.ASPECT, "财务室", "财务科")
    assert (aspect.aspects, aspect.aspect_findings_reported) == (("财务科",), {"财务科": 2})
    assert aspect.reviewers_instead == rules.reviewers_instead


def test_two_names_in_one_place_do_not_become_one() -> None:
    finding = decoded(Finding, {"问题": "会议过多", "责任科室": "财务室、财务科"}, "07")
    assert names_in(finding, NameKind.DEPARTMENT) == {"财务室", "财务科"}
    with pytest.raises(NameClashError):
        with_name(finding, NameKind.DEPARTMENT, "财务室", "财务科")


def _note(day: str, old: str, new: str) -> dict[str, str]:
    return {"日期": day, "类别": "责任科室", "旧": old, "新": new}


@pytest.mark.parametrize(
    ("name", "day", "now"),
    [
        ("甲", "2021-04-01", "丙"),
        ("乙", "2021-04-01", "丙"),
        ("丁", "2021-04-01", "丁"),
        # Still called by the old name: that is the same office.
        ("甲", "2021-08-01", "丙"),
    ],
)
def test_a_name_is_followed_through_its_notes(name: str, day: str, now: str) -> None:
    notes = [_note("2021-05-01", "甲", "乙"), _note("2021-06-01", "乙", "丙")]
    rules = terms(decoded(Inspection, {"更名": notes}))
    assert rules.name_now(name, date.fromisoformat(day)) == now


def test_an_old_name_that_another_has_taken_since_is_that_others() -> None:
    notes = [_note("2021-05-01", "甲", "乙"), _note("2021-06-01", "丙", "甲")]
    rules = terms(decoded(Inspection, {"更名": notes}))
    assert rules.name_now("甲", date(2021, 4, 1)) == "乙"
    assert rules.name_now("甲", date(2021, 7, 1)) == "甲"
    back = [_note("2021-05-01", "甲", "乙"), _note("2021-06-01", "乙", "甲")]
    again = terms(decoded(Inspection, {"更名": back}))
    assert {again.name_now(name, date(2021, 4, 1)) for name in ("甲", "乙")} == {"甲"}
