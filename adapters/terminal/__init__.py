"""Heeldrop in a terminal, for trying it out and for anyone who would rather use no app."""
