"""Names a ledger may hold that would do harm, were a shell to run them."""

HOSTILE = (
    "$(touch 被执行1)甲",
    "$(touch 被执行1)乙",
    "`touch 被执行2`",
    "丙;touch 被执行3",
    "丁\ntouch 被执行4\n",
    "戊\ttouch 被执行5",
    "己 | touch 被执行6",
    "'庚' \"辛\" > 被执行7",
    "壬:癸=子%丑 #寅 ~ *",
    "卯 && touch 被执行8 &",
)
