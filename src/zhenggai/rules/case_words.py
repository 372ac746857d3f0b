"""Which words tell of a case that a ledger does not keep, and which tell of other work.

The same word is used elsewhere: a court files cases (立案), a village checks who gets benefits
(初核), the police are given leads (线索). A clause is judged by what else it says: signs of a case
(a person, a breach of discipline) outweigh the context of other work, and without either it is a
case. What such words are part of, and the contexts, stand in tables here. Most patterns are texts:
`re` compiles them when a ledger first has a word to be judged, which hardly any has.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from zhenggai.model.seen_text import is_unseen, one_form

# -- one way of writing -----------------------------------------------------------------------

_TRADITIONAL = str.maketrans(
    dict(
        zip(
            "問題線綫舉擧報訪談話詢實審調監檢紀違規辦轉處條個對黨員幹關縣環執給現採涉罰農議復",
            "问题线线举举报访谈话询实审调监检纪违规办转处条个对党员干关县环执给现采涉罚农议复",
            strict=True,
        )
    )
)
_HAN = "\u3400-\u9fff"
_BETWEEN_HAN = rf"(?<=[{_HAN}])(?:[^\w,。;、:!?《》{{}}…]|_)+(?=[{_HAN}])"
# A word is read on over a comma put into it, where no other word begins behind the comma.
_PARTED = (
    r"(?<=立)[,、。;:]+(?=案(?![件例情由发子卷头]))|(?<=初)[,、。;:]+(?=核(?![定算]))"
    r"|(?<=留)[,、。;:]+(?=置(?!换))|(?<=线)[,、。;:]+(?=索)|(?<=函)[,、。;:]+(?=询)"
    r"|(?<=问题)、(?=线索)"
)


def as_read(text: str) -> str:
    """Return a text as its reader takes it in: no blanks, nothing unseen, simplified characters.

    Marks between two Chinese characters go too, but those that part clauses and titles. Commas,
    colons and the like come out in their ASCII form.
    """
    text = "".join(one_form(text).translate(_TRADITIONAL).split())
    if not text.isascii():
        odd = {one for one in set(text) if not "\u4e00" <= one <= "\u9fff" and is_unseen(one)}
        if odd:
            text = text.translate(dict.fromkeys(map(ord, odd)))
    return re.sub(_PARTED, "", re.sub(_BETWEEN_HAN, "", text))


# Without one of these there is nothing to look for, as in most texts: two characters, whatever
# stands between them but another Chinese one; and a third behind some.
_THEN = {
    **dict.fromkeys("线線綫", "索"),
    **dict.fromkeys("举舉擧", "报報"),
    **dict.fromkeys("检檢", "举舉擧"),
    **dict.fromkeys("实實", "名"),
    **dict.fromkeys("审審", "查"),
    **dict.fromkeys("监監", "察"),
    "初": "步核",
    "立": "案",
    "函": "询詢",
    "留": "置",
    "控": "告",
    "信": "访訪",
}
_AND_THEN = {"查": "调調", "察": "调調"}
# One set of first and one of second characters: a pattern of the pairs takes ten times as long to
# compile, and that is most of what a short command would have to do with it.
_HINT = re.compile(
    f"([{''.join(_THEN)}])(?=[^\u4e00-\u9fff]*([{''.join(sorted(set(''.join(_THEN.values()))))}]))"
)
# What needs no second look for characters that look like others or show nothing.
_USUAL = re.compile("[\u4e00-\u9fff\x00-\x7f，。；：、！？“”‘’（）《》…—·％\u3000]*")


def may_tell_of_cases(text: str) -> bool:
    """Whether it is worth looking for the words in a text, as it stands or as it is read."""
    return _has_hint(text if _USUAL.fullmatch(text) else as_read(text))


def _has_hint(text: str) -> bool:
    for found in _HINT.finditer(text):
        first, then = found.groups()
        if then in _THEN[first]:
            third = _AND_THEN.get(then)
            if third is None or _next_han(text, found.end(2)) in third:
                return True
    return False


def _next_han(text: str, start: int) -> str:
    """Return the first Chinese character at or behind a place of a text; a blank without one."""
    return next((one for one in text[start:] if "\u4e00" <= one <= "\u9fff"), " ")


# -- signs of a case --------------------------------------------------------------------------

_MANY = "[0-9一二三四五六七八九十百两几多]{1,9}"
_PARTY = (
    "纪委|监委|监察委|监察机关|纪检|执纪|审查调查|党纪|政务处分|党内|处分|问责|违纪|违反.{0,6}纪律"
    "|职务违法|职务犯罪|贪污|受贿|行贿|腐败|留置|函询"
)
_PERSON = (
    "某(?![些个种项类地年月日])|同志|党员|干部|公职人员|书记|局长|科长|主任|院长|校长"
    rf"|{_MANY}余?(?:人(?![次均大民])|名)"
)
_MISUSED = "吃喝|礼金|公款|四风|作风|滥发|津补贴|冒领|利益输送|以权谋私|优亲厚友"
_REPORTED = "反映|线索|举报|检举|控告|信访|涉嫌|违规|某(?![些个种项类地年月日])|同志"

# -- contexts of other work -------------------------------------------------------------------

_CONTEXTS = {
    "courts": "法院|诉讼|应诉|仲裁|法律援助|民事|破产|执行案件|网上立案|跨域立案|立案登记",
    "proposals": "提案|议案|代表建议|委员建议",
    "enforcement": (
        "行政(?!处分)|执法|处罚|(?<!职务)违法(?:行为|占|用|建|采|排|经营|生产|捕|营运|广告)"
        "|非法(?!收受|占有|所得)|违建|占地|用地|土地|卫片|图斑|市场监管|市场监督|工商|城管|市容|税务|烟草|海关|走私"
        "|保障监察|劳动|欠薪|农民工|工伤|统计违法|价格违法|知识产权|专利|商标|侵权|假冒|伪劣|传销"
        "|消费|12315|12345|广告|计量|特种设备|电梯|燃气|消防|价格监督|运管|黑车"
    ),
    "nature": (
        "环境|环保|生态|污染|排污|排放|水事|扬尘|秸秆|河道|水政|水利|采砂|采矿|矿产|盗采|采伐|滥伐|砍伐|森林"
        "|林业|林草|草原|湿地|野生动物|渔政|捕捞|禁渔|土壤|固废|危废"
    ),
    "health and safety": (
        "食品|药品|食药|餐饮|卫生监督|非法行医|医疗|医保|骗保|安全生产|应急管理|安全隐患|交通|道路"
        "|营运|超限|超载|农产品|种子|农药|兽药|化肥|动物防疫|屠宰"
    ),
    "police": (
        "公安机关移|公安局移|公安部门移|扫黑|除恶|涉黑涉恶|电信网络|电诈|诈骗|盗窃|刑事案件|治安案件"
        "|毒品|禁毒|涉毒|赌博|非法集资|走失|失踪|寻人|寻亲"
    ),
    "insurance": "保险|理赔|出险",
}
_OFFICES = "|".join(_CONTEXTS.values())
_BENEFITS = (
    "低保|救助|特困|五保|残疾|补贴|补助|资助|奖补|参保|医保|社保|养老|待遇|住房|公租房|保障房|危房"
    "|贫困|脱贫|帮扶|监测对象|移民|退役|就业|岗位|助学|学籍|招生|录取|征兵|报名"
)
_PAPERS = (
    "申报|申请|材料|职称|资格|资质|档案|信息|数据|报表|表格|名单|名册|清单|台账|预算|决算|结算|造价"
    "|工程|概算|项目|债务|资产|资源|账|规模|底数|面积|产量|价格|户|人数|数量|金额|库存|灾情|受灾"
    "|经费|发票|报销|凭证|税|收费|党费|会费|收缴|收入|统计|普查|变更调查|国土|图斑|地块|测绘|考核"
    "|评审|评选|评优|验收|复核|终审|复审|审核|公示|污染|隐患|损失|工资|绩效|学分|成绩|试卷|稿件"
)
_LEVELS = "(?:村级?|乡镇|镇级|街道|社区|县级|市级|区级|基层)初核"
_LEADS_ELSEWHERE = (
    f"{_OFFICES}|公安|非法|审计|招商|招引|引资|投资|项目线索|企业|客户|商机|新闻|报道|就业|用工|文物|考古|历史"
    "|红色|史料|病例|疫情|传染源|溯源|人才|技术|市场|采购|销售|捐赠|走访|慰问|舆情|矛盾纠纷|返贫|失学|辍学|反诈|培训机构|房地产|燃气|衔接|举报渠道|举报电话|线索(?:移送|移交|转办)(?:协作|工作)?(?:机制|制度)"
)
_COMPLAINTS = f"{_OFFICES}|(?<!信访)投诉|欠费|物业|噪声|噪音|供水|供暖|公交|服务热线"

# -- the words --------------------------------------------------------------------------------

_DEALT_WITH = (
    "移交|移送|转交|转送|交办|转办|分办|受理|查办|查处|初核|核查|核实"
    "|处置|办结|了结|暂存|摸排|排查|管理|办理"
)
_HANDED_OVER = "移交|移送|转交|转送|交办|转办|查办|初核|处置"


class _Word(NamedTuple):
    """A word that may tell of a case, as a pattern, and what decides whether it does."""

    pattern: str
    elsewhere: str = ""
    """Contexts in which it is other work; none: always a case."""
    signs: str = f"{_PARTY}|{_PERSON}"
    """What makes it a case in such a context."""
    around: str = ""
    """Contexts that count in the other clauses of its sentence, too."""


_WORDS = (
    # 问题线索: leads, by what they are of, or by what is done with them.
    _Word(
        "(?:问题|违纪|违规违纪|违纪违法|腐败|纪检|执纪|信访|检举|巡察|巡视|案源|职务违法)的?线索"
    ),
    _Word(
        "(?:案件|违法|违规|犯罪|举报|涉黑|涉恶|监督|涉嫌.{0,12})的?线索"
        f"|(?:{_HANDED_OVER}).{{0,10}}?线索"
        f"|线索(?:的|已|予以|依规|依法|依规依纪|及时|全部){{0,3}}(?:{_DEALT_WITH})"
        f"|线索{_MANY}[条件个]",
        _LEADS_ELSEWHERE,
        f"{_PARTY}|{_PERSON}|{_MISUSED}",
        around=_OFFICES,
    ),
    # 初核: the first inquiry into a person.
    _Word(
        "(?<![最起当年月期岁原])初核(?!定)|初步核实",
        f"{_BENEFITS}|{_PAPERS}|{_LEVELS}(?!了?对?{_MANY})",
        f"{_PARTY}|{_REPORTED}",
        around=f"{_OFFICES}|产量|受灾|面积|户数|职称|评审",
    ),
    # 立案: not 建立案例, 设立案卷, nor the counter of a court.
    _Word(
        "(?<![建设创确成树订独公私])立案(?!庭|大厅|窗口|登记制|例)"
        "|(?<=[建设创确成树])立案(?=审查|调查|侦查|查处|程序|[0-9]|$)",  # a name may end so
        _OFFICES,
        around=_OFFICES,
    ),
    _Word("审查调查|(?<![动障生地境管])监察调查"),
    # 谈话函询: 函询 by itself is also how one office asks another.
    _Word("谈话[、和及或]?函询|函询[、和及或]?谈话"),
    _Word(
        "(?:予以|被|开展|组织|接受|进行|采取|采用|对[^发]{1,8})了?函询(?!问)|函询(?:方式)?处置"
        f"|函询了?(?:{_MANY}[人名件次批]|党员|干部|本人)",
        "部门|单位|厂商|厂家|供应商|银行|企业|公司|高校|价格",
        f"纪委|监委|纪检|执纪|处分|违纪|{_PERSON}",
    ),
    # 留置: not 保留|置换, nor what is left in place in medicine, law, laboratories and schools.
    _Word(
        "(?<![保停遗滞预])留置(?!针|导|胃?管|送达|权|观察|样|静脉|取样|价|学生|儿童|幼儿|老人|看护"
        "|担保|财产|货物|车辆|物品|空间)"
    ),
    # 举报人: whoever reports; their number (人次, 人数) names nobody.
    _Word("(?:举报|检举|控告|实名)(?:人|者)(?![次数均民大员])", "奖励|奖金"),
    # 信访件: letters of complaint; mailboxes, telephones and news are none.
    _Word(
        "信访(?:举报|投诉|检举|交办|转办|督办|反映)?(?:问题)?(?:件|信件|信(?![箱息用访]))"
        "|(?:举报|检举|控告)(?:交办|转办|问题)?(?:件|信件|材料|信(?![箱息用访]))"
        f"|(?:信访举报|检举控告|信访|举报|检举|控告)(?:问题)?{_MANY}[件封]",
        _COMPLAINTS,
        f"{_PARTY}|{_PERSON}|检举|控告",
        around=_COMPLAINTS,
    ),
)

# The name of a set of rules (《问题线索处置办法》) tells of no case; a whole sentence may.
_NAME_OF_RULES = (
    "《(?![^《》]*(?:对|某|采取|留置措施))(?=[^《》]{1,26}》)[^《》()]{0,18}"
    "(?:制度|办法|规定|规则|规程|条例|细则|规范|指引|流程)"
    "(?:\\(?(?:试行|暂行|修订|草案|征求意见)稿?\\)?)?》"
)
_SENTENCE = "[。;!?…\n]"
_CLAUSE = "[,:]"
# Whoever is acted upon in a clause is not told of by the clauses around it.
_ACTED_UPON = "[对将被]"


class _Sentence:
    """A sentence that is asked the same by each of its clauses, and looks once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._answers: dict[str, bool] = {}

    def says(self, pattern: str) -> bool:
        """Whether a pattern is found in it."""
        if pattern not in self._answers:
            self._answers[pattern] = re.search(pattern, self._text) is not None
        return self._answers[pattern]


