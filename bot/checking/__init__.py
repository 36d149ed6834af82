"""Checking content before anybody meets it: the compiler behind `check`, `graph`, `impact`, `preview`.

Pure, above the conversation: it walks the real core.
"""
