"""The front door of channel."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from axle.channel import selectors
from axle.channel.domain.control import ControlLevel, ExtraCheckKind
from axle.channel.domain.states import DealerState
from axle.channel.errors import DealerHasNoAccount, DealerNotActive
from axle.channel.models import Dealer
from axle.channel.permissions import DEALER_CONTROL_VIEW
from axle.channel.services.dealer_account_change import dealer_account_change
from axle.channel.services.dealer_control_set import dealer_control_set
from axle.channel.services.dealer_move import dealer_move
from axle.channel.services.dealer_save import DealerParticulars, dealer_create, dealer_update
from axle.platform.errors import NotFound
from axle.platform.public import Actor, prepared_cursor

__all__ = [
    "DEALER_CONTROL_VIEW",
    "ControlLevel",
    "ControlView",
    "DealerParticulars",
    "DealerState",
    "DealerView",
    "ExtraCheckKind",
    "SettlementAccount",
    "dealer_account_change",
    "dealer_active",
    "dealer_control",
    "dealer_control_set",
    "dealer_create",
    "dealer_get",
    "dealer_move",
    "dealer_names",
    "dealer_seen",
    "dealer_update",
    "dealers_active_ids",
    "is_dealer_phone",
    "settlement_account",
]


@dataclass(frozen=True)
class DealerView:
    """A dealer as other contexts see it."""

    id: int
    dealer_no: str
    name: str
    region: str
    grade: str
    state: DealerState
    department_id: int
    owner_id: int | None
    has_account: bool
    account_name: str


@dataclass(frozen=True)
class SettlementAccount:
    """Where a dealer is paid, in clear: for payment orders only."""

    name: str
    bank_name: str
    account_no: str


@dataclass(frozen=True)
class ControlView:
    """The flexible control of a dealer as other contexts see it."""

    control_no: str
    level: ControlLevel
    extra_checks: tuple[ExtraCheckKind, ...]
    cases_max: int | None
    reason: str
    note: str
    until_on: date


def _row(dealer_id: int) -> Dealer:
    dealer = Dealer.objects.filter(pk=dealer_id).first()
    if dealer is None:
        raise NotFound(field="dealer_id", what="dealer")
    return dealer


def dealer_get(dealer_id: int) -> DealerView:
    """A dealer. Errors: NotFound."""
    return _view(_row(dealer_id))


def dealer_seen(actor: Actor, dealer_id: int) -> DealerView:
    """A dealer whose signals and control the actor may look at. Errors: NotFound."""
    return _view(selectors.dealer_visible(actor, dealer_id, permission=DEALER_CONTROL_VIEW))


def dealer_control(dealer_id: int, *, on: date) -> ControlView | None:
    """The control that a dealer is under on a date; None for one that is under none."""
    control = selectors.control_in_force(dealer_id, on)
    if control is None:
        return None
    return ControlView(
        control_no=control.control_no,
        level=ControlLevel(control.level),
        extra_checks=tuple(ExtraCheckKind(kind) for kind in control.extra_checks),
        cases_max=control.cases_max,
        reason=control.reason,
        note=control.note,
        until_on=control.until_on,
    )


def _view(dealer: Dealer) -> DealerView:
    return DealerView(
        id=dealer.pk,
        dealer_no=dealer.dealer_no,
        name=dealer.name,
        region=dealer.region,
        grade=dealer.grade,
        state=DealerState(dealer.state),
        department_id=dealer.department_id,
        owner_id=dealer.owner_id,
        has_account=dealer.account_no is not None,
        account_name=dealer.account_name,
    )


def dealer_active(dealer_id: int) -> DealerView:
    """A dealer that may submit and be paid. Errors: NotFound, DealerNotActive."""
    dealer = dealer_get(dealer_id)
    if dealer.state != DealerState.ACTIVE:
        raise DealerNotActive(field="dealer_id", state=dealer.state)
    return dealer


def settlement_account(dealer_id: int) -> SettlementAccount:
    """The account to pay. Errors: NotFound, DealerHasNoAccount."""
    dealer = _row(dealer_id)
    if not dealer.account_no:
        raise DealerHasNoAccount(field="dealer_id")
    return SettlementAccount(dealer.account_name, dealer.account_bank, dealer.account_no)


def dealers_active_ids() -> list[int]:
    """The dealers that may submit."""
    return list(Dealer.objects.filter(state=DealerState.ACTIVE).order_by("pk").values_list("pk", flat=True))


def dealer_names(dealer_ids: set[int]) -> dict[int, str]:
    """Names of several dealers in one query."""
    return dict(Dealer.objects.filter(pk__in=dealer_ids).values_list("pk", "name"))


def is_dealer_phone(indexes: Collection[str]) -> bool:
    """Whether a phone, by its keyed hash, is that of a dealer's contact."""
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM channel_dealer WHERE contact_phone_index = ANY(%s))", [list(indexes)]
        )
        return bool(cursor.fetchone()[0])
