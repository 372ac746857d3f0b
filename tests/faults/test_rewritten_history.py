"""Ways to rewrite a ledger's history unnoticed, tried one by one: `check --since` tells of each."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from commandline import Zhenggai
from git_repository import SETTINGS, Repository, init
from ledger_files import finding, inspection, write_ledger

SIGNED, FORGED = b"signed", b"forged"
DIGEST, OTHER = (hashlib.sha256(content).hexdigest() for content in (SIGNED, FORGED))
FIRST = "  - 日期: 2021-03-05\n    事项: 督查\n    情况: 初稿已成\n"
SECOND = "  - 日期: 2021-03-12\n    事项: 督查\n    情况: 已印发\n"
EXTENSION = (
    "  - 日期: 2021-04-28\n    事项: 延期\n    新时限: 2021-08-01\n"
    "    理由: 待批\n    批准人: 局党组\n"
)
SHEET = f"    佐证:\n      - 文件: 签字表.pdf\n        校验值: {DIGEST}\n"
FINDINGS = {
    "01": finding(整改时限="2021-05-01"),  # overdue
    "07": finding(
        f"措施:\n  - 内容: 压缩会议\n    完成: 2021-03-20\n    成效: 修订3项\n{SHEET}"
        f"记录:\n{FIRST}{SECOND}  - 日期: 2021-03-28\n    事项: 申请销号\n"
        "  - 日期: 2021-03-29\n    事项: 审核\n"
        "  - 日期: 2021-03-30\n    事项: 销号\n    批准人: 局党组\n",
        问题="会议过多过滥",
    ),
    "08": finding(
        f"措施:\n  - 内容: 集中学习\n    完成: 2021-03-20\n{SHEET}  - 内容: 培训\n"
        f"记录:\n{FIRST}{EXTENSION}",
        问题="学习不经常",
    ),
}
ABOUT = inspection("销号程序: [申请, 审核, 批准]\n销号须佐证: 是\n规则: {R427: 关闭, R411: 关闭}\n")

Attack = Callable[[Path], object]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        repository = init(tmp_path_factory.mktemp("仓库"))
        root = write_ledger(repository.folder / "ledgers" / "台账", FINDINGS, ABOUT)
        write_ledger(repository.folder / "ledgers" / "另一本", {"01": finding(问题="别的事")})
        (root / "签字表.pdf").write_bytes(SIGNED)
        repository.commit(day="2021-05-10")
    return repository


def _in(name: str, old: str, new: str, codec: str = "utf-8") -> Attack:
    def change(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_bytes(text.replace(old, new, 1).encode(codec))

    return change


def _add(name: str, text: str) -> Attack:
    return lambda root: (root / name).write_bytes((root / name).read_bytes() + text.encode())


def _all(*attacks: Attack) -> Attack:
    return lambda root: [attack(root) for attack in attacks]


def _rename(old: str, new: str) -> Attack:
    return lambda root: (root / old).rename(root / new)


def _link_out(root: Path) -> None:
    outside = (root / "08.yaml").rename(root.parents[1] / "外面.yaml")
    (root / "08.yaml").symlink_to(outside)


_NOTE = ("情况: 初稿已成", "情况: 没有进展")
_FORGE: Attack = lambda root: (root / "签字表.pdf").write_bytes(FORGED)  # noqa: E731 - one of the table's attacks

ATTACKS: dict[str, tuple[str, Attack]] = {
    "a note reworded": ("I701", _in("07.yaml", *_NOTE)),
    "a record dated otherwise": ("I701", _in("07.yaml", "日期: 2021-03-12", "日期: 2021-03-10")),
    "a record removed": ("I701", _in("07.yaml", FIRST, "")),
    "records in another order": ("I701", _in("07.yaml", FIRST + SECOND, SECOND + FIRST)),
    "another approver": ("I701", _in("07.yaml", "批准人: 局党组", "批准人: 办公室")),
    "an extension made longer": ("I701", _in("08.yaml", "2021-08-01", "2021-12-01")),
    "a deadline moved": ("I702", _in("01.yaml", "2021-05-01", "2021-09-01")),
    "a deadline taken away": ("I702", _in("01.yaml", '整改时限: "2021-05-01"\n', "")),
    "a finding deleted": ("I703", lambda root: (root / "01.yaml").unlink()),
    "a finding renumbered": ("I703", _rename("08.yaml", "10.yaml")),
    "a finding no longer .yaml": ("I703", _rename("08.yaml", "08.yml")),
    "two numbers swapped": (
        "I703",
        _all(_rename("07.yaml", "t"), _rename("08.yaml", "07.yaml"), _rename("t", "08.yaml")),
    ),
    "another finding under the number": ("I703", _in("08.yaml", "学习不经常", "食堂卫生差")),
    "a finding moved to another ledger": ("I703", _rename("08.yaml", "../另一本/08.yaml")),
    "a measure dated otherwise": ("I704", _in("07.yaml", "完成: 2021-03-20", "完成: 2021-03-01")),
    "a measure reworded": ("I704", _in("07.yaml", "压缩会议", "少开会")),
    "a result raised": ("I704", _in("07.yaml", "修订3项", "修订30项")),
    "a result taken away": ("I704", _in("07.yaml", "    成效: 修订3项\n", "")),
    "evidence and its digest exchanged": ("I704", _all(_FORGE, _in("07.yaml", DIGEST, OTHER))),
    "the digest taken away": (
        "I704",
        _all(_FORGE, _in("07.yaml", SHEET, "    佐证: 签字表.pdf\n")),
    ),
    "a ledger deleted": (
        "I705",
        shutil.rmtree,
    ),
    "an extension dated back": ("I706", _add("01.yaml", f"记录:\n{EXTENSION}")),
    "an open measure deleted": ("I707", _in("08.yaml", "  - 内容: 培训\n", "")),
    "evidence of an open finding exchanged": (
        "I707",
        _all(_FORGE, _in("08.yaml", DIGEST, OTHER)),
    ),
    "no procedure": ("I708", _in("inspection.yaml", "销号程序: [申请, 审核, 批准]\n", "")),
    "a procedure in another order": ("I708", _in("inspection.yaml", "申请, 审核", "审核, 申请")),
    "no evidence required": ("I708", _in("inspection.yaml", "销号须佐证: 是\n", "")),
    "a rule switched off": ("I708", _in("inspection.yaml", "R427", "T601")),
    "the inspection deleted": ("I708", lambda root: (root / "inspection.yaml").unlink()),
    "behind Windows line endings": (
        "I701",
        _all(_in("07.yaml", *_NOTE), _in("07.yaml", "\n", "\r\n")),
    ),
    "behind a byte order mark": ("I701", _in("07.yaml", *_NOTE, "utf-8-sig")),
    "behind another encoding": ("F105", _in("07.yaml", *_NOTE, "gb18030")),
    "behind a broken file": ("Y201", _add("07.yaml", "]\n")),
    "behind a conflict": ("F108", _add("07.yaml", "<<<<<<< HEAD\n")),
    "behind a second file of the number": (
        "F110",
        lambda root: (root / "8.yaml").write_bytes((root / "08.yaml").read_bytes()),
    ),
    "behind a link out of the ledger": ("F103", _link_out),
    "behind a new name of the ledger": (
        "I701",
        _all(_in("07.yaml", *_NOTE), lambda root: root.rename(root.parent / "新名")),
    ),
    "a withdrawal of what is overdue": (
        "I715",
        _add("01.yaml", "记录:\n  - 日期: 2021-05-10\n    事项: 撤销登记\n    理由: 误登\n"),
    ),
    "a closing corrected": (
        "J531",
        _add("07.yaml", "  - 日期: 2021-05-10\n    事项: 更正\n    第几条: 5\n    理由: 误登\n"),
    ),
    "a record corrected and reworded": (
        "I701",
        _all(
            _in("08.yaml", *_NOTE),
            _add(
                "08.yaml", "  - 日期: 2021-05-10\n    事项: 更正\n    第几条: 1\n    理由: 误登\n"
            ),
        ),
    ),
    "a committed change taken back by hand": ("I701", _in("08.yaml", EXTENSION, "")),
    "a name corrected in half of the places": (
        "I717",
        _all(
            _in("07.yaml", '责任科室: "办公室"', "责任科室: 综合科"),
            _add(
                "inspection.yaml",
                "更名: [{日期: 2021-05-10, 类别: 责任科室, 旧: 办公室, 新: 综合科}]\n",
            ),
        ),
    ),
    "a handover from somebody else": (
        "J532",
        _add("08.yaml", "  - 日期: 2021-05-10\n    事项: 交接\n    从: 局长\n    到: 副局长\n"),
    ),
    "a finding split with a later deadline": (
        "I719",
        _all(
            _in("08.yaml", "  - 内容: 培训\n", ""),
            _add("08.yaml", "  - 日期: 2021-05-10\n    事项: 拆分\n    新编号: 09\n"),
            lambda root: (root / "09.yaml").write_text(
                finding(
                    "措施:\n  - 内容: 培训\n拆分自: 08\n",
                    问题="培训不够",
                    整改时限="2021-12-31",
                ),
                encoding="utf-8",
            ),
        ),
    ),
    "a finding reopened that is not closed": (
        "J502",
        _add(
            "01.yaml",
            "记录:\n  - 日期: 2021-05-10\n    事项: 重开\n    理由: 反弹\n    新时限: 2021-12-31\n",
        ),
    ),
    "the bytes of evidence": ("R429", _FORGE),
    "evidence deleted": ("R426", lambda root: (root / "签字表.pdf").unlink()),
}


@pytest.fixture
def root(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.chdir(repository.folder)
    repository.git("checkout", "--quiet", "--force", "HEAD", "--", ".")
    repository.git("clean", "--quiet", "--force", "-d")
    return repository.folder / "ledgers" / "台账"


def test_before_any_attack_a_finding_is_overdue_and_that_is_all(
    root: Path, zhenggai: Zhenggai
) -> None:
    outcome = zhenggai("check", "--since", "HEAD")
    assert (root.is_dir(), outcome.code) == (True, 1), outcome.out
    assert not {code for code, _ in ATTACKS.values() if f" {code} " in outcome.out}


@pytest.mark.parametrize("name", ATTACKS)
def test_history_is_not_rewritten_unnoticed(root: Path, zhenggai: Zhenggai, name: str) -> None:
    code, attack = ATTACKS[name]
    attack(root)
    outcome = zhenggai("check", "--since", "HEAD")
    assert outcome.code == 3
    assert f" {code} " in outcome.out, outcome.out
