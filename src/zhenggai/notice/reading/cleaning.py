"""What a web page, a printer or a mail program has put into a notice, taken out and kept aside.

Page numbers, navigation, invisible characters and line ends inside a sentence are no part of the
notice: they are kept with their line and never published again.
"""

import re
from typing import NamedTuple

from zhenggai.model.placeholders import placeholders
from zhenggai.notice.printed_days import is_printed_day
from zhenggai.notice.reading.claimed_states import trailing
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.labels import pieces
from zhenggai.notice.reading.marks import begins_count, mark_of

# Zero-width and soft hyphens. What turns the order of writing about is left in and shown.
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
PAGE_NUMBER = re.compile(
    r"[-—–－―─·\s]*[0-9０-９]{1,3}[-—–－―─·\s]*|第\s*[0-9０-９]{1,3}\s*页.{0,20}"
    r"|(?:共\s*)?[0-9]{1,3}\s*/\s*[0-9]{1,3}|[Pp]age\s*[0-9]{1,3}.{0,12}"
)
_FIELD = (
    "来源|信息来源|稿件来源|文章来源|信息来源单位|发布时间|发布日期|发布机构|发布单位|发布者|发布人|发文日期|成文日期|更新时间|时间|日期"
    "|作者|编辑|责任编辑|责编|审核|审核人|浏览次数|浏览量|浏览|点击次数|点击量|点击数|点击|阅读次数|阅读量|阅读|访问量|访问次数"
    "|字号|字体|字体大小|索引号|主题分类|信息分类|分享到|文章点击数"
)
_SURE_FIELD = re.compile(
    "来源|发布时间|发布日期|浏览|点击|阅读|字号|字体|索引号|责任编辑|编辑|访问|发布机构"
)
_FIELDS = re.compile(
    rf"(?:[【\[(（]?\s*(?:{_FIELD})\s*[：:]\s*[^。：:；;]{{0,30}}(?:[0-9]{{1,2}}[:：][0-9]{{2}}(?:[:：][0-9]{{2}})?)?\s*[】\])）]?\s*)+"
)
_TRAIL = re.compile(
    r"(?:(?:您?(?:现在|当前)?的?(?:所在)?位置(?:是)?|当前位置)\s*[：:]\s*)?"
    r"[^。；;>＞»›]{1,20}(?:\s*[>＞»›]+\s*[^。；;>＞»›]{1,30})+"
)
_BUTTON = re.compile(
    "(?:打印|打印本页|打印此页|打印正文|关闭|关闭本页|关闭窗口|关闭此页|分享|收藏|收藏本页|下载|返回|返回顶部|返回列表|返回首页"
    "|首页|网站首页|上一页|下一页|网站地图|联系我们|关于我们|网站声明|隐私声明|无障碍|微信|微博|QQ空间|大|中|小|登录|注册|搜索"
    "|[【\\[]?字体.{0,12}|[【\\[](?:打印|关闭|收藏|分享).{0,10}|A[+-]?|视力保护色.{0,8}|尾页|末页|长者模式|智能问答)"
)
_NAVIGATION = re.compile(
    "(?:上一篇|下一篇|上一条|下一条|上篇|下篇|相关链接|相关阅读|相关附件|版权所有|Copyright|©|扫一扫|扫码|分享到|主办单位?[：:]|主办[：:]|承办[：:]"
    "|技术支持|网站标识码|备案号|备案序号|.{0,6}ICP备|.{0,6}公网安备|您是第|本文链接|政府网站|友情链接|责任编辑|【责任编辑).*"
)
_MOST_HEAD_LINES, _MOST_TAIL_LINES = 12, 25
_PUBLISHED = re.compile(
    r"(?:发布|发文|成文|更新)?(?:时间|日期)\s*[：:]\s*([0-9]{4}\s*[-/年.]\s*[0-9]{1,2}\s*[-/月.]\s*[0-9]{1,2}日?)"
)


class Cleaned(NamedTuple):
    """A notice's lines that say something, its text line by line, and the day its page tells."""

    lines: list[Line]
    text: str
    published: str
    physical: list[tuple[int, str]]


