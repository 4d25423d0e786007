"""What other policy values would have done to past cases: counted, with the cases that change."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from axle.decisioning.domain.evaluation import Evaluation

EXAMPLES = 50
AMOUNT = "limit_amount_fen"


@dataclass
class Preview:
    """Figures of a calibration over past cases. ``untouched`` cases read the same values before and after; ``skipped``
    ones could not be decided again (no version, or inputs that were not kept)."""

    cases: int = 0
    untouched: int = 0
    skipped: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules_new: Counter[str] = field(default_factory=Counter)
    rules_gone: Counter[str] = field(default_factory=Counter)
    scenarios: Counter[str] = field(default_factory=Counter)
    limits_before: int = 0
    limits_after: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)

    def leave(self) -> None:
        """Count a case that reads the same values."""
        self.cases += 1
        self.untouched += 1

    def skip(self) -> None:
        """Count a case that cannot be decided again."""
        self.cases += 1
        self.skipped += 1

    def add(self, record_id: int, record_no: str, before: Evaluation, after: Evaluation) -> None:
        """Count a case that reads other values now."""
        self.cases += 1
        self.limits_before += before.results.get(AMOUNT) or 0
        self.limits_after += after.results.get(AMOUNT) or 0
        old, new = ({hit.code for hit in one.hits} for one in (before, after))
        self.rules_new.update(new - old)
        self.rules_gone.update(old - new)
        if before.outcome == after.outcome:
            return
        self.moves[(before.outcome, after.outcome)] += 1
        self.scenarios.update(after.policy.path[:1])
        if len(self.examples) < EXAMPLES:
            self.examples.append(
                {
                    "record_id": record_id,
                    "record_no": record_no,
                    "before": before.outcome,
                    "after": after.outcome,
                    "rules_new": sorted(new - old),
                    "rules_gone": sorted(old - new),
                }
            )

    def stored(self) -> dict[str, Any]:
        """As a calibration keeps it."""
        moves = [{"before": old, "after": new, "cases": count} for (old, new), count in self.moves.most_common()]
        return {
            "cases": self.cases,
            "untouched": self.untouched,
            "skipped": self.skipped,
            "changed": sum(self.moves.values()),
            "moves": moves,
            "rules_new": _counted(self.rules_new),
            "rules_gone": _counted(self.rules_gone),
            "scenarios": _counted(self.scenarios),
            "limits_before_fen": self.limits_before,
            "limits_after_fen": self.limits_after,
            "examples": self.examples,
        }


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(counts).most_common(30))
