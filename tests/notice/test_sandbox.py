"""Templates are not trusted: they see what they are given, stay in their folders, and end."""

import os
from pathlib import Path
from typing import Any

import pytest

from zhenggai.errors import InvalidInputError
from zhenggai.notice import rendering
from zhenggai.notice.finding_views import FindingView

_SAID = {"id": "07", "title": "会议*过*多", "goal": "少开会", "departments": "办公室"}
_EMPTY: dict[str, Any] = dict.fromkeys(FindingView.__annotations__, "")
_FINDING = FindingView(**_EMPTY | _SAID | {"measures": (), "remarks": ()})
_CONTENT: dict[str, Any] = {
    "title": "关于_整改_的通报",
    "findings": [_FINDING, _FINDING],
    "finding": _FINDING,
}


def _fill(folder: Path, template: str, name: str = "甲") -> str:
    (folder / f"{name}.md").write_text(template, encoding="utf-8")
    return rendering.markdown(name, _CONTENT, [folder])


def _refusal(folder: Path, template: str) -> str:
    """Give why a template is refused, without the place and the advice that are always there."""
    with pytest.raises(InvalidInputError) as refused:
        _fill(folder, f"第一行\n{template}")
    said = str(refused.value)
    start, end = "模板甲.md第2行不能执行：", "；请改正模板"
    assert said.startswith(start), said
    assert said.endswith(end), said
    return said[len(start) : -len(end)]


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ title['__class__'] }}",
        "{{ finding.__init__.__globals__ }}",
        "{{ finding['__class__'] }}",
        "{{ finding.__dataclass_fields__ }}",
        "{{ range.__class__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ cycler('a').__class__ }}",
        "{{ joiner.__init__.__globals__.os }}",
        "{{ namespace.__init__ }}",
        "{{ self.__dict__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ findings|map(attribute='__class__')|list }}",
        "{{ findings|groupby('__class__') }}",
        "{{ findings|sort(attribute='__class__') }}",
        "{{ findings|selectattr('__class__')|list }}",
        "{{ findings|join(attribute='__class__') }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ title.format }}",
        "{{ title.format_map({}) }}",
        "{{ '%s' % title }}",
        "{{ title.encode() }}",
        "{{ (1).to_bytes(999999999, 'big') }}",
        "{{ findings.append(1) }}",
        "{{ dict.fromkeys(range(9)) }}",
        "{% set x = {} %}{{ x.update(a=1) }}",
    ],
)
def test_python_is_out_of_reach(tmp_path: Path, template: str) -> None:
    assert _refusal(tmp_path, template) == "用了不允许的写法"


@pytest.mark.parametrize(
    "name",
    [
        *("attr", "safe", "escape", "tojson", "pprint", "xmlattr", "format", "center", "indent"),
        *("batch", "slice", "urlize", "wordwrap", "replace"),
    ],
)
def test_filters_that_a_paper_does_not_need_are_not_there(tmp_path: Path, name: str) -> None:
    assert _refusal(tmp_path, f"{{{{ title|{name} }}}}") == f"没有“{name}”这个过滤器"


@pytest.mark.parametrize(
    "template",
    [
        "{{ range(10**9)|list }}",
        "{{ 2**999999999 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ title.center(999999999) }}",
    ],
)
def test_what_can_fill_the_memory_at_one_stroke_is_not_allowed(
    tmp_path: Path, template: str
) -> None:
    assert _refusal(tmp_path, template) == "用了不允许的写法"


_GROWING = (
    "{% set n = namespace(v=START) %}{% for i in range(99) %}{% set n.v = MORE %}{% endfor %}"
)


