"""Reading bank statements: files as rows of cells, cells as lines, lines as figures."""
