"""The files of one release: CSV, workbook, data package, method and checksums, made from released tables only."""
