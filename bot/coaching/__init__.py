"""The arithmetic of coming back to running: loads, limits, plans and progress.

Distances are metres and durations are seconds. Times come in as values. Nothing here reads or
writes anything.
"""
