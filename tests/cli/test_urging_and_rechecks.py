"""Urgings (督办) and rechecks (复查): what is written, said and refused, and how findings stand."""

import json
import shlex
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from git_repository import init
from ledger_files import closed, finding, inspection, write_ledger

OPEN = "措施:\n  - 内容: 完善制度\n"
CLOSED_ON = "2021-03-31"
FIVE = ["09", "10", "15", "16", "18"]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(
        tmp_path / "台账",
        {
            "01": finding(OPEN, 问题="会议过多", 责任科室="办公室、人事科"),
            "02": finding(OPEN, 问题="学习不够"),
            "09": closed("文山会海", CLOSED_ON),
        },
        inspection("格式: 2\n"),
    )


def _run(zhenggai: Zhenggai, root: Path, command: str, today: str = "2021-05-18") -> Outcome:
    return zhenggai(*shlex.split(command), "--ledger", str(root), "--today", today)


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.glob("*.yaml")}


def _standing(zhenggai: Zhenggai, root: Path, number: int) -> dict[str, object]:
    told = json.loads(_run(zhenggai, root, f"show {number} --format json").out)
    standing: dict[str, object] = told["finding"]["standing"]
    return standing


def _codes(zhenggai: Zhenggai, root: Path, *more: str) -> list[str]:
    found = json.loads(_run(zhenggai, root, shlex.join(["check", "--format", "json", *more])).out)
    return [f"{Path(one['path']).name} {one['code']}" for one in found["problems"]]


# -- urging -----------------------------------------------------------------------------------

URGE = (
    "urge 1 --grade 督办 --number 督〔2021〕3号 --to 办公室 --reply-by 2021-05-25 --on 2021-05-10"
)


