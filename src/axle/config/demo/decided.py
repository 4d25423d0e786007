"""What the strategy decided in the last month: something in the lists, boards and back-tests of decisions.

A case is told what a golden case of its outcome is told, with its own amounts, car, dealer and dates; the strategy in
force decides it, and only an answer that fits the state of the case is kept: its own, or one that asked people.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from axle.amortization.public import Terms, schedule
from axle.config.demo.cases import Case
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.decisioning.public import CaseScope, DecisionDraft, decisions_draft, decisions_keep, golden_cases
from axle.monitoring.public import day_keep
from axle.origination.public import TakenCase, reviews_begin
from axle.platform.public import Subject

DAYS = 30
_STRATEGY = "auto_loan_standard"
_OUTCOMES = {"approved": "approve", "disbursed": "approve", "declined": "decline", "in_review": "refer"}
_TRIES = 10
_COMMON = 60
"""So many golden cases of an outcome come up; the first of them often, the last ones seldom."""
_INCOME_TO_INSTALMENT = 3
Decided = tuple[Case, TakenCase, DecisionDraft | None]


class Month:
    """The decisions of the demo's last month."""

    def __init__(self, place: Place) -> None:
        self._place, self._draw = place, random.Random(DAYS)
        cases = golden_cases(_STRATEGY, on=BUSINESS_ON)
        self._usual = cases[0].inputs
        self._peculiar: dict[str, list[Mapping[str, Any]]] = {}
        for outcome in sorted(set(_OUTCOMES.values())):
            found = [case.inputs for case in cases if case.outcome == outcome and not case.faults]
            self._draw.shuffle(found)
            self._peculiar[outcome] = [self._apart(inputs) for inputs in found[:_COMMON]]

    def draft(self, case: Case, terms: Terms) -> DecisionDraft | None:
        """The decision on a case of the month; None for others, and where no answer fits."""
        outcome = _OUTCOMES.get(case.state)
        if outcome is None or not BUSINESS_ON - timedelta(days=DAYS) <= case.applied_on < BUSINESS_ON:
            return None
        own, peculiar = self._told(case, terms), self._peculiar[outcome]
        weights = [1 / place for place in range(1, len(peculiar) + 1)]
        referred = None
        for apart in self._draw.choices(peculiar, weights, k=_TRIES):
            draft = decisions_draft(strategy=_STRATEGY, cases=[{**self._usual, **own, **apart}], on=case.applied_on)[0]
            if draft.outcome == outcome:
                return draft
            referred = draft if draft.outcome == "refer" else referred
        return referred

    def keep(self, decided: Sequence[Decided]) -> None:
        """Put decisions on record; what was referred waits for its reviewers."""
        for case, taken, draft in decided:
            if draft is not None:
                decisions_keep([draft], [Subject("application", taken.application_id)], scope=self._scope(case))
        reviews_begin([taken.application_id for case, taken, draft in decided if draft and case.state == "in_review"])

    def close(self) -> None:
        """Keep the figures of each day, and the alerts that they raise."""
        for back in range(DAYS, 0, -1):
            day_keep(BUSINESS_ON - timedelta(days=back))

    def _scope(self, case: Case) -> CaseScope:
        department = case.department
        return CaseScope(
            self._place.entity_id, self._place.departments[department], self._place.managers[department], case.dealer_id
        )

    def _apart(self, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: value for name, value in inputs.items() if value != self._usual[name]}

    def _told(self, case: Case, terms: Terms) -> dict[str, Any]:
        instalment = schedule(terms).instalments[0].total
        income = max(case.person.data.monthly_income or 0, instalment * _INCOME_TO_INSTALMENT)
        used = {
            "vehicle_kind": "used",
            "vehicle_age_months": (case.applied_on.year - case.trim.model_year) * 12 + case.applied_on.month - 6,
            "mileage_km": 20_000 + case.price % 50_000,
            "vehicle_accident": "none",
            "ltv_cap_rate": "0.7",
        }
        told = {
            "applied_on": case.applied_on,
            "matures_on": terms.start_on + timedelta(days=case.periods * 365 // 12),
            "product_code": case.product[1],
            "region_code": case.person.data.region_code,
            "loan_amount_fen": case.principal,
            "down_payment_fen": case.price - case.principal,
            "term_months": case.periods,
            "annual_rate": case.annual_rate,
            "instalment_fen": instalment,
            "monthly_income_fen": income,
            "stated_income_fen": income,
            "employment_kind": case.person.data.employment_kind,
            "vehicle_price_fen": case.price,
            "reference_value_fen": case.price,
            "vehicle_series": f"{case.trim.make}/{case.trim.series}",
            "dealer_grade": self._place.dealer_grade(case.dealer_id),
        }
        return told if case.is_new else told | used
