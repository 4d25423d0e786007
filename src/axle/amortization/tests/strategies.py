"""Random terms, rules and lives of loans for the property tests."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

from hypothesis import strategies as st

from axle.amortization.errors import NegativeAmortization
from axle.amortization.public import (
    COMPONENTS,
    Charge,
    Deposit,
    Disbursement,
    Fee,
    FeeBand,
    Funder,
    Holidays,
    IrregularRow,
    PartialPrepayment,
    Payoff,
    Prepayment,
    Receipt,
    Refund,
    Reversal,
    Rules,
    Step,
    Subvention,
    Terms,
    Waiver,
    schedule,
)

ORDERS = list(permutations(COMPONENTS))

rates = st.one_of(
    st.just(Decimal(0)),
    st.integers(1, 3600).map(lambda bps: Decimal(bps) / 10000),
    st.integers(1, 36_000_000).map(lambda units: Decimal(units) / 100_000_000),
)
principals = st.one_of(st.integers(1, 500), st.integers(1, 10**7), st.integers(1, 10**10))
starts = st.one_of(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.sampled_from([date(2024, 1, 31), date(2023, 8, 31), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 30)]),
)

simple_methods = st.sampled_from(["level_payment", "level_principal", "interest_first", "flat"])
day_counts = st.sampled_from(["30/360", "actual/360", "actual/365", "actual/actual"])


def simple_terms(max_periods=15, principal=principals):
    """Monthly terms in arrears without stub: what the slow model knows."""
    return st.builds(
        Terms,
        principal=principal,
        annual_rate=rates,
        method=simple_methods,
        periods=st.integers(1, max_periods),
        every=st.sampled_from([1, 1, 1, 3]),
        start_on=starts,
        day_count=day_counts,
    )


bands = st.sampled_from(
    [
        (),
        (FeeBand(before_month=None, rate=Decimal("0.03")),),
        (FeeBand(before_month=12, rate=Decimal("0.05")), FeeBand(before_month=24, rate=Decimal("0.03"))),
    ]
)
prepayments = st.builds(
    Prepayment,
    fee_bands=bands,
    fee_fixed=st.sampled_from([0, 5000]),
    fee_min=st.sampled_from([0, 100]),
    fee_max=st.sampled_from([None, 100, 20000]),
    principal_min=st.sampled_from([1, 10000]),
    mode=st.sampled_from(["keep_term", "keep_instalment"]),
    interest_to=st.sampled_from(["date", "period_end"]),
)


caps = st.sampled_from([None, None, None, Decimal(0), Decimal("0.0001"), Decimal("0.02"), Decimal("0.3")])


@st.composite
def any_rules(draw):
    on_instalment = draw(st.booleans())
    return Rules(
        allocation_order=draw(st.sampled_from(ORDERS)),
        allocation_mode=draw(st.sampled_from(["horizontal", "vertical"])),
        grace_days=draw(st.sampled_from([0, 0, 3, 15])),
        grace_is_retroactive=draw(st.booleans()),
        penalty_rate=draw(rates),
        penalty_base="instalment" if on_instalment else "principal",
        compound_rate=Decimal(0) if on_instalment else draw(rates),
        penalty_cap=draw(caps),
        compound_cap=draw(caps),
        penalty_year_days=draw(st.sampled_from([360, 365])),
        overdue_tolerance=draw(st.sampled_from([0, 100])),
        prepayment=draw(prepayments),
    )


@st.composite
def lives(draw, terms=None, max_events=10, with_early=True):
    """(terms, rules, events, as_of): a disbursed loan, some instalments paid on time, and what happens to it."""
    terms = draw(simple_terms() if terms is None else terms.filter(lays_out))
    with_early = with_early and terms.method not in ("irregular", "rule_78")
    rules = draw(any_rules())
    rows = schedule(terms).instalments
    days, amounts = _days(terms, rows), _amounts(terms, rows)
    on_time = rows[: draw(st.integers(0, len(rows)))]
    events = [Disbursement(id="d", on=terms.start_on, amount=terms.principal)]
    events += [Receipt(id=f"p{row.no:03d}", on=row.due_on, amount=row.total) for row in on_time if row.total]
    drawn = draw(st.lists(st.one_of(_kinds(terms, rows[-1].no, days, amounts, with_early)), max_size=max_events))
    events += [replace(event, id=f"e{index:03d}") for index, event in enumerate(drawn)]
    targets = st.lists(st.sampled_from(events[1:]), max_size=2, unique_by=lambda event: event.id)
    for target in draw(targets) if events[1:] else []:
        delay = draw(st.integers(0, 60))
        events.append(Reversal(id=f"v-{target.id}", on=target.on + timedelta(days=delay), of=target.id))
    return terms, rules, events, draw(days)


def lays_out(terms):
    """Whether no instalment of the terms is below its interest."""
    try:
        return bool(schedule(terms))
    except NegativeAmortization:
        return False


def _days(terms, rows):
    """Any day of the loan's life and a while after it; due dates and the days around them more often."""
    last = (rows[-1].due_on - terms.start_on).days + 200
    around = st.builds(
        lambda row, shift: row.due_on + timedelta(days=shift), st.sampled_from(rows), st.integers(-3, 20)
    )
    anywhere = st.integers(0, last).map(lambda day: terms.start_on + timedelta(days=day))
    return st.one_of(anywhere, around.map(lambda on: max(on, terms.start_on)))