def case_words(text: str) -> list[str]:
    """Return the words of a text that tell of a case not to be kept here, each once."""
    return list(dict.fromkeys(_words(as_read(text)))) if may_tell_of_cases(text) else []


def _words(read: str) -> Iterator[str]:
    for sentence in re.split(_SENTENCE, re.sub(_NAME_OF_RULES, "", read)):
        if may_tell_of_cases(sentence):
            says = _Sentence(sentence).says
            for clause in re.split(_CLAUSE, sentence):
                yield from _words_of(clause, says)


def _words_of(clause: str, sentence_says: Callable[[str], bool]) -> Iterator[str]:
    """Yield the words of a clause that tell of a case, as they follow each other."""
    found = [
        match.span()
        for word in _WORDS
        for match in re.finditer(word.pattern, clause)
        if not _is_elsewhere(word, clause, sentence_says)
    ]
    told = 0
    for start, end in sorted(found):
        if start >= told:
            yield clause[start:end]
            told = end


def _is_elsewhere(word: _Word, clause: str, sentence_says: Callable[[str], bool]) -> bool:
    """Whether a word stands in a context of other work, with no sign of a case."""
    if not word.elsewhere or re.search(word.signs, clause):
        return False
    if word.around and sentence_says(_PARTY):
        return False
    if re.search(word.elsewhere, clause):
        return True
    if not word.around or re.search(_ACTED_UPON, clause) or sentence_says(word.signs):
        return False
    return sentence_says(word.around)


