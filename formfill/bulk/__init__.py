"""Thousands of files: each has one result, whatever fails, and nothing is done twice.

``unit`` is the work, bytes in and results out, wherever it is done; ``sources`` finds the files, ``destination`` keeps the results,
``journal`` remembers. ``feeding`` makes chunks of what is to do, ``pool`` has them done by processes that may die, ``flow`` keeps
it busy, ``settling`` notes what became of each file, ``reports`` tells people; ``job`` leads them all.
"""
