"""How results look: terminal, plain text, Markdown, CSV and JSON."""
