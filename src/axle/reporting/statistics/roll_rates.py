"""Roll rates (迁徙率): into which bucket of arrears the principal of each bucket went between two day ends."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Asked, Choice, Report, ReportRows, Row, TableRows, report
from axle.reporting.asking import ENTITY, PORTFOLIO_VIEW, PRODUCT, day_kept, is_whole
from axle.servicing.public import (
    BUCKETS,
    ArrearsMove,
    arrears_first_day,
    arrears_last_day,
    arrears_moves,
    not_in_arrears,
)

LEFT = "share_settled"
SHARES = tuple(f"share_{name.lower()}" for name in BUCKETS)
_PLACES = Decimal("0.0001")


def _share(part: int, whole: int | None) -> Decimal | None:
    return (Decimal(part) / whole).quantize(_PLACES, ROUND_HALF_UP) if whole else None


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    first, last, entity = day_kept(choice, "since"), day_kept(choice, "until"), choice["legal_entity_id"]
    product = choice.get("product_code", "")
    moves = list(arrears_moves(actor, first=first, last=last, legal_entity_id=entity, product_code=product))
    rest = {key: value for key, value in choice.items() if key != "product_code"}
    loans, balance = not_in_arrears(first, entity, product) if is_whole(actor, rest) else (None, None)
    rows = [_row(name, [move for move in moves if move.before == name]) for name in BUCKETS[1:]]
    return TableRows([_performing([move for move in moves if move.before == BUCKETS[0]], loans, balance), *rows])


def _row(name: str, moves: Sequence[ArrearsMove]) -> Row:
    count, total, ends = 0, 0, defaultdict[str | None, int](int)
    for move in moves:
        count, total = count + move.loans, total + move.balance_before
        ends[move.after] += move.balance_before
    shares = {key: _share(ends[bucket], total) for key, bucket in zip(SHARES, BUCKETS, strict=True)}
    worse = sum(ends[bucket] for bucket in BUCKETS[BUCKETS.index(name) + 1 :])
    shares |= {LEFT: _share(ends[None], total), "roll_rate": _share(worse, total)}
    return {"bucket_before": name, "loans": count, "principal_balance": total, **shares}


def _performing(moves: Sequence[ArrearsMove], loans: int | None, balance: int | None) -> Row:
    """The loans that were not in arrears: how many there were is known of the company, not of a part of it."""
    fell = {f"share_{(move.after or BUCKETS[0]).lower()}": move.balance_after for move in moves}
    shares = {key: _share(fell.get(key, 0), balance) for key in SHARES[1:]}
    late = sum(fell.values())
    shares |= {SHARES[0]: _share((balance or 0) - late, balance), "roll_rate": _share(late, balance)}
    return {"bucket_before": BUCKETS[0], "loans": loans, "principal_balance": balance, **shares}


report(
    Report(
        name="roll_rates",
        shelf="statistics",
        permission=PORTFOLIO_VIEW,
        asked=(
            Asked(Col("since", "date"), default=arrears_first_day),
            Asked(Col("until", "date"), default=arrears_last_day),
            ENTITY,
            PRODUCT,
        ),
        columns=(
            Col("bucket_before"),
            Col("loans", "integer"),
            Col("principal_balance", "money"),
            *(Col(key, "rate") for key in (*SHARES, LEFT, "roll_rate")),
        ),
        rows=_rows,
        page_size=len(BUCKETS),
    )
)
