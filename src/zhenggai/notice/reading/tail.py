"""The end of a notice: how to reach its authors, their signature, the date, and annexes."""

import re
from dataclasses import dataclass, field

from zhenggai.model.dates import chinese_day
from zhenggai.model.decoding import decode, decode_inspection
from zhenggai.model.notice_settings import LEFT_OUT, Notice
from zhenggai.notice import default_text
from zhenggai.notice.printed_days import is_printed_day, plain_digits, printed_day
from zhenggai.notice.reading.closing_words import (
    closes,
    contacts_in,
    counts_a_contact,
    heads_a_contact,
    period_in,
)
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.lines import ENDS
from zhenggai.notice.reading.marks import Style, begins_count, mark_of

_CONTACT = re.compile(
    "电话|邮箱|电子邮件|邮编|邮政编码|传真|联系人|联系方式|监督方式|反映渠道|通[信讯]地址|邮寄地址|来信|来电|来访|信箱"
    r"|受理(?:单位|部门|机构|科室|人)[:：]|公示(?:期|时间)|欢迎.{0,12}(?:监督|意见)|如有.{0,6}(?:意见|建议)|[0-9]{3,4}[-—－][0-9]{7,8}|@|^[^。；;，,：:]{0,8}地\s*址[:：]|受理时间|工作时间"
)
_ANNEX = re.compile(r"附\s*(?:件|表)\s*[0-9一二三四五六七八九十]*\s*(?:[：:].*)?$|附[：:]")
_HEADS_CONTACT = re.compile("(?:监督|联系|反映)(?:方式|渠道|电话)?(?:如下)?[：:]$")
_SIGNED_ON = re.compile(
    r"(?P<who>\S.{1,38}?)\s*(?P<day>[0-9０-９]{4}\s*[年./-].{2,10}|[一二][一二三四五六七八九〇○零OＯo０0]{3}年.{3,8}日)$"
)
_SEALED = re.compile(r"\s*[（(](?:公章|盖章|印章|签章|章)[)）]$")
_LABEL_OF_SIGNATURE = re.compile(r"(?:落款|(?:发布|公布|公示|制发|成文)?(?:单位|机构))\s*[：:]\s*")
_DATED = re.compile(
    r"(?:(?:发布|公布|公示|印发|成文|发文|落款)?(?:时间|日期)\s*[：:]\s*)?(?P<day>.{6,16}?)\s*(?:印发|发布|公布)?"
)
_ORGANISATION = re.compile(
    r"(?:党组|党委|党总支|党支部|支部|总支|委员会|工委|党工委|公司|集团|局|厅|办公室|办|中心|学院|学校|医院|大学|政府|法院|检察院|站|所|馆|社|院|会|队|部)$"
)
_MONTH = re.compile(
    r"(?:[0-9]{4}|[一二〇○零][一二三四五六七八九〇○零]{3})\s*年\s*[0-9一二三四五六七八九十]{1,2}\s*月"
)
_LIKE_A_DAY = re.compile(r"[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日")
# 注：本通报数据截至……, behind how to reach the authors.
_NOTE = re.compile("(?:注|备注|说明)[：:].{1,80}")
_LONGEST_SIGNATURE, _MOST_SIGNERS, _MOST_ANNEXES = 40, 4, 12
_WAYS = ("联系电话", "电子邮箱", "通信地址")
_LINES_AFTER_THE_DATE = 12


@dataclass
class Tail:
    """The lines at the end of a notice, by what they are."""

    contact: list[Line] = field(default_factory=list)
    signatures: list[Line] = field(default_factory=list)
    date: Line | None = None
    behind: list[Line] = field(default_factory=list)

    @property
    def is_signed(self) -> bool:
        """Whether somebody signs it on a day."""
        return self.date is not None and (bool(self.signatures) or _signs(self.date.text))


def take_tail(lines: list[Line]) -> Tail:
    """Take contact, signature, date and annexes away from the end of a notice's lines."""
    tail = Tail()
    for back, line in enumerate(reversed(lines[-1 - _LINES_AFTER_THE_DATE :]), start=1):
        if _LIKE_A_DAY.fullmatch(line.text) or _dated(line.text) or _signs(line.text):
            tail.behind = lines[len(lines) - back + 1 :]
            del lines[len(lines) - back :]
            tail.date = line
            break
    is_dated = tail.date is not None and not _signs(tail.date.text)
    if tail.date is None and _is_signed_by_month(lines):
        tail.behind = [lines.pop()]
        tail.signatures.insert(0, lines.pop())
    while lines and len(tail.signatures) < _MOST_SIGNERS and _is_signature(lines[-1].text):
        sure = _is_of_an_organisation(lines[-1].text)
        if not (sure and (tail.date or len(lines) > 1)) and not (is_dated and not tail.signatures):
            break
        if not tail.date and not _signer(lines[-1].text).startswith("中共"):
            break
        tail.signatures.insert(0, lines.pop())
    _take_contact(tail, lines)
    return tail


def _dated(text: str) -> str:
    """Return the day that a line gives as the notice's, '' where it says anything else."""
    match = _DATED.fullmatch(text)
    return match["day"] if match and is_printed_day(match["day"]) else ""


def _is_signed_by_month(lines: list[Line]) -> bool:
    """Whether a notice ends with who signs it, and a month without a day."""
    return (
        len(lines) > 1
        and _MONTH.fullmatch(lines[-1].text) is not None
        and _is_signature(lines[-2].text)
        and _ORGANISATION.search(lines[-2].text) is not None
    )


