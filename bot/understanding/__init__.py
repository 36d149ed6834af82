"""From the words a person types to readings: facts, each with how sure we are of it.

It works the same way for the same words, every time, and uses no network and no model.
"""
