"""What a run tells people: one page to read, one workbook to sort, one line of JSON per record.

A report shows outcomes; it reads nothing, judges nothing and knows no file format but its own. Modules are imported when used.
"""
