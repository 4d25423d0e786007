"""The front door of servicing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from axle.kernel.dates import add_months
from axle.kernel.money import Fen
from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date
from axle.servicing.domain.buckets import BUCKETS, bucket, days_past_due
from axle.servicing.domain.warnings import LEVELS as WARNING_LEVELS
from axle.servicing.domain.warnings import WarningCause
from axle.servicing.eod import STEPS as EOD_STEPS
from axle.servicing.eod import provide_losses
from axle.servicing.models import (
    ArrearsDay,
    Inspection,
    InspectionState,
    Instalment,
    Loan,
    LoanChange,
    LoanState,
    PaperSigning,
    PaperSigningState,
    PoolLoan,
    PoolLoanState,
    PortfolioDay,
    ReceiptState,
)
from axle.servicing.permissions import LOAN_VIEW, WARNING_VIEW
from axle.servicing.selectors import controls, pool_books
from axle.servicing.selectors.arrears_moves import ArrearsMove, arrears_moves
from axle.servicing.selectors.class_moves import LEFT, NEW, loans_touched, loans_with_moves
from axle.servicing.selectors.day_details import DAY_PARTS, day_parts_of
from axle.servicing.selectors.debits import last_dues_debited, loans_to_debit, next_debit_day
from axle.servicing.selectors.loan_book import LoanBookAdapter
from axle.servicing.selectors.loan_days import LoanDay, loan_days
from axle.servicing.selectors.papers import SignedPaper, papers_signed
from axle.servicing.selectors.positions import PeriodAt, carryings_at, interest_earned_at, periods_of, positions_at
from axle.servicing.selectors.splits import PaymentSplit, payment_splits
from axle.servicing.selectors.standings import (
    NORMAL,
    StandingAt,
    loans_with_class,
    provided_at,
    provisions_at,
    standings_at,
)
from axle.servicing.selectors.taken_over import taken_over_moves, taken_over_total
from axle.servicing.selectors.visible import (
    IN_SUSPENSE,
    changes_visible,
    inspections_of,
    inspections_visible,
    loans_visible,
    receipts_visible,
)
from axle.servicing.selectors.warning_sums import WarningSum, warnings_by_series, warnings_open
from axle.servicing.selectors.write_offs import write_off_candidates
from axle.servicing.services.arrears_keep import arrears_keep
from axle.servicing.services.change_request import ChangeTerms, change_request
from axle.servicing.services.change_review import change_approve, change_reject
from axle.servicing.services.claim_buy_back import claim_buy_back
from axle.servicing.services.inspection_plan import inspection_plan
from axle.servicing.services.inspection_review import inspection_approve, inspection_return
from axle.servicing.services.inspection_submit import InspectionReport, inspection_submit
from axle.servicing.services.inspections_plan import inspections_plan
from axle.servicing.services.lien_release import lien_release_complete, lien_release_open
from axle.servicing.services.loan_open import loan_open
from axle.servicing.services.loans_classify import loans_classify
from axle.servicing.services.loans_import import ImportedLoan, ImportedReceipt, loans_import
from axle.servicing.services.opening import LoanOpening
from axle.servicing.services.pool_close import pool_carry_out, pool_close
from axle.servicing.services.pool_create import PoolCriteria, PoolDeal, pool_create
from axle.servicing.services.pool_review import pool_approve
from axle.servicing.services.portfolio_backfill import portfolio_backfill
from axle.servicing.services.receipt_confirm import receipt_confirm
from axle.servicing.services.receipt_file_read import receipt_file_enter, receipt_file_register
from axle.servicing.services.receipt_register import ReceiptData, receipt_register
from axle.servicing.services.refund_request import refund_request
from axle.servicing.services.refund_review import refund_approve, refund_reject
from axle.servicing.services.warnings_settle import warnings_settle

__all__ = [
    "BUCKETS",
    "DAY_PARTS",
    "EOD_STEPS",
    "LEFT",
    "NEW",
    "NORMAL",
    "WARNING_CAUSES",
    "WARNING_LEVELS",
    "WARNING_VIEW",
    "ArrearsMove",
    "BucketShare",
    "ChangeTerms",
    "ImportedLoan",
    "ImportedReceipt",
    "InspectionReport",
    "LoanBookAdapter",
    "LoanDay",
    "LoanOpening",
    "LoanView",
    "PaymentSplit",
    "PeriodAt",
    "PoolCriteria",
    "PoolDeal",
    "PortfolioTotals",
    "ReceiptData",
    "ReceiptsWaiting",
    "SignedPaper",
    "StandingAt",
    "WarningSum",
    "arrears_days_of",
    "arrears_first_day",
    "arrears_keep",
    "arrears_kept",
    "arrears_last_day",
    "arrears_moves",
    "arrears_visible",
    "balance_by_product",
    "bucket",
    "carryings_at",
    "change_approve",
    "change_reject",
    "change_request",
    "changes_visible",
    "claim_buy_back",
    "controls",
    "day_parts_of",
    "inspection_approve",
    "inspection_plan",
    "inspection_return",
    "inspection_submit",
    "inspections_plan",
    "inspections_to_make",
    "inspections_visible_ids",
    "instalments_visible",
    "interest_earned_at",
    "last_dues_debited",
    "lien_release_complete",
    "lien_release_open",
    "loan_days",
    "loan_get",
    "loan_open",
    "loans_classify",
    "loans_import",
    "loans_paid_up",
    "loans_settled",
    "loans_to_debit",
    "loans_touched",
    "loans_visible",
    "loans_visible_ids",
    "loans_with_class",
    "loans_with_moves",
    "next_debit_day",
    "not_in_arrears",
    "papers_signed",
    "payment_splits",
    "periods_of",
    "pool_approve",
    "pool_books",
    "pool_carry_out",
    "pool_close",
    "pool_create",
    "pool_loans_sold",
    "portfolio_backfill",
    "portfolio_by_bucket",
    "portfolio_totals",
    "positions_at",
    "provide_losses",
    "provided_at",
    "provisions_at",
    "receipt_confirm",
    "receipt_file_enter",
    "receipt_file_register",
    "receipt_register",
    "receipts_visible",
    "receipts_waiting",
    "received_by_month",
    "refund_approve",
    "refund_reject",
    "refund_request",
    "signed_changes_visible_ids",
    "standings_at",
    "taken_over_moves",
    "taken_over_total",
    "warnings_by_series",
    "warnings_open",
    "warnings_settle",
    "write_offs_to_ask",
]
WARNING_CAUSES = tuple(cause.value for cause in WarningCause)


@dataclass(frozen=True)
class LoanView:
    """A loan as other contexts see it; amounts in fen, days past due on the business date."""

    id: int
    loan_no: str
    contract_id: int
    contract_no: str
    customer_id: int
    customer_name: str
    state: str
    principal: Fen
    principal_balance: Fen
    days_past_due: int
    disbursed_on: date
    settled_on: date | None


def loan_get(loan_no: str) -> LoanView:
    """A loan. Errors: NotFound."""
    loan = Loan.objects.select_related("customer").filter(loan_no=loan_no).first()
    if loan is None:
        raise NotFound(field="loan_no", what="loan")
    return LoanView(
        loan.pk,
        loan.loan_no,
        loan.contract_id,
        loan.contract_no,
        loan.customer_id,
        loan.customer.name,
        loan.state,
        Fen(loan.principal),
        Fen(loan.principal_balance),
        days_past_due(loan.next_unpaid_due_on, business_date()),
        loan.disbursed_on,
        loan.settled_on,
    )


@dataclass(frozen=True)
class PortfolioTotals:
    """The loans that an actor sees, now: count, principal, and how much of it is on loans in arrears (全额口径)."""

    loans: int
    principal_balance: Fen
    overdue_loans: int
    overdue_balance: Fen


@dataclass(frozen=True)
class BucketShare:
    """Loans and principal of one bucket at the end of a day."""

    business_on: date
    bucket: str
    loans: int
    principal_balance: Fen


def loans_visible_ids(actor: Actor) -> QuerySet[Loan, Any]:
    """The ids of the loans in the actor's scope."""
    return loans_visible(actor).values("pk")


