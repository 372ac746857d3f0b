"""Explain YAML syntax errors in plain Chinese."""

import re

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from zhenggai.model.codes import reading_problem
from zhenggai.model.problem import Problem


def flaw(line: int, column: int, code: str, message: str, hint: str) -> Problem:
    """Return a problem of the text itself; `line` and `column` count from 0, as the parser does."""
    found = reading_problem(code, message, hint)
    return found._replace(line=line + 1, column=column + 1)


_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- +)*([^\s:：#'\"“]{1,12})：")
_LINE_END = re.compile(r"\r\n?|\n")

# The parser's words (what it expected, then in which construct), first match wins.
_MEANINGS = (
    (
        "unknown escape|hexa?decimal",
        "双引号里的反斜杠“\\”有特殊含义",
        "把外面的双引号改成单引号",
    ),
    (
        "quoted scalar",
        "引号未成对",
        "补全引号；内容里有引号时，外面改用单引号，或用中文引号“”",
    ),
    (
        "block scalar",
        "值以 | 或 > 开头，会被当作多行文字的记号",
        "给整个值加上单引号",
    ),
    (
        "cannot start any token|block node|mapping keys are not allowed",
        "值不能以这个符号开头",
        "给整个值加上单引号，如 '@……'、'%……'、'`……'",
    ),
    (
        "mapping values are not allowed",
        "这一行的值里又出现了“: ”，或缩进不对",
        "给整个值加上单引号，或改用全角“：”；缩进要与同级的键对齐",
    ),
    (
        "could not find expected ':'",
        "这一行未写成“键: 值”",
        "补充半角冒号和空格；如果是上一行的续行，多缩进两格",
    ),
    (
        "flow (sequence|mapping|node)",
        "方括号或花括号未成对，或中间缺了逗号",
        "检查 [ ] 和 { }；内容本身有这些符号时，给整个值加上单引号",
    ),
    (
        "sequence entries are not allowed",
        "列表项“- ”不能写在这里",
        "列表项另起一行，以“- ”开头",
    ),
    (
        "anchor|alias|tag",
        "文字以 & * ! 之一开头，会被当作YAML的记号",
        "给整个值加上单引号",
    ),
    (
        "block (mapping|collection)",
        "缩进或写法与上下文对不上",
        "同级的键左对齐，列表项以“- ”开头；引号之后不要再写文字",
    ),
    (
        "directive",
        "行首的 % 会被当作YAML的记号",
        "给整个值加上单引号，或删去这一行",
    ),
    (
        "document start",
        "从这里起的内容与前面接不上",
        "检查引号和括号是否提前收尾；文件开头不要写 % 行",
    ),
)
# Meanings told where the construct begins, not where the parser gave up on it.
_TOLD_AT_START = ("quoted scalar", "block scalar", "flow", "expected ':'", "anchor", "directive")
_UNKNOWN = ("不合YAML的写法", "检查这一行和上一行的缩进、冒号和引号")


def explain(text: str, error: Exception) -> Problem:
    """Turn what the parser raised on this text into one Chinese sentence at one place."""
    if isinstance(error, ReaderError):
        return control_character(text, error.position)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        # On mangled input the parser can also fail without saying where.
        return flaw(0, 0, "Y201", *_UNKNOWN)
    mark = error.problem_mark
    lines = text.splitlines()
    first = error.context_mark.line if error.context_mark is not None else mark.line
    if lines[mark.line : mark.line + 1] and lines[mark.line][mark.column :].startswith("\t"):
        return flaw(mark.line, mark.column, "Y203", "这里用了制表符（Tab）", "换成空格")
    return _wide_colon(lines, first, mark.line) or _by_meaning(error)


def control_character(text: str, offset: int) -> Problem:
    """Say that a character is there which nobody can see."""
    message = f"含有不可见的控制字符（{codepoint(text[offset])}）"
    return flaw(*line_and_column(text, offset), "Y209", message, "删去这个字符")


def codepoint(character: str) -> str:
    """Write a character that cannot be shown the way editors search for it."""
    return f"U+{ord(character):04X}"


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the place of an offset, from 0; lines end the way they do for the parser."""
    ends = [end.end() for end in _LINE_END.finditer(text, 0, offset)]
    return len(ends), offset - (ends[-1] if ends else 0)


def _wide_colon(lines: list[str], first: int, last: int) -> Problem | None:
    """Look for a full-width colon from before the construct began to where it broke."""
    for number in range(min(last, len(lines) - 1), max(first - 1, last - 50, 0) - 1, -1):
        line = lines[number]
        if (colon := _FULL_WIDTH_COLON.match(line)) and ": " not in line:
            message = f"“{colon[1]}”后面用了全角冒号“：”"
            return flaw(number, colon.end() - 1, "Y202", message, "改成半角冒号加空格")
    return None


def _by_meaning(error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark
    said = f"{error.problem} {error.context}"
    for pattern, message, hint in _MEANINGS:
        if re.search(pattern, said):
            told_at_start = any(words in pattern for words in _TOLD_AT_START)
            if told_at_start and error.context_mark is not None:
                mark = error.context_mark
            code = "Y205" if "anchor" in pattern else "Y201"
            return flaw(mark.line, mark.column, code, message, hint)
    return flaw(mark.line, mark.column, "Y201", *_UNKNOWN)
