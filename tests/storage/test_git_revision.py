"""Earlier revisions: real git repositories, read as they are stored and from where git is told."""

import os
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from git_repository import SETTINGS, Repository, init
from ledger_files import finding, read_whole, write_ledger
from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.storage.git_revision import renamed_from, revision

SHANGHAI = "Asia/Shanghai"


@pytest.fixture(autouse=True)
def _nobodys_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return init(tmp_path / "仓库")


def _ledger(folder: Path, **titles: str) -> Path:
    files = {stem.strip("_"): finding(问题=title) for stem, title in titles.items()}
    return write_ledger(folder, files)


def _titles(root: Path, asked: str = "HEAD") -> dict[str, str]:
    then = revision(root, asked)
    old = then.read(then.place_of(root), "")
    return {finding.id: finding.title for finding in old.findings}


@pytest.mark.parametrize("place", ["", "ledgers/县科技局 2021", "甲/乙"])
def test_a_ledger_is_read_as_it_stood(repository: Repository, place: str) -> None:
    root = _ledger(repository.folder / place, _07="会议过多", _08="学习不够")
    repository.commit()
    _ledger(root, _07="改过的名称", _09="新的问题")
    (root / "08.yaml").unlink()
    assert _titles(root) == {"07": "会议过多", "08": "学习不够"}


def test_any_name_of_a_commit_will_do(repository: Repository) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    first = repository.commit()
    repository.git("tag", "反馈")
    repository.git("tag", "--annotate", "--message", "一", "v1")
    _ledger(root, _07="会议过滥")
    repository.commit()
    for asked in (first, first[:8], "反馈", "v1", "HEAD~1", "HEAD^", "main~1"):
        assert _titles(root, asked) == {"07": "会议过多"}


@pytest.mark.parametrize(
    "asked",
    ["没有", "", " ", "HEAD~9", "--output=x", "-n", "--", "HEAD..main", "HEAD:07.yaml", "a b"],
)
def test_an_unknown_revision_is_wrong_usage(repository: Repository, asked: str) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    repository.commit()
    with pytest.raises(WrongUsageError) as wrong:
        revision(root, asked)
    assert str(wrong.value) == f"仓库里没有“{asked}”这个版本；核对提交号、分支或标签"
    assert sorted(path.name for path in root.iterdir()) == [".git", "07.yaml", "inspection.yaml"]


def test_a_shallow_clone_says_how_to_fetch_the_rest(repository: Repository, tmp_path: Path) -> None:
    _ledger(repository.folder, _07="会议过多")
    repository.commit()
    repository.commit()
    shallow = tmp_path / "浅"
    repository.git("clone", "--quiet", "--depth=1", repository.folder.as_uri(), str(shallow))
    with pytest.raises(WrongUsageError) as wrong:
        revision(shallow, "HEAD~1")
    assert str(wrong.value) == (
        "仓库是浅克隆，没有“HEAD~1”这个版本；先执行 git fetch --unshallow"
        "（GitHub上把checkout的fetch-depth设为0）"
    )
    assert _titles(shallow) == {"07": "会议过多"}


def test_outside_a_repository_there_is_nothing_to_compare(tmp_path: Path) -> None:
    root = _ledger(tmp_path / "台账", _07="会议过多")
    with pytest.raises(WrongUsageError) as wrong:
        revision(root, "HEAD")
    assert str(wrong.value) == f"“{root}”不在Git仓库里，--since 无从比较；先把台账放进Git"


def test_a_repository_without_commits_has_no_revision(repository: Repository) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    with pytest.raises(WrongUsageError, match="仓库里没有“HEAD”这个版本"):
        revision(root, "HEAD")


