"""Which loans and receipts an actor may see."""

from datetime import date, timedelta

from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest

from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, parameter_value
from axle.servicing import permissions as may
from axle.servicing.domain.warnings import WarningState
from axle.servicing.models import (
    OPEN_INSPECTION_STATES,
    ChangeKind,
    Inspection,
    InspectorKind,
    LienRelease,
    LienReleaseState,
    Loan,
    LoanChange,
    LoanEvent,
    LoanWarning,
    LoanWarningStep,
    PayoffQuote,
    Receipt,
    ReceiptFile,
    ReceiptFileRow,
    ReceiptState,
    Refund,
)
from axle.servicing.parameters import SUSPENSE_DAYS


def loans_visible(actor: Actor) -> QuerySet[Loan]:
    """The loans in the actor's data scope; a borrower's own, a dealer's own."""
    return actor.scope(may.LOAN_VIEW).filter(Loan.objects.all(), channel="dealer_id", customer="customer_id")


def loan_visible(actor: Actor, loan_no: str) -> Loan:
    """One loan in scope. Errors: NotFound."""
    rows = loans_visible(actor).select_related(
        "customer", "dealer", "vehicle__trim", "legal_entity", "product_version__product", "standing"
    )
    loan = rows.filter(loan_no=loan_no).first()
    if loan is None:
        raise NotFound(field="loan_no", what="loan")
    return loan


def loan_entity_visible(actor: Actor, loan_no: str) -> int:
    """The company of a loan in scope. Errors: NotFound."""
    entity = loans_visible(actor).filter(loan_no=loan_no).values_list("legal_entity_id", flat=True).first()
    if entity is None:
        raise NotFound(field="loan_no", what="loan")
    return int(entity)


def loans_listed(actor: Actor) -> QuerySet[Loan]:
    """The loans with their days past due on the business date."""
    days = RawSQL("greatest(%s - servicing_loan.next_unpaid_due_on, 0)", [business_date()], output_field=IntegerField())
    return loans_visible(actor).annotate(days_past_due=Greatest(days, Value(0)), balance=F("principal_balance"))


def receipts_visible(actor: Actor) -> QuerySet[Receipt]:
    """The receipts in the actor's data scope."""
    return actor.scope(may.RECEIPT_VIEW).filter(
        Receipt.objects.all(), channel="dealer_id", customer="loan__customer_id"
    )


def receipt_visible(actor: Actor, receipt_no: str) -> Receipt:
    """One receipt in scope. Errors: NotFound."""
    rows = receipts_visible(actor).select_related("loan", "payoff_quote", "part_of")
    receipt = rows.filter(receipt_no=receipt_no).first()
    if receipt is None:
        raise NotFound(field="receipt_no", what="receipt")
    return receipt


def receipt_seen(actor: Actor, receipt_no: str) -> None:
    """That a receipt is in scope, where nothing of it is read yet. Errors: NotFound."""
    if not receipts_visible(actor).filter(receipt_no=receipt_no).exists():
        raise NotFound(field="receipt_no", what="receipt")


IN_SUSPENSE = Q(state=ReceiptState.CONFIRMED, loan=None)
"""Confirmed money of which nobody has said whose it is."""


def receipts_listed(actor: Actor) -> QuerySet[Receipt]:
    """The receipts with what they paid, and whether their money waits in suspense for somebody to say whose it is."""
    paid = {f"{part}_paid": _paid(*names) for part, names in PAID_ON.items()}
    is_in_suspense = ExpressionWrapper(IN_SUSPENSE, output_field=BooleanField())
    return receipts_visible(actor).annotate(is_in_suspense=is_in_suspense, **paid)


PAID_ON = {
    "principal": ("principal",),
    "interest": ("interest", "interest_taxed", "written_off_interest"),
    "penalty": ("penalty", "compound"),
    "fee": ("fee",),
}
"""By what names postings of a receipt tell what it paid."""
_FEN = BigIntegerField()


def _paid(*names: str) -> RawSQL:
    """What a receipt has paid so far under some names, by its postings that stand."""
    total = " + ".join("coalesce((p.amounts ->> %s)::bigint, 0)" for _name in names)
    sql = f"""(SELECT sum({total}) FROM servicing_posting p WHERE p.loan_id = servicing_receipt.loan_id
        AND p.key = servicing_receipt.receipt_no AND NOT p.is_reversed)"""
    return RawSQL(sql, names, output_field=_FEN)


def suspense_listed(actor: Actor) -> QuerySet[Receipt]:
    """The receipts in suspense, with the days since their money came and whether that is too long."""
    today = business_date()
    days = RawSQL("%s - servicing_receipt.value_on", [today], output_field=IntegerField())
    oldest = today - timedelta(days=parameter_value(SUSPENSE_DAYS.code, on=today))
    is_old = ExpressionWrapper(Q(value_on__lt=oldest), output_field=BooleanField())
    return receipts_visible(actor).filter(IN_SUSPENSE).annotate(days_waiting=days, is_waiting_long=is_old)


