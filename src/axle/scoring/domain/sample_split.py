"""Which rows are held out: a function of the row's own key, so that the same file is always split the same way."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

HOLDOUT_SHARE = 0.2


def is_held_out(key: str, *, salt: str = "axle", share: float = HOLDOUT_SHARE) -> bool:
    """Whether the row with this key is held out."""
    digest = hashlib.sha256(f"{salt}|{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < share


def rule(salt: str) -> str:
    """The rule in words, for a report."""
    return f"first 8 bytes of sha256('{salt}|' + key) / 2^64 < {HOLDOUT_SHARE} is held out"


def held_out(keys: Sequence[str], *, salt: str = "axle", share: float = HOLDOUT_SHARE) -> NDArray[np.bool_]:
    """For each key whether its row is held out."""
    return np.array([is_held_out(key, salt=salt, share=share) for key in keys], dtype=bool)
