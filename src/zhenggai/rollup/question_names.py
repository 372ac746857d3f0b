"""The questions that have a name, apart from what answers them: help lists them."""

from enum import Enum


class Question(str, Enum):
    """The questions that have a name."""

    RATES = "完成率"
    OVERDUE = "逾期"
    HOLDERS = "待办环节"
    RANKING = "排名"
    EXTENDED = "延期"
    COMMON = "共性问题"
    REPEATED = "屡改屡犯"
    WEEKLY = "周进度"

    __str__ = str.__str__
