"""What follows from a ledger: the register, its journals, standing, summary, life cycle."""
