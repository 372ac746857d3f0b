"""Days and deadlines as cells of a table have them; what would have to be guessed is a question.

The forms of a ledger's file are those of `model.dates`; here is what only tables have.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from zhenggai.importers.tables.grid import Cell, CellKind
from zhenggai.importers.tables.list_items import chinese_number
from zhenggai.importers.tables.state_words import state_of
from zhenggai.model.dates import DateTextError, parse_day, parse_deadline
from zhenggai.model.terms import Kind


class ReadDay(NamedTuple):
    """What a cell says of a day.

    `is_derived` where it is the last day of what is written (2021年3月); `kind` where the kind of
    the finding stands in it; `question` why nothing was taken, or what to confirm; `serial` the day
    that a number would be, which is asked once for a column.
    """

    day: date | None = None
    is_derived: bool = False
    kind: Kind | None = None
    question: str = ""
    note: str = ""
    serial: date | None = None
    needs_year: bool = False


_KINDS = (
    (
        Kind.LONG_TERM,
        re.compile("并?(?:需要?|须)?(?:长期坚持|坚持长期|长期整改|长期推进|长期)(?:整改)?"),
    ),
    (Kind.IMMEDIATE, re.compile("立行立改|即知即改|立即整改|立知立改|立查立改")),
    (Kind.FIXED_TERM, re.compile("限期整改")),
)
_AROUND = re.compile(r"^[，,、;；。:：()\s]+|[，,、;；。:：()\s]+$")
_TIME_OF_DAY = re.compile(r"[\sT]+0?0:00(?::00(?:\.0+)?)?$")
_BEHIND = re.compile(
    r"(?:底|末)?(?:之前|以前|前|止|为止)?(?:完成措施|完成|整改到位|整改完成|办结|完毕|完成整改|到位)$"
)
_BEFORE = re.compile("(?:之前|以前|前)$")
_COMPACT = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)")
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?:\.(\d{2})|[-/](\d{1,2}))")
_NUMERALS = re.compile("[〇○零一二三四五六七八九十]+(?=[年月日])|(?<=第)[一二三四](?=季度)")
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_RANGE = re.compile(r"[至到~～—–]+|-{2,}|(?<=[日月年\d])\s*-\s*(?=\d{4}[-./年])|(?<=[日月])-(?=\d)")
_MONTHS = re.compile(r"^(\d{4})年(\d{1,2})[-~～—–至到]+(\d{1,2})月")
_ONLY_MONTH_OR_DAY = re.compile(
    r"(?:\d{1,2}\s*月|年?(?:底|末|中|内)|[上下]半年|第?[1-4一二三四]季度).*"
)
_TWO_DIGITS = re.compile(r"'?\d{2}(?:[-./年].*)")
_LENGTH = re.compile(
    r".*?[\d一二两三四五六七八九十半]+\s*个?(?:月|天|日|周|年|工作日|星期|季度)(?:以?内|之内|完成).*"
)
_SHORT_MONTH = re.compile(r"\d{4}\.\d")
_SERIAL = re.compile(r"\d{5}")
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_050
_EPOCH_ORDINAL = date(1899, 12, 30).toordinal()
_REVIEWED, _ABOUT = "前检视", "约"
_ONGOING = re.compile("持续|常态|坚持|全年|每年|每月|每季")


def read_deadline_cell(cell: Cell, year: int | None = None) -> ReadDay:
    """Read a cell of a column of deadlines; a year that is not written is `year`."""
    if cell.day is not None:
        return ReadDay(cell.day)
    if cell.kind is CellKind.NUMBER and cell.number is not None:
        return _of_number(cell)
    return _of_text(cell.text, year)


def read_event_cell(cell: Cell, year: int | None = None) -> ReadDay:
    """Read a cell of a column of days on which something happened: a month is no day."""
    found = read_deadline_cell(cell, year)
    if found.day and found.is_derived:
        return ReadDay(question=f"“{cell.text}”没有写明哪一天")
    if found.kind:
        return ReadDay(question=f"“{cell.text}”不是日期")
    return found


def _of_number(cell: Cell) -> ReadDay:
    number = cell.number or 0
    text = cell.text
    if number == int(number):
        if _COMPACT.fullmatch(text):
            return _of_text(text, None)
        if _FIRST_SERIAL <= number <= _LAST_SERIAL:
            day = _of_serial(int(number))
            return ReadDay(question=f"常规格式的数{text}，作为日期是{day}", serial=day)
    return ReadDay(question=f"数{text}是哪一天不能确定")


def _of_serial(number: int) -> date:
    return date.fromordinal(_EPOCH_ORDINAL + number)


def _of_text(written: str, year: int | None) -> ReadDay:
    text = unicodedata.normalize("NFKC", written).strip()
    kind = None
    if text.endswith(_REVIEWED):
        return ReadDay(kind=Kind.LONG_TERM, note=f"“{written}”是检视的日子，不是时限")
    about = text.startswith(_ABOUT)
    text = text.removeprefix(_ABOUT)
    if about:
        found = _of_text(text, year)
        note = f"“{written}”的“约”未读入"
        return found._replace(note=note, is_derived=True) if found.day else found
    if sum(bool(pattern.search(text)) for _, pattern in _KINDS) > 1:
        return ReadDay(question=f"“{written}”写了两种类型")
    for one, pattern in _KINDS:
        if match := pattern.search(text):
            kind = one
            rest = text[: match.start()] + "，" + text[match.end() :]
            text = _AROUND.sub("", rest)
            break
    if kind and not _says_more(text):
        return _of_kind(kind, written, text)
    found = _of_words(text, written, year)
    if kind:
        note = f"“{written}”既有日期又写明{kind.value}：日期作时限，类型为{kind.value}"
        return found._replace(kind=kind, note=note if found.day else "")
    return found


def _says_more(text: str) -> bool:
    """Whether something is left that could be a day."""
    return bool(re.search(r"\d|[一二三四五六七八九十]|年|月", text))


def _of_kind(kind: Kind, written: str, rest: str) -> ReadDay:
    note = f"“{written}”按{kind.value}读入" if rest or written.strip() != kind.value else ""
    if kind is Kind.IMMEDIATE:
        return ReadDay(kind=kind, question="立行立改没有日期", note=note)
    if kind is Kind.FIXED_TERM:
        return ReadDay(kind=kind, question="限期整改没有日期", note=note)
    return ReadDay(kind=kind, note=note)


def _of_words(text: str, written: str, year: int | None) -> ReadDay:
    if state_of(text) is not None:
        return ReadDay(question=f"“{written}”是完成情况，不是日期")
    plain = _in_digits(_TIME_OF_DAY.sub("", text)).replace(" ", "")
    plain = _MONTHS.sub(r"\1年\2月-\3月", plain)
    ends = [end for end in _RANGE.split(plain) if end]
    if len(ends) == 2:  # noqa: PLR2004 - a beginning and an end
        return _of_range(ends[0], ends[1], written, year)
    return _one_day(plain, written, year)


def _in_digits(text: str) -> str:
    """Write Chinese numerals of a day in digits: 二〇二一年六月三十日."""

    def digits(match: re.Match[str]) -> str:
        numeral = match[0]
        if "十" in numeral:
            return str(chinese_number(numeral) or numeral)
        return numeral.translate(_YEAR_DIGITS)

    return _NUMERALS.sub(digits, text)


def _of_range(first: str, last: str, written: str, year: int | None) -> ReadDay:
    """Return the end of a range, which may leave out the year and month of its beginning."""
    said = re.match(r"(\d{4})[年./-]", first)
    if not re.match(r"\d{4}", last):
        month = re.match(r"\d{4}年(\d{1,2})月", first)
        if re.fullmatch(r"\d{1,2}日.*", last) and month:
            last = f"{month[1]}月{last}"
        found = _one_day(last, written, int(said[1]) if said else year)
    else:
        found = _one_day(last, written, year)
    found = found._replace(needs_year=found.needs_year and not said)
    return found._replace(is_derived=True) if found.day else found


def _one_day(plain: str, written: str, year: int | None) -> ReadDay:
    text = re.sub("年内(?=$|完成)", "年底", plain.rstrip("。.；;，,"))
    needs_year = bool(_ONLY_MONTH_OR_DAY.fullmatch(text)) and not re.match(r"\d{4}年", text)
    if needs_year and year is None:
        return ReadDay(question=f"“{written}”没有年份", needs_year=True)
    full = f"{year}年{text.removeprefix('年')}" if needs_year else _in_year(text)
    for one in dict.fromkeys((full, _behind_off(full))):
        try:
            day = parse_deadline(one)
        except DateTextError as error:
            if "日历上没有" in str(error) or "年份不在" in str(error):
                return ReadDay(question=str(error))
            continue
        return ReadDay(day, is_derived=not _is_day(one), needs_year=needs_year)
    if _SERIAL.fullmatch(text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        day = _of_serial(int(text))
        return ReadDay(question=f"“{written}”像Excel的日期序号（{day}）", serial=day)
    return ReadDay(question=f"“{written}”{_why_no_day(text)}")


def _in_year(text: str) -> str:
    """Write eight digits, and a year with a month, in a form that a ledger knows."""
    bare = _BEFORE.sub("", _BEHIND.sub("", text))
    if match := _COMPACT.fullmatch(bare):
        return "-".join(match.groups())
    if match := _YEAR_AND_MONTH.fullmatch(bare):
        return f"{match[1]}年{match[2] or match[3]}月"
    return text


def _why_no_day(text: str) -> str:
    if _LENGTH.fullmatch(text):
        return "要从反馈日期算起"
    if _SHORT_MONTH.fullmatch(text):
        return "是几月不能确定（1月和10月写出来一样）"
    if _TWO_DIGITS.fullmatch(text):
        return "的年份只有两位"
    if _ONGOING.search(text):
        return "不是日期；是否长期坚持不能确定"
    return "不是能识别的日期"


def _behind_off(text: str) -> str:
    """Take off what follows a day (前完成), and keep 底 and 末, which belong to it."""
    match = _BEHIND.search(text)
    if match is None:
        return text
    kept = match[0][:1] if match[0][:1] in "底末" else ""
    return text[: match.start()] + kept


def _is_day(text: str) -> bool:
    try:
        parse_day(_BEFORE.sub("", text))
    except DateTextError:
        return False
    return True
