"""Help for tests that talk to Heeldrop as a whole."""
