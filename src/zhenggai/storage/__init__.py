"""Everything that touches files: finding, reading and starting ledgers."""
