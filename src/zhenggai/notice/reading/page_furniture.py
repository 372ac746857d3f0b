"""Which lines of a text a web page or a printer has put there: menus, stamps, buttons, footers."""

import re
from collections.abc import Sequence

from zhenggai.notice.printed_days import is_printed_day
from zhenggai.notice.reading.marks import mark_of

PAGE_NUMBER = re.compile(
    r"[-—－–―─·\s]*[0-9０-９]{1,3}[-—－–―─·\s]*|第\s*[0-9０-９]{1,3}\s*页.{0,20}"
    r"|[（(]此件(?:主动|依申请|不予|删减后)?公开(?:发布)?[)）]"
    r"|(?:共\s*)?[0-9]{1,3}\s*/\s*[0-9]{1,3}|[Pp]age\s*[0-9]{1,3}.{0,12}"
)
_SURE = (
    "来源|信息来源|稿件来源|文章来源|信息来源单位|发布时间|发布日期|发布机构|更新时间|生成日期|浏览次数|浏览量|浏览|点击次数|点击量"
    "|点击数|点击|阅读次数|阅读量|阅读数|阅读|访问量|访问次数|字号|字体|字体大小|索引号|责任编辑|责编|编辑|文章点击数|主题分类|信息分类"
    "|公文种类|组配分类|有效性|信息公开选项|公开选项|公开属性|公开方式|公开范围|视力保护色|初审|复审|终审|录入|录入员|审签|监制|信息索引|语音播报"
)
_FIELD = (
    f"{_SURE}|发布单位|发布者|发布人|发文日期|发文机关|发文单位|成文日期|公开日期|时间|日期|作者|审核|审核人|校对|文号|发文字号|分享到|名称"
    "|关键词|主题词|内容概述|公开时限|责任部门|废止日期|体裁分类|服务对象|信息名称"
)
_FIELD_LINE = re.compile(
    rf"(?:[【\[(（]?\s*(?:{_FIELD})\s*[：:]\s*[^。：:；;]{{0,30}}"
    r"(?:[0-9]{1,2}[：:][0-9]{2}(?:[:：][0-9]{2})?)?\s*[】\])）]?\s*)+"
)
_SURE_FIELD = re.compile(rf"(?:{_SURE})\s*[：:]")
# 竹泉县政府网 2023-05-20 09:00: no notice tells the minute.
_STAMP = re.compile(
    r"[^。；;，,]{0,30}?[0-9]{4}\s*[-/年.]\s*[0-9]{1,2}\s*[-/月.]\s*[0-9]{1,2}日?\s*[0-9]{1,2}[:：][0-9]{2}"
    r"(?:[:：][0-9]{2})?[^。；;，,]{0,20}"
)
_TRAIL = re.compile(
    r"(?:(?:您?(?:现在|当前)?的?(?:所在)?位置(?:是)?|当前位置)\s*[：:]\s*)?"
    r"[^。；;>＞»›]{1,20}(?:\s*[>＞»›→]+\s*[^。；;>＞»›]{1,40})+"
)
_BUTTON = re.compile(
    "(?:打印|打印本页|打印此页|打印本文|打印正文|我要打印|关闭|关闭本页|关闭窗口|关闭此页|分享|收藏|收藏本页|下载|返回|返回顶部|返回列表"
    "|返回首页|首页|网站首页|上一页|下一页|网站地图|联系我们|关于我们|网站声明|隐私声明|版权声明|站点地图|使用帮助|无障碍|无障碍浏览"
    "|微信|微博|新浪微博|QQ空间|QQ|朋友圈|人人网|复制链接|大|中|小|登录|注册|搜索|尾页|末页|长者模式|长者版|适老化|智能问答|智能机器人"
    "|设为首页|加入收藏|繁体|简体|English|手机版|移动版|小程序|政务微信|政务微博|字体.{0,12}|A[+-]?|视力保护色.{0,8}"
    "|阅读原文|阅读|点赞|赞|在看|评论|写留言|留言|转发|举报|订阅|关注|微信公众号|听新闻|朗读|语音播报|全文|正文|纠错|我要纠错)"
)
_MENU = re.compile(
    "(?:走进|魅力|美丽).{2,4}|(?:新闻|政务|资讯|信息|服务|互动|办事|招商|数据|专题|党建|党群|机关)"
    "(?:中心|动态|公开|服务|交流|专栏|大厅|发布|之窗|园地|建设|频道)|(?:通知|公示)公告|专题专栏|组织机构|领导之窗|政策法规|网上办事|公众参与"
    "|在线咨询|党风廉政|纪检监察|部门动态|工作动态|图片新闻|文件下载|意见征集|领导信箱|政民互动|网站导航"
)
_NAVIGATION = re.compile(
    "(?:上一篇|下一篇|上一条|下一条|上篇|下篇|上一个|下一个|前一篇|后一篇|相关链接|相关阅读|相关信息|相关新闻|相关文章|相关附件|相关推荐"
    "|推荐阅读|热门推荐|猜你喜欢|喜欢此内容的人|版权所有|[Cc]opyright|©|扫一扫|扫码|扫描二维码|微信扫|长按|分享到|分享至|主办单位?[：:]"
    "|主办[：:]|承办单位?[：:]|承办[：:]|协办[：:]|技术支持|网站标识码|政府网站标识码|备案号|备案序号|.{0,8}ICP备|.{0,6}公网安备"
    "|您是第|本文链接|原文链接|政府网站|友情链接|责任编辑|【责任编辑|预览时标签不可点|轻触阅读原文|轻点两下|建议使用.{0,30}(?:浏览|分辨率)"
    "|为了?获得(?:更好|最佳)的|点击下载|附件下载[：:]?$|主管[：:]|[×X]?视力保护|继续滑动|微信扫一扫|发表于|已关注|使用小程序).*"
)
_MOST_ABOVE, _MOST_BELOW_TITLE, _FEW, _LONGEST_ABOVE = 120, 6, 3, 60
_LEAST_TITLE, _LONGEST_TITLE, _LEAST_SENTENCE = 10, 70, 16
_TITLE = re.compile(
    "(?=.*(?:巡[察视]|审计|整改)).*(?:通报|公告|公示|报告|情况)(?:[（(].{0,12}[）)])?"
)
_OF_A_LETTERHEAD = re.compile(
    ".*文件|.*[〔［\\[][0-9]{4}[〕］\\]].{0,4}号.*|.*(?:党组|党委|委员会|公司|支部|总支)"
)
_LETTERHEAD = re.compile(".*文件|.*[〔［\\[][0-9]{4}[〕］\\]].{0,4}号")
_PUBLISHED = re.compile(
    r"(?:(?:发布|发文|成文|更新)?(?:时间|日期)\s*[：:]\s*)"
    r"([0-9]{4}\s*[-/年.]\s*[0-9]{1,2}\s*[-/月.]\s*[0-9]{1,2}日?)"
)
_STAMPED = re.compile(
    r"([0-9]{4}\s*[-/年.]\s*[0-9]{1,2}\s*[-/月.]\s*[0-9]{1,2}日?)\s*[0-9]{1,2}[:：]"
)


