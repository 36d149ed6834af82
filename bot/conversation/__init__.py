"""What is known so far, what follows from it, and what to say next.

The state of a talk is the set of answers given, not a position in a script. One step takes the
answers and what the person just said, and returns the new answers and what to send.
"""
