"""The papers there are: which context each template is filled from, and what is asked of it.

To add a paper:

1. write its template, `templates/NAME.md`;
2. in `contexts`, write a named tuple of the names that the template uses, and the function
   that makes it from the `Facts`; which findings it is about is a method of `FindingSelection`;
3. enter NAME in `PAPERS`;
4. name it in docs/notice.md, with what its context has.

A name that other papers have means the same in this one. Tests hold the context against the
template and the guide, and every shipped template against `PAPERS`.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.errors import InvalidInputError
from zhenggai.notice import contexts
from zhenggai.notice.composing import NoticeContext
from zhenggai.notice.contexts import FACTS, Facts
from zhenggai.notice.lazy_value import Later
from zhenggai.notice.selection import FindingSelection
from zhenggai.storage.file_names import leaves
from zhenggai.storage.resources import shipped


class Paper(NamedTuple):
    """How the templates of one name are filled, and what is asked of what they write.

    `context` makes the tuple of what the template is given by name. What is `internal` stays in
    the house: nobody checks whether it is fit to publish. A `whole` paper is about all that is
    public, and no choice is made for it.
    """

    context: Callable[[Facts], NamedTuple] | None
    internal: bool
    whole: bool = False


PAPERS = {
    "notice": Paper(contexts.notice, internal=False, whole=True),
    "lists": Paper(contexts.lists, internal=True),
    "bulletin": Paper(contexts.bulletin, internal=True),
    "approval": Paper(contexts.approval, internal=True),
    "letter": Paper(contexts.letter, internal=True),
}
"""Every paper that is shipped, by the name of its template."""

_OWN = Paper(None, internal=False)


def paper(name: str) -> Paper:
    """Return what is known of a template: one of the ledger's own may be published."""
    return PAPERS.get(name, _OWN)


def folders(root: Path) -> list[Path]:
    """Return where templates are looked for: in the ledger first."""
    own = root / "templates"
    if leaves(root, own):
        raise InvalidInputError(f"“{own}”这个链接指向台账之外；把模板本身放进台账")
    return [own, shipped("templates")]


def content(name: str, selection: FindingSelection) -> dict[str, Any]:
    """Return what a template may use, by name."""
    return given(name, Facts(selection))


def given(name: str, facts: Facts) -> dict[str, Any]:
    """Return the context of a paper, and behind it every documented name, to be worked out.

    A ledger's own template may use any of them, also where it takes the place of a shipped one.
    """
    there: dict[str, Any] = {
        **{one: Later(partial(_of_notice, facts, one)) for one in NoticeContext._fields},
        **{one: Later(partial(getattr, facts, one)) for one in FACTS},
    }
    context = paper(name).context
    return there | (context(facts)._asdict() if context else {})


def _of_notice(facts: Facts, name: str) -> Any:
    return getattr(facts.notice(), name)
