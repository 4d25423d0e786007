"""A loan that cannot be brought to the new date is set aside, and blocks no other."""

from datetime import date, timedelta

from axle.kernel.money import Fen
from axle.platform.models import EodSetAside, EodStepRun
from axle.platform.public import business_date
from axle.platform.testing import client_for, make_user
from axle.servicing.models import Loan
from axle.servicing.tests.acts import INSTALMENT, days_to, pay
from axle.servicing.tests.factories import make_loan

DUE_ON = date(2026, 2, 15)


def waits(loan):
    loan.refresh_from_db()
    return loan.unapplied


def test_one_bad_loan_stops_nothing(only_servicing_steps):
    bad, good = make_loan(1), make_loan(2)
    for loan in (bad, good):
        pay(loan, INSTALMENT)
    terms = bad.terms
    Loan.objects.filter(pk=bad.pk).update(terms={**terms, "method": "nothing"})
    days_to(DUE_ON)
    assert (business_date(), waits(bad), waits(good)) == (DUE_ON, INSTALMENT, Fen(0))
    run = EodStepRun.objects.get(step="apply_overpayments", business_on=DUE_ON - timedelta(days=1))
    assert (run.rows, run.error) == (1, "")
    aside = EodSetAside.objects.get()
    assert (aside.step, aside.subject_no, aside.tries, aside.resolved_at) == (
        "apply_overpayments",
        bad.loan_no,
        1,
        None,
    )

    days_to(DUE_ON + timedelta(days=2))
    aside.refresh_from_db()
    assert (aside.tries, aside.first_on, aside.last_on) == (3, DUE_ON - timedelta(days=1), DUE_ON + timedelta(days=1))
    viewer = client_for(make_user("operator", permissions=["platform.eod.view"]))
    row = viewer.get("/lists/eod_set_asides", is_open="true")[1]["items"][0]
    assert (row["subject_no"], row["tries"]) == (bad.loan_no, 3)
    assert "nothing" in row["error"]

    Loan.objects.filter(pk=bad.pk).update(terms=terms)
    days_to(DUE_ON + timedelta(days=3))
    aside.refresh_from_db()
    assert (waits(bad), aside.tries, bool(aside.resolved_at)) == (0, 3, True)
    assert viewer.get("/lists/eod_set_asides", is_open="true")[1]["total"] == 0