@pytest.mark.parametrize(
    ("template", "limit"),
    [
        (
            "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
            "500000步",
        ),
        ("{% for i in range(99999) %}{{ range(99999)|sum }}{% endfor %}", "500000步"),
        ("{% for i in range(99999) %}{{ 5 in range(99999)|list }}{% endfor %}", "500000步"),
        ("{% set l = range(9999)|list %}{% for i in range(999) %}{{ l[:9] }}{% endfor %}", "步"),
        ("{% for i in range(999) %}{{ 'x' * 999999 }}{% endfor %}", "写出的文字超过8000000字"),
        ("{{ 'x' * 999999999 }}", "算出的内容超过1000000"),
        ("{{ ['x'] * 999999999 }}", "算出的内容超过1000000"),
        ("{{ 9999999999 * 99999 }}", "算出的内容超过1000000"),
        (_GROWING.replace("START", "'x'").replace("MORE", "n.v + n.v"), "超过1000000"),
        (_GROWING.replace("START", "'x'").replace("MORE", "n.v ~ n.v"), "超过1000000"),
        (_GROWING.replace("START", "'x'").replace("MORE", "[n.v, n.v]|join"), "超过1000000"),
        (_GROWING.replace("START", "[1]").replace("MORE", "n.v + n.v"), "超过500000步"),
        (_GROWING.replace("START", "[1]").replace("MORE", "[n.v, n.v]"), "超过500000步"),
        (_GROWING.replace("START", "{}").replace("MORE", "{'a': n.v, 'b': n.v}"), "超过500000步"),
        (_GROWING.replace("START", "3").replace("MORE", "n.v * n.v"), "超过1000000"),
        (_GROWING.replace("START", "3").replace("MORE", "n.v + n.v"), "超过1000000"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "无法结束"),
        ("{% macro f(n) %}{{ f(n + 1) }}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}", "无法结束"),
        ("{% for i in findings recursive %}{{ loop(findings) }}{% endfor %}", "无法结束"),
        ("{% include '甲.md' %}", "无法结束"),
        ("{% extends '甲.md' %}", "无法结束"),
        ("{% block a %}{{ self.a() }}{% endblock %}", "无法结束"),
    ],
)
def test_what_would_not_end_is_ended(tmp_path: Path, template: str, limit: str) -> None:
    assert limit in _refusal(tmp_path, template)


def test_a_template_nested_too_deep_to_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"^模板甲\.md不能执行：循环嵌套，无法结束"):
        _fill(tmp_path, f"{{{{ {'(' * 5000}1{')' * 5000} }}}}")


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% for i in [1] %}" * 25 + "{% endfor %}" * 25, "循环、条件套得太深"),
        ("{% for i in [1] %}" * 25 + "{% else %}{% endfor %}" * 25, "循环、条件套得太深"),
        ("{% if 1 %}" * 100 + "{% endif %}" * 100, "循环、条件套得太深"),
        ("{% if 1 %}" * 2000 + "{% endif %}" * 2000, "循环嵌套，无法结束"),
        ("{{ dict(a=1, a=2) }}", "写法不对"),
        ("{% macro m(a, a) %}{% endmacro %}", "写法不对"),
        ("{{ 1e999 }}", "这里不能这样计算"),
    ],
)
def test_what_python_cannot_carry_out_is_told_of_the_template(
    tmp_path: Path, template: str, words: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _fill(tmp_path, template)
    assert str(refused.value).endswith(f"不能执行：{words}；请改正模板")


def test_a_long_ledger_is_well_within_the_bounds(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text(
        "{% for f in many|sort(attribute='id') %}{{ f.title }}\n{% endfor %}{{ many|length }}",
        encoding="utf-8",
    )
    written = rendering.markdown("甲", {"many": [_FINDING] * 20_000}, [tmp_path])
    assert written.endswith("会议\\*过\\*多\n20000\n")


@pytest.mark.parametrize(
    "name",
    [
        "../外面.md",
        "..\\外面.md",
        "/etc/passwd",
        "外面.md/../外面.md",
        "没有.md",
        "page.html",
        "os",
    ],
)
@pytest.mark.parametrize("tag", ["include", "import", "extends"])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, tag: str, name: str) -> None:
    (tmp_path / "外面.md").write_text("外面的内容", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    words = f"{{% {tag} {name!r}{' as x' if tag == 'import' else ''} %}}"
    assert _refusal(folder, words) == f"没有模板“{name}”"


@pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")
def test_a_link_that_leads_out_of_the_folder_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "外面.md").write_text("外面的内容", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "链接.md").symlink_to(tmp_path / "外面.md")
    assert _refusal(folder, "{% include '链接.md' %}") == "没有模板“链接.md”"


@pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")
def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "乙.md").symlink_to(tmp_path / "丙.md")
    (tmp_path / "丙.md").write_text("{{ title }}", encoding="utf-8")
    assert _fill(tmp_path, "{% include '乙.md' %}") == "关于\\_整改\\_的通报\n"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ titel }}", "没有“titel”这个名称，是否想写“title”"),
        ("{{ 不知道 }}", "没有“不知道”这个名称"),
        ("{{ finding.owners }}", "没有“owners”这一项"),
        ("{{ findings[9].title }}", "没有“9”这一项"),
        ("{{ title|大写 }}", "没有“大写”这个过滤器"),
        ("{% if title is frob %}{% endif %}", "没有“frob”这个过滤器"),
        ("{% 如果 title %}", "没有“如果”这个标记"),
        ("{% if title %}", "未写完，缺少 {% endif %}"),
        ("{% for f in findings %}{{ f }}", "未写完，缺少 {% endfor %}"),
        ("{{ title", "未写完，缺少收尾的符号"),
        ("{% for %}", "未写完，这里还缺内容"),
        ("{% endif %}", "没有“endif”这个标记"),
        ("{{ title finding }}", "这里不该有“finding”"),
        ("{{ 1 << 2 }}", "这里不该有“<”"),
        ("{{ title + 1 }}", "这里不能这样计算"),
        ("{{ 1 / 0 }}", "这里不能这样计算"),
        ("{{ title(1) }}", "这里不能这样计算"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "写法不对"),
    ],
)
def test_a_mistake_is_told_in_chinese_with_its_line(
    tmp_path: Path, template: str, words: str
) -> None:
    assert _refusal(tmp_path, template) == words


