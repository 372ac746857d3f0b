"""Across rounds: a ledger's identifier, findings that go on from earlier ones, and their chain."""

import json
import re
import shlex
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from git_repository import init
from ledger_files import closed, finding, inspection, write_ledger

AGAIN = "措施:\n  - 内容: 完善制度\n"


def _link(named: str, relation: str = "屡改屡犯") -> str:
    return f"上次: {named}\n关系: {relation}\n{AGAIN}"


def _about(identifier: str, feedback: str) -> str:
    return inspection(f"格式: 2\n标识: {identifier}\n", 反馈日期=feedback)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Give a folder of three rounds: 2021 goes on from 2018, and that from 2015."""
    root = tmp_path / "ledgers"
    oldest = {"02": closed("会议过多", "2015-06-30"), "03": closed("学习不够", "2015-06-30")}
    write_ledger(root / "2015", oldest, _about("2015-县委", "2015-02-01"))
    older = {
        "04": finding(_link("2015-县委/2", "未整改到位"), 问题="会议仍多"),
        "05": finding(_link("2015-县委/3") + "公开: 否\n", 问题="学习仍不够"),
    }
    write_ledger(root / "2018", older, _about("2018-县委", "2018-02-01"))
    newest = {
        "07": finding(_link("2018-县委/04"), 问题="文山会海"),
        "08": finding(_link("2018-县委/5", "新表现"), 问题="学而不用"),
        "09": finding(AGAIN, 问题="公车私用"),
    }
    write_ledger(root / "2021", newest, _about("2021-县委", "2021-02-01"))
    return root


def _run(zhenggai: Zhenggai, root: Path, command: str) -> Outcome:
    return zhenggai(*shlex.split(command), "--ledger", str(root), "--today", "2021-05-18")


def _codes(zhenggai: Zhenggai, root: Path, *more: str) -> list[str]:
    found = json.loads(_run(zhenggai, root, shlex.join(["check", "--format", "json", *more])).out)
    return [f"{Path(one['path']).name} {one['code']}" for one in found["problems"]]


def _of_rounds(codes: list[str]) -> list[str]:
    return [one for one in codes if one.split()[1] in ("R453", "R454", "R455", "J545", "J546")]


# -- the chain --------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["", "2021"])
def test_the_chain_has_all_rounds_the_oldest_first(
    unit: Path, zhenggai: Zhenggai, where: str
) -> None:
    outcome = _run(zhenggai, unit / where, "chain 7 --format json")
    assert (outcome.code, outcome.err) == (0, "")
    told = json.loads(outcome.out)
    assert told["asked"] == {"ledger": "2021", "id": "07"}
    kept = ("reference", "relation", "feedback_on", "stage", "closed_on", "asked")
    assert [tuple(one[key] for key in kept) for one in told["chain"]] == [
        ("2015-县委/02", None, "2015-02-01", "closed", "2015-06-30", False),
        ("2018-县委/04", "unfinished", "2018-02-01", "not_started", None, False),
        ("2021-县委/07", "repeated", "2021-02-01", "not_started", None, True),
    ]


def test_the_chain_of_an_older_finding_has_those_that_go_on_from_it(
    unit: Path, zhenggai: Zhenggai
) -> None:
    told = json.loads(_run(zhenggai, unit / "2015", "chain 3 --format json").out)
    references = [(one["reference"], one["asked"]) for one in told["chain"]]
    assert references == [("2015-县委/03", True), ("2018-县委/05", False), ("2021-县委/08", False)]


def test_the_chain_is_read_as_a_table(unit: Path, zhenggai: Zhenggai) -> None:
    lines = _run(zhenggai, unit / "2021", "chain 7").out.splitlines()
    assert re.split(r"\s{2,}", lines[0].strip()) == [
        *("台账和编号", "问题", "关系", "反馈日期", "整改状态", "销号日期")
    ]
    last = [line for line in lines if "文山会海" in line]
    assert re.split(r"\s{2,}", last[0].strip()) == [
        *("2021-县委/07", "文山会海", "屡改屡犯", "2021-02-01", "未启动", "—", "本问题")
    ]


def test_a_finding_without_rounds_and_an_older_ledger_that_is_not_there(
    unit: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    outcome = _run(zhenggai, unit / "2021", "chain 9")
    assert outcome.out.endswith("没有写明上次的问题，也没有问题以它为上次。\n")
    alone = (unit / "2021").rename(tmp_path / "2021")
    outcome = _run(zhenggai, alone, "chain 7")
    assert outcome.code == 0
    assert "（没有找到标识为“2018-县委”的台账）" in outcome.out
    told = json.loads(_run(zhenggai, alone, "chain 7 --format json").out)
    assert told["chain"][0] == {
        "reference": "2018-县委/04",
        "found": False,
        "why": "没有找到标识为“2018-县委”的台账",
    }


def test_a_circle_of_findings_is_gone_round_once(unit: Path, zhenggai: Zhenggai) -> None:
    text = finding(_link("2021-县委/07"), 问题="会议过多")
    (unit / "2015" / "02.yaml").write_text(text, encoding="utf-8")
    told = json.loads(_run(zhenggai, unit, "chain 7 --format json").out)
    assert [one["reference"] for one in told["chain"]] == [
        *("2015-县委/02", "2018-县委/04", "2021-县委/07")
    ]
    assert "02.yaml J545" in _codes(zhenggai, unit)


# -- what check says --------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["", "2021", "2018"])
def test_a_reference_is_checked_where_the_older_ledger_is_at_hand(
    unit: Path, zhenggai: Zhenggai, where: str
) -> None:
    assert _of_rounds(_codes(zhenggai, unit / where)) == []
    (unit / "2015" / "02.yaml").unlink()
    expected = ["04.yaml R454"] if where != "2021" else []
    assert _of_rounds(_codes(zhenggai, unit / where)) == expected


def test_where_it_is_not_at_hand_there_is_a_hint_and_the_exit_code_stays(
    unit: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    before = _run(zhenggai, unit / "2021", "check").code
    alone = (unit / "2021").rename(tmp_path / "2021")
    assert _of_rounds(_codes(zhenggai, alone)) == ["07.yaml R455", "08.yaml R455"]
    assert _run(zhenggai, alone, "check").code == before


def test_ledgers_checked_together_have_identifiers_of_their_own(
    unit: Path, zhenggai: Zhenggai
) -> None:
    about = unit / "2018" / "inspection.yaml"
    about.write_text(_about("2015-县委", "2018-02-01"), encoding="utf-8")
    codes = _codes(zhenggai, unit)
    assert codes.count("inspection.yaml J546") == 2
    assert "04.yaml R454" in codes
    about.write_text(inspection("格式: 2\n", 反馈日期="2018-02-01"), encoding="utf-8")
    assert "inspection.yaml J547" in _codes(zhenggai, unit)
    assert "inspection.yaml J547" not in _codes(zhenggai, unit / "2015")


def test_editing_a_finding_does_not_look_for_other_ledgers(
    unit: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    alone = (unit / "2021").rename(tmp_path / "2021")
    assert _run(zhenggai, alone, "done 7.1").code == 0


# -- papers -----------------------------------------------------------------------------------


def _own(root: Path) -> None:
    folder = root / "templates"
    folder.mkdir()
    text = "{% for one in findings %}{{ one.id }}：{{ one.previous }}\n\n{% endfor %}"
    (folder / "公开稿.md").write_text(text, encoding="utf-8")


def test_a_paper_for_the_public_has_a_link_only_where_both_ends_are_public(
    unit: Path, zhenggai: Zhenggai
) -> None:
    _own(unit / "2021")
    public = "07：2018年2月1日反馈的问题04“会议仍多”，屡改屡犯\n\n08："
    whole = f"{public}2018年2月1日反馈的问题05“学习仍不够”，新表现\n\n09："
    told = _run(zhenggai, unit / "2021", "announce --template 公开稿 --draft")
    assert told.out.rstrip().endswith(f"{public}\n\n09：")
    internal = "announce --template 公开稿 --draft --internal --marking 内部资料"
    assert whole in _run(zhenggai, unit / "2021", internal).out
    lists = _run(zhenggai, unit / "2021", "announce --template lists --draft --marking 内部资料")
    assert "07号问题上次巡察已指出：2018年2月1日反馈的问题04“会议仍多”，屡改屡犯。" in lists.out


def test_a_finding_that_is_not_public_itself_has_no_link_in_public(
    unit: Path, zhenggai: Zhenggai
) -> None:
    _own(unit / "2018")
    told = _run(zhenggai, unit / "2018", "announce --template 公开稿 --draft")
    assert "学习" not in told.out
    assert "04：2015年2月1日反馈的问题02“会议过多”，未整改到位" in told.out


# -- identifiers ------------------------------------------------------------------------------


def _identifier(root: Path) -> str:
    text = (root / "inspection.yaml").read_text(encoding="utf-8")
    [found] = re.findall(r"^标识: (.*)$", text, re.MULTILINE)
    return str(found)


WHO = ("--unit", "县科技局党组", "--group", "县委第一巡察组", "--feedback", "2021-02-01")


def test_init_gives_a_ledger_an_identifier_that_none_beside_it_has(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    for name in ("甲", "乙", "丙"):
        assert zhenggai("init", str(tmp_path / name), *WHO).code == 0
    assert [_identifier(tmp_path / name) for name in ("甲", "乙", "丙")] == [
        *("2021-县委-县科技局", "2021-县委-县科技局-2", "2021-县委-县科技局-3")
    ]
    zhenggai("init", str(tmp_path / "丁"), *WHO, "--identifier", "2021-县委")
    assert _identifier(tmp_path / "丁") == "2021-县委"
    zhenggai("init", str(tmp_path / "戊"))
    zhenggai("init", str(tmp_path / "己"))
    made = [_identifier(tmp_path / name) for name in ("戊", "己")]
    assert all(re.fullmatch("[0-9a-f]{6}", one) for one in made)
    assert made[0] != made[1]


@pytest.mark.parametrize("wrong", ["2021/县委", "2021 县委", "-县委", "县" * 41])
def test_an_identifier_that_could_not_be_referred_to_is_refused(
    tmp_path: Path, zhenggai: Zhenggai, wrong: str
) -> None:
    outcome = zhenggai("init", str(tmp_path / "甲"), "--identifier", wrong)
    assert (outcome.code, outcome.out) == (3, "")
    assert "不能用作台账的标识" in outcome.err
    assert not (tmp_path / "甲").exists()


def test_upgrade_says_how_an_old_ledger_gets_one(tmp_path: Path, zhenggai: Zhenggai) -> None:
    root = write_ledger(tmp_path / "台账", {"07": finding()}, inspection())
    outcome = _run(zhenggai, root, "upgrade --yes")
    assert outcome.code == 0
    assert "加一行“标识: 2021-县委-县农业局”，定了就不再改" in outcome.err
    assert "标识: 2021-县委-县农业局" in _run(zhenggai, root, "upgrade").err


# -- what the comparison of versions says -----------------------------------------------------


def test_since_sees_an_identifier_or_a_link_changed_and_takes_them_when_added(
    unit: Path, zhenggai: Zhenggai
) -> None:
    root = unit / "2021"
    (root / "07.yaml").write_text(finding(AGAIN, 问题="文山会海"), encoding="utf-8")
    (root / "inspection.yaml").write_text(inspection("格式: 2\n"), encoding="utf-8")
    repository = init(unit)
    repository.commit()
    about = inspection("格式: 2\n标识: 2021-县委\n")
    (root / "inspection.yaml").write_text(about, encoding="utf-8")
    linked = finding(_link("2018-县委/04"), 问题="文山会海")
    (root / "07.yaml").write_text(linked, encoding="utf-8")
    since = ("--since", "HEAD")
    assert [one for one in _codes(zhenggai, unit, *since) if " I7" in one] == []
    repository.commit()
    for name, text, forged in (
        ("inspection.yaml", about, about.replace("2021-县委", "2022-县委")),
        ("inspection.yaml", about, about.replace("标识: 2021-县委\n", "")),
        ("07.yaml", linked, linked.replace("2018-县委/04", "2018-县委/05")),
        ("07.yaml", linked, linked.replace("屡改屡犯", "新表现")),
        ("07.yaml", linked, linked.replace("上次: 2018-县委/04\n关系: 屡改屡犯\n", "")),
    ):
        assert forged != text
        (root / name).write_text(forged, encoding="utf-8")
        assert f"{name} I710" in _codes(zhenggai, unit, *since)
        (root / name).write_text(text, encoding="utf-8")
