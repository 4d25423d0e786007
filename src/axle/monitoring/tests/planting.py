"""Rows of other contexts that figures are counted from, made directly and with what is counted only."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from axle.platform.testing import make_department, make_entity

DAY = date(2026, 3, 10)
STRATEGY = "small"


def row(label: str, **columns: Any) -> Any:
    return apps.get_model(label).objects.create(**columns)


def strategy_version() -> Any:
    """A version with one rule that declines and one that refers."""
    strategy = row("decisioning.Strategy", code=STRATEGY, name_zh="小策略", name_en="Small", owner="risk")
    now = timezone.now()
    version = row(
        "decisioning.StrategyVersion", strategy=strategy, version_no=1, state="active", effective_from=date(2026, 1, 1),
        contract_version="small.1", content_hash="x", compiled_at=now, created_by="x",
    )  # fmt: skip
    for code, severity, reason, zh in (("K01", "knock_out", "R07", "未成年"), ("F01", "refer", "R09", "低分")):
        row(
            "decisioning.DecisionRule", version=version, code=code, severity=severity, reason_code=reason, owner="risk",
            name_zh=zh, name_en=code, explanation_zh=zh, explanation_en=code,
        )  # fmt: skip
    return version


def product(code: str) -> Any:
    made = row("product.Product", code=code, name_zh=code, name_en=code, legal_entity=make_entity())
    return row("product.ProductVersion", product=made, version_no=1, terms={}, created_by="x")


def process() -> Any:
    """A review, as an application refers to it."""
    now = timezone.now()
    definition = row("workflow.ProcessDefinition", code="review", version=1, name="x", xml="", sha256="x", saved_by="x")
    return row(
        "workflow.ProcessInstance", definition=definition, definition_code="review", subject_type="application",
        subject_id=1, title="x", state="completed", engine_state=b"", started_by_name="x", started_at=now, ended_at=now,
        legal_entity=make_entity(), department=make_department(),
    )  # fmt: skip


def application(number: int, sold: Any, *, seconds: int = 60, on: date = DAY, **more: Any) -> Any:
    """An application that was answered on a day, so many seconds after it was submitted."""
    begun = timezone.make_aware(datetime(on.year, on.month, on.day, 9))  # noqa: DTZ001 — made aware here
    columns: dict[str, Any] = {"source": "staff", **more}
    return row(
        "origination.Application", application_no=f"AP{number}", product_version=sold, form={},
        legal_entity=make_entity(), department=make_department(), created_by_name="x", submitted_at=begun,
        decided_at=begun + timedelta(seconds=seconds), decided_on=on, **columns,
    )  # fmt: skip


_made = iter(range(1, 1_000_000))


def decision(
    version: Any, outcome: str, *rules: str, about: Any = None, on: date = DAY, score: int | None = None,
    faults: Sequence[str] = (), points: Sequence[tuple[str, int]] = (), given: dict[str, Any] | None = None,
) -> Any:  # fmt: skip
    """A decision record as far as figures read it."""
    return row(
        "decisioning.DecisionRecord", record_no=f"DR{next(_made):08d}", strategy_code=STRATEGY, version=version,
        subject_type="application" if about else "case", subject_id=about.pk if about else 1, outcome=outcome,
        score=score, rule_codes=list(rules), fault_codes=list(faults), inputs={}, score_given=given or {},
        result={"points": [{"characteristic": name, "points": brought} for name, brought in points]}, trace=b"",
        duration_us=1, business_on=on, content_hash="x",
    )  # fmt: skip


def scorecard_version(bounds: list[int], counts: list[int], bins: list[int], label: str = "融资比例") -> Any:
    """A scorecard of one characteristic: development cases by score band, and by bin."""
    card = row("scoring.Scorecard", code="small_card", name_zh="小卡", name_en="Small card")
    version = row(
        "scoring.ScorecardVersion", scorecard=card, version_no=3, content_hash="x", characteristic_count=1,
        row_count=sum(counts), bad_rate="0.1", auc="0.7", ks="0.3", created_by="x",
    )  # fmt: skip
    edges = [None, *range(1, len(bins) - 1), None]
    ranges = [{"lower": edges[at], "upper": edges[at + 1]} for at in range(len(bins) - 1)]
    told = [{"is_missing": False, **one} for one in ranges] + [{"is_missing": True}]
    characteristic = {
        "name": "ltv", "zh": label, "en": "Loan to value", "kind": "number", "reason_code": "R06",
        "coefficient": 1, "information": 1,
        "bins": [
            {**one, "good": cases, "bad": 0, "weight": 0, "points": 0} for one, cases in zip(told, bins, strict=True)
        ],
    }  # fmt: skip
    table = {"pdo": 20, "base_score": 600, "base_odds": 20, "intercept": 0, "characteristics": [characteristic]}
    ends = [*bounds, None]
    report = {"bands": [{"below": below} for below in ends], "development_bands": counts}
    row("scoring.ScorecardContent", version=version, card=table, report=report)
    return version