def day_choices(terms):
    """Any day of the loan's life and a while after it."""
    return _days(terms, schedule(terms).instalments)


def _amounts(terms, rows):
    """Instalments, parts of them, and sums up to twice the principal."""
    exact = st.sampled_from([max(row.total, 1) for row in rows])
    return st.one_of(exact, st.integers(1, max(rows[0].total, 1)), st.integers(1, terms.principal * 2))


def _kinds(terms, last_no, days, amounts, with_early):
    head = {"id": st.just(""), "on": days}
    kinds = [
        st.builds(Receipt, **head, amount=amounts),
        st.builds(Receipt, **head, amount=amounts),
        st.builds(Charge, **head, amount=st.integers(1, 50000), code=st.just("tow")),
        st.builds(
            Waiver,
            **head,
            component=st.sampled_from(COMPONENTS),
            amount=amounts,
            no=st.one_of(st.none(), st.integers(1, last_no)),
        ),
        st.builds(Refund, **head, amount=amounts),
    ]
    if with_early:
        modes = st.sampled_from([None, "keep_term", "keep_instalment"])
        sums = st.integers(1, terms.principal)
        kinds.append(st.builds(PartialPrepayment, **head, amount=sums, mode=modes))
        kinds.append(st.builds(PartialPrepayment, **head, amount=sums, mode=modes))
        kinds.append(st.builds(Payoff, **head, amount=st.integers(1, terms.principal * 2)))
    return kinds


@st.composite
def prepaid_lives(draw):
    """A loan in good order that is repaid early once or twice, then goes on or stops paying."""
    terms = draw(simple_terms(principal=st.integers(10**4, 10**9)).filter(lambda terms: terms.periods > 1))
    rows = schedule(terms).instalments
    paid = draw(st.integers(0, len(rows) - 1))
    events = [Disbursement(id="d", on=terms.start_on, amount=terms.principal)]
    events += [Receipt(id=f"p{row.no:03d}", on=row.due_on, amount=row.total) for row in rows[:paid] if row.total]
    begun = rows[paid].starts_on
    modes, shares = st.sampled_from([None, "keep_term", "keep_instalment"]), st.integers(1, terms.principal)
    for no in range(draw(st.integers(1, 2))):
        on = begun + timedelta(days=draw(st.integers(0, 45)))
        events.append(PartialPrepayment(id=f"e{no}", on=on, amount=draw(shares), mode=draw(modes)))
    for no in range(draw(st.integers(0, 3))):
        on = begun + timedelta(days=draw(st.integers(20, 200)))
        events.append(Receipt(id=f"r{no}", on=on, amount=draw(shares)))
    as_of = begun + timedelta(days=draw(st.integers(0, 31 * terms.every * (terms.periods - paid) + 30)))
    return terms, draw(any_rules()), events, as_of


# --- terms of every method -----------------------------------------------------------------------------------

WITH_RESIDUAL = ("level_payment", "balloon", "level_principal", "stepped")
WITH_STUB = ("level_payment", "balloon", "level_principal", "stepped", "flat", "interest_first", "quarterly_interest")
METHODS = (*WITH_STUB, "single", "irregular", "rule_78")


@st.composite
def any_terms(draw, method=None):
    """Valid terms of any method (or of one), with every option that the method allows."""
    method = method or draw(st.sampled_from(METHODS))
    periods, every, unit = draw(_periods(method))
    principal, start_on = draw(st.one_of(st.integers(100, 10**5), st.integers(10**5, 10**10))), draw(starts)
    return Terms(
        principal=principal,
        annual_rate=draw(rates),
        method=method,
        periods=periods,
        every=every,
        unit=unit,
        start_on=start_on,
        day_count=draw(st.sampled_from(ALL_DAY_COUNTS)),
        month_end=draw(st.sampled_from(["clamp", "roll"])),
        interest_free_periods=draw(st.integers(0, min(periods, 3))),
        fees=draw(fees),
        **draw(_parts(principal, periods)),
        **draw(_first_due(method, unit, start_on)),
        **draw(_method_options(method, principal, start_on, periods)),
    )


