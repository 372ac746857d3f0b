"""Which of the departments in a text lead and which assist: 办公室牵头、财务股配合."""

import re
from typing import NamedTuple

from zhenggai.model.names import split_names

_LEADS = re.compile(
    r"(?:[（(](?:牵头|主办|主责)[^（）()]{0,4}[)）]|(?:为|总)?牵头(?:负责|落实)?|主办)$"
)
_ASSISTS = re.compile(
    r"(?:[（(](?:配合|协助|协办)[^（）()]{0,4}[)）]|(?:配合|协助|协办)(?:落实|整改)?)$"
)
_SAID_FIRST = re.compile(
    r"(?P<how>牵头|主办|责任|配合|协助|协办)(?:单位|科室|部门|股室|处室)?[：:]|(?P<by>由)"
)


class Departments(NamedTuple):
    """Those who lead, those who assist, and whether the text leaves open who does which."""

    leading: list[str]
    assisting: list[str]
    is_open: bool


def departments_in(text: str) -> Departments | None:
    """Tell who leads from who assists, None where a text says neither.

    牵头 and 配合 behind a name are said of the names before it as well, back to the last that
    says either. Whoever stands beside one that leads by name and has no word of its own assists.
    """
    if re.search("牵头|主办|配合|协助|协办", text) is None:
        return None
    leading: list[str] = []
    assisting: list[str] = []
    waiting: list[str] = []
    is_open = has_role = False
    for piece in split_names(text):
        name = piece
        first = _SAID_FIRST.match(name)
        if first:
            name = name[first.end() :]
            if first["how"]:
                has_role = True
                (assisting if first["how"][0] in "配协" else leading).append(name)
                continue
        leads, assists = _LEADS.search(name), _ASSISTS.search(name)
        match = leads or assists
        if match is None or match.start() == 0:
            waiting.append(name)
            continue
        has_role, bare = True, name[: match.start()]
        if leads:
            leading += [bare] if match[0][0] in "（(" else [*waiting, bare]
            waiting = waiting if match[0][0] in "（(" else []
        elif leading and match[0][0] not in "（(":
            assisting += [*waiting, bare]
            waiting = []
        else:
            is_open = is_open or (len(waiting) > 1 and match[0][0] not in "（(")
            leading += waiting
            assisting.append(bare)
            waiting = []
    if not has_role:
        return None
    (assisting if leading else leading).extend(waiting)
    return Departments(leading, assisting, is_open)
