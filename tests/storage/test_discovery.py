"""Where the ledger is: the folder asked for, or the nearest one upward."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.storage.discovery import Looks, find_ledgers, ledger_around, linked_part, shown_folder

START = (
    "用 zhenggai init 新建一个，或用 --ledger 指明文件夹；"
    "想先看样例，用 zhenggai init --sample 示例"
)


def _ledger(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "inspection.yaml").write_text("巡察组: 县委第一巡察组\n", encoding="utf-8")
    return folder


def _refusal(asked: str | None, here: Path) -> str:
    with pytest.raises(WrongUsageError) as caught:
        find_ledgers(asked, here)
    assert caught.value.exit_code is ExitCode.USAGE
    return str(caught.value)


# Upward from here.


def test_inside_a_ledger_it_is_the_one(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "科技局")
    assert find_ledgers(None, ledger) == [ledger]


def test_below_a_ledger_it_is_the_nearest_one_upward(tmp_path: Path) -> None:
    outer = _ledger(tmp_path / "县")
    inner = _ledger(outer / "科技局")
    below = inner / "佐证" / "会议"
    below.mkdir(parents=True)
    assert find_ledgers(None, below) == [inner]


def test_beside_a_folder_of_ledgers_they_are_all_read_by_name(tmp_path: Path) -> None:
    for name in ("乙", "甲", "b", "a"):
        _ledger(tmp_path / "ledgers" / name)
    (tmp_path / "ledgers" / "说明").mkdir()
    below = tmp_path / "docs"
    below.mkdir()
    names = ["a", "b", "乙", "甲"]
    assert [folder.name for folder in find_ledgers(None, tmp_path)] == names
    assert find_ledgers(None, below) == find_ledgers(None, tmp_path)


def test_a_ledger_comes_before_the_folder_of_ledgers_beside_it(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "科技局")
    _ledger(ledger / "ledgers" / "甲")
    assert find_ledgers(None, ledger) == [ledger]


def test_a_folder_of_ledgers_with_none_in_it_is_passed_over(tmp_path: Path) -> None:
    outer = _ledger(tmp_path / "县")
    (outer / "工作" / "ledgers").mkdir(parents=True)
    assert find_ledgers(None, outer / "工作") == [outer]


def test_numbered_files_alone_do_not_make_a_ledger_of_wherever_one_stands(tmp_path: Path) -> None:
    (tmp_path / "2021.yaml").write_text("", encoding="utf-8")
    assert _refusal(None, tmp_path) == f"从这里往上未找到台账；{START}"


def test_one_broken_link_among_the_ledgers_hides_none_of_them(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "ledgers" / "甲")
    loop = tmp_path / "ledgers" / "乙"
    try:
        loop.symlink_to(loop)
    except OSError:
        pytest.skip("this user may not make links")
    (tmp_path / "ledgers" / "丙").write_text("", encoding="utf-8")
    assert find_ledgers(None, tmp_path) == [ledger]


def test_an_empty_wish_is_none(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "科技局")
    assert find_ledgers("", ledger) == [ledger]


# A folder asked for.


def test_the_folder_asked_for_is_taken_relative_or_absolute(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "县" / "科技局")
    assert find_ledgers("科技局", tmp_path / "县") == [ledger]
    assert find_ledgers(str(ledger), Path.cwd()) == [ledger]
    assert find_ledgers(".", ledger) == [ledger / "."]


def test_findings_without_an_inspection_are_a_ledger_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "07.yaml").write_text("", encoding="utf-8")
    assert find_ledgers(".", tmp_path) == [tmp_path]


def test_a_folder_of_ledgers_may_be_asked_for_or_the_one_around_it(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "ledgers" / "甲")
    assert find_ledgers("ledgers", tmp_path) == [ledger]
    assert find_ledgers(".", tmp_path) == [ledger]


def test_a_folder_of_ledgers_need_not_be_called_so(tmp_path: Path) -> None:
    one, other = _ledger(tmp_path / "台账" / "一"), _ledger(tmp_path / "台账" / "二")
    assert find_ledgers("台账", tmp_path) == [one, other]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert _refusal("科技局", tmp_path) == f"没有“科技局”这个文件夹；{START}"


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    _ledger(tmp_path / "科技局")
    asked = "科技局/inspection.yaml"
    assert _refusal(asked, tmp_path) == f"没有“{asked}”这个文件夹；{START}"


def test_a_name_too_long_for_any_folder_is_no_folder(tmp_path: Path) -> None:
    assert _refusal("长" * 5000, tmp_path).endswith(f"这个文件夹；{START}")


def test_a_folder_with_no_ledger_in_it_is_named_and_not_searched_around(tmp_path: Path) -> None:
    _ledger(tmp_path / "县")
    (tmp_path / "县" / "空").mkdir()
    assert _refusal("空", tmp_path / "县") == f"“空”里没有台账（inspection.yaml）；{START}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permission to take away")
def test_a_folder_one_may_not_enter_is_as_good_as_not_there() -> None:
    top = Path(tempfile.mkdtemp())
    top.chmod(0o755)
    _ledger(top / "锁" / "科技局")
    (top / "锁").chmod(0)
    as_root = sys.platform != "win32" and os.geteuid() == 0
    try:
        if as_root:
            os.seteuid(65534)
        assert _refusal("锁/科技局", top) == f"没有“锁/科技局”这个文件夹；{START}"
        assert _refusal("锁", top) == f"“锁”里没有台账（inspection.yaml）；{START}"
        assert _refusal(None, top / "锁" / "科技局") == f"从这里往上未找到台账；{START}"
    finally:
        if as_root:
            os.seteuid(0)
        (top / "锁").chmod(0o755)
        shutil.rmtree(top)


# How it is shown.


def test_a_folder_is_shown_the_short_way_where_there_is_one(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "县" / "科技局")
    assert shown_folder(ledger, ledger) == ""
    assert shown_folder(ledger, tmp_path) == "县/科技局"
    assert shown_folder(ledger / "." / "..", ledger) == ledger.parent.resolve().as_posix()
    assert shown_folder(tmp_path, ledger) == tmp_path.resolve().as_posix()


# Links on the way.


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links")


@pytest.mark.parametrize("place", ["ledgers", "ledgers/甲"])
def test_in_a_repository_no_part_of_a_ledgers_path_may_be_a_link(
    tmp_path: Path, place: str
) -> None:
    (tmp_path / ".git").mkdir()
    ledger = _ledger(tmp_path / "ledgers" / "甲")
    assert linked_part(ledger, None, tmp_path) is None
    (tmp_path / place).rename(tmp_path / "别处")
    _link(tmp_path / place, tmp_path / "别处")
    for asked, here in ((None, tmp_path), ("ledgers", tmp_path), ("甲", tmp_path / "ledgers")):
        assert linked_part(ledger, asked, here) == tmp_path / place


def test_outside_one_the_user_may_ask_for_a_link_and_find_none_in_it(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "共享" / "甲")
    _link(tmp_path / "我的", tmp_path / "共享")
    _link(tmp_path / "共享" / "乙", ledger)
    assert linked_part(tmp_path / "我的" / "甲", "我的", tmp_path) is None
    assert linked_part(tmp_path / "我的" / "乙", "我的", tmp_path) == tmp_path / "我的" / "乙"


def test_ledgers_beside_a_folder_of_ledgers_are_not_hidden_by_it(tmp_path: Path) -> None:
    kept = _ledger(tmp_path / "ledgers" / "甲")
    decoy = _ledger(tmp_path / "ledgers" / "ledgers" / "乙")
    (tmp_path / "ledgers" / "资料").mkdir()
    (tmp_path / "ledgers" / "资料" / "2021.yaml").write_text("", encoding="utf-8")
    assert find_ledgers("ledgers", tmp_path) == sorted([kept, decoy])


# One ledger under several names.


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few users make links")
@pytest.mark.parametrize("names", [("甲链",), ("甲链", "链乙", "a", "局链"), ("局/../甲链",)])
def test_a_ledger_that_links_lead_to_is_found_once_by_its_own_name(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    ledger = _ledger(tmp_path / "ledgers" / "局")
    for name in names:
        (tmp_path / "ledgers" / name).symlink_to(ledger)
    (tmp_path / "ledgers" / "链的链").symlink_to(names[0].rpartition("/")[2])
    for asked, here in ((None, tmp_path), ("ledgers", tmp_path), (".", tmp_path)):
        found = find_ledgers(asked, here)
        assert [folder.resolve() for folder in found] == [ledger]
        assert not found[0].is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few users make links")
def test_a_ledger_elsewhere_that_two_links_lead_to_is_found_once(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "别处" / "局")
    other = _ledger(tmp_path / "ledgers" / "乙")
    for name in ("甲", "丙"):
        (tmp_path / "ledgers" / name).symlink_to(ledger)
    found = find_ledgers(None, tmp_path)
    assert [folder.resolve() for folder in found] == [ledger, other]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few users make links")
def test_in_a_repository_a_link_to_a_ledger_is_found_to_be_named(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    moved = _ledger(tmp_path / "ledgers" / "乙")
    (tmp_path / "ledgers" / "甲").symlink_to(moved)
    assert find_ledgers(None, tmp_path) == [moved, tmp_path / "ledgers" / "甲"]


def test_the_ledger_around_a_ledger_is_found_where_a_search_in_it_would_stop(
    tmp_path: Path,
) -> None:
    here = _ledger(tmp_path / "县")
    (here / ".git").mkdir()
    inner, deeper = _ledger(here / "ledgers" / "科技局"), _ledger(here / "归档" / "旧" / "乙")
    assert ledger_around(inner, here) == here
    assert ledger_around(_ledger(inner / "附件"), inner) == inner
    assert ledger_around(deeper, here) is None
    assert ledger_around(here, here) is None


def test_what_lies_above_the_repository_is_anothers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = _ledger(tmp_path / "公用")
    ledger = _ledger(shared / "台账")
    assert ledger_around(ledger, shared) is None
    (ledger / ".git").mkdir()
    assert ledger_around(ledger, shared) is None
    (ledger / ".git").rmdir()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "库"))
    assert ledger_around(ledger, shared) == shared
    assert ledger_around(ledger, ledger) is None


def test_looking_once_at_what_many_ledgers_share_tells_the_same_of_each(tmp_path: Path) -> None:
    roots = [
        _ledger(tmp_path / "县" / part / name) for part in "东西" for name in ("甲", "ledgers/乙")
    ]
    (tmp_path / "县" / "西" / "inspection.yaml").write_text("", encoding="utf-8")
    (tmp_path / "县" / ".git").mkdir()
    _link(tmp_path / "县" / "南", tmp_path / "县" / "东")
    roots += [tmp_path / "县" / "南" / "甲", tmp_path / "县" / "南" / ".." / "东" / "甲"]
    looks = Looks()
    for root in roots:
        for asked in ("县", "县/南", None):
            assert linked_part(root, asked, tmp_path, looks) == linked_part(root, asked, tmp_path)
        assert ledger_around(root, tmp_path, looks) == ledger_around(root, tmp_path)
        for here in (tmp_path, tmp_path / "县" / "南"):
            assert shown_folder(root, here, looks) == shown_folder(root, here)
            assert Path(here / shown_folder(root, here, looks)).samefile(root)
        assert looks.real(str(root)) == os.path.realpath(root)
    assert [ledger_around(one, tmp_path) for one in roots[2:4]] == [tmp_path / "县" / "西"] * 2
    assert linked_part(roots[4], "县", tmp_path) == tmp_path / "县" / "南"
