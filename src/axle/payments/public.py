"""The front door of payments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from axle.kernel.money import Fen
from axle.payments.domain.states import PaymentOrderState
from axle.payments.models import BankAccount, BankStatementLine, PaymentOrder, Reconciliation
from axle.payments.ports import PayeeAccount, StatementLine
from axle.payments.selectors import cash_paid
from axle.payments.services import bank_account_create as accounts
from axle.payments.services import payout_create as creation
from axle.payments.services.settled_payouts_import import SettledPayout, settled_payouts_import
from axle.payments.services.statement_lines_keep import statement_lines_keep
from axle.platform.errors import NotFound
from axle.platform.public import Actor, Subject, mask

__all__ = [
    "BankAccountView",
    "PayeeAccount",
    "PayoutView",
    "SettledPayout",
    "StatementLine",
    "bank_account_create",
    "bank_account_get",
    "bank_account_names",
    "bank_accounts_of",
    "cash_paid",
    "closing_stated",
    "paying_account",
    "payout_create",
    "payouts_of",
    "payouts_paid",
    "reconciled_days",
    "settled_payouts_import",
    "statement_journal",
    "statement_lines_keep",
]


@dataclass(frozen=True)
class PayoutView:
    """A payment order as others may see it; the payee's account is masked."""

    order_no: str
    request_no: str
    state: PaymentOrderState
    amount: Fen
    payee_name: str
    payee_bank: str
    payee_account_masked: str
    bank_account_id: int
    ref: Subject
    value_on: date | None
    bank_serial: str
    fail_code: str
    fail_message: str


@dataclass(frozen=True)
class BankAccountView:
    """One of our accounts, its number masked."""

    id: int
    legal_entity_id: int
    name: str
    bank_name: str
    account_no_masked: str
    ledger_account_code: str


def payout_create(
    *,
    actor: Actor,
    legal_entity_id: int,
    amount: Fen,
    payee: PayeeAccount,
    purpose: str,
    ref: Subject,
    request_no: str,
    is_retryable: bool = True,
) -> PayoutView:
    """Order one payment in the caller's transaction; the bank is called after it has committed.

    ``request_no`` is the caller's idempotency key. Not ``is_retryable`` is a payment that the caller takes back when
    it fails, and asks for anew. The end comes as ``PayoutSucceeded`` or ``PayoutFailed``.
    Money: fen, more than zero.
    Errors: PayoutAmountInvalid, PayeeIncomplete, BankAccountMissing, PayoutRequestReused.
    """
    order = creation.payout_create(
        actor=actor,
        legal_entity_id=legal_entity_id,
        amount=amount,
        payee=payee,
        purpose=purpose,
        ref=ref,
        request_no=request_no,
        is_retryable=is_retryable,
    )
    return _view(order)


def payouts_of(ref: Subject) -> list[PayoutView]:
    """All orders for a business object, oldest first."""
    rows = PaymentOrder.objects.filter(ref_type=ref.type, ref_id=ref.id).order_by("pk")
    return [_view(order) for order in rows]


def payouts_paid(ref_type: str, ref_ids: Iterable[int]) -> dict[int, PayoutView]:
    """The payment that succeeded for each of some business objects of a type, by the key of the object."""
    rows = PaymentOrder.objects.filter(ref_type=ref_type, ref_id__in=list(ref_ids), state=PaymentOrderState.SUCCEEDED)
    return {order.ref_id: _view(order) for order in rows.order_by("pk")}


def bank_account_names(legal_entity_id: int) -> dict[str, str]:
    """The names of a company's accounts by their keys as text, which entries carry."""
    rows = BankAccount.objects.filter(legal_entity_id=legal_entity_id)
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def bank_account_get(bank_account_id: int) -> BankAccountView:
    """One of our accounts. Errors: NotFound."""
    account = BankAccount.objects.filter(pk=bank_account_id).first()
    if account is None:
        raise NotFound(field="bank_account_id", what="bank_account")
    return _account_view(account)


def bank_accounts_of(legal_entity_id: int | None = None) -> list[BankAccountView]:
    """Our accounts, of one company or of all, the paying ones first."""
    rows = BankAccount.objects.order_by("-is_payer", "pk")
    if legal_entity_id is not None:
        rows = rows.filter(legal_entity_id=legal_entity_id)
    return [_account_view(account) for account in rows]


def statement_journal() -> QuerySet[BankStatementLine]:
    """All movements that banks stated, for reports that list them."""
    return BankStatementLine.objects.all()


def reconciled_days(legal_entity_id: int, first: date, last: date) -> tuple[int, int]:
    """How many days of a company's accounts were compared with the bank in a span, and how many breaks they left."""
    rows = Reconciliation.objects.filter(bank_account__legal_entity_id=legal_entity_id, on__range=(first, last))
    sums = rows.aggregate(days=Count("pk"), left=Coalesce(Sum("breaks"), 0))
    return int(sums["days"]), int(sums["left"])


def closing_stated(bank_account_id: int, until: date) -> tuple[date, Fen] | None:
    """The last day up to one at whose end the bank told its own balance, and that balance."""
    rows = Reconciliation.objects.filter(bank_account_id=bank_account_id, on__lte=until, closing_fen__isnull=False)
    found = rows.order_by("-on").values_list("on", "closing_fen").first()
    return (found[0], Fen(found[1] or 0)) if found else None


def paying_account(legal_entity_id: int) -> BankAccountView | None:
    """The account that a legal entity pays from."""
    account = BankAccount.objects.filter(legal_entity_id=legal_entity_id, is_payer=True, is_active=True).first()
    return _account_view(account) if account else None


def bank_account_create(
    *,
    actor: Actor,
    legal_entity_id: int,
    name: str,
    bank_name: str,
    account_no: str,
    channel: str,
    ledger_account_code: str,
) -> BankAccountView:
    """Register a paying account. Errors: BankChannelUnknown, NameTaken."""
    account = accounts.bank_account_create(
        actor=actor,
        legal_entity_id=legal_entity_id,
        name=name,
        bank_name=bank_name,
        account_no=account_no,
        channel=channel,
        ledger_account_code=ledger_account_code,
    )
    return _account_view(account)


def _view(order: PaymentOrder) -> PayoutView:
    return PayoutView(
        order_no=order.order_no,
        request_no=order.request_no,
        state=PaymentOrderState(order.state),
        amount=Fen(order.amount_fen),
        payee_name=order.payee_name,
        payee_bank=order.payee_bank,
        payee_account_masked=mask(order.payee_account, "card"),
        bank_account_id=order.bank_account_id,
        ref=Subject(order.ref_type, order.ref_id),
        value_on=order.value_on,
        bank_serial=order.bank_serial,
        fail_code=order.fail_code,
        fail_message=order.fail_message,
    )


def _account_view(account: BankAccount) -> BankAccountView:
    return BankAccountView(
        id=account.pk,
        legal_entity_id=account.legal_entity_id,
        name=account.name,
        bank_name=account.bank_name,
        account_no_masked=mask(account.account_no, "card"),
        ledger_account_code=account.ledger_account_code,
    )
