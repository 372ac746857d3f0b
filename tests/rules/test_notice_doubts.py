"""What an imported notice is doubted for: contradictions are found, and nothing else is."""

from pathlib import Path

import pytest

from commandline import ROOT, Zhenggai

LINTS = ROOT / "tests" / "notice" / "fixtures" / "lints"
NAMES = sorted(path.stem for path in LINTS.glob("*.txt"))
FOUND = {
    "M1-parts": {"N803"},
    "M2-rate-own": {"N809"},
    "M3-total-after": {"N801"},
    "M3b-cn-aspects": {"N801"},
    "M3c-tiao": {"N801"},
    "M3d-gongji": {"N801"},
    "M3e-cnnum": {"N801"},
    "M4-feedback-before-end": {"R402"},
    "M4b-start-after-end": {"R402"},
    "M4c-measure-after-pub": {"N811"},
    "M7-sig-unit": {"N812"},
    "M8-unit": {"N812"},
    "M9-done-but-future": {"N814"},
    "M10-shi-skip": {"N815"},
    "M11-money": {"N816"},
    "M12-dup-finding": {"R428"},
    "M13-level": {"N813"},
    "M14-group": {"N813"},
    "M15-baduan": {"N817"},
}


@pytest.mark.parametrize("name", NAMES)
def test_a_contradiction_is_found_and_no_other(
    name: str, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    folder = str(tmp_path / "台账")
    zhenggai("import", str(LINTS / f"{name}.txt"), "-o", folder, "--accept", "总数不符")
    out = zhenggai("check", "--ledger", folder, "--today", "2022-11-10").out
    codes = {word for line in out.splitlines() for word in line.split()[1:2]}
    doubts = {code for code in codes if code.startswith("N") or code in ("R402", "R428")}
    assert doubts == FOUND.get(name, set())


_FIXTURES = ROOT / "tests" / "notice" / "fixtures"
WHOLE = [path for name in ("other", "wordings") for path in sorted((_FIXTURES / name).iterdir())]


@pytest.mark.parametrize("path", WHOLE, ids=[path.stem for path in WHOLE])
def test_a_notice_that_contradicts_itself_nowhere_is_not_doubted(
    path: Path, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    """What a notice lacks (N806) is told; that it is late by the day of the notice is not."""
    folder = str(tmp_path / "台账")
    done = zhenggai("import", str(path), "-o", folder)
    assert done.code == 0
    out = zhenggai("check", "--ledger", folder, "--today", "2024-12-10").out
    codes = {word for line in out.splitlines() for word in line.split()[1:2]}
    assert {code for code in codes if code.startswith("N") or code == "R423"} <= {"N806"}
