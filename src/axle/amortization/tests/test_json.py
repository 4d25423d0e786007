"""The JSON front: round trips, exact output, and a refusal with code and key for everything else."""

import json
from contextlib import suppress
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.kinds import KINDS
from axle.amortization.public import (
    event_from_json,
    event_to_json,
    quote_json,
    replay_json,
    rules_from_json,
    rules_to_json,
    terms_from_json,
    terms_to_json,
)
from axle.amortization.tests.changed_lives import changed_lives
from axle.amortization.tests.examples import examples
from axle.amortization.tests.loan_a import loan_rules, loan_terms, paid_on_time
from axle.amortization.tests.strategies import any_rules, any_terms, lives
from axle.kernel.errors import AxleError

LOAN = {
    "principal": "100000.00",
    "annual_rate": "0.09",
    "method": "level_payment",
    "periods": 36,
    "start_on": "2026-02-25",
}
SERVICING = {"penalty_rate": "0.135", "compound_rate": "0.135"}
DISBURSED = {"id": "d", "on": "2026-02-25", "kind": "disbursement", "amount": "100000.00"}


def replayed(*events, as_of="2026-05-05", **terms):
    return replay_json({"terms": LOAN | SERVICING | terms, "events": [DISBURSED, *events], "as_of": as_of})


# --- round trips ---------------------------------------------------------------------------------------------


@examples(60)
@given(any_terms())
def test_terms_survive_json(terms):
    assert terms_from_json(json.loads(json.dumps(terms_to_json(terms)))) == terms


@examples(60)
@given(any_rules())
def test_rules_survive_json(rules):
    assert rules_from_json(json.loads(json.dumps(rules_to_json(rules)))) == rules


@examples(30)
@given(lives())
def test_events_survive_json(life):
    for event in life[2]:
        assert event_from_json(json.loads(json.dumps(event_to_json(event)))) == event


# --- quote ---------------------------------------------------------------------------------------------------


def test_quote():
    quote = quote_json(LOAN)
    assert quote["instalment"] == "3179.97"
    assert quote["instalments"][0] == {
        "no": 1,
        "due_on": "2026-03-25",
        "days": 30,
        "principal": "2429.97",
        "interest": "750.00",
        "fee": "0.00",
        "vat": "0.00",
        "total": "3179.97",
        "balance": "97570.03",
    }
    assert quote["instalments"][-1]["total"] == "3180.11"
    assert quote["totals"] == {
        "principal": "100000.00",
        "interest": "14479.06",
        "fee": "0.00",
        "vat": "0.00",
        "total": "114479.06",
        "fee_upfront": "0.00",
        "fee_financed": "0.00",
        "vat_at_start": "0.00",
        "purchase_price": "0.00",
        "received": "100000.00",
        "cost": "14479.06",
    }
    assert quote["irr_annual"] == {"periodic": "0.0075000024", "simple": "0.0900000288", "compound": "0.0938069289"}
    assert quote["cash_flows"]["borrower"][:2] == [
        {"on": "2026-02-25", "amount": "100000.00", "items": {"disbursement": "100000.00"}},
        {"on": "2026-03-25", "amount": "-3179.97", "items": {"instalment": "-3179.97"}},
    ]
    assert quote["cash_flows"]["lender"][0]["amount"] == "-100000.00"


def test_a_monthly_rate_counts_twelve_times():
    monthly = {key: value for key, value in LOAN.items() if key != "annual_rate"} | {"monthly_rate": "0.0075"}
    assert quote_json(monthly) == quote_json(LOAN)


def test_a_flat_rate_is_by_month_on_the_original_principal():
    flat = {key: value for key, value in LOAN.items() if key != "annual_rate"}
    quote = quote_json(flat | {"method": "flat", "flat_rate": "0.006"})
    assert (quote["instalment"], quote["instalments"][0]["interest"]) == ("3377.78", "600.00")


def test_null_is_absent():
    assert quote_json(LOAN | {"first_due_on": None, "due_day": None}) == quote_json(LOAN)


# --- replay --------------------------------------------------------------------------------------------------


def test_replay_of_two_late_instalments_and_a_receipt():
    receipt = {"id": "r", "on": "2026-05-05", "kind": "receipt", "amount": "2000.00"}
    found = replayed(receipt)
    assert found["components"]["principal"] == {
        "due": "4878.16",
        "paid": "1201.11",
        "waived": "0.00",
        "moved": "0.00",
        "outstanding": "3677.05",
    }
    assert [(line["no"], line["component"], line["amount"]) for line in found["allocations"]] == [
        (1, "penalty", "37.36"),
        (1, "compound", "11.53"),
        (1, "interest", "750.00"),
        (1, "principal", "1201.11"),
    ]
    assert (found["days_past_due"], found["unapplied"], found["principal_balance"]) == (41, "0.00", "98798.89")
    assert (found["rows"][0]["outstanding"], found["rows"][0]["days_past_due"]) == ("1228.86", 41)
    assert len(found["schedule"]) == 36


