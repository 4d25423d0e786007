"""Servicing rules as JSON. What is written reads back to equal rules."""

from decimal import Decimal
from typing import Any, cast, get_args

from axle.amortization.choices import AllocationMode, Component, InterestTo, PartialMode, PenaltyBase, Standing
from axle.amortization.reader import Reader
from axle.amortization.rules import FeeBand, Prepayment, Rules
from axle.amortization.terms_parts_json import rate_text
from axle.kernel.money import ONE_FEN, ZERO, yuan

_NONE = Decimal(0)


def rules_from_json(data: object) -> Rules:
    """Read rules; every key has a default. Errors: those of ``errors``; each names its key."""
    reader = Reader(data)
    rules = read_rules(reader)
    reader.close()
    return rules


def read_rules(reader: Reader) -> Rules:
    """Read rules from an object that may hold other keys too."""
    plain = Rules()
    caps = reader.nested("rate_caps")
    floor, cap = caps.rate("floor", plain.rate_floor), caps.rate("cap", plain.rate_cap)
    caps.close()
    return Rules(
        allocation_order=cast("tuple[Component, ...]", reader.texts("allocation_order", plain.allocation_order)),
        allocation_mode=reader.choice("allocation_mode", AllocationMode, plain.allocation_mode),
        grace_days=reader.whole("grace_days", 0),
        grace_is_retroactive=reader.flag("grace_is_retroactive", True),
        penalty_rate=reader.rate("penalty_rate", _NONE),
        penalty_base=reader.choice("penalty_base", PenaltyBase, plain.penalty_base),
        penalty_cap=reader.rate("penalty_cap") if reader.has("penalty_cap") else None,
        compound_rate=reader.rate("compound_rate", _NONE),
        compound_cap=reader.rate("compound_cap") if reader.has("compound_cap") else None,
        penalty_year_days=reader.whole("penalty_year_days", plain.penalty_year_days),
        rate_floor=floor,
        rate_cap=cap,
        overdue_tolerance=reader.yuan("overdue_tolerance", ZERO),
        prepayment=_prepayment(reader.nested("prepayment")),
        standing_orders=_standing_orders(reader.nested("standing_orders")),
    )


def _standing_orders(reader: Reader) -> tuple[tuple[Standing, tuple[Component, ...]], ...]:
    named: tuple[Standing, ...] = get_args(Standing)
    orders = [(name, cast("tuple[Component, ...]", reader.texts(name, ()))) for name in named if reader.has(name)]
    reader.close()
    return tuple(orders)


def _prepayment(reader: Reader) -> Prepayment:
    rule = Prepayment(
        fee_bands=tuple(_fee_band(band) for band in reader.objects("fee_bands")),
        fee_fixed=reader.yuan("fee_fixed", ZERO),
        fee_min=reader.yuan("fee_min", ZERO),
        fee_max=reader.yuan("fee_max") if reader.has("fee_max") else None,
        principal_min=reader.yuan("principal_min", ONE_FEN),
        mode=reader.choice("mode", PartialMode, "keep_term"),
        interest_to=reader.choice("interest_to", InterestTo, "date"),
    )
    reader.close()
    return rule


def _fee_band(reader: Reader) -> FeeBand:
    before = reader.whole("before_month") if reader.has("before_month") else None
    band = FeeBand(before_month=before, rate=reader.rate("rate"))
    reader.close()
    return band


def rules_to_json(rules: Rules) -> dict[str, Any]:
    """Write rules so that ``rules_from_json`` gives equal ones."""
    rule = rules.prepayment
    return {
        "allocation_order": list(rules.allocation_order),
        "allocation_mode": rules.allocation_mode,
        "grace_days": rules.grace_days,
        "grace_is_retroactive": rules.grace_is_retroactive,
        "penalty_rate": rate_text(rules.penalty_rate),
        "penalty_base": rules.penalty_base,
        "compound_rate": rate_text(rules.compound_rate),
        **{name: rate_text(cap) for name, cap in _caps(rules) if cap is not None},
        "penalty_year_days": rules.penalty_year_days,
        "rate_caps": {"floor": rate_text(rules.rate_floor), "cap": rate_text(rules.rate_cap)},
        "overdue_tolerance": yuan(rules.overdue_tolerance),
        "prepayment": {
            "fee_bands": [{"before_month": band.before_month, "rate": rate_text(band.rate)} for band in rule.fee_bands],
            "fee_fixed": yuan(rule.fee_fixed),
            "fee_min": yuan(rule.fee_min),
            "fee_max": None if rule.fee_max is None else yuan(rule.fee_max),
            "principal_min": yuan(rule.principal_min),
            "mode": rule.mode,
            "interest_to": rule.interest_to,
        },
        "standing_orders": {standing: list(order) for standing, order in rules.standing_orders},
    }


def _caps(rules: Rules) -> tuple[tuple[str, Decimal | None], ...]:
    return ("penalty_cap", rules.penalty_cap), ("compound_cap", rules.compound_cap)
