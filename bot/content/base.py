"""What every typed piece of content is.

Rule: content never changes once it is loaded, and a field nobody knows is a mistake, not a comment.
"""

import msgspec


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A frozen piece of content; unknown fields are refused."""