def clean(draft: Draft, source: str) -> Cleaned:
    """Take out of a notice what is none of it, and put wrapped lines together again."""
    raw = source.split("\n")
    seen = [_visible(draft, number, line) for number, line in enumerate(raw, start=1)]
    page = _page_lines(seen)
    published = _published(seen, page)
    for number in sorted(page):
        draft.page.append(Line(number + 1, seen[number].strip()))
    kept = _without(list(enumerate(seen, start=1)), page)
    kept = _unwrapped(draft, kept)
    odd = [Line(number, line.strip()) for number, line in kept if any(placeholders(line))]
    draft.set_aside(odd)
    aside = {line.number for line in odd}
    lines = [
        Line(number, line.strip()) for number, line in kept if line.strip() and number not in aside
    ]
    kept = [(number, line.rstrip()) for number, line in kept]
    return Cleaned(lines, "\n".join(line for _, line in kept), published, kept)


def _visible(draft: Draft, number: int, line: str) -> str:
    found = _UNSEEN.findall(line)
    if found:
        names = "、".join(f"U+{ord(one):04X}" for one in dict.fromkeys(found))
        draft.page.append(Line(number, f"不可见字符{names}（{len(found)}个）"))
    return _UNSEEN.sub("", line)


# -- pages ------------------------------------------------------------------------------------


def _page_lines(lines: list[str]) -> set[int]:
    """Return the places of lines that a page has put there."""
    said = [place for place, line in enumerate(lines) if line.strip()]
    page = {place for place in said if _is_page_number(lines, place)}
    rest = [place for place in said if place not in page]
    for place in rest[:_MOST_HEAD_LINES]:
        if _is_of_a_page_head(lines[place].strip()):
            page.add(place)
    page |= _before_title(lines, rest)
    dated = [place for place in rest if is_printed_day(lines[place])]
    for place in reversed(rest[-_MOST_TAIL_LINES:]):
        behind = bool(dated) and place > dated[-1]
        if _is_of_a_page_tail(lines[place].strip()):
            page.add(place)
        elif not behind:
            break
    return page


_TITLE = re.compile(
    "(?=.*(?:巡[察视]|审计|整改))(?:.{2,40}关于.{2,60}|.{4,60})(?:通报|公告|公示|报告|整改情况|进展情况)"
)
_FEW, _MOST_BEFORE_TITLE, _LONGEST_MENU = 3, 80, 30


def _before_title(lines: list[str], said: list[int]) -> set[int]:
    """Return the places of a page's menus: several short lines above what is plainly a title."""
    for count, place in enumerate(said[:_MOST_BEFORE_TITLE]):
        text = lines[place].strip()
        if _TITLE.fullmatch(text) and "关于" in text:
            above = said[:count]
            is_menu = count >= _FEW and all(len(lines[x].strip()) <= _LONGEST_MENU for x in above)
            return set(above) if is_menu else set()
        if len(text) > _LONGEST_MENU or "。" in text:
            return set()
    return set()


def _is_page_number(lines: list[str], place: int) -> bool:
    return PAGE_NUMBER.fullmatch(lines[place].strip()) is not None


def _is_of_a_page_head(text: str) -> bool:
    if _TRAIL.fullmatch(text) and ("首页" in text or "位置" in text or text.count(">") > 1):
        return True
    if _FIELDS.fullmatch(text) and _SURE_FIELD.search(text):
        return True
    return _are_buttons(text)


def _is_of_a_page_tail(text: str) -> bool:
    if _NAVIGATION.fullmatch(text) or _are_buttons(text):
        return True
    return _FIELDS.fullmatch(text) is not None and _SURE_FIELD.search(text) is not None


def _are_buttons(text: str) -> bool:
    words = [word for word in re.split(r"[\s|｜/·]+", text) if word]
    return bool(words) and all(_BUTTON.fullmatch(word) for word in words)


def _published(lines: list[str], page: set[int]) -> str:
    for place in sorted(page):
        if match := _PUBLISHED.search(lines[place]):
            return match[1]
    return ""


Numbered = tuple[int, str]


def _without(lines: list[Numbered], page: set[int]) -> list[Numbered]:
    """Leave out the page's lines, and the blank line that parted each from the text."""
    kept: list[Numbered] = []
    for number, line in lines:
        if number - 1 in page:
            continue
        left_out = number - 2 in page
        if left_out and not line.strip() and (not kept or not kept[-1][1].strip()):
            continue
        kept.append((number, line))
    return kept


# -- wrapped lines ----------------------------------------------------------------------------

