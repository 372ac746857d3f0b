"""Workbooks, csv files and Word tables, read into one kind of grid, and of that a proposal."""
