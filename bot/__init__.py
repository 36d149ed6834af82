"""Heeldrop's own code, from what it knows to how it runs.

The parts are layers. From the lowest: content, club, coaching, understanding, conversation,
store, runtime. A layer may use the ones below it and never the ones above.
"""
