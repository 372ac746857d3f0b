"""The words that end a notice: 特此通报, how long it is shown, where to turn to."""

import re
from collections.abc import Iterator

from zhenggai.notice.printed_days import plain_digits

# -- 特此通报。 以上情况，现予公布，请社会各界监督。 ----------------------------------------

_SAID = (
    "(?:现|特此|专此|谨此|此|特)(?:予以?|以)?(?:面?向[^，。；;]{1,10})?"
    "(?:通报|通告|公告|公示|报告|公布|公开|说明|告知|函告|函复|汇报|告)"
)
_ASKED = (
    "(?:敬?请|欢迎|恳请|并)[^，。；;]{0,24}"
    "(?:监督|审阅|审议|审示|指正|查收|批示|指示|意见)(?:[和与][^，。；;]{0,8})?"
)
_ABOVE = "(?:以上|上述)[^。；;]{0,40}[，,、]"
_CLOSING = re.compile(
    rf"(?:{_ABOVE})?{_SAID}(?:[，,、]{_ASKED}){{0,2}}[。.！!]?"
    rf"|(?:{_ABOVE}|(?:妥否|当否|是否妥当)[，,]){_ASKED}[。.！!]?"
    rf"|(?:以上|上述)[^。；;，,]{{0,30}}?{_SAID}[。.！!]?"
)


def closes(text: str) -> bool:
    """Whether a line says that this was the notice, and nothing else: 特此通报。"""
    return _CLOSING.fullmatch(text.strip()) is not None


# -- how long it is shown ---------------------------------------------------------------------

_PERIOD = re.compile(
    "(?:(?:(?:本次|本)?(?:通报|公告|报告|整改情况)?的?公示(?:时间|期限|期)间?(?:自|从|为|是|共|[：:])"
    "|(?:本(?:通报|公告|报告)|整改情况)?(?:公示)?自[^。；;，,]{1,20}起，?(?:对外)?公示(?=[0-9一二三四五六七八九十]))"
    "|公示(?=[0-9一二三四五六七八九十]{1,3}(?:个工作日|天|日)))"
    "(?:[（(][^（）()]*[)）]|[^。；;，,（）()])+"
)


def period_in(text: str) -> int:
    """Return where the words end that begin a text and say how long it is shown; 0 without any.

    A full stop behind them belongs to them, a comma does not.
    """
    match = _PERIOD.match(text)
    if match is None:
        return 0
    return match.end() + (text[match.end() : match.end() + 1] in ("。", "；", ";"))


# -- where to turn to -------------------------------------------------------------------------

_LABEL = re.compile(
    "(?:电话|来电|手机|热线|联系方式)(?:号码)?(?:[/、及]传真|[（(][^（）()0-9]{0,6}[)）])?"
)
_NO_PHONE = re.compile("传真|邮编|邮政编码|邮箱|邮件|地址|网址|时间|@|。|\n")
_DASH = r"[-—－–]{1,2}"
_EXTENSION = (
    rf"(?:\s*(?:转|分机|{_DASH}(?=[0-9]{{1,5}}(?![0-9])))(?:分机)?(?:号)?\s*[:：]?\s*[0-9]{{1,6}}"
    r"|\s*[（(]\s*(?:转|分机)(?:分机|号)?\s*[:：]?\s*[0-9]{1,6}\s*[)）])"
)
_PHONE = re.compile(
    rf"(?<![0-9.])(?:(?:[（(]\s*[0-9]{{3,4}}\s*[)）]\s*(?:{_DASH})?\s*"
    rf"|[0-9]{{3,4}}\s*(?:{_DASH}|\s)\s*)?[0-9]{{7,8}}"
    r"|1[0-9]{2}[- ]?[0-9]{4}[- ]?[0-9]{4}|[48]00[- ]?[0-9]{3}[- ]?[0-9]{4}"
    rf"|(?:[0-9]{{3,4}}\s*{_DASH}\s*)?[0-9]{{3,4}}[- ][0-9]{{4}}|1[0-9]{{4}})"
    rf"{_EXTENSION}?(?![0-9年月])"
)
_CONTACTS = {
    "电子邮箱": r"([A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9_.-]{1,80}[A-Za-z0-9])",
    "通信地址": r"(?:(?:地\s*址|(?:邮政|来信|通[信讯])信箱)\s*(?:[:：]|为)"
    r"|(?:邮寄|通[信讯]|来信|信件|联系)地址\s*(?:[:：]|为)?)\s*"
    r"((?![:：])(?:(?!(?:\s+|[（(])(?:邮|电|联|传|Tel))[^;；。,，]){1,80})",
}


_WAY = (
    "(?:(?:联系|监督|举报|咨询|反映|办公|受理)?(?:电话|热线)(?:号码)?|(?:电子)?(?:邮箱|邮件)(?:地址)?"
    "|邮编|邮政编码|传真|(?:邮寄|通[信讯]|来信|信件|联系)地址|地址|联系人|(?:信件|来信)(?:请)?寄(?:至|到|往)?)"
)
_LABEL_ALONE = re.compile(rf"(?P<label>{_WAY})\s*[:：]?")
_NUMBER = (
    r"(?:[一二三四五六七八九十]{1,2}(?:是|、)|[（(]\s*[0-9一二三四五六七八九十]{1,2}\s*[)）]"
    r"|[0-9]{1,2}\s*(?:[.．、)）])|[①-⑩])\s*"
)
_COUNTED_WAY = re.compile(
    rf"{_NUMBER}{_WAY}\s*(?:[:：]|为|[0-9（(]|$)|{_NUMBER}(?:邮寄|通[信讯])地址"
)


def heads_a_contact(text: str) -> bool:
    """Whether a line is no more than the label of what stands in the next: 邮寄地址：."""
    return _LABEL_ALONE.fullmatch(text.strip()) is not None


def counts_a_contact(text: str) -> bool:
    """Whether a line is a numbered way to reach the authors: 1.联系电话：…, 二是邮寄地址：…."""
    return _COUNTED_WAY.match(plain_digits(text)) is not None


def _with_their_labels(texts: list[str]) -> list[str]:
    """Put a label that stands by itself before the line below it."""
    joined: list[str] = []
    label = ""
    for text in texts:
        joined.append(f"{label}{text}")
        match = _LABEL_ALONE.fullmatch(text.strip())
        label = f"{match['label']}：" if match and not label else ""
    return joined


def contacts_in(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the settings that say where to turn to, each as a notice's last paragraphs print it."""
    plain = _with_their_labels([plain_digits(text) for text in texts])
    if phones := list(dict.fromkeys(one for text in plain for one in _phones(text))):
        yield "联系电话", "、".join(phones)
    for key, pattern in _CONTACTS.items():
        if match := next((m for text in plain if (m := re.search(pattern, text))), None):
            yield key, match[1].strip(" （(") or match[1]


def _phones(text: str) -> Iterator[str]:
    """Yield the numbers behind each label, with their extensions, up to what is no telephone."""
    labels = list(_LABEL.finditer(text))
    for place, label in enumerate(labels, start=1):
        until = labels[place].start() if place < len(labels) else len(text)
        other = _NO_PHONE.search(text, label.end(), until)
        for match in _PHONE.finditer(text, label.end(), other.start() if other else until):
            yield match[0].strip()