def test_replay_of_every_kind():
    events = [
        {"id": "f", "on": "2026-03-01", "kind": "fee", "amount": "100.00", "code": "change"},
        {"id": "r1", "on": "2026-03-25", "kind": "receipt", "amount": "3500.00"},
        {"id": "w", "on": "2026-03-24", "kind": "waiver", "component": "fee", "amount": "40.00"},
        {"id": "b", "on": "2026-03-26", "kind": "refund", "amount": "10.00"},
        {"id": "p", "on": "2026-03-25", "kind": "prepayment", "scope": "partial", "amount": "20000.00"},
        {"id": "z", "on": "2026-04-25", "kind": "prepayment", "scope": "full", "amount": "90000.00"},
        {"id": "r2", "on": "2026-04-01", "kind": "receipt", "amount": "1.00"},
        {"id": "v", "on": "2026-04-02", "kind": "reversal", "of": "r2"},
    ]
    found = replayed(*events)
    assert (found["is_settled"], found["settled_on"]) == (True, "2026-04-25")
    assert (found["refunded"], found["payoff"]["total"], found["principal_balance"]) == ("0.00", "0.00", "0.00")
    assert found["components"]["fee"] == {
        "due": "100.00",
        "paid": "60.00",
        "waived": "40.00",
        "moved": "0.00",
        "outstanding": "0.00",
    }


def test_payoff_quote_in_json():
    events = [event_to_json(event) for event in paid_on_time(12)]
    terms = terms_to_json(loan_terms()) | rules_to_json(loan_rules())
    found = replay_json({"terms": terms, "events": events, "as_of": "2027-03-05"})
    assert found["payoff"] == {
        "on": "2027-03-05",
        "principal_due": "0.00",
        "interest_due": "0.00",
        "penalty": "0.00",
        "compound": "0.00",
        "fee_due": "0.00",
        "principal_not_due": "69606.95",
        "interest_accrued": "174.02",
        "prepayment_fee": "2088.21",
        "unapplied": "0.00",
        "total": "71869.18",
        "per_diem": "17.40",
        "vat": "0.00",
    }


# --- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"principal": 100000}, "principal", "wrong_type"),
        ({"principal": "1e5"}, "principal", "wrong_type"),
        ({"principal": "100.001"}, "principal", "wrong_type"),
        ({"principal": "-5.00"}, "principal", "principal_out_of_range"),
        ({"principal": None}, "principal", "missing_key"),
        ({"annual_rate": 0.09}, "annual_rate", "wrong_type"),
        ({"annual_rate": "9%"}, "annual_rate", "wrong_type"),
        ({"annual_rate": "24"}, "annual_rate", "rate_out_of_range"),
        ({"annual_rate": None}, "annual_rate", "one_rate_only"),
        ({"monthly_rate": "0.0075"}, "monthly_rate", "one_rate_only"),
        ({"annual_rate": None, "flat_rate": "0.006"}, "flat_rate", "not_for_method"),
        ({"annual_rate": None, "monthly_rate": "0.5"}, "monthly_rate", "rate_out_of_range"),
        ({"periods": 0}, "periods", "periods_out_of_range"),
        ({"periods": "36"}, "periods", "wrong_type"),
        ({"periods": True}, "periods", "wrong_type"),
        ({"periods": 36.0}, "periods", "wrong_type"),
        ({"method": "annuity"}, "method", "unknown_choice"),
        ({"method": ["level_payment"]}, "method", "wrong_type"),
        ({"start_on": "2026-02-30"}, "start_on", "wrong_type"),
        ({"start_on": "20260225"}, "start_on", "wrong_type"),
        ({"residual": "100000.00"}, "residual", "residual_too_large"),
        ({"fees": [{"amount": "1.00", "colour": "red"}]}, "fees[0].colour", "unknown_key"),
        ({"fees": [7]}, "fees[0]", "not_an_object"),
        ({"fees": {}}, "fees", "wrong_type"),
        ({"intrest": "0.09"}, "intrest", "unknown_key"),
        ({"steps": [{"first": 1, "last": 36, "ratio": "1", "extra": 1}]}, "steps[0].extra", "unknown_key"),
        ({"irregular": [{"due_on": "soon"}]}, "irregular[0].due_on", "wrong_type"),
    ],
)
def test_refused_quotes(changes, field, code):
    with pytest.raises(AxleError) as refusal:
        quote_json(LOAN | changes)
    assert (refusal.value.field, refusal.value.code) == (field, code)


