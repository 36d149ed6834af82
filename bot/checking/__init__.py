"""Checking content before anybody meets it: the compiler behind `heeldrop check`, `graph`, `impact`
and `preview`. Pure, above the conversation: it walks the real core.
"""
