"""Reading a Word file: the document as its reader sees it, within bounds that no file can break."""
