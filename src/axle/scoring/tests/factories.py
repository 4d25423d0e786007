"""A sample in code: what decides is known, so that a development can be held to it."""

import csv
import io
from typing import Any

import numpy as np

from axle.scoring.domain.plan import Plan, plan_parse

JOBS = ("clerk", "driver", "trader")


def sample_file(rows: int = 1200, *, seed: int = 7) -> bytes:
    """A CSV in which financing ratio, income and job decide who is bad, and a number of chance decides nothing."""
    random = np.random.default_rng(seed)
    ltv, income = random.uniform(0.3, 0.95, rows), random.lognormal(9, 0.5, rows)
    job, noise, age = random.integers(0, 3, rows), random.normal(size=rows), random.integers(20, 61, rows)
    lean = 5 * (ltv - 0.65) - 1.2 * np.log(income / 8100) + 0.7 * (job - 1) - 0.9
    bad = random.uniform(size=rows) < 1 / (1 + np.exp(-lean))
    is_silent = random.uniform(size=rows) < 0.1
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["id", "ltv", "income", "job", "noise", "age", "bad"])
    for row in range(rows):
        told = "" if is_silent[row] else f"{income[row]:.0f}"
        figures = [f"{ltv[row]:.4f}", told, JOBS[job[row]], f"{noise[row]:.3f}", age[row], int(bad[row])]
        writer.writerow([f"A{row:05d}", *figures])
    return text.getvalue().encode()


def sample_plan(**changes: Any) -> Plan:
    return plan_parse(
        {
            "target": "bad",
            "key": "id",
            "groups": [{"column": "age", "zh": "年龄", "en": "Age", "bounds": [30, 45]}],
            "candidates": [
                {"column": "ltv", "name": "ltv", "zh": "融资比例", "en": "Loan to value", "reason_code": "R06"},
                {"column": "income", "name": "income", "zh": "收入", "en": "Income", "reason_code": "R04"},
                {"column": "job", "name": "job", "zh": "职业", "en": "Job"},
                {"column": "noise", "name": "noise", "zh": "噪声", "en": "Noise"},
            ],
        }
        | changes
    )


GOOD = {"ltv": 0.4, "income": 15_000, "job": "clerk"}
"""A case with the best answers."""