def page_lines(lines: Sequence[str]) -> set[int]:
    """Return the places of lines that are none of the notice's.

    Above its title that is everything, if anything there is plainly a page's; below it the stamps
    and buttons; behind its last sentence and signature everything from the first line of a page's
    tail on.
    """
    said = [place for place, line in enumerate(lines) if line.strip()]
    page = {place for place in said if PAGE_NUMBER.fullmatch(lines[place].strip())}
    rest = [place for place in said if place not in page]
    texts = {place: _joined(lines[place].strip()) for place in rest}
    title = _title(rest, texts)
    page |= _above(rest, texts, title)
    first = 0 if title is None else rest.index(title) + 1
    window = _MOST_BELOW_TITLE if title is not None else 2 * _MOST_BELOW_TITLE
    page |= {x for x in rest[first : first + window] if _is_of_a_page_head(texts[x])}
    return page | _behind(rest, texts)


def published(lines: Sequence[str], page: set[int]) -> str:
    """Return the day of publication that a page's lines tell, '' where they tell none."""
    for pattern in (_PUBLISHED, _STAMPED):
        for place in sorted(page):
            if match := pattern.search(lines[place]):
                return match[1]
    return ""


def _joined(text: str) -> str:
    """Return a text without the blanks between single characters: 索 引 号."""
    return re.sub("(?<=[一-鿿])[ \u3000](?=[一-鿿][ \u3000：:])", "", text)


