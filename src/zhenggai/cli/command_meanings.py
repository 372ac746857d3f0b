"""Words that people try for a command, and the commands that do what they mean.

Asked only where a word is no command. It names what may be meant and runs nothing: `delete` must
never withdraw a finding.
"""

from collections.abc import Iterable

from zhenggai.model.suggestion import nearest

MEANINGS = {
    "status": "stat progress overview summary dashboard 状态 进展 进度 概览 汇总",
    "list": "search find filter grep dir 查找 搜索 搜 查 找 筛选 列表 列出 清单",
    "list --timing 逾期": "overdue late 逾期 超期",
    "show": "view cat info display get 查看 显示 看 打开 详情",
    "history": "blame who changes audit 历史 沿革 谁改的 改动记录",
    "check": "validate verify lint test 检查 校验 核对",
    "init": "start begin setup 开始 建台账 新建台账 初始化",
    "new": "create append insert register 新增 增加 添加 登记 新建 登记问题",
    "set": "settings setting config configure 设置 配置 填写",
    "measure": "task todo step 措施 加措施",
    "done": "complete finish finished did 完成 办结",
    "report": "progress-report 报告 进展情况 填报",
    "log": "inspect visit note 督查 督查情况 记录",
    "urge": "remind press 督办 催办 提醒 催",
    "extend": "delay postpone defer due deadline 延期 延长 推迟 改时限",
    "apply": "submit request 申请 申请销号",
    "review": "audit-step 审核 复核",
    "close": "resolve approve strike 销号 关闭 批准",
    "return": "reject sendback 退回 驳回",
    "reopen": "restore-finding 重开 恢复",
    "recheck": "sample 复查 抽查 回头看",
    "assess": "evaluate score 评估 评分",
    "sign": "signature 签批 签字",
    "void": "delete del remove rm drop erase 删除 删 删掉 作废 撤销登记 移除",
    "correct": "amend fix mistake 更正 改正 写错了",
    "handover": "transfer assign reassign 交接 移交",
    "rename": "mv move 更名 改名",
    "split": "divide 拆分 分开",
    "undo": "revert rollback back 撤回 撤销 回退 后悔",
    "edit": "modify change update vi vim nano notepad 修改 编辑 改",
    "upgrade": "migrate convert 升级",
    "announce": "publish notice paper print 通报 文书 公布 生成通报 打印",
    "export": "excel xlsx save output 导出 导出表格 表格",
    "tables": "parquet dump 数据表",
    "query": "sql select 查询 统计",
    "import": "load read ingest 导入 读入",
    "doctor": "diagnose env environment where version 诊断 环境 体检 版本",
    "completion": "autocomplete 补全",
    "help": "man usage h ? 帮助 用法 怎么用",
}
# Words that resemble one of a command and mean something that no command does.
NO_COMMAND = frozenset(["quit", "exit", "bye", "logout", "email", "mail", "send", "退出", "邮件"])
_ALIKE = 0.7
_BY_WORD: dict[str, list[str]] = {}
for _command, _words in MEANINGS.items():
    for _word in _words.split():
        _BY_WORD.setdefault(_word, []).append(_command)


def commands_meant(word: str, commands: Iterable[str]) -> list[str]:
    """Return the commands that do what a word means, some with options.

    There is none where a command's name is nearer to the word. A word written with a slip means
    what the nearest word does.
    """
    asked = word.casefold()
    if asked not in _BY_WORD:
        asked = nearest(asked, [*commands, *_BY_WORD], _ALIKE) or ""
    return _BY_WORD.get(asked, [])
