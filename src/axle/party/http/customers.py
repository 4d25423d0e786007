"""Customers over HTTP: create, change, look, reveal, list."""

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from axle.kernel.identifiers import age_on
from axle.kernel.types import Yuan
from axle.party import permissions, selectors
from axle.party.domain.particulars import Contact, CustomerData
from axle.party.domain.watch_list import WatchStatus, watch_status
from axle.party.models import (
    BankCardState,
    Customer,
    Education,
    EmploymentKind,
    Gender,
    MaritalStatus,
    Relation,
    ResidenceKind,
)
from axle.party.selectors import DuplicateKind
from axle.party.services import customer_save as saving
from axle.party.services.customer_reveal import customer_reveal as reveal
from axle.party.services.watch_match import watch_hits
from axle.platform.fields import blind_index
from axle.platform.http import ContextApi
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input, available_commands, business_date, mask

api = ContextApi("party")

Text = Annotated[str, StringConstraints(max_length=200)]
IdNo = Annotated[
    str,
    StringConstraints(to_upper=True, max_length=18),
    Field(json_schema_extra={"format": "id-no"}),
]
Phone = Annotated[str, StringConstraints(max_length=11), Field(json_schema_extra={"format": "phone"})]


class ContactIn(Input):
    """An emergency contact."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    relation: Relation
    phone: Phone


class ParticularsIn(Input):
    """A person as they describe themselves, but for what is shown masked; amounts are monthly."""

    name: Annotated[str, StringConstraints(max_length=50)]
    id_is_long_term: bool = False
    id_valid_until: date | None = None
    marital_status: MaritalStatus | None = None
    education: Education | None = None
    residence_kind: ResidenceKind | None = None
    region_code: Annotated[str, StringConstraints(max_length=6)] = ""
    employment_kind: EmploymentKind | None = None
    employer: Text = ""
    employment_months: Annotated[int, Field(ge=0, le=800)] | None = None
    monthly_income: Yuan | None = None
    monthly_debt: Yuan | None = None
    has_driving_licence: bool | None = None

    def said(self) -> dict[str, Any]:
        """What the form says of ``CustomerData``, contacts aside."""
        values = self.model_dump(include={field.name for field in fields(CustomerData)} - {"contacts"})
        return {name: value for name, value in values.items() if value is not None}


Contacts = Annotated[list[ContactIn], Field(max_length=5)]


class CustomerCreateIn(ParticularsIn):
    """A new person."""

    id_no: IdNo
    phone: Phone
    residence_address: Text = ""
    contacts: Contacts = []

    def data(self) -> CustomerData:
        """As the service takes it."""
        return CustomerData(**self.said(), contacts=_contacts_of(self.contacts))


class CustomerUpdateIn(ParticularsIn):
    """The form of a known customer; ``version`` is the one that it was opened with.

    What is shown masked is not in the form that a person opens: left out, it stays as it was.
    """

    customer_id: int
    version: int
    id_no: IdNo | None = None
    phone: Phone | None = None
    residence_address: Text | None = None
    contacts: Contacts | None = None

    def data(self, known: CustomerData) -> CustomerData:
        """As the service takes it, what is left out from what is known."""
        kept = {"id_no": known.id_no, "phone": known.phone, "residence_address": known.residence_address}
        contacts = known.contacts if self.contacts is None else _contacts_of(self.contacts)
        return CustomerData(**{**kept, **self.said()}, contacts=contacts)


def _contacts_of(given: list[ContactIn]) -> tuple[Contact, ...]:
    return tuple(Contact(**contact.model_dump()) for contact in given)


class CustomerOut(BaseModel):
    """The customer that a command wrote."""

    customer_id: int
    customer_no: str
    version: int


class CustomerRevealIn(Input):
    """Whom to see in full, and why."""

    customer_id: int
    reason: Annotated[str, StringConstraints(max_length=200)]


class RevealedContactOut(BaseModel):
    """A contact in full."""

    name: str
    relation: Relation
    phone: str


class RevealedCardOut(BaseModel):
    """A card in full."""

    id: int
    bank_name: str
    card_no: str


class CustomerPrivateOut(BaseModel):
    """A customer's personal data in full."""

    id: int
    customer_no: str
    name: str
    id_no: str
    phone: str
    residence_address: str
    contacts: list[RevealedContactOut]
    bank_cards: list[RevealedCardOut]


class ContactOut(BaseModel):
    """A contact, masked."""

    name: str
    relation: Relation
    phone: str


class CustomerCardOut(BaseModel):
    """A card, masked."""

    id: int
    bank_name: str
    card_no: str
    is_default: bool
    state: BankCardState


class DuplicateOut(BaseModel):
    """A customer who resembles this one."""

    customer_id: int
    customer_no: str
    kind: DuplicateKind


class CustomerDetail(BaseModel):
    """A customer with personal data masked; ``actions`` are the commands that may follow."""

    id: int
    customer_no: str
    name: str
    gender: Gender
    birthday: date
    age: int
    id_no: str
    id_is_long_term: bool
    id_valid_until: date | None
    phone: str
    marital_status: MaritalStatus | None
    education: Education | None
    residence_kind: ResidenceKind | None
    residence_address: str
    region_code: str
    employment_kind: EmploymentKind | None
    employer: str
    employment_months: int | None
    monthly_income: Yuan | None
    monthly_debt: Yuan | None
    has_driving_licence: bool | None
    created_at: datetime
    updated_at: datetime
    version: int
    contacts: list[ContactOut]
    bank_cards: list[CustomerCardOut]
    duplicates: list[DuplicateOut]
    watch_status: WatchStatus
    actions: list[str]


