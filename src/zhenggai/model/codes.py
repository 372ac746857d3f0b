"""The catalogue of reading problems: what each code of a file, its YAML and its keys means.

The rules that judge a ledger once it is read carry their own entries, in `rules`.
"""

from typing import NamedTuple

from zhenggai.model.problem import At, Problem
from zhenggai.model.terms import Severity

_NOT_REGRADED = "FYKIS"
"""The families (first letters) whose errors no ledger may regrade: files, YAML, keys, history,
secrecy.

Turned down, they would let a finding leave the counts, history be rewritten, or a case be told
of, unseen.
"""

NEWER_FORMAT = "K315"
"""The code of a ledger that a newer version of the program wrote; no command goes on with one."""

_HISTORY = "I"
"""The family of which not even a notice may be switched off by the change that it tells of."""


class Code(NamedTuple):
    """One kind of problem: its code, Chinese name, default severity and explanation."""

    code: str
    name: str
    severity: Severity
    why: str

    @property
    def is_fixed(self) -> bool:
        """Whether no ledger may regrade this code (规则: {…: 提示})."""
        fixed = self.code[0] in _NOT_REGRADED and self.severity is Severity.ERROR
        return fixed or self.code[0] == _HISTORY


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_READING = (
    # The file itself.
    Code("F101", "文件无法读取", _ERROR, "无权读取，或磁盘、网络盘出错。请检查文件权限后再试。"),
    Code(
        "F102", "不是普通文件", _ERROR, "台账里的 NN.yaml 应是普通文件，不能是文件夹、管道或设备。"
    ),
    Code(
        "F103",
        "链接指向台账之外",
        _ERROR,
        "符号链接会把台账以外的内容带进来，也会让改动落到别处。请把文件本身放进台账。",
    ),
    Code(
        "F104",
        "文件太大",
        _ERROR,
        "一个问题一个文件，每个文件不超过1 MiB。附件请作为佐证材料另存。",
    ),
    Code(
        "F105",
        "编码不是UTF-8",
        _ERROR,
        "Windows上的旧编辑器常存成GBK（GB18030）。请用编辑器“另存为”并选择UTF-8。"
        "程序不自动转换编码，以免损坏内容。",
    ),
    Code(
        "F106",
        "文件带BOM",
        _WARNING,
        "记事本的“带有BOM的UTF-8”会在文件开头写入不可见的标记。内容照常读取，"
        "但其他工具可能把它当成第一个键的一部分。请另存为“UTF-8”（不带BOM）。",
    ),
    Code("F107", "空文件", _ERROR, "文件里没有内容（或只有注释）。请填写，或把文件移出台账。"),
    Code(
        "F108",
        "未解决的合并冲突",
        _ERROR,
        "文件里还有Git的冲突标记（<<<<<<<、=======、>>>>>>>）。两边的记录通常都要保留："
        "把两段都留下，按日期排好，再删去三行标记。",
    ),
    Code(
        "F109",
        "文件名不是编号",
        _ERROR,
        "问题文件以编号命名，如07.yaml；文件名就是编号。副本、旧版和“.yml”文件不会被当作问题，"
        "请改名或移出台账。",
    ),
    Code("F110", "编号重复", _ERROR, "7.yaml 和 07.yaml 是同一个编号。请给其中一个改号。"),
    Code(
        "F111",
        "缺少inspection.yaml",
        _ERROR,
        "台账文件夹里要有inspection.yaml，写明谁巡察谁、何时反馈。",
    ),
    Code(
        "F112",
        "台账里有其他YAML文件",
        _WARNING,
        "台账文件夹里只有inspection.yaml和以编号命名的文件会被读取。如果这个文件是一个问题，请以编号命名。",
    ),
    Code(
        "F113",
        "台账里的链接",
        _ERROR,
        "台账文件夹、inspection.yaml和问题文件要是本身，不能是符号链接：换一个链接就换了整本台账，"
        "而Git比较的只是链接的那一行字。请把文件（文件夹）本身放在原处。",
    ),
    Code(
        "F114",
        "台账里还有台账",
        _ERROR,
        "一个文件夹只放一本台账。外面多一个inspection.yaml，里面的台账就不会被检查。请移走多出的那个。",
    ),
    Code(
        "F115",
        "问题的文件改了名",
        _ERROR,
        "名称像“07.yaml.txt”“.07.yaml.icloud”“07.yaml”后面带空格的文件不会被读取，而这个编号又没有其他文件："
        "问题就不计入统计。请改回编号加.yaml。",
    ),
    Code(
        "F116",
        "问题文件的副本",
        _WARNING,
        "“07.yaml.txt”“07.yaml.old”一类的文件在07.yaml旁边，不会被读取。"
        "统计没有少，但容易改错文件。要留旧版用Git，请把副本移出台账。",
    ),
    Code(
        "F117",
        "编号不连续",
        _INFO,
        "中间的编号没有文件，可能是误删或未复制完整。删去、合并了的问题，编号不再用，可以不理会。",
    ),
    # Its YAML.
    Code("Y201", "YAML写法有误", _ERROR, "文件不合YAML的写法，程序读到此处无法继续。"),
    Code(
        "Y202",
        "全角冒号",
        _ERROR,
        "键后面要用半角冒号加一个空格，如“问题: ……”；全角的“：”不算分隔。",
    ),
    Code("Y203", "用了制表符", _ERROR, "YAML只用空格缩进。请把制表符（Tab）换成空格。"),
    Code("Y204", "键重复", _ERROR, "同一处同一个键只能写一次；写两次时无法确定以哪个为准。"),
    Code(
        "Y205",
        "用了锚点、别名或标签",
        _ERROR,
        "&锚点、*别名、<<合并和!标签会使一处的改动影响别处，台账不用它们。"
        "文字本身以 & * ! 开头时，请加引号。",
    ),
    Code(
        "Y206",
        "内容过深或过多",
        _ERROR,
        "嵌套超过16层，或一个文件的条目、行数超过5万，不会是一份问题台账。",
    ),
    Code(
        "Y207",
        "一个文件里有多个文档",
        _ERROR,
        "一个文件只写一个问题；“---”之后的第二个文档请另存为一个文件。",
    ),
    Code("Y208", "不是“键: 值”的形式", _ERROR, "文件最外层应是“键: 值”，如“问题: ……”。"),
    Code(
        "Y209",
        "含有控制字符",
        _ERROR,
        "文件里有不可见的控制字符，可能是复制粘贴带来的；双引号里的“\\”写法也会写出这种字符。请删去。",
    ),
    # Its keys and values.
    Code("K301", "缺少必填项", _ERROR, "缺少它，这个文件就没有意义。"),
    Code(
        "K302",
        "无法识别的键",
        _ERROR,
        "填写有误的键等于没写。程序只认台账规定的键，以免内容不起作用却未被发现。",
    ),
    Code("K303", "值的形式不对", _ERROR, "该写文字的写成了列表，或该写列表的写成了文字。"),
    Code("K304", "值是空的", _ERROR, "写了键或列表项，却没有内容。请填写或整行删去。"),
    Code(
        "K305",
        "日期格式无法识别",
        _ERROR,
        "日期要具体到日：2021-05-01（推荐）、2021/5/1、2021.5.1、2021年5月1日。"
        "时限还可以写 2021年5月底前、2021年6月中旬、2021年二季度末、2021年上半年、2021年底，"
        "按最后一天计算；完成、记录的日期是发生的事，只能写具体的日期。",
    ),
    Code(
        "K306",
        "日期格式不统一",
        _WARNING,
        "日期可以识别，但不是 2021-05-01 的格式。写法统一，才便于搜索、排序和比较改动。"
        "没有写到日的时限（如 2021年5月底前），提示里写明按哪一天计算。",
    ),
    Code("K307", "取值不在规定之内", _ERROR, "这一项只能取规定的几个值。"),
    Code(
        "K308",
        "周期格式无法识别",
        _ERROR,
        "周期写：每周、每月、每季度、每半年、每年，或 10天、2周、3个月、1年、10个工作日。",
    ),
    Code(
        "K309",
        "数字或金额格式无法识别",
        _ERROR,
        "人数写整数；金额写数字加单位，如 1864元、884.72万元。",
    ),
    Code(
        "K310",
        "时限处写了“长期坚持”",
        _ERROR,
        "长期坚持不是日期。没有日期就无法判断是否逾期，也无人催办。"
        "长期坚持的问题写“类型: 长期坚持”和“检视周期”，按周期检视；"
        "措施要在哪天以前完成的，整改时限写日期。",
    ),
    Code(
        "K311",
        "佐证材料不在台账里",
        _ERROR,
        "佐证材料写台账文件夹里的相对路径，不能是绝对路径，也不能用“..”跳出台账；"
        "路径里不能有换行或不可见字符。",
    ),
    Code(
        "K313",
        "无法识别的占位符",
        _ERROR,
        "通报的文字里，花括号中的名称由程序换成算出来的数字或日期，"
        "只能用规定的几个，如 {问题数}、{完成率}。",
    ),
    Code(
        "K314",
        "问题的名称太长",
        _ERROR,
        "“问题”是一句话，清单、文书和改动的比较都以它识别问题，最多200字；其余的写进“具体表现”。",
    ),
    Code(
        NEWER_FORMAT,
        "台账的格式太新",
        _ERROR,
        "inspection.yaml的“格式”比这个版本的程序新，其中的规定程序不认识，算出的状态就可能不对。"
        "请安装新版本的程序。",
    ),
    Code(
        "K316",
        "同一天又放假又补班",
        _ERROR,
        "节假日.yaml里一天只能是放假或补班。两处都写了的，这一天仍按国务院办公厅的通知。",
    ),
    Code(
        "K318",
        "预警天数和预警等级都写了",
        _ERROR,
        "预警等级的每一级已有天数，预警天数是它的简写，只写一个；两个都写的，按预警等级。",
    ),
    Code(
        "K319",
        "预警等级重复",
        _ERROR,
        "预警等级是一张表，每一级的名称和天数各不相同，否则无法确定一个问题是哪一级。",
    ),
    Code(
        "K317",
        "同一项用新旧名称各写一次",
        _ERROR,
        "有的键改了名称，旧的名称照样识别（复核周期现在叫检视周期）；两个都写时无法确定以哪个为准，只留新的。",
    ),
)

READING: dict[str, Code] = {code.code: code for code in _READING}


def reading_problem(code: str, message: str, hint: str, at: At = (), path: str = "") -> Problem:
    """Return a problem of a catalogued code with the severity that it has by default."""
    return Problem(message, hint, at, path, code=code, severity=READING[code].severity)