@pytest.mark.parametrize(
    ("event", "field", "code"),
    [
        ({"id": "x", "on": "2026-03-01", "kind": "prepayment.full"}, "events[1].kind", "unknown_choice"),
        ({"id": "x", "on": "2026-03-01", "kind": "gift"}, "events[1].kind", "unknown_choice"),
        ({"id": "x", "on": "2026-03-01"}, "events[1].kind", "missing_key"),
        ({"id": "", "on": "2026-03-01", "kind": "receipt"}, "events[1].id", "wrong_type"),
        ({"id": "x", "kind": "receipt", "amount": "1.00"}, "events[1].on", "missing_key"),
        ({"id": "x", "on": "2026-03-01", "kind": "receipt"}, "events[1].amount", "missing_key"),
        (
            {"id": "x", "on": "2026-03-01", "kind": "receipt", "amount": "1.00", "of": "d"},
            "events[1].of",
            "unknown_key",
        ),
        (
            {"id": "x", "on": "2026-03-01", "kind": "receipt", "amount": "0.00"},
            "events[1].amount",
            "amount_out_of_range",
        ),
        ({"id": "x", "on": "2026-02-01", "kind": "receipt", "amount": "1.00"}, "events", "event_before_start"),
        ({"id": "x", "on": "2026-03-01", "kind": "reversal", "of": "nobody"}, "events", "reversal_of_unknown"),
        (
            {"id": "x", "on": "2026-03-01", "kind": "prepayment", "scope": "half", "amount": "1.00"},
            "events[1].scope",
            "unknown_choice",
        ),
        (DISBURSED, "events", "duplicate_event"),
    ],
)
def test_refused_events(event, field, code):
    with pytest.raises(AxleError) as refusal:
        replayed(event)
    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_events_of_two_loans_are_refused():
    with pytest.raises(AxleError) as refusal:
        replayed(
            {"id": "x", "on": "2026-03-01", "kind": "receipt", "amount": "1.00", "loan": "B"},
            *[{"id": "y", "on": "2026-03-01", "kind": "receipt", "amount": "1.00", "loan": "A"}],
        )
    assert (refusal.value.field, refusal.value.code) == ("events[2].loan", "loans_mixed")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"penalty_cap": "1.24"}, "penalty_cap", "rate_out_of_range"),
        ({"rate_caps": {"floor": "0.2", "cap": "0.1"}}, "rate_caps", "rate_out_of_range"),
        ({"standing_orders": {"sold": ["fee"]}}, "terms.standing_orders.sold", "unknown_key"),
        ({"standing_orders": {"written_off": ["fee"]}}, "standing_orders.written_off", "unknown_choice"),
        ({"grace_days": -1}, "grace_days", "number_out_of_range"),
        ({"allocation_order": ["fee"]}, "allocation_order", "unknown_choice"),
        ({"allocation_order": "fee"}, "terms.allocation_order", "wrong_type"),
        ({"grace_is_retroactive": "yes"}, "terms.grace_is_retroactive", "wrong_type"),
        ({"prepayment": {"fee": "1"}}, "terms.prepayment.fee", "unknown_key"),
        ({"prepayment": []}, "terms.prepayment", "not_an_object"),
    ],
)
def test_refused_servicing_rules(changes, field, code):
    with pytest.raises(AxleError) as refusal:
        replayed(**changes)
    assert (refusal.value.field, refusal.value.code) == (field, code)


@pytest.mark.parametrize("data", [None, [], "text", 5, {}])
def test_other_json_is_refused(data):
    for front in (quote_json, replay_json):
        with pytest.raises(AxleError):
            front(data)


def test_the_history_gives_each_day():
    receipt = {"id": "r", "on": "2026-03-27", "kind": "receipt", "amount": "3179.97"}
    asked = {"terms": LOAN, "events": [DISBURSED, receipt], "as_of": "2026-03-27"}
    days = replay_json(asked | {"history": {"from": "2026-03-24", "to": "2026-03-27"}})["history"]
    assert [(day["on"], day["outstanding"]["principal"], day["days_past_due"]) for day in days] == [
        ("2026-03-24", "0.00", 0),
        ("2026-03-25", "2429.97", 0),
        ("2026-03-26", "2429.97", 1),
        ("2026-03-27", "0.00", 0),
    ]


