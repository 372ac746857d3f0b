"""Mangled ledgers: whatever is in a file, reading ends, and says what is wrong and where.

ZHENGGAI_FUZZ sets how many documents are tried (50 unless told).
"""

import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger_files import read_whole
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.codes import READING
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.problem import Problem, has_errors
from zhenggai.rules import CODES, ExaminedLedger, examine
from zhenggai.storage.evidence import has_file
from zhenggai.storage.ledger_texts import LedgerTexts
from zhenggai.storage.resources import shipped
from zhenggai.storage.yaml.nodes import locate, parse, to_data

SAMPLE = [path.read_text(encoding="utf-8") for path in sorted(shipped("ledgers").glob("*/*.yaml"))]
DOCUMENTS = int(os.environ.get("ZHENGGAI_FUZZ", "50"))

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LINE_END = re.compile(r"\r\n?|\n")

_YAML_SIGNS = "-?:,[]{}#&*!|>'\"%@`~<\\= \t\n"
_CHINESE_SIGNS = "：，。、；“”《》（）！？　一二三问题措施日期"
_HIDDEN = "\x00\x07\x08\x0b\x0c\x1b\x1c\x7f\x85\x9b\r\u200b\u2028\u2029\ufeff\ufffe😀"
_PIECES = st.one_of(
    st.sampled_from([*_YAML_SIGNS, *_CHINESE_SIGNS, *_HIDDEN, *"0129aZ"]),
    st.sampled_from(
        [
            *("---\n", "...\n", "<<: ", "&a ", "*a", "!!str ", "? ", "- ", ": ", "|\n", ">-\n"),
            *("null", "~", '"\\ud800"', "%YAML 1.1\n", "<<<<<<< HEAD\n", "{", "[[[[", "\r\n"),
            *(
                "2021/5/1",
                "2201-01-01",
                "长期坚持",
                "事项: ",
                "记录:\n",
                "佐证: ../x\n",
                "类型: []\n",
            ),
        ]
    ),
)

_fuzzed = settings(
    max_examples=DOCUMENTS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def _mangled(draw: st.DrawFn) -> str:
    """Take a file of the sample and change it in a few places."""
    text = draw(st.sampled_from(SAMPLE))
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from(_CHANGES))(draw, text)
    return text


def _insert(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + "".join(draw(st.lists(_PIECES, min_size=1, max_size=4))) + text[at:]


def _delete(draw: st.DrawFn, text: str) -> str:
    at, length = draw(st.integers(0, len(text))), draw(st.integers(1, 30))
    return text[:at] + text[at + length :]


def _repeat(draw: st.DrawFn, text: str) -> str:
    at, length = draw(st.integers(0, len(text))), draw(st.integers(1, 60))
    return text[: at + length] + text[at:]


def _cut_lines(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at, count = draw(st.integers(0, len(lines))), draw(st.integers(1, 5))
    return "".join(lines[:at] + lines[at + count :])


def _swap_lines(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _indent(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = draw(st.integers(0, len(lines) - 1))
    lines[at] = draw(st.sampled_from([" ", "  ", "\t", "- "])) + lines[at]
    return "".join(lines)


_CHANGES: list[Callable[[st.DrawFn, str], str]] = [
    *(_insert, _delete, _repeat, _cut_lines, _swap_lines, _indent)
]


@st.composite
def _mangled_bytes(draw: st.DrawFn) -> bytes:
    """Take a mangled file in some encoding, with bytes that belong to none."""
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    content = draw(_mangled()).encode(encoding, "replace")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(min_size=1, max_size=6)) + content[at:]
    return content


def _well_said(problem: Problem) -> bool:
    return bool(_CHINESE.search(problem.message) and _CHINESE.search(problem.hint or "无"))


def _inside(text: str, line: int, column: int) -> bool:
    """Tell whether a place is in the text, or at its very end."""
    lines = _LINE_END.split(text)
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


@_fuzzed
@given(_mangled())
@example("")
@example("\x00")
@example("记录: [{事项: [督查]}]")
@example('问题: "\\ud800"')
@example("措施: {0: 一}")
def test_no_text_brings_reading_down(text: str) -> None:
    node, problems = parse(text, "07.yaml")
    for problem in problems:
        assert problem.code in READING
        assert _well_said(problem)
        assert _inside(text, problem.line, problem.column)
    assert node is not None or has_errors(problems)
    if node is None:
        return
    data = to_data(node)
    finding, faults = decode_finding(data, "07")
    assert finding is not None or faults
    for fault in [*faults, *decode_inspection(data)[1]]:
        mark = locate(node, fault.at, key=fault.code == "K302")
        assert fault.code in READING
        assert _well_said(fault)
        assert _inside(text, mark.line + 1, mark.column + 1)
        assert 0 <= mark.offset <= len(text)


@_fuzzed
@given(_mangled_bytes(), _mangled_bytes())
@example(b"", b"\xff\xfe")
def test_no_bytes_bring_a_ledger_down(finding: bytes, inspection: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        files = {"07.yaml": finding, "inspection.yaml": inspection}
        for file, content in files.items():
            (root / file).write_bytes(content)
        ledger, problems = read_whole(root, "")
        assert len(ledger.findings) + len(ledger.unreadable) == 1
        case = ExaminedLedger(LedgerOnDay(ledger, date(2021, 5, 18)), has_file(root))
        for problem in problems + LedgerTexts(root).placed(examine(case)):
            assert problem.code in CODES
            assert _well_said(problem)
            text = files[problem.path].decode("utf-8-sig", "replace")
            assert _inside(text, problem.line, problem.column)
