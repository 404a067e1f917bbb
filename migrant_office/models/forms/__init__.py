"""Forms that an office edits in a spreadsheet (XLSForm): read, checked, compiled, filled."""
