"""Logistic regression by iteratively reweighted least squares: few columns, the same result on every machine."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_RIDGE = 1e-6
_STEPS = 50


def logistic_fit(columns: Floats, good: Floats) -> tuple[float, Floats]:
    """The intercept and the coefficients of ln(odds of good); ``columns`` is cases × characteristics."""
    design = np.column_stack([np.ones(len(good)), columns])
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        rate = 1 / (1 + np.exp(-design @ found))
        spread = np.maximum(rate * (1 - rate), 1e-9)
        curvature = design.T @ (design * spread[:, None]) + _RIDGE * np.eye(design.shape[1])
        step = np.linalg.solve(curvature, design.T @ (good - rate) - _RIDGE * found)
        found = found + step
        if np.abs(step).max() < 1e-10:
            break
    return float(found[0]), np.asarray(found[1:], dtype=float)
