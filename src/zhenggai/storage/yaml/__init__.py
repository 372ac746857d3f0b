"""The YAML of a ledger: one fast parser, one that knows places, and edits of the text."""
