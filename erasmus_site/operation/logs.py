"""The log: a line for each event, with the id of its request and nothing about a person.

An event's own figures go along as `extra={"facts": {…}}`. Only the standard library is imported here:
the settings name the formatters, and are read before Django is ready.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# The request that is being answered, empty between requests.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

# What may tell of a person, however it came into a line: in an address, in an exception's words, or in
# what gunicorn says of a request that it could not read.
_PERSONAL = (
    (re.compile(r"Invalid request from ip=.*"), "Invalid request"),
    (re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"(?<=[\w/])\?[^\s'\"]+"), "?…"),
    # Signed words, such as a shared preview's: whoever has one may look.
    (re.compile(r"(?<=/)[^/\s]*(?::|%3A)[\w-]{20,}"), "…"),
    # PostgreSQL tells the values of the row that it refused.
    (re.compile(r"\nDETAIL:.*"), ""),
)


def without_personal(text: str) -> str:
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    return text


class _Formatter(logging.Formatter):
    def message(self, record: logging.LogRecord) -> str:
        return without_personal(record.getMessage())

    def trace(self, record: logging.LogRecord) -> str:
        """Return the traceback of an exception, empty where there is none."""
        return without_personal(self.formatException(record.exc_info)) if record.exc_info else ""

    def facts(self, record: logging.LogRecord) -> dict:
        return getattr(record, "facts", {})


class JsonFormatter(_Formatter):
    """One object on one line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message(record),
            "request": REQUEST_ID.get(),
            **self.facts(record),
            "trace": self.trace(record),
        }
        kept = {name: value for name, value in told.items() if value != ""}
        return json.dumps(kept, ensure_ascii=False, default=str)


class LineFormatter(_Formatter):
    """The same for a person at a terminal; only a traceback takes more than one line."""

    def format(self, record: logging.LogRecord) -> str:
        facts = [f"{name}={value}" for name, value in self.facts(record).items()]
        words = [
            datetime.fromtimestamp(record.created).strftime("%H:%M:%S"),
            *(record.levelname, f"{record.name}:", self.message(record).replace("\n", "\\n")),
            *([f"({', '.join(facts)})"] if facts else []),
            *([f"[{number}]"] if (number := REQUEST_ID.get()) else []),
        ]
        return "\n".join([" ".join(words), *filter(None, [self.trace(record)])])
