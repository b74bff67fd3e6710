"""Completed forms on paper: a page as a picture, told by its official blank, its boxes by their ink, its print by OCR."""
