"""Split a cell that says under labels who answers for a finding: 责任领导:… 责任科室:…"""

import re

from zhenggai.importers.tables.grid import BLANKS
from zhenggai.importers.tables.list_items import HALF_WIDTH
from zhenggai.importers.tables.synonyms import meaning

_PERSONAL_LABEL = re.compile(r"(?:^|(?<=[\s、,;。]))([\u4e00-\u9fff]{1,8}):\s*")


def split_labelled(text: str) -> dict[str, str] | None:
    """Return what a cell says under labels that name fields (责任领导:…); None without any."""
    plain = text.translate(HALF_WIDTH)
    labels = [
        (match, fields)
        for match in _PERSONAL_LABEL.finditer(plain)
        if len(fields := meaning(match[1]).fields) == 1
    ]
    if not labels or plain[: labels[0][0].start()].strip(BLANKS):
        return None
    ends = [match.start() for match, _ in labels[1:]] + [len(plain)]
    values: dict[str, str] = {}
    for (match, fields), end in zip(labels, ends, strict=True):
        value = text[match.end() : end].strip(BLANKS + "、,，;；。")
        if fields[0] in values:
            value = f"{values[fields[0]]}、{value}"
        values[fields[0]] = value
    return values