def inspections_visible_ids(actor: Actor) -> QuerySet[Inspection, Any]:
    """The ids of the inspections whose photos an actor may see."""
    return inspections_visible(actor).values("pk")


def inspections_to_make(actor: Actor, inspector_kind: str) -> list[tuple[str, int]]:
    """The numbers and ids of the open inspections in the actor's scope, of one kind and not somebody else's."""
    rows = inspections_visible(actor).filter(state=InspectionState.PLANNED, inspector_kind=inspector_kind)
    return list(rows.filter(inspections_of(actor)).order_by("pk").values_list("inspection_no", "pk")[:20])


def write_offs_to_ask(actor: Actor, count: int) -> list[tuple[str, int]]:
    """The numbers and ids of the candidates for a write-off in the actor's scope, the longest overdue first."""
    rows = write_off_candidates(actor).order_by("next_unpaid_due_on", "pk")
    return list(rows.values_list("loan_no", "pk")[:count])


def arrears_last_day() -> date | None:
    """The last day whose arrears are kept."""
    found: date | None = ArrearsDay.objects.order_by("-business_on").values_list("business_on", flat=True).first()
    return found


def arrears_first_day() -> date | None:
    """The day with which roll rates begin: the last kept one that is a month before the last, or the first kept one."""
    days = ArrearsDay.objects.order_by("business_on").values_list("business_on", flat=True)
    last = arrears_last_day()
    earlier = days.filter(business_on__lte=add_months(last, -1)).last() if last else None
    return earlier or days.first()


