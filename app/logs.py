"""Logs on standard error, a record a line where the format is JSON, each with the id of the request it belongs to.

What looks like a secret is blotted out of the finished line, so that no message, traceback or URL can carry one.
"""

import logging
import re
from typing import Literal

from asgi_correlation_id import correlation_id
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

LogFormat = Literal["text", "json"]
TEXT = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
LEVELS = {
    "app": logging.INFO,
    "celery": logging.INFO,
    "uvicorn": logging.INFO,
    # A request id that is replaced is seen in the answer; a stranger must not fill the log with it.
    "asgi_correlation_id": logging.ERROR,
}
# None of them matches a quotation mark: a line of JSON stays one.
SECRETS = (
    re.compile(r"(?P<before>ork_[0-9a-f]{12}_)[\w-]+"),
    re.compile(r"(?P<before>://[^\s:/@\"]*:)[^\s/\"]+(?=@)"),
    re.compile(r"(?P<before>\bpassword=)[^\s\"]+", re.IGNORECASE),
    re.compile(r"(?P<before>\b(?:basic|bearer)\s+)[\w.~+/=-]+", re.IGNORECASE),
)


def redacted(line: str) -> str:
    """The line without API keys, passwords, and the credentials of Authorization headers."""
    for secret in SECRETS:
        line = secret.sub(r"\g<before>…", line)
    return line


class TextLines(logging.Formatter):
    """A record as people read it."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


class JsonLines(JsonFormatter):
    """A record as programs read it: an object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def with_request(record: logging.LogRecord) -> bool:
    """Tell the record which request it belongs to; outside of one there is none."""
    record.request_id = correlation_id.get()
    return True


def with_access(record: logging.LogRecord) -> bool:
    """Give the parts of a line of uvicorn's access log names of their own."""
    if record.name == "uvicorn.access" and isinstance(record.args, tuple) and len(record.args) == 5:
        record.client, record.method, record.path, _, record.status = record.args
    return True


def handler(log_format: LogFormat) -> logging.Handler:
    """Writes records on standard error, in this format."""
    made = logging.StreamHandler()
    made.setFormatter(_json_lines() if log_format == "json" else TextLines(TEXT))
    made.addFilter(with_request)
    made.addFilter(with_access)
    return made


def configure(log_format: LogFormat) -> None:
    """Log this way from now on, in this process; warnings, too."""
    logging.captureWarnings(True)
    logging.getLogger().handlers = [handler(log_format)]
    for name, level in LEVELS.items():
        logging.getLogger(name).setLevel(level)


def _json_lines() -> logging.Formatter:
    renamed = {"levelname": "level", "name": "logger", "exc_info": "traceback"}
    fields = ["levelname", "name", "message", "request_id"]
    # uvicorn says some things twice, once in color
    unsaid = [*RESERVED_ATTRS, "color_message"]
    return JsonLines(fields, rename_fields=renamed, reserved_attrs=unsaid, timestamp="time", json_ensure_ascii=False)