def test_an_urging_is_written_as_a_record_and_changes_nothing_else(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before, then = _bytes(ledger), _standing(zhenggai, ledger, 1)
    outcome = _run(zhenggai, ledger, URGE)
    assert outcome == (0, "问题01已登记督办（2021-05-10），发至办公室，回复期限2021-05-25\n", "")
    added = _bytes(ledger)["01.yaml"].removeprefix(before["01.yaml"]).decode()
    assert added == (
        "记录:\n  - 日期: 2021-05-10\n    事项: 督办\n    等级: 督办\n    文号: 督〔2021〕3号\n"
        "    发至: 办公室\n    回复期限: 2021-05-25\n"
    )
    assert _standing(zhenggai, ledger, 1) == then | {"unanswered": 1}


def test_an_urging_goes_to_the_departments_responsible_and_skips_what_is_closed(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    outcome = _run(zhenggai, ledger, "urge 1-2 9-9 --by 整改办")
    assert outcome.out.splitlines() == [
        "问题01已登记督办（2021-05-18），发至办公室、人事科",
        "问题02已登记督办（2021-05-18），发至办公室",
    ]
    assert outcome.err == "已销号或撤销登记的跳过：09\n"


def test_a_reply_fills_in_the_last_urging_that_has_none(ledger: Path, zhenggai: Zhenggai) -> None:
    _run(zhenggai, ledger, URGE)
    _run(zhenggai, ledger, "urge 1 --grade 约谈 --reply-by 2021-05-14 --on 2021-05-12")
    before = _bytes(ledger)["01.yaml"].decode()
    outcome = _run(zhenggai, ledger, "urge 1 --replied 2021-05-17")
    said = "问题01的督办（2021-05-12）已于2021-05-17回复，过了回复期限3天；还有1件督办未回复\n"
    assert outcome == (0, said, "")
    now = _bytes(ledger)["01.yaml"].decode()
    assert now == before + "    回复日期: 2021-05-17\n"
    outcome = _run(zhenggai, ledger, "urge 1 --replied 今天")
    assert outcome == (0, "问题01的督办（2021-05-10）已于2021-05-18回复\n", "")
    outcome = _run(zhenggai, ledger, "urge 1 --replied 今天")
    assert (outcome.code, outcome.err) == (4, "错误：问题01没有尚未回复的督办\n")


def test_an_empty_slot_for_the_reply_is_filled(ledger: Path, zhenggai: Zhenggai) -> None:
    path = ledger / "01.yaml"
    record = "记录:\n  - {日期: 2021-05-10, 事项: 督办, 发至: 办公室, 回复日期: }  # 待回复\n"
    path.write_text(finding(OPEN + record, 问题="会议过多"), encoding="utf-8")
    assert _run(zhenggai, ledger, "urge 1 --replied 2021-05-17").code == 0
    assert "发至: 办公室, 回复日期: 2021-05-17 }  # 待回复" in path.read_text(encoding="utf-8")


def test_a_reply_may_be_that_to_an_urging_with_a_number(ledger: Path, zhenggai: Zhenggai) -> None:
    _run(zhenggai, ledger, URGE)
    _run(zhenggai, ledger, "urge 1 --number 督〔2021〕9号 --on 2021-05-12")
    outcome = _run(zhenggai, ledger, "urge 1 --replied 2021-05-17 --number 督〔2021〕3号")
    assert outcome.out == "问题01的督办（2021-05-10）已于2021-05-17回复\n"


def test_status_says_how_many_urgings_wait_for_an_answer_as_on_the_day(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _run(zhenggai, ledger, URGE)
    _run(zhenggai, ledger, "urge 2 --on 2021-05-11")
    assert "\n督办未回复2件：01、02。\n" in _run(zhenggai, ledger, "status").out
    late = _run(zhenggai, ledger, "status", "2021-05-26")
    assert "\n督办未回复2件：01、02；其中过了回复期限1件：01。\n" in late.out
    told = json.loads(_run(zhenggai, ledger, "status --format json", "2021-05-26").out)
    one = {"ledger": "台账", "id": "01", "unanswered": 1, "reply_overdue": 1}
    assert told["unanswered"] == [one, one | {"id": "02", "reply_overdue": 0}]
    assert "督办未回复" in _run(zhenggai, ledger, "status --format markdown").out
    _run(zhenggai, ledger, "urge 1-2 --replied 2021-05-27", "2021-05-28")
    assert "督办未回复" not in _run(zhenggai, ledger, "status", "2021-05-28").out
    assert "督办未回复2件" in _run(zhenggai, ledger, "status", "2021-05-26").out


def test_the_bulletin_names_the_urgings_without_an_answer(ledger: Path, zhenggai: Zhenggai) -> None:
    _run(zhenggai, ledger, URGE)
    outcome = _run(zhenggai, ledger, "announce --template bulletin --marking 内部资料")
    assert (
        "督办未回复1件：01号问题2021年5月10日督办（督〔2021〕3号），发至办公室，回复期限2021年5月25日。"
        in outcome.out
    )


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("urge 9 --grade 督办", 4, "问题09已销号或撤销登记，未写入；要登记的，写明编号"),
        ("urge 1 --reply-by 2021-05-01", 4, "回复期限2021-05-01早于督办的日期2021-05-18"),
        ("urge 1 --replied 2021-05-19", 4, "2021-05-19在今天（2021-05-18）之后"),
        ("urge 1 --replied 2021-05-17", 4, "问题01没有尚未回复的督办"),
        (
            "urge 1 --replied 2021-05-17 --grade 督办",
            2,
            "--replied 登记回复，不能和 --grade 一起用",
        ),
        ("urge 1 --replied 不日", 2, "--replied"),
        ("urge 1 --on 2021-05-19", 4, "尚未发生的事不能登记"),
    ],
)
def test_an_urging_that_makes_no_sense_is_refused(
    ledger: Path, zhenggai: Zhenggai, command: str, code: int, said: str
) -> None:
    before = _bytes(ledger)
    if "9 " in command:
        said = "问题09已于2021-03-31销号，不用再督办"
    outcome = _run(zhenggai, ledger, command)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert _bytes(ledger) == before


def test_one_number_is_one_urging_of_a_finding(ledger: Path, zhenggai: Zhenggai) -> None:
    assert _run(zhenggai, ledger, URGE).code == 0
    outcome = _run(zhenggai, ledger, URGE)
    assert (outcome.code, outcome.out) == (4, "")
    assert "已登记文号“督〔2021〕3号”的督办" in outcome.err


# -- rechecks ---------------------------------------------------------------------------------

LOOK = "recheck 9 --by 县委巡察办 --on 2021-05-10 --result"


def test_a_recheck_is_written_as_a_record_and_never_changes_the_stage(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    (ledger / "照片.jpg").write_bytes(b"")
    before, then = _bytes(ledger)["09.yaml"], _standing(zhenggai, ledger, 9)
    outcome = _run(zhenggai, ledger, f"{LOOK} 反弹 --note 又多了起来 --evidence {ledger}/照片.jpg")
    assert outcome == (0, "问题09已登记复查（2021-05-10）：反弹；用 zhenggai reopen 9 重开\n", "")
    assert (
        _bytes(ledger)["09.yaml"]
        .removeprefix(before)
        .decode()
        .startswith(
            "  - 日期: 2021-05-10\n    事项: 复查\n    核查人: 县委巡察办\n    结论: 反弹\n"
            "    情况: 又多了起来\n    佐证:\n      - 文件: 照片.jpg\n        校验值: "
        )
    )
    assert _standing(zhenggai, ledger, 9) == then
    assert "09.yaml J542" in _codes(zhenggai, ledger)
    again = _run(zhenggai, ledger, "reopen 9 --reason 复查发现反弹 --due 2021-07-31")
    assert again.code == 0
    assert "09.yaml J542" not in _codes(zhenggai, ledger)


def test_sham_putting_right_is_written_with_who_established_it_and_on_what_basis(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _bytes(ledger)["09.yaml"]
    outcome = _run(zhenggai, ledger, f"{LOOK} 不到位 --sham-by 县纪委监委 --basis 会议纪要5号")
    assert outcome.code == 0
    assert (
        _bytes(ledger)["09.yaml"]
        .removeprefix(before)
        .decode()
        .endswith("    虚假整改: 是\n    认定单位: 县纪委监委\n    依据: 会议纪要5号\n")
    )
    assert "09.yaml J543" not in _codes(zhenggai, ledger)


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("recheck 1 --by 县委巡察办 --result 到位", 4, "问题01未销号（现在是未启动），不能复查"),
        ("recheck 9 --by 县委巡察办 --result 到位 --on 2021-03-01", 4, "早于销号的日期2021-03-31"),
        ("recheck 9 --by 县委巡察办", 2, "加上 --result"),
        ("recheck 9", 2, "加上 --by、--result"),
        ("recheck", 2, "要写复查哪个问题的编号"),
        ("recheck --seed 2021", 2, "加上 --sample 个数"),
        ("recheck 9 --sample 1", 2, "--sample 只抽取，不能和 编号 一起用"),
        (f"{LOOK} 不到位 --sham-by 县纪委监委", 2, "--sham-by 和 --basis"),
        (f"{LOOK} 不到位 --basis 5号", 2, "--sham-by 和 --basis"),
        (f"{LOOK} 到位 --sham-by 县纪委监委 --basis 5号", 4, "结论不能是到位"),
        (f"{LOOK} 合格", 2, "到位、基本到位、不到位、反弹"),
    ],
)
def test_a_recheck_that_makes_no_sense_is_refused(
    ledger: Path, zhenggai: Zhenggai, command: str, code: int, said: str
) -> None:
    before = _bytes(ledger)
    outcome = _run(zhenggai, ledger, command)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert _bytes(ledger) == before


# -- the sample -------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path: Path) -> Path:
    findings = {f"{number:02d}": closed(f"第{number}类问题") for number in range(1, 21)}
    return write_ledger(
        tmp_path / "台账", findings | {"21": finding(OPEN)}, inspection("格式: 2\n")
    )


def _drawn(zhenggai: Zhenggai, root: Path, size: int, seed: str) -> list[str]:
    words = f"recheck --sample {size} --seed {seed} --format json"
    return [one["id"] for one in json.loads(_run(zhenggai, root, words).out)["sample"]]


def test_a_sample_says_how_it_was_drawn_and_writes_nothing(many: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(many)
    outcome = _run(zhenggai, many, "recheck --sample 3 --seed 2026")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("截至2021-05-18已销号20个，抽取3个（种子：2026）：\n")
    assert _bytes(many) == before
    told = json.loads(_run(zhenggai, many, "recheck --sample 3 --seed 2026 --format json").out)
    assert {key: told[key] for key in ("today", "seed", "asked", "closed")} == {
        "today": "2021-05-18",
        "seed": "2026",
        "asked": 3,
        "closed": 20,
    }
    assert set(told["sample"][0]) == {"ledger", "id", "title", "departments", "closed_on"}


def test_the_same_ledger_and_seed_give_the_same_sample(
    many: Path, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    # By hand: the ids whose SHA-256 of "2026/<number>" are the lowest five of twenty.
    assert _drawn(zhenggai, many, 5, "2026") == FIVE
    assert _drawn(zhenggai, many.rename(tmp_path / "另一处"), 5, "2026") == FIVE
    assert _drawn(zhenggai, tmp_path / "另一处", 5, "2027") != FIVE
    assert set(_drawn(zhenggai, tmp_path / "另一处", 4, "2026")) < set(FIVE)


def test_a_sample_is_never_larger_than_what_is_closed(many: Path, zhenggai: Zhenggai) -> None:
    assert _drawn(zhenggai, many, 99, "x") == [f"{number:02d}" for number in range(1, 21)]
    outcome = _run(zhenggai, many, "recheck --sample 2 --seed x", "2021-02-15")
    assert outcome.out == "截至2021-02-15没有已销号的问题，无可抽取。\n"


# -- what the comparison of versions takes as lawful ------------------------------------------


def test_since_takes_what_the_commands_write_and_nothing_else(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _run(zhenggai, ledger, URGE)
    _run(zhenggai, ledger, f"{LOOK} 基本到位")
    repository = init(ledger)
    repository.commit(day="2021-05-16")
    committed = _bytes(ledger)
    _run(zhenggai, ledger, "urge 1 --replied 2021-05-17")
    _run(zhenggai, ledger, "urge 2 --grade 提醒")
    _run(zhenggai, ledger, f"{LOOK} 到位")
    assert [one for one in _codes(zhenggai, ledger, "--since", "HEAD") if " I7" in one] == []
    repository.commit(day="2021-05-18")
    forged = {
        "01.yaml": [("回复日期: 2021-05-17", "回复日期: 2021-05-16"), ("督〔2021〕3号", "督4号")],
        "09.yaml": [("结论: 基本到位", "结论: 到位"), ("核查人: 县委巡察办", "核查人: 办公室")],
    }
    for name, changes in forged.items():
        path = ledger / name
        lawful = path.read_bytes()
        for old, new in [*changes, (lawful.decode(), committed[name].decode())]:
            path.write_bytes(lawful.replace(old.encode(), new.encode(), 1))
            assert path.read_bytes() != lawful
            assert f"{name} I701" in _codes(zhenggai, ledger, "--since", "HEAD")
        path.write_bytes(lawful)
