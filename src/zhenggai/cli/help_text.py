"""Help and usage errors in Chinese, aligned by display width; typer's own are English."""

import re
from collections.abc import Iterator
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from zhenggai.cli.console import say
from zhenggai.model.suggestion import meant, nearest
from zhenggai.views.screen_text import pad, visible, width, wrap

if TYPE_CHECKING:
    from zhenggai.cli.options import KeyOf

_MARGIN = 2
_WIDEST = 100
_NAMES = 30


class _Helping:
    """What has a --help that is printed the way everything is."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option, which says the help and ends the run."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = _say_help
        return option


def _say_help(ctx: Any, _option: Any, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        say(ctx.get_help())
        raise typer.Exit


class ChineseCommand(_Helping, TyperCommand):
    """A command whose help is Chinese."""

    key_of: "KeyOf | None" = None

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Parse; an error that does not know its command is told, for the hint at the help."""
        given = list(args)  # the parser takes words off
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            error.given = given  # type: ignore[attr-defined]
            if getattr(error, "ctx", None) is None:
                error.ctx = ctx  # type: ignore[attr-defined]
            raise

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the command's help: usage, description, arguments, options, examples."""
        formatter.write(_help(self, ctx, []))


class ChineseGroup(_Helping, TyperGroup):
    """The program itself: its help lists the commands, its errors suggest the nearest one."""

    commands: Any  # typer takes any mapping for a dict

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the program's help: usage, description, commands, examples."""
        listed = [(name, self.commands.summary(name)) for name in self.commands]
        formatter.write(_help(self, ctx, listed))

    def explain(self, ctx: Any, name: str) -> str:
        """Return the help of a command, named by its name or a short one; else suggest one."""
        found, command, _ = self.resolve_command(ctx, [name])
        return str(command.get_help(type(ctx)(command, parent=ctx, info_name=found)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command named first, or suggest the one that may be meant."""
        name = args[0]
        if name not in self.commands:
            raise UsageTextError(f"没有“{visible(name)}”这个命令；{self._meant(name)}")
        _, command, rest = super().resolve_command(ctx, args)
        return command and command.name, command, rest  # a short name is told in full

    def _meant(self, name: str) -> str:
        """Say which command may be meant by a word that is none; none is ever run in its place."""
        from zhenggai.cli.command_meanings import NO_COMMAND, commands_meant  # nobody else needs it

        if name.casefold() in NO_COMMAND:
            return self._all()
        if by_meaning := commands_meant(name, self.commands):
            named = "，或".join(
                f"“{one}”（{self.commands.summary(one.split()[0]).split('：')[0].rstrip('。')}）"
                for one in by_meaning
            )
            return f"是否想写{named}"
        close = nearest(name, self.commands, 0.5)
        return f"是否想写“{close}”" if close else self._all()

    def _all(self) -> str:
        return f"可用：{'、'.join(self.commands)}"


class UsageTextError(typer.TyperException):
    """A usage error already in Chinese."""

    exit_code = 2


def _help(command: Any, ctx: Any, listed: list[tuple[str, str]]) -> str:
    columns = min(get_terminal_size().columns, _WIDEST) - _MARGIN
    parts = ["用法：" + " ".join([ctx.command_path, *_usage(command)])]
    parts += _paragraphs(command.help or "", columns)
    arguments = [p for p in command.get_params(ctx) if p.param_type_name == "argument"]
    options = [p for p in command.get_params(ctx) if p.param_type_name == "option"]
    parts += _section("参数", [(p.metavar or p.name, _describe(p)) for p in arguments], columns)
    parts += _section("命令", listed, columns)
    parts += _section("选项", [(_flags(p), _describe(p)) for p in options], columns)
    if command.epilog:
        examples = "\n".join(f"  {line}" for line in command.epilog.strip().splitlines())
        parts.append(f"例子：\n{examples}")
    return "\n\n".join(parts) + "\n"


def _usage(command: Any) -> Iterator[str]:
    if isinstance(command, TyperGroup):
        yield "命令 [选项]"
        return
    yield "[选项]"
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = parameter.metavar or parameter.name
            name += "..." if parameter.nargs != 1 else ""
            yield name if parameter.required else f"[{name}]"


def _paragraphs(text: str, columns: int) -> list[str]:
    return ["\n".join(wrap(_joined(part), columns)) for part in text.split("\n\n") if part]


def _joined(text: str) -> str:
    """Put lines into one; behind a full-width mark there is room enough."""
    return re.sub(r"(?<=[，。；：、）]) ", "", " ".join(text.split()))


def _first_line(text: str | None) -> str:
    return (text or "").split("\n", 1)[0]


def _section(title: str, rows: list[tuple[str, str]], columns: int) -> list[str]:
    if not rows:
        return []
    names = min(max(width(name) for name, _ in rows), _NAMES)
    indent = " " * _MARGIN
    lines = [f"{title}："]
    for name, text in rows:
        room = max(20, columns - names - 2 * _MARGIN)
        first, *rest = wrap(text, room)
        if width(name) > names:
            lines.append(indent + name)
            lines.append(indent + " " * (names + _MARGIN) + first)
        else:
            lines.append(indent + pad(name, names + _MARGIN) + first)
        lines += [indent + " " * (names + _MARGIN) + line for line in rest]
    return ["\n".join(lines)]


def _flags(parameter: Any) -> str:
    flags = ", ".join(sorted(parameter.opts, key=len))  # those of the help have no order
    takes_value = not getattr(parameter, "is_flag", False)
    return f"{flags} {parameter.metavar or '值'}" if takes_value else flags


def _describe(parameter: Any) -> str:
    if "--help" in parameter.opts:
        return "显示这份帮助。"
    text = parameter.help or ""
    choices = getattr(parameter.type, "choices", None)
    if choices:
        text += f"可写：{'、'.join(str(getattr(choice, 'value', choice)) for choice in choices)}。"
    default = getattr(parameter.default, "value", parameter.default if choices else None)
    return f"{text}默认：{default}。" if default else text


def usage_error(error: typer.TyperException) -> str:
    """Say in one Chinese sentence what is wrong with the command line."""
    name = type(error).__name__
    parameter = getattr(error, "param", None)
    match name:
        case "MissingParameter" if parameter is not None:
            sentence = f"缺少{_missing(error, parameter)}"
        case "NoSuchOption":
            sentence = _no_such_option(error)
        case "BadOptionUsage":
            sentence = _bad_option(error)
        case "BadParameter" if parameter is not None:
            sentence = _bad_value(error, parameter)
        case "UsageError" if "unexpected extra argument" in error.message:
            extra = error.message.partition(" (")[2].removesuffix(")")
            from zhenggai.cli.typed_ids import is_typed_id  # only a wrong command line asks

            one = _takes_one_id(error) and is_typed_id(extra)
            mend = "一次只写一个编号" if one else "名称里有空格时，用引号括起来"
            sentence = f"多余的“{visible(extra)}”；{mend}"
        case _:
            sentence = visible(error.format_message())
    return sentence


def _takes_one_id(error: Any) -> bool:
    """Whether all that a command takes, besides options, is one id."""
    known = error.ctx.command.params if error.ctx else []
    arguments = [one for one in known if one.param_type_name == "argument"]
    return [(one.metavar, one.nargs) for one in arguments] == [("编号", 1)]


def _missing(error: typer.TyperException, parameter: Any) -> str:
    """Name the parameter that is missing; of several arguments all, for any may be left out."""
    ctx = getattr(error, "ctx", None)
    known = ctx.command.params if ctx else []
    arguments = [one for one in known if one.param_type_name == "argument" and one.required]
    if parameter.param_type_name != "argument" or len(arguments) == 1:
        return _called(parameter)
    return f"参数，要依次写{'、'.join(f'“{one.metavar}”' for one in arguments)}"


def help_hint(error: typer.TyperException) -> str:
    """Say where the help of the command in question is."""
    ctx = getattr(error, "ctx", None)
    return f"用 {ctx.command_path if ctx else 'zhenggai'} --help 查看用法"


def _called(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"参数“{parameter.metavar or parameter.name}”"
    return f"选项“{parameter.opts[0]}”"


def _no_such_option(error: Any) -> str:
    option = visible(error.option_name)
    ctx = error.ctx
    key_of = getattr(ctx.command, "key_of", None) if ctx else None
    if key_of and (key := key_of(error.option_name)):
        return f"没有选项“{option}”；是否想写“{key}={visible(_value(error))}”"
    known = [opt for p in ctx.command.get_params(ctx) for opt in p.opts] if ctx else []
    if close := nearest(error.option_name, known):
        return f"没有选项“{option}”；是否想写“{close}”"
    if ctx is not None and isinstance(ctx.command, ChineseGroup):
        takers = [name for name, one in ctx.command.commands.items() if _takes(one, option)]
        if takers:
            return f"没有选项“{option}”；选项写在命令后面，如 zhenggai {takers[0]} {option}"
    return f"没有选项“{option}”"


def _value(error: Any) -> str:
    """Return the value that was given to an option that there is none of."""
    words = iter(error.given)
    for word in words:
        flag, equals, value = word.partition("=")
        if flag == error.option_name:
            value = value if equals else next(words, "")
            return "" if value.startswith("-") else str(value)
    return ""


def _takes(command: Any, option: str) -> bool:
    return any(option in parameter.opts for parameter in command.params)


def _bad_option(error: Any) -> str:
    option = visible(error.option_name)
    if "does not take a value" in error.message:
        return f"选项“{option}”后面不带值"
    return f"选项“{option}”后面要写一个值"


def _bad_value(error: Any, parameter: Any) -> str:
    choices = getattr(parameter.type, "choices", None)
    said = visible(error.message)
    if not choices:
        return f"{_called(parameter)}的值不正确（{_number_words(said)}）"
    words = [str(getattr(choice, "value", choice)) for choice in choices]
    given = said.partition(" is not one of ")[0][1:-1]  # without the quotes around it
    close = meant(given, words, 0.5)
    return f"{_called(parameter)}不能是“{given}”；{close}可写：{'、'.join(words)}"


def _number_words(said: str) -> str:
    if "not a valid int" in said:
        return "要写整数"
    if "range" not in said:
        return said
    upper = re.search(r"<=(\d+)\.$", said)
    return f"要写0到{upper[1]}的整数" if upper else "要写0或更大的整数"