@pytest.mark.parametrize(
    ("history", "field", "code"),
    [
        ({"from": "2026-03-24", "to": "2026-03-23"}, "history.to", "history_too_long"),
        ({"from": "2000-01-01", "to": "2026-03-23"}, "history.to", "history_too_long"),
        ({"from": "2026-03-24"}, "history.to", "missing_key"),
        ({"from": "0001-01-01", "to": "0001-01-02"}, "history.from", "date_out_of_range"),
        ("all", "history", "not_an_object"),
    ],
)
def test_refused_histories(history, field, code):
    with pytest.raises(AxleError) as refusal:
        replay_json({"terms": LOAN, "events": [DISBURSED], "as_of": "2026-03-01", "history": history})
    assert (refusal.value.field, refusal.value.code) == (field, code)


# --- fuzz ----------------------------------------------------------------------------------------------------

junk = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
numbers = st.sampled_from(["0", "-1", "1e999999", "NaN", "0.5", "99999999999999", "0.01", "１２", " 5", "0x1F", "5."])
dates = st.sampled_from(["2026-02-25", "9999-12-31", "0001-01-01", "1900-01-01", "2200-12-31", "2026-13-01"])
keys = st.sampled_from(sorted(terms_to_json(loan_terms()) | rules_to_json(loan_rules())))
wild = junk | numbers | dates | st.integers(-3, 500) | st.sampled_from(["flat", "single", "week", "day", "advance"])


@examples(300)
@given(st.dictionaries(keys, wild, max_size=4))
def test_any_terms_give_an_answer_or_a_refusal(changes):
    with suppress(AxleError):
        json.dumps(quote_json(LOAN | changes))
    with suppress(AxleError):
        json.dumps(replay_json({"terms": LOAN | changes, "events": [DISBURSED], "as_of": "2027-01-01"}))


event_keys = st.sampled_from(
    ["loan", "kind", "scope", *sorted({field.name for kind in KINDS for field in fields(kind.event)})]
)
kinds = st.sampled_from([kind.name for kind in KINDS])
wild_events = st.builds(
    lambda kind, on, extra: {"id": "x", "on": on, "kind": kind} | extra,
    kinds,
    dates,
    st.dictionaries(event_keys, wild | kinds, max_size=4),
)


@examples(300)
@given(st.lists(wild_events | junk, max_size=3), st.sampled_from(["2026-02-24", "2026-12-31", "2200-12-31"]) | junk)
def test_any_events_give_an_answer_or_a_refusal(events, as_of):
    with suppress(AxleError):
        json.dumps(replay_json({"terms": LOAN, "events": [DISBURSED, *events], "as_of": as_of}))


@st.composite
def spoilt_lives(draw):
    """A life of any loan as JSON, in which a value here and there has been replaced by an extreme one."""
    terms, rules, events, as_of = draw(changed_lives(draw(st.sampled_from([None, any_terms()]))))
    agreed = terms_to_json(terms) | rules_to_json(rules)
    written = [event_to_json(one) for one in events]
    extreme = wild | st.sampled_from([480, 366, 31, "100000000000.00", "0.01", "1", "paid", "capitalised"])
    for part in draw(st.lists(st.sampled_from([agreed, *written]), min_size=1, max_size=3)):
        part[draw(st.sampled_from(sorted(part)))] = draw(extreme)
    day = st.sampled_from([as_of.isoformat(), "2200-12-31", "9999-12-31", "0001-01-01"])
    return {"terms": agreed, "events": written, "as_of": draw(day)}


@examples(300)
@given(spoilt_lives())
def test_a_spoilt_life_gives_an_answer_or_a_refusal_that_says_where(life):
    refusals = []
    try:
        json.dumps(replay_json(life))
    except AxleError as refusal:
        refusals.append(refusal)
    assert all(refusal.code and refusal.field is not None for refusal in refusals)


def test_a_date_is_written_as_it_was_read():
    assert replayed(as_of="2026-02-25")["as_of"] == date(2026, 2, 25).isoformat()


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("principal", 100000, 'yuan in a string, "100.00"'),
        ("annual_rate", 0.24, 'a fraction in a string, "0.24"'),
        ("start_on", "2026-02-30", 'a date in a string, "2026-11-26"'),
    ],
)
def test_a_value_of_the_wrong_type_is_answered_with_an_example(key, value, expected):
    terms = {"principal": "1.00", "annual_rate": "0.09", "method": "flat", "periods": 2, "start_on": "2026-02-25"}
    with pytest.raises(AxleError) as refusal:
        quote_json(terms | {key: value})
    assert (refusal.value.code, refusal.value.field) == ("wrong_type", key)
    assert refusal.value.params == {"expected": expected}
