"""What every figure carries: where it comes from.

Rule: a figure names a paper (`sources`, ids of the evidence register), or a paper recalled and
not re-opened (`recalled`, never shown to people), or is our own choice (`default`, never shown as
science). A figure with none of the three is a problem (HD040).
"""

import msgspec


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row of figures and where they come from."""

    sources: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    default: bool = False

    @property
    def may_be_quoted(self) -> bool:
        """Whether people may be shown the figure as something that was measured."""
        return bool(self.sources) and not self.default and not self.recalled


class Finding(Figure, frozen=True, kw_only=True):
    """What a study measured, for a receipt: named numbers, each with its unit in its name."""

    id: str
    figures: dict[str, float]