# -- above and below the title ----------------------------------------------------------------


def _title(said: list[int], texts: dict[int, str]) -> int | None:
    """Return the last line that may be the title, above the first long sentence."""
    found = None
    for place in said[:_MOST_ABOVE]:
        text = texts[place]
        if mark_of(text) or ("。" in text and len(text) >= _LEAST_SENTENCE):
            break
        if (
            _LEAST_TITLE <= len(text) <= _LONGEST_TITLE
            and _TITLE.fullmatch(text)
            and not _is_of_a_page_head(text)
            and ("关于" in text or found is None)
        ):
            found = place
    return found


def _above(said: list[int], texts: dict[int, str], title: int | None) -> set[int]:
    """Return the places of a page's menus above a title: all, where some are plainly that."""
    if title is None:
        return set()
    above = said[: said.index(title)]
    if above and texts[title].startswith(("关于", "巡", "落实")) and _heads(texts[above[-1]]):
        above.pop()
    if above and all(_OF_A_LETTERHEAD.fullmatch(texts[x]) for x in above):
        # 中共某局党组文件, and its number: printed above every paper of the unit.
        return set(above) if any(_LETTERHEAD.fullmatch(texts[x]) for x in above) else set()
    plain = [x for x in above if _is_of_a_page_head(texts[x]) or _MENU.fullmatch(texts[x])]
    short = all(len(texts[x]) <= _LONGEST_ABOVE for x in above)
    if not plain and (len(above) < _FEW or not short or "关于" not in texts[title]):
        return set()
    return set(above) if plain or short else set()


def _heads(text: str) -> bool:
    """Whether a line is who a title is of, the rest of which is the next line."""
    return (
        re.search("(?:党组|党委|委员会|支部|总支|局|委|办公室|公司|学校|大学|医院|政府)$", text)
        is not None
    )


def _is_of_a_page_head(text: str) -> bool:
    if _TRAIL.fullmatch(text) and (
        "首页" in text or "位置" in text or re.search("[>＞»›].*[>＞»›]", text)
    ):
        return True
    if _FIELD_LINE.fullmatch(text) and _SURE_FIELD.search(text):
        return True
    return _STAMP.fullmatch(text) is not None or _are_buttons(text) or _shares(text)


def _shares(text: str) -> bool:
    return re.fullmatch("(?:分享|转发)(?:到|至)\\s*[：:]?.{0,30}", text) is not None


# -- behind the signature ---------------------------------------------------------------------


def _behind(said: list[int], texts: dict[int, str]) -> set[int]:
    """Return the places from the first line of a page's tail on: behind all that a notice says."""
    last = 0
    for number, place in enumerate(said):
        text = texts[place]
        tells = mark_of(text) is not None or (text[-1] in "。！" and len(text) >= _LEAST_SENTENCE)
        if (tells and not _is_of_a_page_tail(text)) or is_printed_day(text):
            last = number
    begin = next(
        (n for n in range(last + 1, len(said)) if _is_of_a_page_tail(texts[said[n]])), None
    )
    if begin is None:
        return set()
    signed = any(is_printed_day(texts[place]) for place in said[: last + 1])
    places = said[begin:]
    # Unsigned, only what is plainly a page's: there might be a signature without a day behind it.
    return set(places) if signed else {x for x in places if _is_of_a_page_tail(texts[x])}


def _is_of_a_page_tail(text: str) -> bool:
    if _NAVIGATION.fullmatch(text) or _are_buttons(text) or _shares(text):
        return True
    return _FIELD_LINE.fullmatch(text) is not None and _SURE_FIELD.search(text) is not None


def _are_buttons(text: str) -> bool:
    words = [word for word in re.split(r"[\s|｜/·\[\]【】（）()]+", text) if word]
    return (
        bool(words)
        and all(
            _BUTTON.fullmatch(word) or re.fullmatch("[0-9]{1,6}\\+?|10万\\+", word)
            for word in words
        )
        and any(_BUTTON.fullmatch(word) for word in words)
    )
