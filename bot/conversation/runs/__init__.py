"""Runs that were told, dropped as a file or brought along from before, and the log they go to."""
