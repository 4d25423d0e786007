"""Points of a scorecard: from log-odds to points and back to a probability of default."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class ScoreScale:
    """``base_score`` points mean ``base_odds`` good cases to one bad; each ``pdo`` points double the odds.

    factor = PDO / ln 2; offset = base score - factor x ln(base odds), the usual scaling of credit scorecards.
    """

    pdo: float = 20.0
    base_score: float = 600.0
    base_odds: float = 50.0

    @property
    def factor(self) -> float:
        return self.pdo / math.log(2)

    @property
    def offset(self) -> float:
        return self.base_score - self.factor * math.log(self.base_odds)

    def points(self, *, weight: float, alpha: float, characteristics: int) -> int:
        """Points of one bin: its weight of evidence times coefficient, and its share of intercept and
        offset."""
        return round((weight + alpha / characteristics) * self.factor + self.offset / characteristics)

    def default_probability(self, score: int) -> float:
        """The probability of default that a score stands for."""
        return 1 / (1 + math.exp((score - self.offset) / self.factor))
