"""What the words of a column of states say: evidence of how far things are, and no state itself."""

import re
import unicodedata
from enum import Enum

from zhenggai.importers.tables.grid import Cell, CellKind


class State(Enum):
    """What a cell says plainly."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    ONGOING = "ongoing"
    NOT_STARTED = "not_started"
    CLOSED = "closed"


_WORDS = {
    State.DONE: """
    已完成 已整改 完成 是 整改完成 已整改完成 已完成整改 完成整改 已整改到位 整改到位 已办结
    办结 已落实 全部完成 已全部完成 已经完成 TRUE
    """,
    State.IN_PROGRESS: """
    整改中 正在整改 正在推进 推进中 进行中 正在进行 正在办理 办理中 正在整改中 正在推进中
    正在进行中 正在落实
    """,
    State.ONGOING: """
    持续推进 长期坚持 持续整改 持续推进中 持续整改中 长期整改 持续坚持 长期推进
    """,
    State.NOT_STARTED: "未启动 尚未启动 未开始 尚未开始 未开展 尚未开展 未整改 尚未整改",
    State.CLOSED: "已销号 销号",
}
_STATES = {word: state for state, words in _WORDS.items() for word in words.split()}
_LEFT_OUT = re.compile(r"[\s。.，,;；!！]+")
# Words of how far things are that are no state: kept as text, and pointed at.
_OPEN_WORDS = re.compile(
    r"(?:基本|阶段性|部分|大部分|初步|总体)(?:完成|整改|整改完成|整改到位)|已完成并长期坚持|已整改并长期坚持|"
    r"未完成|尚未完成|未完成整改|未整改到位|否|FALSE|未销号|(?:进度|已?完成|整改进度)?:?\d{1,3}(?:\.\d+)?%|"
    r"√|✓|✔|×|完成并长期坚持|已完成.{0,2}长期坚持"
)
_PERCENT_FULL = 1
_SAYS_NOT_DONE = re.compile(
    r"基本|阶段|部分|初步|总体|未|否|FALSE|×|(?<!\d)(?!100)\d{1,3}(?:\.\d+)?%"
)


def state_of(text: str) -> State | None:
    """Return the state that a whole text says; None for anything else."""
    return _STATES.get(_plain(text))


_DAY = re.compile(
    r"\(?(?:于|在)?(?:\d{2,4}[-./年])?\d{1,2}[-./月](?:\d{1,2}日?|底|上旬|中旬|下旬)?\)?"
)


def says_done_on(text: str) -> bool:
    """Whether a text is a word that something is done with a day beside it: 已完成（2024.5.20）."""
    word, days = _DAY.subn("", "".join(unicodedata.normalize("NFKC", text).split()))
    return days > 0 and state_of(word) is State.DONE


def is_open_word(text: str) -> bool:
    """Whether a whole text is a word on how far things are from which no state follows."""
    return _OPEN_WORDS.fullmatch(_plain(text)) is not None


def says_not_done(text: str) -> bool:
    """Whether an open word speaks against a day of completion beside it."""
    return _SAYS_NOT_DONE.search(_plain(text)) is not None


def as_progress(cell: Cell) -> str:
    """Return what a cell of a column of states says: a share between 0 and 1 is a percentage."""
    number = cell.number
    if cell.kind is CellKind.NUMBER and number is not None and 0 <= number <= _PERCENT_FULL:
        return f"进度{number:.0%}"
    text = _plain(cell.text)
    return f"进度{text}" if re.fullmatch(r"\d{1,3}(?:\.\d+)?%", text) else cell.text


def _plain(text: str) -> str:
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text))
