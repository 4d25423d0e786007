"""The front door of party."""

from dataclasses import dataclass
from datetime import date

from axle.kernel.identifiers import age_on
from axle.kernel.money import Fen
from axle.party.domain.bank_bins import issuer_of
from axle.party.domain.particulars import Contact, CustomerData
from axle.party.domain.watch_list import Watched, WatchHit, WatchList, WatchRole, WatchSubject, watch_status
from axle.party.models import BankCard, BankCardState, Customer, WatchReason, WatchSource
from axle.party.selectors import Duplicate, DuplicateKind, customer_visible, duplicates, watched_of
from axle.party.services import bank_card_add as cards
from axle.party.services import customer_change as changing
from axle.party.services import customer_save as saving
from axle.party.services.customer_reveal import CustomerPrivate, customer_reveal
from axle.party.services.customers_import import ImportedCustomer, customers_import
from axle.party.services.watch_entry_add import watch_entry_add
from axle.party.services.watch_match import watch_hits, watch_matches_keep
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Compiled, Subject, acting, business_date, mask

__all__ = [
    "BankCardView",
    "Contact",
    "ContactInfo",
    "CustomerData",
    "CustomerPrivate",
    "CustomerReached",
    "CustomerView",
    "Duplicate",
    "DuplicateKind",
    "ImportedCustomer",
    "WatchHit",
    "WatchList",
    "WatchReason",
    "WatchRole",
    "WatchSource",
    "WatchSubject",
    "Watched",
    "bank_card_add",
    "bank_card_default",
    "bank_card_restore",
    "bank_card_switch",
    "bank_card_switch_check",
    "bank_name_of",
    "customer_contact",
    "customer_ensure",
    "customer_get",
    "customer_is_visible",
    "customer_names",
    "customer_particulars",
    "customer_particulars_change",
    "customer_private",
    "customer_save",
    "customer_watched",
    "customers_import",
    "customers_reached",
    "duplicates",
    "watch_entry_add",
    "watch_hits",
    "watch_matches_keep",
    "watch_status",
]


@dataclass(frozen=True)
class CustomerView:
    """A customer with personal data masked. Amounts are fen per month."""

    id: int
    customer_no: str
    name: str
    id_no_masked: str
    phone_masked: str
    gender: str
    birthday: date
    age: int
    id_is_long_term: bool
    id_valid_until: date | None
    marital_status: str
    education: str
    residence_kind: str
    residence_address_masked: str
    region_code: str
    employment_kind: str
    employer: str
    employment_months: int | None
    monthly_income: Fen | None
    monthly_debt: Fen | None
    has_driving_licence: bool | None
    department_id: int | None
    owner_id: int | None
    version: int


@dataclass(frozen=True)
class ContactInfo:
    """A customer in clear, for contracts, signatures and messages that the system itself makes."""

    id: int
    name: str
    id_no: str
    phone: str
    residence_address: str


@dataclass(frozen=True)
class CustomerReached:
    """Name and phone in clear, and the end of the card from which the customer repays, if there is one."""

    name: str
    phone: str
    card_tail: str


@dataclass(frozen=True)
class BankCardView:
    """A bank card, its number masked."""

    id: int
    customer_id: int
    bank_name: str
    card_no_masked: str
    is_default: bool
    state: str


def customer_save(
    *,
    actor: Actor,
    data: CustomerData,
    department_id: int | None = None,
    owner_id: int | None = None,
    dealer_id: int | None = None,
) -> CustomerView:
    """Create the customer with this resident id, or bring them up to date with what is said now.

    Department and owner are the actor's unless given, and count at creation only; ``dealer_id`` opens the
    customer to that dealer's people. What the data does not say stays as it was.
    Errors: ResidentIdInvalid, CustomerUnderAge, MobileInvalid, CustomerNameInvalid, CustomerNameDiffers,
    ContactIncomplete, ContactIsCustomer, TooManyContacts, ParticularNegative, RegionCodeInvalid.
    """
    customer = saving.customer_save(
        actor=actor, data=data, department_id=department_id, owner_id=owner_id, dealer_id=dealer_id
    )
    return _view(customer)


def customer_ensure(
    *, actor: Actor, name: str, id_no: str, phone: str, department_id: int | None, owner_id: int | None
) -> int:
    """The customer with this resident id as they are known, or a new one; a known phone is not changed by it.

    Errors: CustomerNameDiffers, and those of ``customer_save`` for a new one.
    """
    return saving.customer_ensure(
        actor=actor,
        data=CustomerData(name=name, id_no=id_no, phone=phone),
        department_id=department_id,
        owner_id=owner_id,
    ).pk


def customer_get(customer_id: int) -> CustomerView:
    """A customer, masked. Errors: NotFound."""
    return _view(_row(customer_id))


def customer_is_visible(*, actor: Actor, customer_id: int) -> bool:
    """Whether the actor's scope reaches the customer."""
    try:
        customer_visible(actor, customer_id)
    except NotFound:
        return False
    return True


def customer_private(*, actor: Actor, customer_id: int, reason: str) -> CustomerPrivate:
    """A customer in full, for a person who may and says why; logged.

    Errors: PermissionMissing, NotFound, RevealReasonMissing.
    """
    with acting(actor, "customer_private", subject=Subject("customer", customer_id), note=reason):
        return customer_reveal(actor=actor, customer_id=customer_id, reason=reason)


