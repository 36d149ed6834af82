"""Run files: from the bytes of a file to a few figures.

Rule: a route never leaves this package; what comes out is when, how far and how long. Everything here
is pure: bytes in, a plain value out. Only `worker.py` reads and writes, in a process of its own.
"""
