"""Sentences that were misread and may be given: shown first, kept apart, made into tests."""
