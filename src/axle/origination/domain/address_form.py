"""Whether an address reads like one (住址写法), before anybody looks it up."""

import re
from typing import Literal

from axle.origination.domain.traits import SHORTEST_ADDRESS, plain_text

AddressForm = Literal["plausible", "short", "no_number", "nonsense"]

_HAN = re.compile(r"[㐀-鿿]")
_REPEATED = re.compile(r"(.)\1{3}")
_NUMBERED = re.compile(r"\d|[一二三四五六七八九十百]+(?:号|弄|巷|栋|幢|座|单元|室|组|队)")
_RURAL = re.compile(r"[村屯组队社寨庄营乡]")
"""In the country a house is found by its village and the name on its door."""
_HAN_LEAST, _DIFFERENT_LEAST = 4, 5


def address_form(address: str) -> AddressForm:
    """What is wrong with an address as it is written; the gravest counts."""
    plain = plain_text(address)
    if len(plain) < SHORTEST_ADDRESS:
        return "short"
    if len(_HAN.findall(plain)) < _HAN_LEAST or len(set(plain)) < _DIFFERENT_LEAST or _REPEATED.search(plain):
        return "nonsense"
    return "plausible" if _NUMBERED.search(plain) or _RURAL.search(plain) else "no_number"