# -- names of work ----------------------------------------------------------------------------

_YEAR = "(?:19|20)[0-9]{2}年(?:度|以来)?"
_SHORTCOMING = (
    "不(?:规范|及时|严|力|到位|够|足|高|深|细|实|准|清|当|全|完善|强|紧|畅|彻底|健全|合规|重视|平衡|多|快)"
    "|偏[高低轻慢多少软弱]|滞后|薄弱|迟缓|积压|拖延|超期|逾期|粗放|缺失|缺位|随意|欠缺|走过场|流于形式"
    "|未[按及建严规]"
)
_KIND_OF_WORK = "处置|办理|管理|保密|质量|程序|把关|机制|工作"
_OF_ONE_CASE = (
    rf"[0-9]|{_MANY}余?(?:[条件起宗封名次批例]|人(?![民大]))|某(?![些种])|同志|已|了(?![结解])|[将被拟给向]"
    "|正在|举报[人者](?:反映|称|说|来|提供)|(?:移交|移送|转交|报送)(?:给|至|到|县|市|区|省|上级|公安|司法|纪|检)"
    "|对(?!党员|干部|问题|信访|举报|反映|案件|立案|初核|谈话|函询|执纪|线索|审查|监督|部分|有的)"
)


def names_only_work(text: str) -> bool:
    """Whether a text names a kind of work (问题线索处置不规范) and tells of no case.

    The feedback says so of whoever does that work; it has no number, person or deed in it.
    """
    read = re.sub(_YEAR, "", as_read(text))
    if re.search(_OF_ONE_CASE, read):
        return False
    return re.search(f"{_SHORTCOMING}|(?:{_KIND_OF_WORK})$", read.rstrip("。;!?,")) is not None
