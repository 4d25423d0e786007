"""The loan book as origination's port asks for it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from axle.kernel.money import Fen
from axle.origination.ports import CustomerStanding, LoanTold
from axle.platform.public import Compiled, business_date
from axle.servicing.domain.buckets import days_past_due
from axle.servicing.models import Carrying, Instalment, Loan, LoanArchive, LoanState, PaperKind
from axle.servicing.selectors.visible import loans_in_arrears

FIRST_DEFAULT_DAYS = 30
"""A first instalment that was not paid so many days after it fell due is a first default (首逾)."""

DEALER_OVERDUE_DAYS = 30
"""From so many days overdue on a loan speaks against the dealer that brought it."""


_OF_CUSTOMER = Compiled(
    lambda customer_id: Loan.objects.filter(customer_id=customer_id).values_list(
        "principal_balance", "next_unpaid_due_on", "state"
    )
)


class LoanBookAdapter:
    """What origination asks of the loans in force."""

    def customer_standing(self, customer_id: int) -> CustomerStanding:
        """What a customer owes us now, the days of their oldest arrears, and the loans that they repaid."""
        rows, today = _OF_CUSTOMER.rows(customer_id), business_date()
        open_rows = [(balance, due) for balance, due, state in rows if state == LoanState.IN_FORCE]
        overdue = max((days_past_due(due, today) for _balance, due in open_rows), default=0)
        return CustomerStanding(
            Fen(sum(balance for balance, _due in open_rows)), overdue, settled_loans=len(rows) - len(open_rows)
        )

    def dealer_overdue_rate(self, dealer_id: int) -> Decimal:
        """Principal of a dealer's loans that are overdue by more than thirty days, over that of all its loans: a day
        late is a matter of collection, not of the dealer."""
        loans = Loan.objects.filter(dealer_id=dealer_id, state=LoanState.IN_FORCE)
        total = loans.aggregate(total=Sum("principal_balance"))["total"] or 0
        late = loans_in_arrears(business_date() - timedelta(days=DEALER_OVERDUE_DAYS)).filter(dealer_id=dealer_id)
        overdue = late.aggregate(total=Sum("principal_balance"))["total"] or 0
        return (Decimal(overdue) / total).quantize(Decimal("0.0001")) if total else Decimal(0)

    def first_dues(
        self, dealer_ids: Collection[int], *, since: date, until: date
    ) -> Mapping[tuple[int, date], tuple[int, int]]:
        """By dealer and month: first instalments that fell due, and those not paid within thirty days."""
        latest = business_date() - timedelta(days=FIRST_DEFAULT_DAYS)
        rows = Instalment.objects.filter(loan__dealer_id__in=dealer_ids, no=1, due_on__gte=since, due_on__lt=until)
        counts: dict[tuple[int, date], tuple[int, int]] = defaultdict(lambda: (0, 0))
        told = rows.filter(due_on__lt=latest).values_list("loan__dealer_id", "due_on", "settled_on")
        for dealer_id, due_on, settled_on in told:
            key = (dealer_id or 0, due_on.replace(day=1))
            due, late = counts[key]
            is_late = settled_on is None or (settled_on - due_on).days > FIRST_DEFAULT_DAYS
            counts[key] = (due + 1, late + is_late)
        return counts

    def borrowers(self, customer_ids: Collection[int], *, defaulted_from_days: int) -> Mapping[int, bool]:
        """Customers with a loan, and whether they defaulted on one."""
        today, found = business_date(), dict[int, bool]()
        loans = Loan.objects.filter(customer_id__in=customer_ids)
        for customer, due, worst, carrying in loans.values_list(
            "customer_id", "next_unpaid_due_on", "worst_days", "carrying"
        ):
            is_bad = carrying == Carrying.WRITTEN_OFF or max(worst, days_past_due(due, today)) >= defaulted_from_days
            found[customer] = found.get(customer, False) or is_bad
        return found

    def is_any_financed(self, application_ids: Collection[int]) -> bool:
        """Whether the loan of one of some applications is still owed."""
        return Loan.objects.filter(contract__application_id__in=application_ids, state=LoanState.IN_FORCE).exists()

    def loans_of(self, application_ids: Collection[int]) -> Mapping[int, LoanTold]:
        """The loans of some applications, by application."""
        today = business_date()
        loans = Loan.objects.filter(contract__application_id__in=application_ids)
        columns = ("contract__application_id", "loan_no", "state", "next_unpaid_due_on", "worst_days", "carrying",
                   "principal_balance")  # fmt: skip
        return {
            application: LoanTold(
                loan_no=loan_no,
                state=state,
                days_overdue=days_past_due(due, today) if state == LoanState.IN_FORCE else 0,
                worst_days=worst,
                is_written_off=carrying == Carrying.WRITTEN_OFF,
                principal_balance=Fen(balance),
            )
            for application, loan_no, state, due, worst, carrying, balance in loans.values_list(*columns)
        }

    def dealer_pending_mortgages(self, dealer_id: int, *, paid_out_before: date) -> tuple[int, int]:
        """From the archives: the day of a mortgage is not kept, so that what is missing now counts as late."""
        files = LoanArchive.objects.filter(
            loan__dealer_id=dealer_id, loan__state=LoanState.IN_FORCE, loan__disbursed_on__lt=paid_out_before
        )
        has_papers = Q(contents__contains=[PaperKind.MORTGAGE_PAPERS])
        counted = files.aggregate(all=Count("pk"), pending=Count("pk", filter=~has_papers))
        return counted["all"], counted["pending"]