def _signs(text: str) -> bool:
    match = _SIGNED_ON.fullmatch(text)
    return (
        match is not None
        and is_printed_day(match["day"])
        and _ORGANISATION.search(match["who"]) is not None
    )


def _is_signature(text: str) -> bool:
    return (
        len(text) <= _LONGEST_SIGNATURE
        and text[-1] not in ENDS
        and not re.search("[：:，,]", _LABEL_OF_SIGNATURE.sub("", text))
        and not _is_counted(text)
        and not _ANNEX.match(text)
        and not closes(text)
    )


def _signer(text: str) -> str:
    """Return who signs in a line of the signature, '' where it holds a seal alone."""
    return _LABEL_OF_SIGNATURE.sub("", _SEALED.sub("", text), count=1)


def _is_of_an_organisation(text: str) -> bool:
    if _is_counted(text):
        return False
    return not _signer(text) or _ORGANISATION.search(_signer(text)) is not None


def _is_counted(text: str) -> bool:
    mark = mark_of(text)
    return (mark is not None and mark.style is not Style.BULLET) or begins_count(text)


def _take_contact(tail: Tail, lines: list[Line]) -> None:
    _take_annexes(tail, lines)
    while lines:
        text = lines[-1].text
        is_note = _NOTE.fullmatch(text) is not None
        if not _is_contact(text) and not (
            (tail.contact or is_note or _stands_below_a_label(lines)) and _between(lines)
        ):
            return
        tail.contact.insert(0, lines.pop())


def _take_annexes(tail: Tail, lines: list[Line]) -> None:
    """Take a list of annexes: 附件：1.甲, and lines that go on counting them."""
    for back, line in enumerate(reversed(lines[-_MOST_ANNEXES:]), start=1):
        if _ANNEX.match(line.text):
            tail.contact[:0] = lines[-back:]
            del lines[-back:]
            return
        mark = mark_of(line.text)
        if mark is None or mark.style is not Style.ARABIC or line.text[-1] in ENDS:
            return


def _is_contact(text: str) -> bool:
    if closes(text) or period_in(text) or heads_a_contact(text) or counts_a_contact(text):
        return True
    if _ANNEX.match(text) or _HEADS_CONTACT.search(text):
        return True
    return _CONTACT.search(plain_digits(text)) is not None and not _is_counted(text)


def _stands_below_a_label(lines: list[Line]) -> bool:
    return len(lines) > 1 and heads_a_contact(lines[-2].text)


def _between(lines: list[Line]) -> bool:
    """Whether a short line stands between lines on contact (邮箱 over two lines, 联系人 alone)."""
    if len(lines) > 1 and _NOTE.fullmatch(lines[-1].text) and _is_contact(lines[-2].text):
        return True
    short = 30
    return (
        len(lines) > 1
        and len(lines[-1].text) <= short
        and not _is_counted(lines[-1].text)
        and (heads_a_contact(lines[-2].text) or _HEADS_CONTACT.search(lines[-2].text) is not None)
    )


def read_tail(draft: Draft, tail: Tail) -> None:
    """Record the end; the sentence to the public is kept unless it would come out the same."""
    notice = draft.notice
    if signers := [who for line in tail.signatures if (who := _signer(line.text))]:
        notice["落款"] = "、".join(signers)
    _record_day(draft, tail)
    if tail.behind:
        notice["文末"] = [line.text for line in tail.behind]
        if tail.date is None:
            draft.unfilled.append(f"落款日期“{tail.behind[0].text}”没有写到日，“落款日期”未填写")
    texts = [line.text for line in tail.contact]
    for key, value in contacts_in([*texts, *notice.get("文末", ())]):
        notice[key] = value
    _publicity(draft, texts)
    inspection, _ = decode_inspection(draft.inspection)
    own = default_text.supervision(inspection, _notice(draft))
    if "\n".join(texts) != own:
        notice["监督"] = texts or LEFT_OUT


def _publicity(draft: Draft, texts: list[str]) -> None:
    """Record how long the notice is shown; what is said with it stays in `texts`, as a whole."""
    for place, text in enumerate(texts):
        end = period_in(text)
        if not end:
            continue
        draft.notice["公示期"] = text[:end].strip()
        if end == len(text) and place == 0:
            del texts[0]
        return


def _record_day(draft: Draft, tail: Tail) -> None:
    notice = draft.notice
    lines = [line.text for line in tail.signatures]
    signed = [_signed(draft, line) for line in lines]
    if tail.date is None:
        if len(lines) > 1 or signed not in ([], ["{落款}"]):
            notice["落款写法"] = signed if len(lines) == 1 else lines
        return
    day = printed_day(tail.date.text)
    if day is None:
        draft.set_aside([tail.date])
        return
    notice["落款日期"] = str(day)
    if _dated(tail.date.text):
        if tail.date.text != chinese_day(day) or signed not in ([], ["{落款}"]):
            notice["落款写法"] = [*signed, tail.date.text]
        return
    match = _SIGNED_ON.fullmatch(tail.date.text)
    if match:
        names = [*lines, match["who"].rstrip()]
        notice["落款"] = "、".join(names)
        last = tail.date.text.replace(names[-1], "{落款}" if len(names) == 1 else names[-1], 1)
        notice["落款写法"] = [*lines, last]


def _signed(draft: Draft, text: str) -> str:
    signer = _signer(text)
    return text.replace(signer, "{落款}", 1) if draft.notice.get("落款") == signer else text


def _notice(draft: Draft) -> Notice:
    known = ("标点", "用语", *_WAYS)
    written = {key: value for key, value in draft.notice.items() if key in known}
    notice, _ = decode(Notice, written)
    return notice or Notice()
