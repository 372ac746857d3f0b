"""Texts that a document's format would take for its own, if they were let."""

from hypothesis import strategies as st

# What Markdown, HTML and tables would take for their own.
_HOSTILE = (
    *"*_<>#~&|$`\\[]()!.-+=:;\"'{}019 甲，。（）“”　\u200b\xa0\ufeffאب😀",
    *("1. ", "10) ", "- ", "+ ", "---", "===", "***", "# ", "```", "~~~", "> ", "|---|", "    "),
    *("&amp;", "&#42;", "<b>", "</p>", "<!--", "<script>", "http://x.cn", "a@x.cn", "[a](b)"),
    *(
        "![a](b)",
        "[a]: b",
        "<http://x.cn>",
        "**粗**",
        "__x__",
        "`码`",
        "~~删~~",
        "{{ x }}",
        "{% x %}",
    ),
)
texts = st.lists(st.sampled_from(_HOSTILE), min_size=1, max_size=8).map("".join) | st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")), min_size=1, max_size=20
)
