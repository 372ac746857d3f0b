"""Files handed to `import` end in two seconds and 200 MiB, with one sentence where they are none.

ZHENGGAI_THOROUGH=1 tries those too that take longest to make and to read.
"""

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hostile_files import REFUSED, SLOW, SLOWER

from commandline import ROOT, Outcome, Zhenggai, python
from ledger_files import finding, write_ledger

THOROUGH = bool(os.environ.get("ZHENGGAI_THOROUGH"))
_TRIED = REFUSED | SLOW | (SLOWER if THOROUGH else {})

# One process for all: each file has the memory that the ones before it gave back.
_IMPORT_EACH = """
import contextlib, io, json, resource, sys, time
from pathlib import Path
from zhenggai.cli.app import main

main(["import", sys.argv[2], "--dry-run"])
limit = 200 << 20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for path in sorted(Path(sys.argv[1]).iterdir()):
    out, err = io.StringIO(), io.StringIO()
    began = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["import", str(path), "--dry-run"])
    took = time.process_time() - began
    print(json.dumps([path.stem, int(code), out.getvalue(), err.getvalue(), took]))
"""
_PUBLISHED = ROOT / "tests" / "notice" / "fixtures" / "a-flat.txt"


class Attempt(NamedTuple):
    """What came of the attempt to import a file, and the seconds of a processor it took."""

    outcome: Outcome
    took: float


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Attempt]:
    if sys.platform == "win32":
        pytest.skip("Windows knows no such limits")
    folder = tmp_path_factory.mktemp("hostile")
    for number, (name, make) in enumerate(_TRIED.items()):
        (folder / f"{number:03d}{Path(name).suffix}").write_bytes(make())
    out = python("-c", _IMPORT_EACH, str(folder), str(_PUBLISHED), timeout=180).out
    lines = [line for line in out.splitlines() if line.startswith("[")]
    read = [json.loads(line) for line in lines]
    assert len(read) == len(_TRIED)
    return {
        name: Attempt(Outcome(code, out, err), took)
        for name, (_, code, out, err, took) in zip(_TRIED, read, strict=True)
    }


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_no_notice_is_is_refused_in_one_sentence(
    name: str, attempts: dict[str, Attempt]
) -> None:
    (code, out, err), took = attempts[name]
    assert (code, out) == (3, "")
    assert err.startswith("错误：“")
    assert err.count("\n") == 1
    assert took < 2


@pytest.mark.parametrize("name", [name for name in _TRIED if name not in REFUSED])
def test_what_takes_long_does_not_take_too_long(name: str, attempts: dict[str, Attempt]) -> None:
    (code, _, err), took = attempts[name]
    assert code in (0, 3)
    assert "Traceback" not in err
    assert took < 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("locked by Word.docx", "加了密码；去掉密码另存为docx再导入"),
        ("locked zip.docx", "加了密码；去掉密码另存为docx再导入"),
        ("old.docx", "是老式的doc；用Word或WPS另存为docx再导入"),
        ("outside entity.docx", "不是能读的docx文件；用Word或WPS另存为docx再导入"),
        ("forged size.docx", "不是能读的docx文件；用Word或WPS另存为docx再导入"),
        ("true size.docx", "展开以后太大，不会是一份通报；只留下通报的正文再导入"),
        ("backslashes.md", "太长（超过10万字或2000行），不会是一份通报；只留下通报的正文再导入"),
    ],
)
def test_it_is_said_what_a_file_is(name: str, sentence: str, attempts: dict[str, Attempt]) -> None:
    assert attempts[name].outcome.err.endswith(f"”{sentence}\n")


def test_of_a_title_beyond_200_characters_200_are_kept_as_the_title(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    source = tmp_path / "通报.txt"
    text = _PUBLISHED.read_text(encoding="utf-8").replace("学习不经常", "学习不经常" * 60)
    source.write_text(text, encoding="utf-8")
    outcome = zhenggai("import", str(source), "-o", str(tmp_path / "台账"))
    assert outcome.code == 0
    assert "识别出3个问题" in outcome.out
    assert "逐字相同" in outcome.out
    assert "标题超过200字" in outcome.err
    codes = zhenggai("check", "--ledger", str(tmp_path / "台账"), "--today", "2022-10-08").out
    assert "K314" not in codes


def test_a_title_of_thousands_of_characters_is_an_error_where_it_stands(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"01": finding(问题="a b" * 20_000)})
    outcome = zhenggai("check", "--ledger", str(tmp_path), "--today", "2021-05-18")
    assert outcome.code == 3
    assert "K314 “问题”有60000字，超过200字" in outcome.out
    refused = zhenggai("new", "--ledger", str(tmp_path), "长" * 201)
    assert refused.code == 3
    assert "“问题”有201字，超过200字" in refused.err
