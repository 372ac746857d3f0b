"""`zhenggai export` and `import`: a sheet goes out, is filled in and comes back."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commandline import SAMPLE, Outcome, Zhenggai
from ledger_files import OFFICE, closed, finding, inspection, read_whole, write_ledger

DAY = ("--today", "2021-05-18")
_STEPS = "标识: 2021-县农业局\n销号程序: [申请, 审核, 批准]\n"
_SEVEN = (
    "措施:\n  - 内容: 完善制度\n  - 内容: 少开会\n    时限: 2021-05-31\n"
    "    责任科室: 人事科\n    完成: 2021-03-20\n    成效: 会议少三成\n  - 内容: 开短会\n"
)

Sheet = Any
Change = Callable[[Sheet, dict[str, str]], None]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    findings = {"07": finding(_SEVEN, 问题="会议过多"), "08": finding(), "09": closed("文山")}
    return write_ledger(tmp_path / "台账", findings, inspection(_STEPS))


def _exported(zhenggai: Zhenggai, ledger: Path, *words: str, name: str = "表.xlsx") -> Path:
    target = ledger.parent / name
    outcome = zhenggai("export", "-o", str(target), "--ledger", str(ledger), *DAY, *words)
    assert outcome.code == 0, outcome.err
    return target


def _fill(path: Path, change: Change) -> Path:
    """Change the first sheet of a workbook; the columns are given by their titles."""
    book = openpyxl.load_workbook(path)
    sheet: Sheet = book["台账"]
    change(sheet, {str(cell.value): cell.column_letter for cell in sheet[3]})
    book.save(path)
    return path


def _row(sheet: Sheet, columns: dict[str, str], measure: str) -> int:
    texts = sheet[columns["整改措施"]]
    return next(int(cell.row) for cell in texts if cell.value == measure)


def _set(title: str, measure: str, value: Any) -> Change:
    def change(sheet: Sheet, columns: dict[str, str]) -> None:
        sheet[f"{columns[title]}{_row(sheet, columns, measure)}"] = value

    return change


def _back(zhenggai: Zhenggai, ledger: Path, *files: Path, words: tuple[str, ...] = ()) -> Outcome:
    return zhenggai("import", *map(str, files), "--ledger", str(ledger), *DAY, "--yes", *words)


def _texts(ledger: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(ledger.glob("*.yaml"))}


def test_a_filled_in_workbook_leads_to_exactly_what_one_would_type(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    typed = shutil.copytree(ledger, ledger.parent / "手工")

    def fill(sheet: Sheet, columns: dict[str, str]) -> None:
        for title, value in (("完成日期", "2021-05-10"), ("成效", "修订制度3项")):
            _set(title, "完善制度", value)(sheet, columns)
        first = next(c.row for c in sheet[columns["问题"]] if c.value == "会议过多")
        sheet[f"{columns['进展（填这里）']}{first}"] = "制度已印发"
        sheet[f"{columns['完成日期']}{_row(sheet, columns, '开短会')}"] = "2021年5月11日"
        sheet[f"{columns['申请销号']}{first}"] = "是"

    file = _fill(_exported(zhenggai, ledger, "--department", "办公室"), fill)
    outcome = _back(zhenggai, ledger, file, words=("--on", "2021-05-17"))
    assert outcome.code == 0, outcome.err
    where = ("--ledger", str(typed), *DAY)
    for words in (
        ("done", "7.1", "--on", "2021-05-10", "--outcome", "修订制度3项"),
        ("done", "7.3", "--on", "2021-05-11"),
        ("report", "7", "制度已印发", "--by", "办公室", "--on", "2021-05-17"),
        ("apply", "7", "--by", "办公室", "--on", "2021-05-17"),
    ):
        assert zhenggai(*words, *where).code == 0
    assert _texts(ledger) == _texts(typed)
    # Once more it changes nothing.
    again = _back(zhenggai, ledger, file, words=("--on", "2021-05-17"))
    assert (again.code, "没有要写入的" in again.err) == (0, True)
    assert _texts(ledger) == _texts(typed)


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _texts(ledger)
    file = _fill(_exported(zhenggai, ledger), _set("完成日期", "完善制度", "2021-05-10"))
    outcome = _back(zhenggai, ledger, file, words=("--dry-run",))
    assert outcome.code == 0
    assert "要写入：完成日期1处" in outcome.out
    assert "+    完成: 2021-05-10" in outcome.out
    assert "没有写入" in outcome.err
    assert _texts(ledger) == before


def test_conflicts_stop_everything_unless_only_the_rest_is_wanted(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    def fill(sheet: Sheet, columns: dict[str, str]) -> None:
        _set("完成日期", "开短会", "2021-05-10")(sheet, columns)
        at = [cell.row for cell in sheet[columns["整改措施"]] if cell.value == "完善制度"]
        for row in at:
            sheet[f"{columns['完成日期']}{row}"] = "2021-05-10"

    file = _fill(_exported(zhenggai, ledger), fill)
    zhenggai("done", "7.3", "--on", "2021-05-12", "--ledger", str(ledger), *DAY)
    before = _texts(ledger)
    outcome = _back(zhenggai, ledger, file)
    assert outcome.code == 4
    assert "“完成日期”表里是“2021-05-10”，台账里已是“2021-05-12”" in outcome.out
    assert _texts(ledger) == before
    assert _back(zhenggai, ledger, file, words=("--accept", "冲突")).code == 0
    after = _texts(ledger)
    assert after["07.yaml"] == before["07.yaml"]
    assert "完成: 2021-05-10" in after["08.yaml"]


def test_what_a_sheet_may_not_change_names_the_command(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _texts(ledger)

    def fill(sheet: Sheet, columns: dict[str, str]) -> None:
        _set("整改措施", "开短会", "开很短的会")(sheet, columns)
        _set("措施时限", "少开会", "2021-06-15")(sheet, columns)
        _set("整改状态", "完善制度", "已销号")(sheet, columns)

    outcome = _back(zhenggai, ledger, _fill(_exported(zhenggai, ledger), fill))
    assert outcome.code == 0
    assert "用 zhenggai edit 7 修改" in outcome.out
    assert "用 zhenggai extend 登记延期" in outcome.out
    assert "“整改状态”由程序推算，不读入" in outcome.out
    assert _texts(ledger) == before


def test_a_sheet_of_another_ledger_is_an_error_by_its_identifier(
    ledger: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    file = _exported(zhenggai, ledger)
    other = write_ledger(
        tmp_path / "别处" / "台账", {"07": finding(_SEVEN)}, inspection("标识: 2024-县农业局\n")
    )
    outcome = _back(zhenggai, other, file)
    assert outcome.code == 3
    assert "由台账“2021-县农业局”写出，这里是“2024-县农业局”" in outcome.out
    # The same ledger in a folder of another name is the same ledger.
    moved = shutil.copytree(ledger, tmp_path / "改了名")
    assert "请核对" not in _back(zhenggai, moved, file).out
    # Without identifiers the folders' names are all there is: a note.
    about = (ledger / "inspection.yaml").read_text(encoding="utf-8")
    (moved / "inspection.yaml").write_text(
        about.replace("标识: 2021-县农业局\n", ""), encoding="utf-8"
    )
    outcome = _back(zhenggai, moved, file)
    assert outcome.code == 0
    assert "由“台账”写出，现在读入“改了名”；请核对" in outcome.out


def test_several_departments_files_go_in_together(ledger: Path, zhenggai: Zhenggai) -> None:
    office = _exported(zhenggai, ledger, "--department", "办公室", name="办公室.xlsx")
    people = _exported(zhenggai, ledger, "--department", "人事科", name="人事科.xlsx")
    titles = {cell.value for cell in openpyxl.load_workbook(people)["台账"]["D"]}
    assert "会议过多" in titles  # one of its measures is theirs
    assert "财务管理不规范" not in titles
    _fill(office, _set("进展（填这里）", "完善制度", "办公室的进展"))
    _fill(people, _set("进展（填这里）", "完善制度", "人事科的进展"))
    assert _back(zhenggai, ledger, office, people).code == 0
    text = _texts(ledger)["07.yaml"]
    assert "经办人: 办公室\n    情况: 办公室的进展" in text
    assert "经办人: 人事科\n    情况: 人事科的进展" in text


def _add_rows(sheet: Sheet, columns: dict[str, str]) -> None:
    sheet.insert_rows(sheet.max_row + 1)
    row = _row(sheet, columns, "完善文山") + 1
    for title, value in (("编号", "07"), ("整改措施", "定会议清单"), ("完成日期", "2021-05-12")):
        sheet[f"{columns[title]}{row}"] = value
    new = {"问题": "公车管理不严", "整改措施": "修订办法", "责任科室": "办公室", "类型": "限期整改"}
    for title, value in new.items():
        sheet[f"{columns[title]}{row + 1}"] = value
    sheet[f"{columns['整改措施']}{row + 2}"] = "登记用车"


def test_rows_without_a_key_are_listed_and_taken_only_on_request(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _texts(ledger)
    file = _fill(_exported(zhenggai, ledger), _add_rows)
    outcome = _back(zhenggai, ledger, file)
    assert outcome.code == 0
    assert outcome.out.count("要新增的，加 --accept 新增") == 3
    assert _texts(ledger) == before

    outcome = _back(zhenggai, ledger, file, words=("--accept", "新增"))
    assert outcome.code == 0, outcome.err
    assert "要写入：新增措施1项，新增问题1个" in outcome.out
    after = _texts(ledger)
    assert after["07.yaml"].endswith("  - 内容: 定会议清单\n    完成: 2021-05-12\n")
    assert "问题: 公车管理不严" in after["10.yaml"]
    assert [line for line in after["10.yaml"].splitlines() if "内容" in line] == [
        "  - 内容: 修订办法",
        "  - 内容: 登记用车",
    ]
    # Once more it adds nothing; and one undo takes all of it back.
    assert _back(zhenggai, ledger, file, words=("--accept", "新增")).code == 0
    assert _texts(ledger) == after
    assert zhenggai("undo", "--ledger", str(ledger)).code == 0
    restored = _texts(ledger)
    assert {name: restored[name] for name in before} == before


def test_a_retyped_sheet_is_matched_by_number_and_title_on_request(
    ledger: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    file = tmp_path / "重打.csv"
    file.write_text(
        "编号,问题,整改措施,完成日期,成效\n"
        "7,会议过多,完善制度,2021-05-10,制度1项\n7,会议过多,没有的措施,2021-05-10,\n"
        "8,别的问题,完善制度,2021-05-10,\n",
        encoding="utf-8",
    )
    outcome = _back(zhenggai, ledger, file)
    assert outcome.code == 3
    assert "--match 编号" in outcome.err
    outcome = _back(zhenggai, ledger, file, words=("--match", "编号"))
    assert outcome.code == 0, outcome.err
    assert "没有键，按编号和问题对照" in outcome.out
    assert "问题07没有措施“没有的措施”，未读入" in outcome.out
    assert "台账里没有编号是8、问题是“别的问题”的，未读入" in outcome.out
    assert "完成: 2021-05-10\n    成效: 制度1项" in _texts(ledger)["07.yaml"]
    assert "完成" not in _texts(ledger)["08.yaml"]


def test_json_says_the_same(ledger: Path, zhenggai: Zhenggai) -> None:
    file = _fill(_exported(zhenggai, ledger), _set("完成日期", "完善制度", "2021-05-10"))
    outcome = _back(zhenggai, ledger, file, words=("--format", "json"))
    assert outcome.code == 0
    data = json.loads(outcome.out)
    column = next(
        cell.column_letter
        for cell in openpyxl.load_workbook(file)["台账"][3]
        if cell.value == "完成日期"
    )
    assert [(one["step"], one["value"], one["cell"][:-1]) for one in data["steps"]] == [
        ("完成日期", "2021-05-10", f"表.xlsx!台账!{column}")
    ]
    assert data["conflicts"] == data["errors"] == data["added"] == []


# -- what the program writes comes back as a new ledger ----------------------------------------


def _facts(ledger: Path) -> Iterator[dict[str, Any]]:
    """Give of each finding what a sheet says of it."""
    for one in read_whole(ledger, ledger.name)[0].findings:
        yield {
            "id": one.id,
            "title": one.title,
            "aspect": one.aspect,
            "kind": one.kind,
            "leader": one.leader,
            "departments": one.departments,
            "assisting": one.assisting,
            "owner": one.owner,
            "due": one.due,
            "public": one.public,
            "measures": [(m.text, m.due, m.done_on, m.departments, m.owner) for m in one.measures],
        }


_RICH = {
    "01": finding(
        "配合科室: [人事科, 财务科]\n措施:\n  - 内容: 完善制度\n    时限: 2021-05-31\n"
        "    责任科室: 人事科\n    责任人: 人事科科长\n    完成: 2021-04-01\n    成效: 制度3项\n"
        "  - 内容: '=1+1'\n    时限: 2021-06-15\n"
    ),
    "02": finding("类型: 长期坚持\n检视周期: 每季度\n" + _SEVEN, 问题="'引号开头", 整改时限=""),
    "03": finding("公开: 否\n不公开理由: 涉及工作秘密\n措施:\n  - 内容: 甲\n", 问题="内部的事"),
    "05": finding("措施:\n  - 内容: 只有一项\n", 问题="中间隔了号"),
}


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    findings = {stem: text.replace('整改时限: ""\n', "") for stem, text in _RICH.items()}
    return write_ledger(tmp_path / "台账", findings, inspection(_STEPS))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_exported_register_makes_the_same_ledger(
    form: str, rich: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    file = _exported(zhenggai, rich, "--internal", name=f"表.{form}")
    outcome = zhenggai("import", str(file), "-o", str(tmp_path / "新"), "--yes")
    assert outcome.code == 0, outcome.err
    assert list(_facts(tmp_path / "新")) == list(_facts(rich))
    about = (tmp_path / "新" / "inspection.yaml").read_text(encoding="utf-8")
    assert "标识: " in about
    assert "标识: 2021-县农业局\n" not in about


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_sample_comes_back_whole(form: str, zhenggai: Zhenggai, tmp_path: Path) -> None:
    ledger = shutil.copytree(SAMPLE, tmp_path / "台账")
    file = _exported(zhenggai, ledger, "--internal", name=f"表.{form}")
    assert zhenggai("import", str(file), "-o", str(tmp_path / "新"), "--yes").code == 0
    assert list(_facts(tmp_path / "新")) == list(_facts(ledger))
    before = _texts(ledger)
    assert "没有要写入的" in _back(zhenggai, ledger, file).err
    assert _texts(ledger) == before


def _measures_in_lists(one: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the measures as the lists say them.

    Each with the deadline it is held to, its own or its finding's, and without a person of its
    own, for whom the list of tasks (任务清单) has no column.
    """
    return [(content, day or one["due"], *rest[:-1]) for content, day, *rest in one["measures"]]


