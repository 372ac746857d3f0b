"""Where a notice to import comes from: text, Markdown or Word; and whether it comes out again."""

from datetime import date
from pathlib import Path

from zhenggai.core.model import Ledger
from zhenggai.core.validation import read_finding, read_inspection
from zhenggai.errors import InvalidInputError
from zhenggai.notice import rendering
from zhenggai.notice.composing import Composer
from zhenggai.notice.importing import Draft
from zhenggai.notice.markdown import blocks
from zhenggai.storage.shipped import shipped

_LARGEST = 16 << 20


def read(path: Path) -> str:
    """Give a published notice as text, a line for each paragraph."""
    if path.stat().st_size > _LARGEST:
        raise InvalidInputError(f"“{path}”太大,不会是一份通报")
    if path.suffix.lower() == ".docx":
        return _docx(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(f"“{path}”不是UTF-8编码的文本;用编辑器另存为UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() in (".md", ".markdown"):
        return "\n".join(block.text for block in blocks(text) if block.text) + "\n"
    return text


def _docx(path: Path) -> str:
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise InvalidInputError(
            "读docx要用python-docx;请执行 pip install 'zhenggai[office]'"
        ) from None
    try:
        document = docx.Document(str(path))
    except (ValueError, KeyError, OSError, PackageNotFoundError):
        raise InvalidInputError(f"“{path}”不是能读的docx文件") from None
    lines = [paragraph.text.strip() for paragraph in document.paragraphs]
    return "\n".join(line for line in lines if line) + "\n"


def difference(draft: Draft, text: str) -> list[int]:
    """Write the notice of the drafted ledger and give the numbers of the lines that differ."""
    inspection, _ = read_inspection(draft.inspection_data())
    findings = []
    for number, data in enumerate(draft.findings, start=1):
        finding, _ = read_finding(data)
        if finding is not None:
            findings.append(finding.named(f"{number:02d}"))
    ledger = Ledger("", "", inspection, tuple(findings))
    notice = inspection.notice
    day = notice.dated if notice and notice.dated else date.max
    content = Composer(ledger, day).compose()
    source = rendering.markdown("notice", content, [shipped("templates")])
    written = rendering.text(
        source,
        blank_lines=notice.blank_lines if notice else False,
        final_newline=notice.final_newline if notice else True,
    )
    ours, theirs = written.split("\n"), text.split("\n")
    length = max(len(ours), len(theirs))
    ours += [""] * (length - len(ours))
    theirs += [""] * (length - len(theirs))
    return [n for n, (a, b) in enumerate(zip(ours, theirs, strict=True), start=1) if a != b]
