"""Have LibreOffice turn a Word file into a PDF, where it is on the machine."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from zhenggai.errors import InvalidInputError, RefusedError

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_LONGEST = 180  # seconds: the first start of LibreOffice is slow


def office_program(search: str | None = None) -> str | None:
    """Return where LibreOffice is, None where it is not; `search` stands in for PATH."""
    found = (shutil.which(name, path=search) for name in _PROGRAMS)
    there = next((one for one in found if one), None)
    if there or search is not None:
        return there
    return next((place for place in _PLACES if Path(place).is_file()), None)


def pdf_of(document: bytes, program: str | None) -> bytes:
    """Return a Word file as a PDF, laid out by LibreOffice with a profile of its own.

    Raise InvalidInputError where there is no LibreOffice, RefusedError where it writes none.
    """
    if program is None:
        raise InvalidInputError(
            "输出pdf要用LibreOffice，这台机器上没有找到；安装LibreOffice（https://www.libreoffice.org），"
            "或先写成docx，用Word或WPS另存为pdf"
        )
    with TemporaryDirectory(prefix="zhenggai-pdf-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(document)
        profile = (Path(folder) / "profile").as_uri()
        asked = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        try:
            subprocess.run(  # noqa: S603 - a program that was found, and our own file
                [*asked, "--outdir", folder, str(source)],
                check=True,
                capture_output=True,
                timeout=_LONGEST,
            )
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise RefusedError(
                "LibreOffice没有写出pdf；关掉正在运行的LibreOffice再试，或先写成docx，用Word或WPS另存为pdf"
            ) from None
