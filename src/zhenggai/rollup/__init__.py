"""Tables of many ledgers, for a database to answer from: what they are, and their rows."""