def customer_contact(customer_id: int) -> ContactInfo:
    """A customer in clear, for the system's own use; never put it into a response or a log. Errors: NotFound."""
    customer = _row(customer_id)
    return ContactInfo(customer.pk, customer.name, customer.id_no, customer.phone, customer.residence_address or "")


def customer_names(customer_ids: set[int]) -> dict[int, str]:
    """Names of several customers in one query."""
    return dict(Customer.objects.filter(pk__in=customer_ids).values_list("pk", "name"))


def customers_reached(customer_ids: set[int]) -> dict[int, CustomerReached]:
    """How to reach several customers, for the system's own messages; never put it into a response or a log."""
    cards = BankCard.objects.filter(customer_id__in=customer_ids, is_default=True, state=BankCardState.ACTIVE)
    tails = {card.customer_id: card.card_no[-4:] for card in cards.only("customer_id", "card_no")}
    rows = Customer.objects.filter(pk__in=customer_ids).only("name", "phone")
    return {row.pk: CustomerReached(row.name, row.phone, tails.get(row.pk, "")) for row in rows}


def bank_name_of(card_no: str) -> str:
    """The bank that a card number belongs to, or an empty text."""
    issuer = issuer_of(card_no)
    return issuer.bank_name if issuer else ""


def bank_card_add(
    *, actor: Actor, customer_id: int, card_no: str, bank_name: str = "", reserved_phone: str = ""
) -> BankCardView:
    """Keep a debit card as the customer's default one; a known card is put back into use.

    Errors: NotFound, BankCardInvalid, CreditCardRefused, BankUnknown, MobileInvalid.
    """
    card = cards.bank_card_add(
        customer=_row(customer_id), card_no=card_no, bank_name=bank_name, reserved_phone=reserved_phone
    )
    return _card_view(card)


def bank_card_default(customer_id: int) -> BankCardView | None:
    """The card that a customer repays from."""
    card = BankCard.objects.filter(customer_id=customer_id, is_default=True, state=BankCardState.ACTIVE).first()
    return _card_view(card) if card else None


def bank_card_switch_check(*, customer_id: int, card_no: str, bank_name: str, reserved_phone: str) -> None:
    """Whether a customer could repay from a card. Errors: see ``services.customer_change``."""
    changing.bank_card_switch_check(
        customer=_row(customer_id), card_no=card_no, bank_name=bank_name, reserved_phone=reserved_phone
    )


def bank_card_switch(*, customer_id: int, card_no: str, bank_name: str, reserved_phone: str) -> tuple[int | None, int]:
    """Repay from another card; gives the keys of the old and the new one. Errors: see ``services.customer_change``."""
    return changing.bank_card_switch(
        customer=_locked(customer_id), card_no=card_no, bank_name=bank_name, reserved_phone=reserved_phone
    )


def bank_card_restore(*, customer_id: int, old_card_id: int | None, new_card_id: int) -> bool:
    """Take a switch back; False when the customer repays from yet another card by now."""
    return changing.bank_card_restore(customer=_locked(customer_id), old_card_id=old_card_id, new_card_id=new_card_id)


def customer_particulars(customer_id: int) -> dict[str, str]:
    """Name, phone, address and employer in clear, for the system's own use. Errors: NotFound."""
    return changing.customer_particulars(_row(customer_id))


def customer_watched(customer_id: int) -> list[Watched]:
    """What of a debtor is looked up on the watch lists: id, phone, cards, employer, contacts. Errors: NotFound."""
    return watched_of(_row(customer_id))


def customer_particulars_change(*, customer_id: int, values: dict[str, str]) -> dict[str, str]:
    """Change some of them; gives what stood there. Errors: NotFound, those of ``services.customer_save``."""
    return changing.customer_particulars_change(customer=_locked(customer_id), values=values)


def _locked(customer_id: int) -> Customer:
    _row(customer_id)
    return Customer.objects.select_for_update().get(pk=customer_id)


def _row(customer_id: int) -> Customer:
    customer = _BY_KEY.first(customer_id)
    if customer is None:
        raise NotFound(what="customer")
    return customer


_BY_KEY = Compiled(lambda key: Customer.objects.filter(pk=key))


def _view(customer: Customer) -> CustomerView:
    return CustomerView(
        id=customer.pk,
        customer_no=customer.customer_no,
        name=customer.name,
        id_no_masked=mask(customer.id_no, "id_no"),
        phone_masked=mask(customer.phone, "phone"),
        gender=customer.gender,
        birthday=customer.birthday,
        age=age_on(customer.birthday, business_date()),
        id_is_long_term=customer.id_is_long_term,
        id_valid_until=customer.id_valid_until,
        marital_status=customer.marital_status,
        education=customer.education,
        residence_kind=customer.residence_kind,
        residence_address_masked=mask(customer.residence_address, "address"),
        region_code=customer.region_code,
        employment_kind=customer.employment_kind,
        employer=customer.employer,
        employment_months=customer.employment_months,
        monthly_income=_fen(customer.monthly_income),
        monthly_debt=_fen(customer.monthly_debt),
        has_driving_licence=customer.has_driving_licence,
        department_id=customer.department_id,
        owner_id=customer.owner_id,
        version=customer.version,
    )


def _fen(amount: int | None) -> Fen | None:
    return None if amount is None else Fen(amount)


def _card_view(card: BankCard) -> BankCardView:
    return BankCardView(
        id=card.pk,
        customer_id=card.customer_id,
        bank_name=card.bank_name,
        card_no_masked=mask(card.card_no, "card"),
        is_default=card.is_default,
        state=card.state,
    )
