"""What can be wrong with the data file, each said in one plain sentence for the owner.

Rule: whatever is wrong, nothing is overwritten. A sentence says what is wrong and what to do.
"""


class StoreError(Exception):
    """The data file cannot be used as asked. Its text is one sentence, fit to print."""


class NewerFileError(StoreError):
    """The file was written by a newer Heeldrop."""


class NotADatabaseError(StoreError):
    """The file is not a SQLite database, or not one of Heeldrop's."""


class DamagedError(StoreError):
    """The file is a database, and part of it cannot be read."""


class ReadOnlyError(StoreError):
    """The folder or the file cannot be written."""


class InUseError(StoreError):
    """Another process works on this file."""


class DiskFullError(StoreError):
    """There is no room for what was to be stored. Nothing of it was stored."""


class OutdatedError(StoreError):
    """What a turn was computed from has changed or gone since: compute it again."""
