"""Words that certain fields can only hold, as the certificates print them.

Source: REG-GA-802 (types of motor vehicles), REG-GA-801 (uses of motor vehicles), GB/T 3304 (ethnic groups).
"""

import json
from pathlib import Path

_WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

ETHNICITIES = frozenset(_WORDS["ethnicities"])
USE_CHARACTERS = frozenset(_WORDS["use_characters"])
VEHICLE_TYPES = frozenset(_WORDS["vehicle_types"])
