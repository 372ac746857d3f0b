"""What a ledger says: kinds of values, findings, the inspection, notice settings, words."""
