"""What comes from outside becomes a proposal for a ledger; nothing is written here."""
