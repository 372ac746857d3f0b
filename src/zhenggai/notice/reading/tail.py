"""The end of a notice: how to reach its authors, their signature, and the date."""

import re
from dataclasses import dataclass, field

from zhenggai.model.decoding import decode
from zhenggai.model.notice_settings import LEFT_OUT, Notice
from zhenggai.notice import default_text
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.head import set_day
from zhenggai.notice.reading.lines import DAY, ENDS

_CONTACT = re.compile(
    "联系电话|监督电话|举报电话|联系方式|邮箱|电子邮件|通[信讯]地址|邮寄地址|公示期|欢迎广大"
)
_CONTACTS = {
    "联系电话": r"(?:联系|监督|举报)电话[:：]\s*([0-9\-—()（） ]{0,30}[0-9])",
    "电子邮箱": r"(?:邮箱|电子邮件)[:：]\s*([\w.+-]{1,64}@[\w.-]{1,80}\w)",
    "通信地址": r"(?:通信|通讯|邮寄)?地址[:：]\s*([^;；。,，]{1,80})",
}
_LONGEST_SIGNATURE = 40
# A web page or a form leaves a few words behind the date.
_LINES_AFTER_THE_DATE = 5


@dataclass
class Tail:
    """The lines at the end of a notice, by what they are."""

    contact: list[Line] = field(default_factory=list)
    signature: Line | None = None
    date: Line | None = None
    behind: list[Line] = field(default_factory=list)


def take_tail(lines: list[Line]) -> Tail:
    """Take contact, signature and date away from the end of the last part."""
    tail = Tail()
    for back, line in enumerate(reversed(lines[-1 - _LINES_AFTER_THE_DATE :]), start=1):
        if re.fullmatch(DAY, line.text):
            tail.behind = lines[len(lines) - back + 1 :]
            del lines[len(lines) - back :]
            tail.date = line
            break
    if tail.date and lines and _is_signature(lines[-1].text):
        tail.signature = lines.pop()
    while lines and _CONTACT.search(lines[-1].text):
        tail.contact.insert(0, lines.pop())
    return tail


def _is_signature(text: str) -> bool:
    return len(text) <= _LONGEST_SIGNATURE and text[-1] not in ENDS


def read_tail(draft: Draft, tail: Tail) -> None:
    """Record the end; the sentence to the public is kept unless it would come out the same."""
    if tail.date:
        set_day(draft.notice, "落款日期", tail.date.text)
    if tail.signature:
        draft.notice["落款"] = tail.signature.text
    draft.set_aside(tail.behind)
    texts = [line.text for line in tail.contact]
    _contacts(draft, texts)
    if texts and "公示期" in texts[0]:
        draft.notice["公示期"] = texts.pop(0)
    own = default_text.supervision(_notice(draft))
    if "\n".join(texts) != own:
        draft.notice["监督"] = texts or LEFT_OUT


def _contacts(draft: Draft, texts: list[str]) -> None:
    for key, pattern in _CONTACTS.items():
        for text in texts:
            if match := re.search(pattern, text):
                draft.notice.setdefault(key, match[1])


def _notice(draft: Draft) -> Notice:
    known = ("标点", "用语", *_CONTACTS)
    written = {key: value for key, value in draft.notice.items() if key in known}
    notice, _ = decode(Notice, written)
    return notice or Notice()
