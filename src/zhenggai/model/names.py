"""Names of offices and people, compared as one reads them."""

from unicodedata import category, normalize

_UNSEEN = ("Cf", "Cc", "Mn", "Me", "Co", "Zs")
_FILLERS = "\u115f\u1160\u3164\u2800"


def plain_name(name: str) -> str:
    """Return a name in one form: full-width letters as ASCII, without what is not seen."""
    if name.isascii() and name.isalnum():
        return name
    seen = (one for one in normalize("NFKC", name) if category(one) not in _UNSEEN)
    return "".join(one for one in seen if one not in _FILLERS)


def is_same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one; nobody is the same as nobody."""
    return one is not None and other is not None and plain_name(one) == plain_name(other)
