"""Adding and disabling a customer's bank cards."""

from axle.kernel.identifiers import is_bank_card, is_mobile
from axle.party.domain.bank_bins import Issuer, issuer_of
from axle.party.errors import BankCardDisabled, BankCardInvalid, BankUnknown, CreditCardRefused, MobileInvalid
from axle.party.models import BankCard, BankCardState, Customer
from axle.platform.errors import NotFound
from axle.platform.fields import blind_index
from axle.platform.public import created, track


def bank_card_add(
    *, customer: Customer, card_no: str, bank_name: str = "", reserved_phone: str = "", is_default: bool = True
) -> BankCard:
    """Keep a debit card; a known one is put back into use. The first card is the default one.

    The bank is read from the number; ``bank_name`` counts when the table does not know it.
    Errors: BankCardInvalid, CreditCardRefused, BankUnknown, MobileInvalid.
    """
    Customer.objects.select_for_update().get(pk=customer.pk)
    issuer = bank_card_check(card_no, bank_name, reserved_phone)
    known, index = list(customer.bank_cards.all()), blind_index(card_no)
    has_default = any(card.is_default for card in known)
    if is_default and has_default:
        customer.bank_cards.filter(is_default=True).update(is_default=False)
    card = next((card for card in known if card.card_no_index == index), None)
    if card is None:
        card = created(BankCard(customer=customer, card_no=card_no))
    else:
        track(card)
    card.bank_code, card.bank_name = (issuer.bank_code, issuer.bank_name) if issuer else ("", bank_name)
    card.reserved_phone = reserved_phone or card.reserved_phone
    card.state = BankCardState.ACTIVE
    card.is_default = is_default or not has_default
    card.save()
    return card


def bank_card_disable(*, customer: Customer, bank_card_id: int) -> BankCard:
    """Take a card out of use; the newest other active card becomes the default one.

    Errors: NotFound, BankCardDisabled.
    """
    card = customer.bank_cards.select_for_update().filter(pk=bank_card_id).first()
    if card is None:
        raise NotFound(what="bank_card")
    if card.state == BankCardState.DISABLED:
        raise BankCardDisabled()
    was_default = card.is_default
    track(card)
    card.state, card.is_default = BankCardState.DISABLED, False
    card.save()
    heir = customer.bank_cards.filter(state=BankCardState.ACTIVE).order_by("-pk").first()
    if was_default and heir is not None:
        track(heir).is_default = True
        heir.save()
    return card


def bank_card_check(card_no: str, bank_name: str, reserved_phone: str) -> Issuer | None:
    """The issuer of a debit card, as far as it is known.

    Errors: BankCardInvalid, CreditCardRefused, BankUnknown, MobileInvalid.
    """
    if not is_bank_card(card_no):
        raise BankCardInvalid(field="card_no")
    issuer = issuer_of(card_no)
    if issuer is not None and not issuer.is_debit:
        raise CreditCardRefused(field="card_no")
    if issuer is None and not bank_name.strip():
        raise BankUnknown(field="bank_name")
    if reserved_phone and not is_mobile(reserved_phone):
        raise MobileInvalid(field="reserved_phone")
    return issuer
