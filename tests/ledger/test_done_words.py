"""What the words of a measure say: done, still to come, or neither."""

import pytest

from zhenggai.ledger.done_words import done_word, future_word, says_unfinished


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("将于6月底前完成", "将于"),
        ("将继续把整改纳入考核", "将继续"),
        ("将组织开展培训", "将组织"),
        ("将对全县水库开展排查", "将对"),
        ("将修订会议制度", "将修订"),
        ("正在办理", "正在"),
        ("制度尚未出台", "尚未"),
        ("拟召开会议", "拟"),
        ("下一步抓落实", "下一步"),
    ],
)
def test_what_is_to_come(text: str, word: str) -> None:
    assert future_word(text) == word
    assert says_unfinished(text)


@pytest.mark.parametrize(
    "text",
    [
        "将经费列入预算",
        "将完成情况纳入考核",
        "将整改情况向社会公开",
        "将制度上墙",
        "将修订的制度印发各科室",
        "将责任落实到人",
        "将在建项目全部纳入监管",
        "将12个镇的记录逐一核对",
        "对正在实施的项目开展检查",
        "对尚未办结的事项逐件督办",
        "完成治理",
        "印发《下一步工作打算》",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert future_word(text) == ""
    assert not says_unfinished(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("已完成", "已完成"),
        ("已修订制度3项", "已修订"),
        ("修订了制度", "修订了"),
        ("制度已建立完善", "已建立"),
        ("已于3月1日召开会议", "已于3月1日召开"),
        ("已全部整改到位", "已全部整改"),
        ("已将资金退还企业", "已将资金退还"),
        ("党费已补齐", "已补齐"),
    ],
)
def test_what_is_said_to_be_done(text: str, words: str) -> None:
    assert done_word(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "完成治理",
        "修订制度",
        "为了解情况开展走访",
        "对已完成整改问题开展回访",
        "按照已印发的办法执行",
        "已有制度3项",
        "已形成初稿",
        "已完成2项，正在推进1项",
        "已印发制度，下一步抓落实",
        "尚未完成",
        "学习“已完成”的含义",
    ],
)
def test_what_is_not_said_to_be_done(text: str) -> None:
    assert done_word(text) == ""