def test_a_mistake_in_an_included_template_is_told_of_that_template(tmp_path: Path) -> None:
    (tmp_path / "乙.md").write_text("一\n二\n{{ 不知道 }}", encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"^模板乙\.md第3行不能执行"):
        _fill(tmp_path, "{% include '乙.md' %}")


def test_a_faulty_own_notice_is_named_though_a_good_one_is_shipped(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"^模板notice\.md第1行不能执行：没有“titel”"):
        _fill(tmp_path, "{{ titel }}", "notice")


def test_a_template_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_bytes("通报".encode("gbk"))
    with pytest.raises(InvalidInputError, match=r"模板甲\.md不是UTF-8编码的文本"):
        rendering.markdown("甲", _CONTENT, [tmp_path])


def test_a_huge_file_is_not_taken_for_a_template(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"模板甲\.md太大"):
        _fill(tmp_path, "通报" * 100_000)


def test_a_template_that_goes_away_while_it_is_read_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(InvalidInputError, match=r"无法读取模板甲\.md（没有权限）"):
        _fill(tmp_path, "通报")


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{{ title }}", "关于\\_整改\\_的通报"),
        ("{{ '*' }}", "\\*"),  # a constant is escaped as a value is
        ("{{ ['*', '_'] }}", "\\*、\\_"),
        ("{{ finding }}", "会议\\*过\\*多"),
        ("{{ [finding]|string }}", "\\[会议\\*过\\*多\\]"),
        ("{{ title ~ '*' }}", "关于\\_整改\\_的通报\\*"),
        ("{{ findings|map(attribute='title')|join('|') }}", "会议\\*过\\*多\\|会议\\*过\\*多"),
        ("{{ findings|join('、', attribute='id') }}", "07、07"),
        ("{% set x %}**{{ title }}**{% endset %}{{ x }}", "**关于\\_整改\\_的通报**"),
        ("{% set x %}**{% endset %}{{ x ~ title ~ x }}", "**关于\\_整改\\_的通报**"),
        ("{% macro f(x) %}**{{ x }}**{% endmacro %}{{ f('*') }}", "**\\***"),
        ("{% autoescape false %}{{ title }}{% endautoescape %}", "关于\\_整改\\_的通报"),
        ("{% for a, b in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}", "12"),
        ("{{ dict(a=1)|items|list }}", "a、1"),
        ("{{ finding.goal|default('无') }}{{ none|default('无', true) }}", "少开会无"),
        ("{{ none }}", ""),
        ("{{ cycler('甲', '乙').next() }}", "甲"),
        ("{{ 7 + 2 }}{{ 7 * 2 }}{{ 7 % 2 }}", "9141"),
    ],
)
def test_what_is_printed_is_escaped_and_what_the_template_itself_writes_is_not(
    tmp_path: Path, template: str, written: str
) -> None:
    assert _fill(tmp_path, template) == f"{written}\n"
