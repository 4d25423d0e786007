"""Bad input, key by key: each is refused with a code and its key; nothing becomes a default, nothing a traceback."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axle.amortization.public import parse_json, quote_json, replay_json
from axle.amortization.terms_json import terms_to_json
from axle.amortization.tests.examples import examples
from axle.amortization.tests.strategies import any_terms
from axle.kernel.errors import AxleError

LOAN = {
    "principal": "100000.00",
    "annual_rate": "0.09",
    "method": "level_payment",
    "periods": 36,
    "start_on": "2026-02-25",
}

TEXT_AMOUNTS = [1, 0, 1.5, True, [], {}, "1e3", "1,000.00", "1.005", "ten", "", "0x10", "１２"]
TEXT_RATES = [1, 0, 0.05, False, [], {}, "9%", "1e-2", ".5", "NaN", "", "0,05"]
WHOLES = [1.5, "12", True, [], {}, 1.0]
DATES = [20260225, "2026-02-30", "2026/02/25", "26-02-25", "", True, [], "2026-2-5", "2026-02-25T00:00:00"]
WORDS = [1, True, [], {}, "", "nothing_like_it"]
LISTS = [{}, "x", 1, True, [1], ["x"], [[]]]
OBJECTS = [[], "x", 1, True]
FLAGS = [0, 1, "true", "", [], {}]

KEYS = {
    "principal": TEXT_AMOUNTS,
    "annual_rate": TEXT_RATES,
    "method": WORDS,
    "periods": WHOLES,
    "every": WHOLES,
    "unit": WORDS,
    "start_on": DATES,
    "first_due_on": DATES,
    "due_day": WHOLES,
    "first_due_min_days": WHOLES,
    "month_end": WORDS,
    "day_count": WORDS,
    "timing": WORDS,
    "stub": WORDS,
    "instalment_multiple": TEXT_AMOUNTS,
    "tail": WORDS,
    "interest_free_periods": WHOLES,
    "principal_grace_periods": WHOLES,
    "residual": TEXT_AMOUNTS,
    "steps": LISTS,
    "irregular": LISTS,
    "fees": LISTS,
    "purchase_price": TEXT_AMOUNTS,
    "down_payment": TEXT_AMOUNTS,
    "deposit": OBJECTS,
    "subvention": OBJECTS,
    "funder": OBJECTS,
    "holidays": OBJECTS,
    "vat_rate": TEXT_RATES,
    "vat_base": WORDS,
    # servicing rules
    "allocation_order": [{}, "fee", 1, [1], ["fee"], ["fee", "fee", "penalty", "interest", "principal"]],
    "allocation_mode": WORDS,
    "grace_days": WHOLES,
    "grace_is_retroactive": FLAGS,
    "penalty_rate": TEXT_RATES,
    "penalty_base": WORDS,
    "compound_rate": TEXT_RATES,
    "penalty_cap": TEXT_RATES,
    "compound_cap": TEXT_RATES,
    "penalty_year_days": WHOLES,
    "overdue_tolerance": TEXT_AMOUNTS,
    "prepayment": OBJECTS,
}
BAD = [(key, value) for key, values in KEYS.items() for value in values]


def refusal_of(call, *arguments):
    with pytest.raises(AxleError) as refusal:
        call(*arguments)
    return refusal.value


@pytest.mark.parametrize(("key", "value"), BAD, ids=lambda part: json.dumps(part, ensure_ascii=True)[:30])
def test_a_value_of_the_wrong_form_names_its_key(key, value):
    refusal = refusal_of(quote_json, LOAN | {key: value})
    assert refusal.field.split("[")[0].split(".")[0] == key
    assert refusal.code in ("wrong_type", "unknown_choice", "not_an_object")


OUT_OF_RANGE = [
    ("principal", "0.00"),
    ("principal", "-1.00"),
    ("principal", "100000000000.01"),
    ("annual_rate", "1.01"),
    ("annual_rate", "-0.01"),
    ("annual_rate", "24"),
    ("annual_rate", "0.0000000000001"),
    ("periods", 0),
    ("periods", -1),
    ("periods", 481),
    ("every", 0),
    ("every", 367),
    ("due_day", 0),
    ("due_day", 32),
    ("first_due_min_days", -1),
    ("first_due_min_days", 93),
    ("start_on", "1899-12-31"),
    ("start_on", "2201-01-01"),
    ("first_due_on", "2026-02-25"),
    ("instalment_multiple", "0.00"),
    ("interest_free_periods", 37),
    ("interest_free_periods", -1),
    ("principal_grace_periods", 36),
    ("principal_grace_periods", -1),
    ("residual", "100000.00"),
    ("residual", "-0.01"),
    ("purchase_price", "-0.01"),
    ("down_payment", "100000000000.01"),
    ("vat_rate", "1.5"),
    ("grace_days", -1),
    ("grace_days", 366),
    ("penalty_rate", "1.5"),
    ("compound_rate", "-0.1"),
    ("penalty_cap", "1.5"),
    ("compound_cap", "-1"),
    ("penalty_year_days", 300),
    ("overdue_tolerance", "-0.01"),
]


@pytest.mark.parametrize(("key", "value"), OUT_OF_RANGE)
def test_a_value_out_of_range_names_its_key(key, value):
    assert refusal_of(quote_json, LOAN | {key: value}).field == key


TOGETHER = [
    ({"method": "balloon"}, "residual"),
    ({"method": "stepped"}, "steps"),
    ({"method": "irregular"}, "irregular"),
    ({"method": "flat", "residual": "1.00"}, "residual"),
    ({"method": "flat", "timing": "advance"}, "timing"),
    ({"method": "flat", "tail": "levelled"}, "tail"),
    ({"method": "single", "stub": "last"}, "stub"),
    ({"method": "interest_first", "principal_grace_periods": 1}, "principal_grace_periods"),
    ({"method": "interest_first", "instalment_multiple": "1.00"}, "instalment_multiple"),
    ({"method": "quarterly_interest", "periods": 35}, "periods"),
    ({"unit": "week", "due_day": 5}, "due_day"),
    ({"due_day": 5, "first_due_on": "2026-03-25"}, "first_due_on"),
    ({"periods": 1, "timing": "advance"}, "periods"),
    ({"steps": [{"first": 1, "last": 36, "ratio": "1"}]}, "steps"),
    ({"irregular": [{"due_on": "2026-03-25"}]}, "irregular"),
    ({"monthly_rate": "0.01"}, "monthly_rate"),
    ({"annual_rate": None}, "annual_rate"),
    ({"annual_rate": None, "flat_rate": "0.01"}, "flat_rate"),
    ({"annual_rate": "1", "instalment_multiple": "100000.00"}, "instalment_multiple"),
    ({"penalty_base": "instalment", "compound_rate": "0.1"}, "compound_rate"),
    ({"fees": [{"rate": "1"}]}, "fees"),
    ({"method": "stepped", "steps": [{"first": 1, "last": 36, "amount": "9000.00"}]}, "steps"),
    ({"method": "stepped", "steps": [{"first": 1, "last": 36, "ratio": "1", "amount": "1.00"}]}, "steps"),
    (
        {
            "method": "stepped",
            "steps": [{"first": 1, "last": 35, "amount": "1.00"}, {"first": 36, "last": 36, "ratio": "1"}],
        },
        "steps",
    ),
    ({"principal": " 100.00"}, "principal"),
]
UNEVEN = {"method": "irregular", "periods": 2}
ROWS = [{"due_on": "2026-03-25", "principal": "60000.00"}, {"due_on": "2026-06-25"}]


@pytest.mark.parametrize(
    ("changes", "key", "code"),
    [
        ({"periods": 3}, "periods", "irregular_rows_differ"),
        ({"due_day": 25}, "due_day", "not_for_method"),
        ({"first_due_on": "2026-03-25"}, "first_due_on", "not_for_method"),
        ({"irregular": [ROWS[0], ROWS[1] | {"principal": "39999.99"}]}, "irregular", "irregular_remainder"),
        ({"irregular": [ROWS[0], ROWS[1] | {"principal": "40000.01"}]}, "irregular", "irregular_remainder"),
        ({"irregular": [ROWS[0], ROWS[1] | {"total": "40000.00"}]}, "irregular", "irregular_remainder"),
    ],
)
def test_irregular_rows_that_contradict_the_rest(changes, key, code):
    refusal = refusal_of(quote_json, LOAN | UNEVEN | {"irregular": ROWS} | changes)
    assert (refusal.field, refusal.code) == (key, code)


def test_a_last_irregular_row_that_says_what_is_left():
    left = quote_json(LOAN | UNEVEN | {"irregular": ROWS})["instalments"][-1]
    for last in ({"principal": left["principal"]}, {"total": left["total"]}):
        rows = quote_json(LOAN | UNEVEN | {"irregular": [ROWS[0], ROWS[1] | last]})["instalments"]
        assert rows[-1] == left


@pytest.mark.parametrize(("changes", "key"), TOGETHER)
def test_keys_that_do_not_go_together_name_one_of_them(changes, key):
    assert refusal_of(quote_json, LOAN | changes).field == key


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"first_due_on", "due_day"}))
def test_null_asks_for_no_default(key):
    """Null means "none": only keys whose default is none take it; rates are counted, so that null is no rate."""
    none_by_default = {"penalty_cap", "compound_cap", "deposit", "subvention", "funder", "holidays"}
    if key in none_by_default:
        assert quote_json(LOAN | {key: None}) == quote_json(LOAN)
    else:
        assert refusal_of(quote_json, LOAN | {key: None}).field == key


@pytest.mark.parametrize("key", ["principal", "method", "periods", "start_on", "annual_rate"])
def test_what_has_no_default_is_missing(key):
    refusal = refusal_of(quote_json, {name: value for name, value in LOAN.items() if name != key})
    assert (refusal.field, refusal.code) == (key, "one_rate_only" if key == "annual_rate" else "missing_key")


@pytest.mark.parametrize("key", ["Principal", "intrest", "rate", "penalty_limit", "", "periods "])
def test_unknown_keys_are_refused(key):
    refusal = refusal_of(quote_json, LOAN | {key: "1"})
    assert (refusal.code, refusal.field) == ("unknown_key", key)


# --- fuzz ----------------------------------------------------------------------------------------------------

scalars = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=12)
near = st.sampled_from(
    ["0", "-1", "1", "0.5", "0.01", "99999999999999", "2026-03-25", "2026-02-31", "cn", "next", "flat"]
)
values = st.recursive(
    scalars | near,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | near, inner, max_size=3),
    max_leaves=8,
)
PARTS = {
    "deposit": ["amount", "rate", "mode"],
    "subvention": ["mode", "settlement_rate", "amount", "payer", "periods"],
    "funder": ["share", "annual_rate"],
    "holidays": ["calendar", "rule"],
    "fees": ["code", "amount", "rate", "base", "timing", "payer", "collector", "vat_rate"],
    "steps": ["first", "last", "ratio", "amount"],
    "irregular": ["due_on", "principal", "total"],
    "prepayment": ["fee_bands", "fee_fixed", "fee_min", "fee_max", "principal_min", "mode", "interest_to"],
}
small = near | st.integers(-2, 40) | st.sampled_from(["fixed", "by_period", "offset", "balance", "financed", "dealer"])


@st.composite
def near_terms(draw):
    """Valid terms of any kind, in which a few keys have been spoilt or put in, parts among them."""
    terms = terms_to_json(draw(any_terms()))
    for key in draw(st.lists(st.sampled_from(sorted(set(terms) | set(KEYS) | set(PARTS))), max_size=3)):
        if key in PARTS and draw(st.booleans()):
            part = draw(st.dictionaries(st.sampled_from(PARTS[key]), small, max_size=4))
            terms[key] = [part] if key in ("fees", "steps", "irregular") else part
        else:
            terms[key] = draw(values | small)
    return terms


@examples(300)
@given(near_terms())
def test_spoilt_terms_give_an_answer_or_a_refusal_that_says_where(terms):
    refusals = []
    try:
        json.dumps(quote_json(terms))
    except AxleError as refusal:
        refusals.append(refusal)
    assert all(refusal.code and refusal.field is not None for refusal in refusals)


@examples(300)
@given(values)
def test_any_value_gives_an_answer_or_a_refusal(value):
    for front in (quote_json, replay_json):
        with suppress(AxleError):
            json.dumps(front(value))


@examples(300)
@given(st.text(max_size=60) | st.text(alphabet='{}[]",:0123456789-.eE truefalsn', max_size=60))
def test_any_text_is_json_or_refused(text):
    with suppress(AxleError):
        parse_json(text)


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", '{"a": Infinity}', "[" * 100_000, "9" * 5000, '{"a":1,"a":1}', "\ufeff{}"]
)
def test_texts_that_are_refused(text):
    assert refusal_of(parse_json, text).code in ("not_json", "duplicate_key")
