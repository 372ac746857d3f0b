"""Fast reader for plainly written YAML; returns nothing for text it might read differently.

The library resolves words to numbers, takes the last of two equal keys, follows anchors, reads
some blocks and spaces otherwise, and may end the process on deep nesting. Whatever could come to
that is seen in the text before or in the data behind, and is for the parser; of the rest
`plain_data` gives what the parser gives, all scalars as text.
"""

import re
from typing import Any

from yaml12 import parse_yaml

# Well within what the parser takes of length, lines, depth and words.
_MAX_TEXT, _MAX_WORD, _MAX_DEPTH = 1 << 16, 2000, 8

# Documents, lists in lists in lists, and numbers with more in them than a number.
_ODD = re.compile(r"[\n ](?:\.\.\.|- +- +-|[-+]\S|0[0-9xo])")
# Keys of nothing, which may nest in one line as deep as lists in lists.
_NO_KEY = r"(?:\n|[:-] ) *:(?:\s|$)"
# No two parts of it can match the same, or a long line would take for ever.
_ENTRY = r"[^\[\]{},:\n]+: [^\[\]{},\n]*"
# What is for the parser, each with the signs without which a text has nothing of it: looking for
# everything in every text would take longer than to parse it.
_FOR_THE_PARSER = (
    ("%", r"^%"),  # directives
    ("[{", r"^ *[\[{]"),  # everything in brackets
    ("&*!?", r"[&*!?](?<![^\s\[\]{},:-].)"),  # anchors, aliases, tags, keys over lines
    ("<", "<<"),  # merge keys, a merge left open
    ("\\", r"\\"),  # escapes
    ("\u00a0\u3000", "[\u00a0\u3000](?<![^\\s\\[{,].)"),  # spaces that are none in YAML
    ("[", r"[:-] +\[(?![^\[\]{}\n]*\])"),  # lists that are not simple
    ("{", rf"[:-] +{{(?!{_ENTRY}(?:,{_ENTRY})*}})"),  # mappings that are not simple
    ("[{", r"[\[{,](?:[-+]\S|0[0-9xo])"),  # numbers again, in brackets
    ("[{", r":[\]},]"),  # in brackets a key of nothing, or a word
    ("[{", r"(?:[\[{,]|: ) *:"),  # in brackets a word that begins with a colon, or a key of nothing
    ("|>", r"(?:^|[\[{,:-]) *[|>](?![-+]?\n +[^\s])"),  # blocks that do not begin at once
    ("\"'", r"[\"']:(?![ \n]|\Z)"),  # a key that its colon does not show
)
_SIGNS = re.compile(f"[{re.escape(''.join(signs for signs, _ in _FOR_THE_PARSER))}]")
_COMMENT = re.compile(r"#.*")


class _NotPlainError(Exception):
    """Here is something for the parser to judge."""


def plain_data(text: str) -> dict[str, Any] | None:
    """Return the content of a plainly written text as dicts, lists, text and None."""
    text = text.replace("\r\n", "\n")
    if len(text) > _MAX_TEXT or not _is_visible(text) or _has_oddities(text):
        return None
    try:
        [data] = parse_yaml(text, multi=True)
        keys: list[str] = []
        words = _words(data, keys, 0)
    except (ValueError, _NotPlainError):
        return None
    return words if type(words) is dict and len(keys) == _colons(text) else None


def _is_visible(text: str) -> bool:
    """Whether a text has nothing invisible but newlines and wide spaces."""
    return text.replace("\n", "").replace("\u3000", "").isprintable()


def _has_oddities(text: str) -> bool:
    lines = f"\n{text}"
    if _ODD.search(lines) or ((" :" in lines or "\n:" in lines) and re.search(_NO_KEY, lines)):
        return True
    if not _SIGNS.search(text):
        return False
    unended_block = text[-1] != "\n" and ("|" in text or ">" in text)
    endless = any(len(word) >= _MAX_WORD for word in text.split())
    return unended_block or endless or _is_for_the_parser(text)


def _is_for_the_parser(text: str) -> bool:
    for signs, pattern in _FOR_THE_PARSER:
        if any(map(text.__contains__, signs)) and re.search(pattern, text, re.MULTILINE):
            return True
    return False


def _colons(text: str) -> int:
    """Count the colons that keys may end in: two for a key that stands there twice."""
    if "#" in text:
        text = _COMMENT.sub(_without_comment, text)
    return text.count(": ") + text.count(":\n") + text.endswith(":")


def _without_comment(found: re.Match[str]) -> str:
    """Leave away a comment; a # inside a word begins none."""
    before = found.string[found.start() - 1 : found.start()]
    return "" if before in ("", " ", "\n") else found[0]


def _words(data: Any, keys: list[str], depth: int) -> Any:
    """Make text again of what was resolved, in place; note every key."""
    kind = type(data)
    if (kind is str and not data.isspace()) or data is None:
        return data  # but no empty block, which is read otherwise
    if depth > _MAX_DEPTH:
        raise _NotPlainError
    if kind is dict:
        keys += data
        for key, value in data.items():
            if type(key) is not str or not key or "#" in key:
                raise _NotPlainError
            # Most values are words: a call for each would take longer than all the rest.
            if type(value) is not str or value.isspace():
                data[key] = _words(value, keys, depth + 1)
        return data
    if kind is list:
        return [_words(item, keys, depth + 1) for item in data]
    if kind is int:
        return str(data)
    raise _NotPlainError
