"""The moving parts: the clock, the schedule, the log and the command line.

It joins the pure core and the store to whichever adapters are installed.
"""
