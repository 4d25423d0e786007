"""Bank cards: which are taken, which one is the default."""

from typing import Any

import pytest

from axle.kernel.errors import AxleError
from axle.party.domain.bank_bins import issuer_of
from axle.party.errors import BankCardDisabled, BankCardInvalid, BankUnknown, CreditCardRefused, MobileInvalid
from axle.party.models import BankCard, Customer
from axle.party.public import bank_card_default, bank_name_of
from axle.party.services.bank_card_add import bank_card_add, bank_card_disable
from axle.party.services.customer_save import customer_create
from axle.party.tests.people import card_no, person
from axle.platform.errors import NotFound
from axle.platform.testing import act, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    actor = make_actor()
    with act(actor):
        return customer_create(actor=actor, data=person())


def add(customer: Customer, number: str, **options: Any) -> BankCard:
    with act(make_actor()):
        return bank_card_add(customer=customer, card_no=number, **options)


def test_bank_is_read_from_the_number(customer: Customer) -> None:
    card = add(customer, card_no())
    assert (card.bank_code, card.bank_name, card.is_default) == ("ICBC", "中国工商银行", True)
    assert bank_name_of(card_no("622848", 19)) == "中国农业银行"
    assert issuer_of("9" * 19) is None


@pytest.mark.parametrize(
    ("number", "options", "error"),
    [
        (card_no()[:-1] + str((int(card_no()[-1]) + 1) % 10), {}, BankCardInvalid),
        ("6212", {}, BankCardInvalid),
        ("", {}, BankCardInvalid),
        (card_no("622230", 16), {}, CreditCardRefused),
        (card_no("999999", 19), {}, BankUnknown),
        (card_no(), {"reserved_phone": "123"}, MobileInvalid),
    ],
)
def test_refused_cards(customer: Customer, number: str, options: dict[str, str], error: type[AxleError]) -> None:
    with pytest.raises(error):
        add(customer, number, **options)
    assert BankCard.objects.count() == 0


def test_named_bank_counts_when_the_table_does_not_know_it(customer: Customer) -> None:
    assert add(customer, card_no("999999", 19), bank_name="某农商银行").bank_name == "某农商银行"


def test_newest_default_card_takes_over(customer: Customer) -> None:
    first, second = add(customer, card_no(serial=1)), add(customer, card_no(serial=2))
    third = add(customer, card_no(serial=3), is_default=False)
    assert list(customer.bank_cards.filter(is_default=True)) == [second]
    with act(make_actor()):
        bank_card_disable(customer=customer, bank_card_id=second.pk)
    default = bank_card_default(customer.pk)
    assert default is not None
    assert default.id == third.pk
    with pytest.raises(BankCardDisabled), act(make_actor()):
        bank_card_disable(customer=customer, bank_card_id=second.pk)
    again = add(customer, card_no(serial=2))
    assert (again.pk, again.state, again.is_default) == (second.pk, "active", True)
    assert BankCard.objects.count() == 3
    assert first.pk != again.pk


def test_card_of_another_customer_is_not_there(customer: Customer) -> None:
    card = add(customer, card_no())
    stranger = Customer(pk=customer.pk + 1)
    with pytest.raises(NotFound), act(make_actor()):
        bank_card_disable(customer=stranger, bank_card_id=card.pk)
    card.refresh_from_db()
    assert card.state == "active"
