"""Scans that never were: official blanks filled in by invented hands, then scanned, photographed, copied and faxed in numbers."""