@api.command("customer_create", permission=permissions.CUSTOMER_MANAGE, subject="customer")
def customer_create(ctx: Ctx, data: CustomerCreateIn) -> CustomerOut:
    """Register a person (新增客户)."""
    return _out(saving.customer_create(actor=ctx.actor, data=data.data()))


@api.command("customer_update", permission=permissions.CUSTOMER_MANAGE, subject="customer")
def customer_update(ctx: Ctx, data: CustomerUpdateIn) -> CustomerOut:
    """Change a person's particulars (修改客户)."""
    selectors.customer_visible(ctx.actor, data.customer_id, permissions.CUSTOMER_MANAGE)
    customer = Customer.objects.select_for_update().get(pk=data.customer_id)
    changed = data.data(saving.customer_data(customer))
    return _out(saving.customer_update(customer=customer, data=changed, version=data.version))


@api.command("customer_reveal", permission=permissions.CUSTOMER_REVEAL, subject="customer")
def customer_reveal(ctx: Ctx, data: CustomerRevealIn) -> CustomerPrivateOut:
    """Show personal data in full (查看完整信息)."""
    shown = reveal(actor=ctx.actor, customer_id=data.customer_id, reason=data.reason)
    return CustomerPrivateOut.model_validate(asdict(shown))


@api.query("customer_get", "/customers/{customer_id}", permission=permissions.CUSTOMER_VIEW)
def customer_get(actor: Actor, customer_id: int) -> CustomerDetail:
    """One customer, masked."""
    customer = selectors.customer_visible(actor, customer_id)
    own = {name: getattr(customer, name) for name in CustomerDetail.model_fields if hasattr(customer, name)}
    masked = {
        "id_no": mask(customer.id_no, "id_no"),
        "phone": mask(customer.phone, "phone"),
        "residence_address": mask(customer.residence_address, "address"),
        "age": age_on(customer.birthday, business_date()),
        "contacts": _contacts(customer),
        "bank_cards": _cards(customer),
        "duplicates": _duplicates(customer, actor),
        "watch_status": watch_status(watch_hits(selectors.watched_of(customer), on=business_date())),
        "actions": available_commands(actor, "customer_update", "customer_reveal", "bank_card_add"),
    }
    unsaid = {name: None for name, value in own.items() if value == ""}
    return CustomerDetail.model_validate({**own, **unsaid, **_texts(customer), **masked})


api.history("customer", "/customers", permission=permissions.CUSTOMER_VIEW, find=selectors.customer_visible)


def _texts(customer: Customer) -> dict[str, str]:
    return {"region_code": customer.region_code, "employer": customer.employer}


def _contacts(customer: Customer) -> list[ContactOut]:
    return [
        ContactOut(name=contact.name, relation=Relation(contact.relation), phone=mask(contact.phone, "phone"))
        for contact in customer.contacts.order_by("pk")
    ]


def _cards(customer: Customer) -> list[CustomerCardOut]:
    return [
        CustomerCardOut(
            id=card.pk,
            bank_name=card.bank_name,
            card_no=mask(card.card_no, "card"),
            is_default=card.is_default,
            state=BankCardState(card.state),
        )
        for card in customer.bank_cards.order_by("-is_default", "-pk")
    ]


def _duplicates(customer: Customer, actor: Actor) -> list[DuplicateOut]:
    found = selectors.duplicates(
        phone=customer.phone, name=customer.name, birthday=customer.birthday, excluding=customer.pk
    )
    ids = [duplicate.customer_id for duplicate in found]
    visible = set(selectors.customers_visible(actor).filter(pk__in=ids).values_list("pk", flat=True))
    return [DuplicateOut(**asdict(duplicate)) for duplicate in found if duplicate.customer_id in visible]


def _out(customer: Customer) -> CustomerOut:
    return CustomerOut(customer_id=customer.pk, customer_no=customer.customer_no, version=customer.version)


api.listing(
    Listing(
        name="customers",
        is_growing=True,
        permission=permissions.CUSTOMER_VIEW,
        queryset=selectors.customers_visible,
        columns=[
            Col("customer_no", link="/customer/customers/{id}"),
            Col("name"),
            Col("gender", "enum", enum="Gender", choices=Gender.values),
            Col("birthday", "date", is_hidden=True),
            Col("id_no", "masked", mask="id_no"),
            Col("phone", "masked", mask="phone"),
            Col("marital_status", "enum", enum="MaritalStatus", choices=MaritalStatus.values, is_hidden=True),
            Col("employment_kind", "enum", enum="EmploymentKind", choices=EmploymentKind.values),
            Col("employer", is_hidden=True),
            Col("monthly_income", "money"),
            Col("region_code"),
            Col("department", source="department__name"),
            Col("owner", source="owner__name"),
            Col("created_at", "datetime"),
        ],
        search=["customer_no", "name"],
        search_index={"id_no_index": blind_index, "phone_index": blind_index},
        filters=["gender", "employment_kind", "marital_status", "monthly_income", "created_at"],
        row_link="/customer/customers/{id}",
        toolbar=["customer_create"],
        row_actions=["customer_reveal"],
    )
)
