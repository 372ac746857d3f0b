"""What comes in from other files: tables."""
