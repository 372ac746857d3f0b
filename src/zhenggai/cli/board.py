"""`zhenggai board`: one page that leaders open, project and print."""

from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import tell
from zhenggai.cli.ledger_access import load, report
from zhenggai.cli.options import Where, command
from zhenggai.cli.output_file import (
    MarkingOption,
    one_ledger,
    output_file,
    refuse_private_in,
    refuse_secrets_in,
    write_to_file,
)
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.notice import publishing
from zhenggai.views.board_content import Board, board_texts

_EXAMPLE = "看板.html"


@command(
    """生成看板：一个网页文件，不连网也能打开，可以投影，也可以打印成A3。

        总体情况、三个率、变化趋势、时限、卡在哪一环节、需协调事项，以及全部问题。
        看板供内部使用：不公开的问题也在里面，注明“内部”；要对外的，加 --public。""",
    examples="""
zhenggai board -o 看板.html
zhenggai board -o 看板.html --today 2021-05-18
zhenggai board -o 公开.html --public""",
    completes={"marking": candidates.markings},
)
def board(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件，如 看板.html。")
    ],
    title: Annotated[
        str, typer.Option("--title", metavar="标题", help="看板的标题；不写时用被巡察单位。")
    ] = "",
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="对外用：不公开的问题只计入数字，文字不写；责任领导、科室、责任人、佐证材料和记录也不写。",
        ),
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="不公开的问题也写进去，注明“内部”；本来就写。")
    ] = False,
    marking: MarkingOption = None,
    *,
    where: Where,
) -> ExitCode:
    """Write the board of one ledger."""
    if public and internal:
        raise WrongUsageError("--public 和 --internal 只能用一个")
    marked = publishing.marking(marking)
    if public and marked:
        raise WrongUsageError("对外的看板不标内部资料或工作秘密；去掉 --public 或 --marking")
    loaded = one_ledger(load(where.ledger, where.today))
    target = output_file(output, _EXAMPLE, loaded)
    style = _format(output)
    content = Board(
        loaded.day,
        public=public,
        title=title,
        marking=marked or ("" if public else publishing.MARKINGS[0]),
    )
    refuse_secrets_in(loaded)
    refuse_private_in("\n\n".join(board_texts(content)), loaded, allowed=False)
    page = registry.writer("board", style)(content)
    write_to_file(target, page.encode("utf-8"))
    tell(f"已写入{output}：{content.total.count}个问题")
    if content.hidden:
        tell(f"有{content.hidden}个不公开的问题未写入文字，数字照样计入")
    return report(loaded.ledger.problems)


def _format(output: str) -> str:
    """Return the format that the file's ending means."""
    by_ending = registry.by_suffix("board")
    chosen = by_ending.get(Path(output).suffix.lower())
    if chosen is None:
        raise WrongUsageError(f"看板是网页；“{output}”换成 {_EXAMPLE} 这样的文件名")
    return chosen