def not_in_arrears(on: date, legal_entity_id: int, product_code: str = "") -> tuple[int, Fen]:
    """Loans of a company that were not in arrears at the end of a day, and their principal."""
    rows = PortfolioDay.objects.filter(business_on=on, legal_entity_id=legal_entity_id, bucket=BUCKETS[0])
    chosen = rows.filter(product_code=product_code) if product_code else rows
    sums = chosen.aggregate(count=Coalesce(Sum("loans"), 0), balance=Coalesce(Sum("principal_balance"), 0))
    return sums["count"], Fen(sums["balance"])


def arrears_days_of(loan_ids: Sequence[int], until: date) -> dict[int, int]:
    """At the end of how many days some loans have been in arrears in all (累计逾期天数), up to a day."""
    rows = ArrearsDay.objects.filter(loan__in=loan_ids, business_on__lte=until).order_by()
    return dict(rows.values_list("loan_id").annotate(days=Count("pk")))


def arrears_kept(on: date) -> bool:
    """Whether any loan is kept as in arrears at the end of a day."""
    return ArrearsDay.objects.filter(business_on=on).exists()


def arrears_visible(actor: Actor, on: date) -> QuerySet[ArrearsDay]:
    """The loans in the actor's scope that were in arrears at the end of a day."""
    rows = ArrearsDay.objects.filter(business_on=on)
    return rows if actor.scope(LOAN_VIEW).is_all else rows.filter(loan__in=loans_visible(actor))


def signed_changes_visible_ids(actor: Actor) -> QuerySet[LoanChange, Any]:
    """The ids of the changes whose papers an actor may read: those in scope; a customer's, those they sign."""
    if actor.kind != "customer":
        return changes_visible(actor).values("pk")
    own = PaperSigning.objects.filter(customer_id=actor.customer_id or 0).exclude(state=PaperSigningState.CANCELLED)
    return LoanChange.objects.filter(document_id__in=own.values("document_id")).values("pk")


