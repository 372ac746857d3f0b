"""The ledger's meaning: pure, with no files, no clock and no screen."""