@st.composite
def _periods(draw, method):
    """(periods, every, unit)"""
    periods = draw(st.integers(1, 60))
    if method == "quarterly_interest":
        return 3 * max(periods // 3, 1), 1, "month"
    return periods, draw(st.sampled_from([1, 2, 3])), draw(st.sampled_from(["month", "month", "week", "day"]))


@st.composite
def _first_due(draw, method, unit, start_on):
    rule = draw(st.sampled_from(["plain", "due_day", "first_due_on"]))
    if method == "irregular" or rule == "plain" or (rule == "due_day" and unit != "month"):
        return {}
    if rule == "due_day":
        return {"due_day": draw(st.integers(1, 31))}
    return {"first_due_on": start_on + timedelta(days=draw(st.integers(1, 75)))}


@st.composite
def _method_options(draw, method, principal, start_on, periods):
    options = {}
    if method == "irregular":
        options["irregular"] = draw(_irregular_rows(start_on, principal, periods))
    if method in WITH_STUB:
        options["stub"] = draw(st.sampled_from(["first", "upfront", "amortised", "last", "none"]))
    if method in WITH_RESIDUAL:
        options |= draw(_level_options(principal, periods, method))
    if method in ("level_payment", "balloon"):
        options["tail"] = draw(st.sampled_from(["last", "levelled"]))
    if method == "stepped":
        options["steps"] = draw(_steps(periods))
    return options


ALL_DAY_COUNTS = ["30/360", "actual/360", "actual/365", "actual/actual", "actual/365-leap"]
fees = st.lists(
    st.one_of(
        st.builds(
            Fee,
            code=st.just("service"),
            amount=st.integers(0, 10),
            timing=st.sampled_from(["upfront", "financed", "by_instalment"]),
            vat_rate=st.sampled_from([Decimal(0), Decimal("0.06")]),
        ),
        st.builds(
            Fee,
            code=st.just("guarantee"),
            rate=st.integers(0, 20).map(lambda permille: Decimal(permille) / 1000),
            base=st.sampled_from(["principal", "price", "instalment", "balance"]),
            timing=st.just("by_instalment"),
            payer=st.sampled_from(["borrower", "dealer", "manufacturer"]),
        ),
    ),
    max_size=2,
).map(tuple)


@st.composite
def _parts(draw, principal, periods):
    """What others contribute, now and then."""
    parts = {
        "deposit": st.builds(
            Deposit, amount=st.integers(0, principal // 4), mode=st.sampled_from(["refunded", "offset"])
        ),
        "subvention": st.one_of(
            st.builds(Subvention, mode=st.just("upfront"), settlement_rate=st.just(Decimal("0.5"))),
            st.builds(Subvention, mode=st.just("fixed"), amount=st.integers(0, principal)),
            st.builds(
                Subvention,
                mode=st.just("by_period"),
                settlement_rate=st.just(Decimal("0.5")),
                payer=st.just("dealer"),
                periods=st.one_of(st.none(), st.integers(1, periods)),
            ),
        ),
        "funder": st.builds(
            Funder,
            share=st.integers(0, 10).map(lambda tenth: Decimal(tenth) / 10),
            annual_rate=st.sampled_from([None, Decimal("0.04")]),
        ),
        "holidays": st.builds(Holidays, calendar=st.just("cn"), rule=st.sampled_from(["next", "previous", "keep"])),
        "purchase_price": st.integers(0, 100),
        "down_payment": st.integers(0, 10**6),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(parts)), max_size=2))
    tax = draw(
        st.sampled_from([{}, {}, {"vat_rate": Decimal("0.06")}, {"vat_rate": Decimal("0.13"), "vat_base": "rent"}])
    )
    return {name: draw(parts[name]) for name in sorted(chosen)} | tax


@st.composite
def _level_options(draw, principal, periods, method):
    residual = draw(st.sampled_from([0, 0, principal // 3]))
    if method == "balloon":
        residual = principal // 3
    can_wait = periods > 1 or residual
    return {
        "residual": residual,
        "timing": draw(st.sampled_from(["arrears", "arrears", "advance"])) if can_wait else "arrears",
        "principal_grace_periods": 0 if method == "stepped" else draw(st.integers(0, min(periods - 1, 3))),
        "instalment_multiple": draw(st.sampled_from([1, 1, 100])),
    }


@st.composite
def _steps(draw, periods):
    cut = draw(st.integers(0, periods - 1))
    ratio = draw(st.integers(1, 300).map(lambda percent: Decimal(percent) / 100))
    last = Step(first=cut + 1, last=periods, ratio=Decimal(1))
    return (Step(first=1, last=cut, ratio=ratio), last) if cut else (last,)


@st.composite
def _irregular_rows(draw, start_on, principal, periods):
    on, rows = start_on, []
    for no in range(periods):
        on += timedelta(days=draw(st.integers(1, 90)))
        last = no == periods - 1
        rows.append(IrregularRow(due_on=on, principal=None if last else draw(st.integers(0, principal // periods))))
    return tuple(rows)
