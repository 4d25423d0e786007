"""Log lines without personal data, whatever a library or a traceback puts into them."""

import logging
import re

_NUMBERS = (
    re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"),  # resident id
    re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])"),  # bank card
    re.compile(r"(?<![0-9A-Za-z])(?:\+?86-?)?1[3-9]\d{9}(?![0-9A-Za-z])"),  # mobile
)
_INPUT_VALUE = re.compile(r"input_value=.*?(?=, input_type=)", re.DOTALL)
"""What a schema error shows of the input that broke it."""


def without_personal_data(text: str) -> str:
    """The text with resident ids, cards and mobiles starred, and without the inputs that schema errors quote."""
    text = _INPUT_VALUE.sub("input_value=***", text)
    for number in _NUMBERS:
        text = number.sub(lambda found: "*" * len(found.group()), text)
    return text


class PrivateFormatter(logging.Formatter):
    """Formats a record, traceback and all, and stars what is personal."""

    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))