_ENDED = "。！？!?；;：:…"
_BEGINS_NOTHING = "，、；：。！？）》”’」』】"
_ASCII = re.compile(r"[0-9A-Za-z@._+-]")
_CELLS = re.compile(r"\t|\S(?:\u3000{2,}| {2,})\S.*\S(?:\u3000{2,}| {2,})\S")
_FULL_LINE, _FEW_LINES = 0.86, 6


def _unwrapped(draft: Draft, lines: list[Numbered]) -> list[Numbered]:
    width = _width([line for _, line in lines])
    kept: list[Numbered] = []
    wrapped: list[str] = []
    title_open = True
    for place, (number, line) in enumerate(lines):
        text = line.strip()
        before = kept[-1][1] if kept else ""
        if text and _is_cut(before, text, width):
            kept[-1] = (kept[-1][0], before.rstrip() + text)
            wrapped.append(str(number))
            continue
        if title_open and text and before.strip() and _heads_together(kept, text):
            kept[-1] = (kept[-1][0], before.rstrip() + text)
            draft.page.append(Line(number, "换行（标题分行，已接成一行）"))
            title_open = False
            continue
        kept.append((number, line))
        title_open = title_open and place < _FEW_LINES
    for number_text in wrapped:
        draft.page.append(Line(int(number_text), "换行（句子中间，已与上一行接成一段）"))
    if wrapped:
        which = "、".join(wrapped[:10]) + ("行等" if len(wrapped) > 10 else "行")  # noqa: PLR2004
        draft.doubt(f"第{which}接在上一行的句子中间，已接成一段，请核对")
    return kept


def _heads_together(kept: list[Numbered], text: str) -> bool:
    """Whether a line goes on with a title that was begun on the line above it."""
    said = [line for _, line in kept if line.strip()]
    first = said[0].strip() if said else ""
    return (
        len(said) == 1
        and re.match("关于|巡[察视]|落实|整改", text) is not None
        and re.search("(?:通报|公告|公示|报告|情况)(?:[（(].{0,12}[）)])?$", text) is not None
        and not re.search("(?:通报|公告|公示|报告|情况)$|[。：:，,]", first)
    )


def _width(lines: list[str]) -> int:
    """Return how many characters go into a line, where lines are as full as they can be; else 0."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if len(lengths) < _FEW_LINES:
        return 0
    longest = lengths[-1]
    full = [line for line in lines if len(line.strip()) >= longest * _FULL_LINE]
    cut = [line for line in full if line.strip()[-1] not in _ENDED]
    is_wrapped = longest <= 60 and len(full) * 4 > len(lengths) and len(cut) * 2 > len(full)  # noqa: PLR2004
    return longest if is_wrapped else 0


def _is_cut(before: str, text: str, width: int) -> bool:
    """Whether a line goes on with the sentence of the one above it."""
    above = before.strip()
    if not above or _is_new(text):
        return False
    if text[0] in _BEGINS_NOTHING or _parts_an_address(above, text):
        return True
    if above[-1] in _ENDED or _CELLS.search(above) or _CELLS.search(text):
        return False
    if _closes_quote(above, text) or (width and len(above) >= width * _FULL_LINE):
        return True
    last = re.split("[。；;]", above)
    return (
        len(last) > 1
        and not _is_contact(above)
        and not re.search("[）)]$", above)
        and trailing(above) is None
        and _goes_on(last[-1], text)
    )


def _parts_an_address(above: str, text: str) -> bool:
    ascii_only = _ASCII.match(above[-1]) and _ASCII.match(text)
    return bool(ascii_only) and (text[0].islower() or "@" in text[:20])


def _closes_quote(above: str, text: str) -> bool:
    """Whether a quote is open at the end of a line that the next one closes."""
    before, closes, _ = text.partition("”")
    return above.count("“") > above.count("”") and bool(closes) and "“" not in before


def _goes_on(begun: str, text: str) -> bool:
    """Whether what begins in mid-sentence ends what was begun: a measure, a clause with marks."""
    return begins_count(begun) or ("，" in begun and text[-1:] in _ENDED)


def _is_contact(text: str) -> bool:
    return re.search("电话|邮箱|地址|邮编|联系|@|[0-9]{7}", text) is not None


def _is_new(text: str) -> bool:
    """Whether a line begins something: it is counted, labelled, or a day."""
    if mark_of(text) or begins_count(text) or is_printed_day(text):
        return True
    first = next(iter(pieces(text)), None)
    return first is not None and first.holds is not None
