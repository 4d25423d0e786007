"""Amounts and rates at the edges: strings in JSON, exact numbers inside."""

from decimal import Decimal

import pytest
from pydantic import BaseModel, ValidationError

from axle.kernel.errors import InvalidRate
from axle.kernel.types import OutsideInt, RateStr, Yuan, parse_rate


class Offer(BaseModel):
    amount: Yuan
    rate: RateStr


def test_strings_in_and_out():
    offer = Offer.model_validate_json('{"amount": "1234.5", "rate": "0.0899"}')
    assert (offer.amount, offer.rate) == (123450, Decimal("0.0899"))
    assert offer.model_dump_json() == '{"amount":"1234.50","rate":"0.0899"}'
    assert offer.model_dump() == {"amount": 123450, "rate": Decimal("0.0899")}


def test_our_own_code_builds_with_fen():
    assert Offer(amount=123450, rate=Decimal("0.09000")).model_dump(mode="json") == {
        "amount": "1234.50",
        "rate": "0.09",
    }


@pytest.mark.parametrize("amount", ["1.234", "abc", 1.5, True, None, ["1"], OutsideInt(12)])
def test_other_amounts_are_refused(amount):
    with pytest.raises(ValidationError) as refusal:
        Offer(amount=amount, rate="0")
    assert "invalid_amount" in str(refusal.value)


@pytest.mark.parametrize("rate", ["9%", 0.09, True, "NaN", "Infinity", None])
def test_other_rates_are_refused(rate):
    with pytest.raises(ValidationError) as refusal:
        Offer(amount="1", rate=rate)
    assert "invalid_rate" in str(refusal.value)


def test_parse_rate_says_what_it_got():
    with pytest.raises(InvalidRate) as refusal:
        parse_rate("nine")
    assert refusal.value.params == {"value": "nine"}


def test_the_schema_is_a_string():
    properties = Offer.model_json_schema(mode="serialization")["properties"]
    assert (properties["amount"]["type"], properties["amount"]["format"]) == ("string", "yuan")
    assert (properties["rate"]["type"], properties["rate"]["format"]) == ("string", "rate")
