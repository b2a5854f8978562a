"""Tables to canonical files, spreadsheets to records, and workbooks to fill in."""