def refunds_visible(actor: Actor) -> QuerySet[Refund]:
    """The refunds in the actor's data scope."""
    return actor.scope(may.REFUND_VIEW).filter(Refund.objects.all(), channel="dealer_id", customer="loan__customer_id")


def lien_releases_visible(actor: Actor) -> QuerySet[LienRelease]:
    """The lien releases in the actor's data scope."""
    rows = LienRelease.objects.all()
    return actor.scope(may.LIEN_VIEW).filter(rows, channel="dealer_id", customer="loan__customer_id")


def lien_releases_listed(actor: Actor) -> QuerySet[LienRelease]:
    """The lien releases with whether they are late."""
    is_late = Q(state=LienReleaseState.OPEN, due_on__lt=business_date())
    return lien_releases_visible(actor).annotate(is_late=ExpressionWrapper(is_late, output_field=BooleanField()))


def inspections_visible(actor: Actor) -> QuerySet[Inspection]:
    """The inspections in the actor's data scope."""
    rows = Inspection.objects.all()
    return actor.scope(may.INSPECTION_VIEW).filter(rows, channel="dealer_id")


def inspections_listed(actor: Actor) -> QuerySet[Inspection]:
    """The inspections with whether they are late, and whether they are the actor's to make."""
    is_late = Q(state__in=OPEN_INSPECTION_STATES, due_on__lt=business_date())
    return inspections_visible(actor).annotate(
        is_late=ExpressionWrapper(is_late, output_field=BooleanField()),
        is_mine=ExpressionWrapper(inspections_of(actor), output_field=BooleanField()),
    )


def inspections_of(actor: Actor) -> Q:
    """The inspections that a person may make: their own, their dealer's, or the field staff's that nobody has."""
    if actor.kind == "dealer":
        return Q(inspector_kind=InspectorKind.DEALER)
    return ~Q(inspector_kind=InspectorKind.DEALER) & (Q(inspector=None) | Q(inspector_id=actor.employee_id))


def warnings_visible(actor: Actor) -> QuerySet[LoanWarning]:
    """The early warnings in the actor's data scope."""
    return actor.scope(may.WARNING_VIEW).filter(LoanWarning.objects.all(), channel="dealer_id")


def warnings_listed(actor: Actor) -> QuerySet[LoanWarning]:
    """The early warnings with whether nobody has closed them in time."""
    is_late = ~Q(state=WarningState.CLOSED) & Q(due_on__lt=business_date())
    return warnings_visible(actor).annotate(is_late=ExpressionWrapper(is_late, output_field=BooleanField()))


def warning_steps_listed(actor: Actor) -> QuerySet[LoanWarningStep]:
    """What happened to the early warnings in the actor's data scope."""
    return LoanWarningStep.objects.filter(warning__in=warnings_visible(actor))


def changes_visible(actor: Actor) -> QuerySet[LoanChange]:
    """The changes asked for in the actor's data scope."""
    return actor.scope(may.CHANGE_VIEW).filter(
        LoanChange.objects.all(), channel="dealer_id", customer="loan__customer_id"
    )


def extensions_listed(actor: Actor) -> QuerySet[LoanChange]:
    """The extensions asked for in the actor's data scope."""
    return changes_visible(actor).filter(kind=ChangeKind.EXTENSION)


def debt_transfers_listed(actor: Actor) -> QuerySet[LoanChange]:
    """The transfers of debts asked for in the actor's data scope."""
    return changes_visible(actor).filter(kind=ChangeKind.DEBT_TRANSFER)


def events_listed(actor: Actor) -> QuerySet[LoanEvent]:
    """The events of the loans in scope, with the amount of those that have one."""
    rows = LoanEvent.objects.filter(loan__in=loans_visible(actor))
    return rows.annotate(amount=RawSQL("((payload ->> 'amount')::numeric * 100)::bigint", [], output_field=_FEN))


def receipt_files_visible(actor: Actor) -> QuerySet[ReceiptFile]:
    """The files of receipts in the actor's data scope."""
    return actor.scope(may.RECEIPT_VIEW).filter(ReceiptFile.objects.all())


def receipt_file_visible(actor: Actor, file_no: str) -> ReceiptFile:
    """One file in scope. Errors: NotFound."""
    file = receipt_files_visible(actor).select_related("legal_entity").filter(file_no=file_no).first()
    if file is None:
        raise NotFound(field="file_no", what="receipt_file")
    return file


def receipt_rows_visible(actor: Actor) -> QuerySet[ReceiptFileRow]:
    """The rows of the files in scope."""
    return ReceiptFileRow.objects.filter(file__in=receipt_files_visible(actor))


def quotes_visible(actor: Actor) -> QuerySet[PayoffQuote]:
    """The payoff quotes of the loans in scope."""
    return PayoffQuote.objects.filter(loan__in=loans_visible(actor))


def loans_in_arrears(on: date) -> QuerySet[Loan]:
    """Loans with an instalment past due on a date."""
    return Loan.objects.filter(state="in_force", next_unpaid_due_on__lt=on)
