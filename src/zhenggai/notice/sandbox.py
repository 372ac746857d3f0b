"""Sandbox for templates: they see given values only, load only templates, and run within limits.

Templates cannot reach Python's internals, nor files outside the template folders. Every turn of
a loop, every call, whatever a filter or a comparison goes through and what is written are counted,
so that no template runs for ever or fills the memory.
"""

import functools
import os
import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
    pass_eval_context,
)
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from zhenggai.errors import InvalidInputError, cause
from zhenggai.model.suggestion import nearest
from zhenggai.notice.lazy_value import Later
from zhenggai.notice.markdown_blocks import escape

_MOST_STEPS = 500_000
_MOST_TEXT = 8_000_000
_LARGEST_FILE = 1 << 18
_LONGEST = 1_000_000
_IN_A_STEP = 1000  # characters

_FILTERS = (
    *("abs", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items"),
    *("last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse"),
    *("round", "select", "selectattr", "sort", "string", "sum", "trim", "truncate", "unique"),
    "upper",
)
_GLOBALS = ("range", "dict", "namespace", "cycler", "joiner")


_NAME = re.compile(r"[\w\-]+\.md")


class TooMuchError(TemplateRuntimeError):
    """A template that would not come to an end, or would fill the memory; words are Chinese."""


class Folders(BaseLoader):
    """Loads templates by bare name, from the ledger's folder first; never from elsewhere."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = [folder for folder in folders if folder.is_dir()]

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        """Find a template by its name."""
        del environment
        for folder in self._folders:
            if _is_template(folder, template):
                return _read(folder / template, template), template, lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """Name every template there is."""
        found = (path for folder in self._folders for path in folder.iterdir())
        return sorted({path.stem for path in found if _is_template(path.parent, path.name)})


def _is_template(folder: Path, name: str) -> bool:
    """Whether a folder has a template of a name, and has it itself, links followed."""
    path = Path(os.path.realpath(folder / name))
    is_here = path.parent == Path(os.path.realpath(folder))
    return bool(_NAME.fullmatch(name)) and is_here and path.is_file()


def _read(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise InvalidInputError(f"模板{name}太大，不会是一个模板")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(f"模板{name}不是UTF-8编码的文本；用编辑器另存为UTF-8") from None
    except OSError as error:
        raise InvalidInputError(f"无法读取模板{name}（{cause(error)}）；请检查权限") from None


class _Counting(NodeTransformer):
    """Has every loop, every list written out, comparison, slice and joining of texts counted."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - jinja2's own naming
        """Count a loop's turns."""
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "counted")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - jinja2's own naming
        """Measure what ~ joins."""
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), "join")

    def visit_List(self, node: nodes.Expr) -> nodes.Node:  # noqa: N802 - jinja2's own naming
        """Measure a list, for one of two equal lists, again and again, is soon endless."""
        self.generic_visit(node)
        is_target = getattr(node, "ctx", "load") != "load"
        return node if is_target else _filtered(node, "charged")

    visit_Tuple = visit_Dict = visit_List  # noqa: N815 - jinja2's own naming

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - jinja2's own naming
        """Measure what is compared or searched."""
        self.generic_visit(node)
        node.expr = _filtered(node.expr, "charged")
        for operand in node.ops:
            operand.expr = _filtered(operand.expr, "charged")
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - jinja2's own naming
        """Measure what is sliced."""
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _filtered(node.node, "charged")
        return node