def test_without_git_it_is_asked_for(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    monkeypatch.setenv("PATH", str(tmp_path / "空"))
    with pytest.raises(WrongUsageError, match="未找到git命令"):
        revision(root, "HEAD")


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only root can chown")
def test_somebody_elses_repository_says_how_to_trust_it(repository: Repository) -> None:
    root = _ledger(repository.folder / "台账", _07="会议过多")
    repository.commit()
    os.chown(repository.folder, 12345, 12345)
    os.chown(repository.folder / ".git", 12345, 12345)
    with pytest.raises(WrongUsageError) as wrong:
        revision(root, "HEAD")
    assert str(wrong.value) == (
        f"“{root}”属于其他用户，Git不读这个仓库；"
        f"先执行 git config --global --add safe.directory {_quoted(repository.folder)}"
    )


def _quoted(folder: Path) -> str:
    """Write a path as git does where it holds more than plain letters."""
    return str(folder) if str(folder).isascii() else f"'{folder}'"


def test_the_variables_that_git_sets_for_its_hooks_lead_nowhere_else(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _ledger(repository.folder / "台账", _07="会议过多")
    repository.commit()
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert _titles(root) == {"07": "会议过多"}


def test_attributes_cannot_leave_a_file_out(repository: Repository) -> None:
    root = _ledger(repository.folder, _07="会议过多", _08="学习不够")
    attributes = "07.yaml export-ignore\n08.yaml export-subst filter=none eol=crlf\n"
    (root / ".gitattributes").write_text(attributes, encoding="utf-8")
    repository.commit()
    assert _titles(root) == {"07": "会议过多", "08": "学习不够"}


def test_evidence_is_neither_unpacked_nor_read(repository: Repository) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    (root / "佐证").mkdir()
    for name in ("录像.mp4", "佐证/录像.mp4", "佐证/07.yaml"):
        (root / name).write_bytes(name.encode() * 1000)
    repository.commit()
    for name in ("录像.mp4", "佐证/录像.mp4", "佐证/07.yaml"):
        blob = repository.git("rev-parse", f"HEAD:{name}")
        (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert _titles(root) == {"07": "会议过多"}


def test_a_damaged_repository_is_an_error_in_words(repository: Repository) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    repository.commit()
    blob = repository.git("rev-parse", "HEAD:07.yaml")
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(
        InvalidInputError, match=r"^git未给出要比较的版本（.+）；用 git fsck 检查仓库$"
    ):
        _titles(root)


def test_of_a_clone_without_files_the_remote_is_named_and_not_our_own_settings(
    repository: Repository, tmp_path: Path
) -> None:
    _ledger(repository.folder, _07="会议过多")
    repository.commit()
    (repository.folder / "07.yaml").write_text("问题: 又一个\n", encoding="utf-8")
    repository.commit()
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = Repository(tmp_path / "不全")
    url = repository.folder.as_uri()
    repository.git("clone", "--quiet", "--filter=blob:none", url, str(clone.folder))
    clone.git("remote", "set-url", "origin", (tmp_path / "没有").as_uri())
    with pytest.raises(InvalidInputError, match="连上远程仓库再查") as refused:
        _titles(clone.folder, "HEAD~1")
    assert "graft" not in str(refused.value)


def test_a_file_that_is_a_link_in_git_is_not_read(repository: Repository) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    try:
        (root / "08.yaml").symlink_to("07.yaml")
    except OSError:
        pytest.skip("this user may not make links")
    repository.commit()
    assert _titles(root) == {"07": "会议过多"}


def test_a_revision_is_of_the_day_it_was_committed_on_where_the_ledger_is_kept(
    repository: Repository,
) -> None:
    root = _ledger(repository.folder, _07="会议过多")
    repository.commit(day="2021-05-18")
    then = revision(root, "HEAD")
    assert then.made_on(SHANGHAI) == date(2021, 5, 18)
    assert then.made_on("Pacific/Honolulu") == date(2021, 5, 17)


def test_every_ledger_of_a_revision_is_found(repository: Repository) -> None:
    for place in ("ledgers/甲局", "ledgers/乙局", "其他"):
        _ledger(repository.folder / place, _01="会议过多")
    (repository.folder / "说明").mkdir()
    (repository.folder / "说明" / "01.yaml").write_text("问题: 不是台账\n", encoding="utf-8")
    repository.commit()
    found = revision(repository.folder, "HEAD").ledgers()
    assert sorted(map(str, found)) == ["ledgers/乙局", "ledgers/甲局", "其他"]


def test_a_renamed_ledger_is_known_by_its_findings(repository: Repository) -> None:
    old = _ledger(repository.folder / "旧", _01="会议过多", _02="学习不够", _03="公车私用")
    _ledger(repository.folder / "另一本", _01="会议过多", _02="学习不够", _03="公车私用")
    repository.commit()
    old.rename(repository.folder / "新")
    _ledger(repository.folder / "新", _03="改过名称的问题")
    now, _ = read_whole(repository.folder / "新", "")
    then = revision(repository.folder / "新", "HEAD")
    assert renamed_from(then, now) == PurePosixPath("旧")


def test_a_new_ledger_was_not_another_one_before(repository: Repository) -> None:
    old = _ledger(repository.folder / "旧", _01="会议过多", _02="学习不够", _03="公车私用")
    repository.commit()
    old.rename(repository.folder / "新")
    _ledger(repository.folder / "新", _02="别的问题", _03="又一个问题")
    now, _ = read_whole(repository.folder / "新", "")
    assert renamed_from(revision(repository.folder / "新", "HEAD"), now) is None