@pytest.mark.parametrize("form", ["md", "docx"])
def test_the_lists_come_back_as_far_as_they_say(
    form: str, rich: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    file = tmp_path / f"清单.{form}"
    where = ("--ledger", str(rich), *DAY)
    outcome = zhenggai("announce", "--template", "lists", "--internal", "-o", str(file), *where)
    assert outcome.code == 0, outcome.err
    words = ("--yes", "--accept", "待定")
    outcome = zhenggai("import", str(file), "-o", str(tmp_path / "新"), *words)
    assert outcome.code == 0, outcome.err
    told, own = list(_facts(tmp_path / "新")), list(_facts(rich))
    assert [_measures_in_lists(one) for one in told] == [_measures_in_lists(one) for one in own]
    for name in ("id", "aspect", "kind", "leader", "departments", "assisting", "owner", "due"):
        assert [one[name] for one in told] == [one[name] for one in own], name
    assert [one["public"] for one in told] == [True, True, False, True]


def test_a_list_as_csv_comes_back_without_its_measures(
    rich: Path, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    file = tmp_path / "列表.csv"
    file.write_text(
        zhenggai("list", "--format", "csv", "--ledger", str(rich), *DAY).out, encoding="utf-8"
    )
    words = ("--yes", "--accept", "待定")
    outcome = zhenggai("import", str(file), "-o", str(tmp_path / "新"), *words)
    assert outcome.code == 0, outcome.err
    own = [one | {"measures": []} for one in _facts(rich)]
    assert list(_facts(tmp_path / "新")) == own


def test_findings_that_are_not_public_are_marked(rich: Path, zhenggai: Zhenggai) -> None:
    file = _exported(zhenggai, rich, "--internal")
    titles = [cell.value for cell in openpyxl.load_workbook(file)["台账"]["D"]]
    assert "内部的事（内部）" in titles
    assert "没有要写入的" in _back(zhenggai, rich, file).err
    assert "内部的事" not in "".join(
        str(cell.value)
        for row in openpyxl.load_workbook(_exported(zhenggai, rich))["台账"]
        for cell in row
    )


# -- the light --------------------------------------------------------------------------------


def test_lights_have_the_words_and_colours_of_the_ledgers_own_levels(
    zhenggai: Zhenggai, tmp_path: Path
) -> None:
    levels = (
        "格式: 2\n预警等级:\n  - {等级: 红牌, 颜色: 红, 天数: 逾期}\n"
        "  - {等级: 橙牌, 颜色: 橙, 天数: 10天}\n"
    )
    about = inspection(_STEPS + levels)
    ledger = write_ledger(tmp_path / "台账", dict(OFFICE), about)
    outcome = zhenggai("export", "-o", "-", "--format", "csv", "--ledger", str(ledger), *DAY)
    if outcome.code:
        pytest.fail(outcome.err)
    book = openpyxl.load_workbook(io.BytesIO(_exported(zhenggai, ledger).read_bytes()))
    sheet = book["台账"]
    at = next(cell.column_letter for cell in sheet[3] if cell.value == "预警")
    words = {str(cell.value) for cell in sheet[at][3:] if cell.value}
    assert {"红牌", "橙牌"} < words
    colours = {
        rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[-6:]
        for rules in sheet.conditional_formatting
        for rule in rules.rules
    }
    assert colours["红牌"] == "FFC7CE"
    assert colours["橙牌"] == "F8CBAD"
    assert "正常" not in colours


@pytest.mark.parametrize("title", ["完成日期", "成效", "进展（填这里）"])
def test_a_formula_without_a_value_is_an_error_and_writes_nothing(
    ledger: Path, zhenggai: Zhenggai, title: str
) -> None:
    before = _texts(ledger)

    def change(sheet: Sheet, columns: dict[str, str]) -> None:
        first = next(c.row for c in sheet[columns["问题"]] if c.value == "会议过多")
        row = first if title.startswith("进展") else _row(sheet, columns, "完善制度")
        sheet[f"{columns[title]}{row}"] = "=CONCAT(A1)"

    outcome = _back(zhenggai, ledger, _fill(_exported(zhenggai, ledger), change))
    assert outcome.code != 0
    assert f"“{title}”是没有算出来的公式；在Excel里打开，改好再保存" in outcome.out + outcome.err
    assert _texts(ledger) == before


def test_an_added_column_is_named_and_one_that_is_there_twice_is_refused(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    def add(title: str) -> Change:
        def change(sheet: Sheet, columns: dict[str, str]) -> None:
            at = sheet.max_column + 1
            sheet.cell(3, at).value = title
            sheet.cell(_row(sheet, columns, "完善制度"), at).value = "领导批示"

        return change

    outcome = _back(zhenggai, ledger, _fill(_exported(zhenggai, ledger), add("备注")))
    assert outcome.code == 0
    assert "“备注”不是台账的列，填写的1格没有读入；要用的另行登记" in outcome.out
    outcome = _back(zhenggai, ledger, _fill(_exported(zhenggai, ledger), add("成效")))
    assert outcome.code != 0
    assert "“成效”有两列" in outcome.out