def _filtered(node: Any, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class _Generator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 - jinja2's own naming
        """Rewrite the template before it becomes code."""
        _Counting().visit(node)
        node.set_environment(self.environment)
        super().visit_Template(node, frame)


class _Given(Context):
    """What a template is given by name; a value that is to come is worked out when it is named.

    That is no work a template could have done again and again: each is worked out once a paper.
    """

    def resolve_or_missing(self, key: str) -> Any:
        """Look up a name."""
        found = super().resolve_or_missing(key)
        return found.value() if isinstance(found, Later) else found


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox for one paper: what is printed is escaped, and all of it is counted."""

    code_generator_class = _Generator
    context_class = _Given
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, folders: list[Path]) -> None:
        super().__init__(
            loader=Folders(folders),
            undefined=StrictUndefined,
            finalize=self._finalize,
            keep_trailing_newline=True,
            autoescape=True,  # what a macro wrote is Markup, and not escaped again
            optimized=False,
            cache_size=0,
        )
        self._steps = self._written = 0
        self.filters = {name: self._charging(self.filters[name]) for name in _FILTERS}
        self.filters |= {"counted": self._counted, "charged": self._charged, "join": self._join}
        self.globals = {name: self.globals[name] for name in _GLOBALS}

    def render(self, name: str, content: dict[str, Any]) -> str:
        """Render a template within the limits of work and output."""
        written = []
        for piece in self.get_template(name).generate(content):
            self._take(len(piece))
            written.append(piece)
        return "".join(written)

    @pass_eval_context  # so that what a template writes out itself is escaped like the rest
    def _finalize(self, _: Any, value: Any) -> Markup:
        return self._escaped(value)

    def _escaped(self, value: Any) -> Markup:
        if isinstance(value, (list, tuple)):
            return Markup("、").join(map(self._escaped, self._counted(value)))
        written = value if isinstance(value, Markup) else Markup(escape(value))  # noqa: S704 - Markdown, and escaped as such
        self._take(len(written))
        return written

    def _take(self, length: int) -> None:
        self._written += length
        if self._written > _MOST_TEXT:
            raise TooMuchError(f"写出的文字超过{_MOST_TEXT}字")

    def _step(self, number: int = 1) -> None:
        self._steps += number
        if self._steps > _MOST_STEPS:
            raise TooMuchError(f"循环和计算超过{_MOST_STEPS}步")

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._step()
            yield value

    def _charged(self, value: Any) -> Any:
        """Count a value's parts, and what an iterator will give."""
        if isinstance(value, str):
            self._step(len(value) // _IN_A_STEP)
        elif isinstance(value, (list, tuple, dict)):
            self._step(len(value))
            for part in value.values() if isinstance(value, dict) else value:
                if isinstance(part, (list, tuple, dict)):
                    self._charged(part)
        elif isinstance(value, range):
            self._step(len(value))
        return self._counted(value) if isinstance(value, Iterator) else value

    def _charging(self, applied: Callable[..., Any]) -> Callable[..., Any]:
        """Have a filter's input counted; what jinja2 passes itself comes before it."""
        at = int(hasattr(applied, "jinja_pass_arg"))

        @functools.wraps(applied)
        def charging(*args: Any, **kwargs: Any) -> Any:
            return applied(*args[:at], self._charged(args[at]), *args[at + 1 :], **kwargs)

        return charging

    def _join(self, values: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
        """Join texts; where one of them is written already, write them all."""
        parts = [self.getattr(v, attribute) if attribute else v for v in self._counted(values)]
        _small(sum(len(str(part)) + len(between) for part in parts))
        if any(isinstance(part, Markup) for part in parts):
            return Markup(escape(between)).join(map(self._escaped, parts))  # noqa: S704 - Markdown
        return between.join(map(str, parts))

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template may call, and count it."""
        self._step(1 + len(args) + len(kwargs))
        return super().call(context, called, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Apply a binary operator within limits on the size of the result."""
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise SecurityError
        if operator == "*":
            _small(_size(left) * _size(right))
        if operator == "+":
            _small(_size(left) + _size(right))
        return self._charged(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Leave the methods of Python's own values alone: filters do what a template needs."""
        if attr in getattr(type(obj), "__dataclass_fields__", ()):
            return True  # what views are made to show, and nearly all that is asked for
        return not isinstance(obj, _PLAIN) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Refuse `str.format` in templates."""


_PLAIN = (str, int, float, list, tuple, dict, range, type)


def _size(value: Any) -> int:
    if isinstance(value, (str, list, tuple)):
        return len(value)
    return abs(int(value)) if isinstance(value, (int, float)) else 1


def _small(size: int) -> None:
    if size > _LONGEST:
        raise TooMuchError(f"算出的内容超过{_LONGEST}")


# -- errors, in Chinese -----------------------------------------------------------------------

_SAID = (
    (r"unknown tag '(.+?)'", "没有“{0}”这个标记"),
    (r"No (?:filter|test) named '(.+?)'", "没有“{0}”这个过滤器"),
    (r"innermost block that needs to be closed is '(\w+)'", "未写完，缺少 {{% end{0} %}}"),
    (r"Missing end of|unclosed|unexpected end of template", "未写完，缺少收尾的符号"),
    (r"Expected an expression|got 'end of", "未写完，这里还缺内容"),
    (r"unexpected '(.+?)'", "这里不该有“{0}”"),
    (r"expected token '.+?', got '(.+?)'", "这里不该有“{0}”"),
    (r"has no (?:attribute|element) '?(\w+)", "没有“{0}”这一项"),
)


def template_error_sentence(error: Exception, name: str, known: Iterable[str]) -> str:
    """Say in Chinese what is wrong with a template, and in which line."""
    place, line = _place(error, name)
    return f"模板{place}{f'第{line}行' if line else ''}不能执行：{_words(error, known)}；请改正模板"


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    if isinstance(error, TemplateSyntaxError):
        return error.name or name, error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    in_templates = [frame for frame in frames if _NAME.fullmatch(frame.filename)]
    if not in_templates:
        return name, None
    # What is endless is told of where it was entered, all else where it happened.
    frame = in_templates[0 if isinstance(error, RecursionError) else -1]
    return frame.filename, frame.lineno


def _words(error: Exception, known: Iterable[str]) -> str:
    match error:
        case TooMuchError():
            words = str(error.message)
        case TemplateNotFound():
            words = f"没有模板“{error.name}”"
        case SecurityError():
            words = "用了不允许的写法"
        case RecursionError():
            words = "循环嵌套，无法结束"
        case SyntaxError():  # Python's own, of the code that the template became
            words = "循环、条件套得太深" if "too many" in str(error) else "写法不对"
        case TemplateError():
            words = _translated(str(error.message or ""), error, known)
        case _:
            words = "这里不能这样计算"
    return words


def _translated(message: str, error: TemplateError, known: Iterable[str]) -> str:
    if isinstance(error, UndefinedError) and (match := re.match(r"'(\w+)' is undefined", message)):
        close = nearest(match[1], known)
        return f"没有“{match[1]}”这个名称" + (f"，是否想写“{close}”" if close else "")
    for pattern, words in _SAID:
        if match := re.search(pattern, message):
            return words.format(*match.groups())
    return "写法不对"
