"""Check digits of identifiers. The numbers are made up to pass or fail; none belongs to a person."""

from datetime import date

import pytest

from axle.kernel.identifiers import (
    age_on,
    is_bank_card,
    is_mobile,
    is_resident_id,
    is_uscc,
    is_vin,
    resident_id_birthday,
    resident_id_gender,
    vin_check_digit,
)


@pytest.mark.parametrize(
    ("id_no", "birthday"),
    [
        ("11010519491231002X", date(1949, 12, 31)),
        ("440524188001010014", date(1880, 1, 1)),
        ("110105194912310020", None),
        ("11010519490231002X", None),
        ("11010519491231002x", None),
        ("1101051949123100", None),
        ("", None),
        ("１1010519491231002X", None),
    ],
)
def test_resident_id(id_no, birthday):
    assert resident_id_birthday(id_no) == birthday
    assert is_resident_id(id_no) is (birthday is not None)


def test_a_right_check_digit_on_an_impossible_date_is_refused():
    assert resident_id_birthday("110105199902300016") is None


@pytest.mark.parametrize(("id_no", "gender"), [("11010519491231002X", "female"), ("440524188001010014", "male")])
def test_gender(id_no, gender):
    assert resident_id_gender(id_no) == gender


@pytest.mark.parametrize(
    ("vin", "right"),
    [
        ("1M8GDM9AXKP042788", True),
        ("11111111111111111", True),
        ("1M8GDM9A1KP042788", False),
        ("IM8GDM9AXKP042788", False),
        ("1m8gdm9axkp042788", False),
        ("1M8GDM9AXKP04278", False),
    ],
)
def test_vin(vin, right):
    assert is_vin(vin) is right


def test_vin_check_digit_ignores_the_ninth_character():
    assert {vin_check_digit(f"1M8GDM9A{digit}KP042788") for digit in "0123456789X"} == {"X"}


@pytest.mark.parametrize(
    ("card_no", "right"),
    [("4111111111111111", True), ("4111111111111112", False), ("41111", False), ("4111 1111 1111 1111", False)],
)
def test_bank_card(card_no, right):
    assert is_bank_card(card_no) is right


@pytest.mark.parametrize(
    ("phone", "right"),
    [("13800000000", True), ("12800000000", False), ("1380000000", False), ("+8613800000000", False)],
)
def test_mobile(phone, right):
    assert is_mobile(phone) is right


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350100M000100I43", False),
        ("91350100M000100Y4", False),
    ],
)
def test_uscc(code, right):
    assert is_uscc(code) is right


@pytest.mark.parametrize(
    ("on", "age"), [(date(2026, 2, 27), 21), (date(2026, 2, 28), 21), (date(2026, 3, 1), 22), (date(2028, 2, 29), 24)]
)
def test_age(on, age):
    assert age_on(date(2004, 2, 29), on) == age