def instalments_visible(actor: Actor) -> QuerySet[Instalment]:
    """The rows of the plans in force of the loans in the actor's scope."""
    rows = Instalment.objects.all()
    return rows if actor.scope(LOAN_VIEW).is_all else rows.filter(loan__in=loans_visible(actor))


def loans_paid_up(actor: Actor, count: int) -> list[str]:
    """The numbers of the loans in the actor's scope that were disbursed last, owe, and have nothing due by today."""
    rows = loans_visible(actor).filter(state=LoanState.IN_FORCE, next_unpaid_due_on__gt=business_date())
    return list(rows.order_by("-disbursed_on", "-pk").values_list("loan_no", flat=True)[:count])


def pool_loans_sold(pool_no: str) -> list[str]:
    """The numbers of the loans of a pool whose claims are sold and were not bought back."""
    rows = PoolLoan.objects.filter(pool__pool_no=pool_no, state=PoolLoanState.SOLD)
    return list(rows.order_by("pk").values_list("loan__loan_no", flat=True))


def loans_settled(actor: Actor, count: int) -> list[LoanView]:
    """The loans in the actor's scope that were settled last."""
    rows = loans_visible(actor).filter(state=LoanState.SETTLED).order_by("-settled_on", "-pk")
    return [loan_get(loan_no) for loan_no in rows.values_list("loan_no", flat=True)[:count]]


def portfolio_totals(actor: Actor) -> PortfolioTotals:
    """Totals over the loans in the actor's scope."""
    late = Q(next_unpaid_due_on__lt=business_date())
    sums = (
        loans_visible(actor)
        .filter(state=LoanState.IN_FORCE)
        .aggregate(
            loans=Count("pk"),
            balance=Coalesce(Sum("principal_balance"), 0),
            late=Count("pk", filter=late),
            late_balance=Coalesce(Sum("principal_balance", filter=late), 0),
        )
    )
    return PortfolioTotals(sums["loans"], Fen(sums["balance"]), sums["late"], Fen(sums["late_balance"]))


@dataclass(frozen=True)
class ReceiptsWaiting:
    """Receipts that somebody has to do something about: to be confirmed, and in suspense."""

    to_confirm: int
    in_suspense: int


def receipts_waiting(actor: Actor) -> ReceiptsWaiting:
    """Over the receipts in the actor's scope."""
    rows = receipts_visible(actor)
    to_confirm = rows.filter(state=ReceiptState.REGISTERED).count()
    return ReceiptsWaiting(to_confirm, rows.filter(IN_SUSPENSE).count())


def received_by_month(actor: Actor, *, since: date) -> dict[str, Fen]:
    """Confirmed receipts since a date by the month (``2026-11``) of their value, in the actor's scope, in fen."""
    rows = receipts_visible(actor).filter(state=ReceiptState.CONFIRMED, value_on__gte=since)
    months = rows.annotate(month=TruncMonth("value_on")).values_list("month")
    return {f"{on:%Y-%m}": Fen(total) for on, total in months.annotate(total=Sum("amount")).order_by("month")}


def balance_by_product(actor: Actor) -> dict[str, Fen]:
    """Principal outstanding of the loans in the actor's scope by product, largest first, in fen."""
    rows = loans_visible(actor).filter(state=LoanState.IN_FORCE).values_list("product_code")
    return {code: Fen(total) for code, total in rows.annotate(total=Sum("principal_balance")).order_by("-total")}


def portfolio_by_bucket(since: date) -> list[BucketShare]:
    """The daily snapshots since a date, all companies and products together."""
    rows = PortfolioDay.objects.filter(business_on__gte=since).values("business_on", "bucket")
    sums = rows.annotate(count=Sum("loans"), balance=Sum("principal_balance")).order_by("business_on", "bucket")
    return [BucketShare(row["business_on"], row["bucket"], row["count"], Fen(row["balance"])) for row in sums]
