"""The program's commands: where each lives and what it says of itself.

A run uses one of them. The others are neither imported nor put together: that would take longer
than most commands themselves.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import typer

from zhenggai.cli.chinese import ChineseCommand


class _Entry(NamedTuple):
    """A command: module and function, help, and examples."""

    place: str
    help: str
    examples: str


_COMMANDS = {
    "status": _Entry(
        "status:status",
        "显示整改进展:各方面有多少问题、销号多少,哪些逾期、临期、久未更新。",
        """
zhenggai status
zhenggai status --by 科室 --all
zhenggai status --today 2021-05-18 --format markdown""",
    ),
    "list": _Entry(
        "listing:listing",
        "列出问题,可以筛选和排序。",
        """
zhenggai list --timing 逾期 --timing 临期 --sort 缓急
zhenggai list --department 办公室 --search 会议
zhenggai list --format csv > 台账.csv""",
    ),
    "show": _Entry(
        "show:show",
        "显示一个问题的全部内容:责任、措施、成效和记录。",
        """
zhenggai show 7
zhenggai show keji-2021/07 --format json""",
    ),
    "check": _Entry(
        "check:check",
        """检查台账:找出写错的、矛盾的、逾期的。

        退出码:0 正常;1 有逾期;3 台账有错误(同时有逾期也是3)。""",
        """
zhenggai check -v
zhenggai check --warn-days 3
zhenggai check --explain R427""",
    ),
    "init": _Entry(
        "start:init",
        "新建一本台账。已有台账的文件夹不会改动。",
        """
zhenggai init 我的台账
zhenggai init 我的台账 --unit 县科技局党组 --feedback 2021-02-01
zhenggai init 示例 --sample""",
    ),
    "new": _Entry(
        "start:new",
        "登记一个问题:用下一个编号写出带说明的文件,供补充措施。",
        """
zhenggai new 存在以会议落实会议现象 --department 办公室 --due 2021-04-30
zhenggai new 意识形态工作落实不到位 --kind 长期坚持 --review-every 每季度""",
    ),
    "done": _Entry(
        "done:done",
        "登记措施完成。",
        """
zhenggai done 7.2 --outcome 修订议事规则1项
zhenggai done 7.1 7.2 --on 2021-04-15 --evidence 佐证/07/签字表.pdf""",
    ),
    "log": _Entry(
        "log:log",
        "登记一条督查记录。",
        """
zhenggai log 7 会议制度已形成初稿 --by 督查组""",
    ),
    "extend": _Entry(
        "extend:extend",
        "登记延期:要有理由和批准人,只能往后延。",
        """
zhenggai extend 4 2021-06-30 --reason 实施办法待审定 --approved-by 局党组""",
    ),
    "close": _Entry(
        "close:close",
        "对账销号。台账规定了销号程序的,登记下一步,最后一步销号。",
        """
zhenggai close 7 --by 局党组 --evidence 佐证/07/签字表.pdf
zhenggai close 1-3 5 --by 局党组 --on 2021-04-28
zhenggai close 7 --by 局党组 --complete --dry-run""",
    ),
    "return": _Entry(
        "back:send_back",
        "退回销号申请,重新整改。",
        """
zhenggai return 17 --reason 佐证不全""",
    ),
    "reopen": _Entry(
        "back:reopen",
        "重开已销号的问题;原来的销号记录保留。",
        """
zhenggai reopen 7 --reason 回头看发现反弹""",
    ),
    "edit": _Entry(
        "edit:edit",
        "用编辑器改一个问题;改好的内容没有错误才写回。",
        """
zhenggai edit 7""",
    ),
    "announce": _Entry(
        "announce:announce",
        """写出通报(md、text、html、docx),或别的文书。

        模板:notice 通报;lists 问题、任务、责任清单;bulletin 周督查通报;
        approval 销号审批单;letter 提醒函、督办函。台账里有templates文件夹的,用那里的同名模板。""",
        """
zhenggai announce -o 通报.docx
zhenggai announce --format text --strict
zhenggai announce --template letter --department 办公室""",
    ),
    "import": _Entry(
        "importing:import_notice",
        "把公布的通报变成台账,并记下它的写法。",
        """
zhenggai import 通报.txt -o 台账
zhenggai import 通报.docx --dry-run""",
    ),
    "schema": _Entry(
        "schema:schema",
        "输出JSON Schema,供编辑器和别的工具使用。",
        """
zhenggai schema finding > finding.json""",
    ),
    "completion": _Entry(
        "completing:completion",
        """输出补全脚本:装好以后按Tab键,补全命令、选项、编号、科室、方面和代码。

        装法见例子;装好后重新打开终端。zsh的那一行要放在compinit之后。""",
        """
echo 'source <(zhenggai completion bash)' >> ~/.bashrc
echo 'source <(zhenggai completion zsh)' >> ~/.zshrc
zhenggai completion fish > ~/.config/fish/completions/zhenggai.fish
echo 'zhenggai completion powershell | Out-String | iex' >> $PROFILE""",
    ),
}


class Commands(Mapping[str, Any]):
    """The commands by name, each put together when it is first asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _make(name, _COMMANDS[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)

    def summary(self, name: str) -> str:
        """Say in one line what a command does."""
        return _COMMANDS[name].help.split("\n", 1)[0]


def _make(name: str, entry: _Entry) -> Any:
    module, _, function = entry.place.partition(":")
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    register = single.command(name, cls=ChineseCommand, help=entry.help, epilog=entry.examples)
    register(getattr(import_module(f"zhenggai.cli.{module}"), function))
    return typer.main.get_command(single)
