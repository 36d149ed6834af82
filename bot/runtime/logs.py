"""What Heeldrop writes about itself: ids and what happened, never what anybody said."""

import json
import logging
from datetime import UTC, datetime


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON for each thing that happened."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


class _Text(logging.Formatter):
    def formatException(self, ei: object) -> str:  # noqa: N802 - the name logging calls
        """The kind of error only: its text may hold what somebody said."""
        return str(getattr(ei[0], "__name__", "")) if isinstance(ei, tuple) else ""


def start_logging(level: str, form: str) -> None:
    """Write to standard error from now on, as `text` or `json`."""
    handler = logging.StreamHandler()
    text = _Text("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(_Json() if form == "json" else text)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # It logs the address it calls, which holds the token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
