"""Running together: clubs, meet-ups and what members share.

Values in, values out. Nothing here reads a clock, draws a random number or sends a message.
"""
