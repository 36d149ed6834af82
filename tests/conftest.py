"""What every test shares: the same examples for everyone, or new ones for those who go looking.

A run repeats itself, so that a change is never refused for an example that happened to come up just
then. `make test` with WANDER=1 in the environment tries examples nobody has tried before; what it
finds becomes an `@example` of its test.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("wander", deadline=None)
settings.load_profile("wander" if os.environ.get("WANDER") else "same")
