"""The published text: from ledger to notice in four forms, and from a notice back to a ledger."""
