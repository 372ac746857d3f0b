"""Which of the departments in a text lead and which assist: 办公室牵头、财务股配合."""

import re
from typing import NamedTuple

from zhenggai.model.names import split_names

_LEADS, _ASSISTS = "牵头|主责|主办", "配合|协办|协助"
_LABEL = re.compile(
    rf"(?:^|(?<=[\s、,，;；]))(?:(?P<leads>{_LEADS}|责任|承办)|{_ASSISTS}|协同|参与)"
    r"(?:责任)?(?:科室|部门|单位|处室|股室)?[：:]\s*"
)
_IN_BRACKETS = re.compile(
    rf"[（(](?P<names>[^()（）]*?)(?:(?P<leads>{_LEADS})|{_ASSISTS})(?:科室|部门|单位|负责|落实)?[)）]"
)
_BEHIND = re.compile(
    rf"^由?(?P<name>.{{2,}}?)(?P<how>(?:为|总)?(?P<leads>{_LEADS})|{_ASSISTS})(?:负责|落实|整改)?$"
)
_EVERYONE = re.compile(
    r"^(?:机关|局|县直)?(?:各|全体|所有|相关|有关)(?:.*(?:科室|部门|单位|处室|股室|支部|站所))"
)
_AROUND = " \t\r\n\u00a0\u3000.．。"
NOTHING = frozenset(("/", "-", "--", "—", "——", "－", "无", "\\", "／"))
"""What people write in place of a name so that a cell is not empty."""


class DepartmentRoles(NamedTuple):
    """Who leads and who assists, as written and in that order, and what is to be pointed at.

    `is_said` tells that the text says of anybody which it is; `is_open`, that it leaves open of
    some: 甲、乙、丙配合, where 甲 and 乙 are taken to lead.
    """

    leading: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_said: bool = False
    is_open: bool = False


def department_roles(text: str, *, assists: bool = False) -> DepartmentRoles:
    """Tell who leads in a text of departments from who assists.

    A label (牵头单位：) is said of all names up to the next, a word in brackets of the name before
    it, and one behind a name (乙牵头) of those before it as well, back to the last that says
    either. Whoever stands with one that is said to lead and has no word of its own assists.
    `assists` tells that the text stands where only those are written that assist.
    """
    reader = _Reader(assists=assists)
    start, role = 0, None
    for label in _LABEL.finditer(text):
        reader.read(text[start : label.start()], role)
        start, role = label.end(), label["leads"] is not None
        reader.is_said = True
    reader.read(text[start:], role)
    return reader.result()


class _Reader:
    """Takes up the names of a text, part by part."""

    def __init__(self, *, assists: bool) -> None:
        self.is_said = False
        self._assists, self._is_open = assists, False
        self._leading: list[str] = []
        self._assisting: list[str] = []
        self._remarks: list[str] = []

    def read(self, words: str, leads: bool | None) -> None:
        """Take up the names in some words; `leads` is what a label before them says of all."""
        waiting: list[str] = []
        some_lead = False
        for part in split_names(words):
            name, own = self._without_brackets(part.strip(_AROUND))
            behind = _BEHIND.match(name) if own is None else None
            if own is not None:
                self._add([name], leads=own)
                some_lead = some_lead or own
            elif behind is None:
                waiting.append(name)
            else:
                self.is_said = True
                name, own = behind["name"], behind["leads"] is not None
                self._remarks.append(f"“{behind[0]}”按“{name}”{behind['how']}读入")
                if own or some_lead:
                    self._add([*waiting, name], leads=own)
                else:
                    self._is_open = self._is_open or len([one for one in waiting if one]) > 1
                    self._add(waiting, leads=not self._assists)
                    self._add([name], leads=False)
                waiting, some_lead = [], some_lead or own
        if leads is None and some_lead:
            self._remarks += [f"“{one}”没有写明牵头还是配合，按配合读入" for one in waiting if one]
        self._add(waiting, leads=not (self._assists or some_lead) if leads is None else leads)

    def _without_brackets(self, part: str) -> tuple[str, bool | None]:
        """Return a name without what brackets behind it say, and whether they say that it leads.

        Brackets that have names of their own (甲（乙配合）) say it of these.
        """
        own: bool | None = None
        for match in _IN_BRACKETS.finditer(part):
            self.is_said = True
            leads, names = match["leads"] is not None, match["names"].strip(f"{_AROUND}由：:")
            if names:
                self._add([one.strip(_AROUND) for one in split_names(names)], leads=leads)
            else:
                own = leads
        return _IN_BRACKETS.sub("", part).strip(_AROUND), own

    def _add(self, names: list[str], *, leads: bool) -> None:
        for name in names:
            if name and name not in NOTHING:
                (self._leading if leads else self._assisting).append(name)
                if _EVERYONE.match(name):
                    self._remarks.append(f"“{name}”不是一个科室")

    def result(self) -> DepartmentRoles:
        """Return what was taken up, every name once; who leads does not assist as well."""
        leading = tuple(dict.fromkeys(self._leading))
        assisting = tuple(one for one in dict.fromkeys(self._assisting) if one not in leading)
        return DepartmentRoles(
            leading, assisting, tuple(self._remarks), self.is_said, self._is_open
        )
