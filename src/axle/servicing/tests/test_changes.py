"""Changes of a running loan: asked for, decided by another person, carried out, taken back.

100,000.00 at 9 % over 12 months from 15 January: instalment 8,745.15, due on the 15th. One instalment is paid; the
changes happen on 1 March, between the second and the third due date.
"""

from datetime import date
from decimal import Decimal

import pytest

from axle.amortization.errors import HolidayTooLong
from axle.platform.errors import NotFound, StaleVersion
from axle.platform.public import parameter_set
from axle.platform.testing import make_actor
from axle.servicing.errors import (
    ChangeOpen,
    ChangeStateRefused,
    ChangeUsedUp,
    ChangeWhileOverdue,
    ExtensionTooLong,
    HolidayOverLimit,
    LoanNotInForce,
    RateUnchanged,
    ReviewerIsRequester,
    TermOverCap,
)
from axle.servicing.models import ChangeState, Instalment, LoanChange, LoanEvent
from axle.servicing.services.change_request import change_request, change_withdraw
from axle.servicing.services.change_review import change_approve, change_reject, change_reverse
from axle.servicing.services.payoff_quote_create import payoff_quote_create
from axle.servicing.tests.acts import INSTALMENT, accrues_as_it_replays, assert_clean, days_to, pay, stored
from axle.servicing.tests.factories import FINANCE, START
from axle.servicing.tests.factories import PAID_UP_ON as TODAY

pytestmark = pytest.mark.usefixtures("only_servicing_steps")
MANAGER = make_actor(name="客户经理", user_id=11)
CHECKER = make_actor(name="复核", user_id=12)


@pytest.fixture(autouse=True)
def nobody_signs(loan):
    """Approved changes are carried out at once."""
    parameter_set(
        actor=CHECKER,
        code="servicing.signed_changes",
        value=[],
        effective_from=START,
        legal_entity_id=None,
        note="test",
    )


def ask(loan, kind, **asked):
    return change_request(actor=MANAGER, loan_no=loan.loan_no, kind=kind, asked=asked, reason="客户申请")


def agree(loan, change, **more):
    loan.refresh_from_db()
    given = {"actor": CHECKER, "version": loan.version, "opinion": "同意"} | more
    change_approve(change_no=change.change_no, **given)
    loan.refresh_from_db()
    change.refresh_from_db()
    return change


def changed(loan, kind, **asked):
    return agree(loan, ask(loan, kind, **asked))


def plan(loan):
    rows = Instalment.objects.filter(loan=loan, settled_on=None).order_by("position")
    return [(row.due_on.isoformat(), row.principal + row.interest) for row in rows]


def limit(code, value):
    parameter_set(
        actor=CHECKER, code=f"servicing.{code}", value=value, effective_from=TODAY, legal_entity_id=None, note="test"
    )


class TestExecuted:
    def test_the_due_day_moves_and_the_running_period_bears_the_bridge(self, loan):
        change = changed(loan, "due_day_change", due_day=20)
        assert (change.requested_by, change.reviewed_by, change.opinion) == ("客户经理", "复核", "同意")
        dues = plan(loan)
        assert [on for on, _total in dues][:2] == ["2026-03-20", "2026-04-20"]
        # 92,004.85 owed; 30/360 interest of 35 days at 9 % instead of 690.04 for 30
        first = Instalment.objects.filter(loan=loan, due_on=date(2026, 3, 20)).get()
        assert first.interest == 80_504
        assert (change.state, change.executed_on, loan.matures_on) == ("executed", TODAY, date(2027, 1, 20))
        assert (change.before["next_due_on"], change.after["next_due_on"]) == ("2026-03-15", "2026-03-20")
        accrues_as_it_replays(loan)
        assert_clean()

    def test_an_extension_lowers_the_instalment(self, loan):
        change = changed(loan, "extension", periods=6)
        assert (change.before["instalments_left"], change.after["instalments_left"]) == (11, 17)
        assert change.before["next_due"] == INSTALMENT
        assert change.after["next_due"] < INSTALMENT
        assert loan.matures_on == date(2027, 7, 15)
        assert sum(row.principal for row in Instalment.objects.filter(loan=loan, settled_on=None)) == 9_200_485
        accrues_as_it_replays(loan, days=520)
        assert_clean()

    def test_a_rate_change_holds_from_today(self, loan):
        changed(loan, "rate_change", annual_rate="0.06")
        row = Instalment.objects.filter(loan=loan, due_on=date(2026, 3, 15)).get()
        # 16 of 30 days at 9 %, 14 at 6 % on 92,004.85
        assert row.interest == 58_270
        assert (row.carried, row.starts_on) == (36_802, TODAY)
        assert loan.annual_rate == Decimal("0.06")
        accrues_as_it_replays(loan)
        assert_clean()

    @pytest.mark.parametrize("interest", ["carried", "paid", "waived"])
    def test_a_holiday_puts_off_instalments(self, loan, interest):
        change = changed(loan, "deferral", periods=3, interest=interest)
        assert loan.matures_on == date(2027, 4, 15)
        assert change.after["instalments_left"] == (14 if interest == "paid" else 11)
        assert change.after["next_due_on"] == ("2026-03-15" if interest == "paid" else "2026-06-15")
        accrues_as_it_replays(loan)
        assert_clean()

    def test_money_goes_on_after_a_change(self, loan):
        changed(loan, "extension", periods=3)
        days_to(date(2026, 3, 15))
        asked = plan(loan)[0][1]
        pay(loan, asked)
        assert plan(loan)[0][0] == "2026-04-15"
        assert_clean()


def test_a_reversed_change_leaves_the_plan_as_if_it_had_not_been(loan):
    before = stored(loan)
    change = changed(loan, "extension", periods=6)
    assert stored(loan) != before
    change_reverse(actor=CHECKER, change_no=change.change_no, reason="录入错误")
    assert stored(loan) == before
    change.refresh_from_db()
    assert (change.state, change.closing_reason) == ("reversed", "录入错误")
    with pytest.raises(ChangeStateRefused):
        change_reverse(actor=CHECKER, change_no=change.change_no, reason="再来")
    assert changed(loan, "extension", periods=6).state == "executed"
    assert_clean()


class TestRefused:
    def refuses(self, loan, error, act):
        seen = (stored(loan), list(LoanChange.objects.values()), LoanEvent.objects.count())
        with pytest.raises(error) as refused:
            act()
        assert (stored(loan), list(LoanChange.objects.values()), LoanEvent.objects.count()) == seen
        return refused.value.params

    def test_a_second_request_while_one_is_open(self, loan):
        ask(loan, "extension", periods=3)
        self.refuses(loan, ChangeOpen, lambda: ask(loan, "rate_change", annual_rate="0.05"))

    def test_ones_own_request(self, loan):
        change = ask(loan, "extension", periods=3)
        self.refuses(loan, ReviewerIsRequester, lambda: agree(loan, change, actor=MANAGER))
        reject = {"actor": MANAGER, "change_no": change.change_no, "opinion": "不同意"}
        self.refuses(loan, ReviewerIsRequester, lambda: change_reject(**reject))

    def test_a_loan_that_changed_since_the_reviewer_looked(self, loan):
        change, seen = ask(loan, "extension", periods=3), loan.version
        pay(loan, 100_00)
        self.refuses(loan, StaleVersion, lambda: agree(loan, change, version=seen))
        assert agree(loan, change).state == "executed"

    def test_an_extension_of_more_than_half_the_term(self, loan):
        params = self.refuses(loan, ExtensionTooLong, lambda: ask(loan, "extension", periods=7))
        assert params == {"most": 6}

    def test_a_second_extension(self, loan):
        changed(loan, "extension", periods=2)
        self.refuses(loan, ChangeUsedUp, lambda: ask(loan, "extension", periods=2))

    def test_a_term_over_the_cap(self, loan):
        limit("longest_term_months", 14)
        params = self.refuses(loan, TermOverCap, lambda: ask(loan, "extension", periods=3))
        assert params == {"matures_on": "2027-04-15", "most": 14}
        assert ask(loan, "extension", periods=2).state == "requested"

    def test_a_due_day_while_something_is_overdue(self, loan):
        days_to(date(2026, 3, 20))
        params = self.refuses(loan, ChangeWhileOverdue, lambda: ask(loan, "due_day_change", due_day=20))
        assert params == {"days": 5}

    def test_too_long_a_holiday(self, loan):
        self.refuses(loan, HolidayOverLimit, lambda: ask(loan, "deferral", periods=7))
        limit("holiday_periods", 60)
        self.refuses(loan, HolidayTooLong, lambda: ask(loan, "deferral", periods=12))

    def test_the_rate_it_has(self, loan):
        self.refuses(loan, RateUnchanged, lambda: ask(loan, "rate_change", annual_rate="0.09"))

    def test_a_settled_loan(self, loan):
        change = ask(loan, "extension", periods=3)
        quote = payoff_quote_create(actor=FINANCE, loan_no=loan.loan_no, on=TODAY)
        pay(loan, quote.total, quote=quote.quote_no)
        assert loan.state == "settled"
        self.refuses(loan, LoanNotInForce, lambda: agree(loan, change))
        self.refuses(loan, LoanNotInForce, lambda: ask(loan, "rate_change", annual_rate="0.05"))

    def test_what_is_over(self, loan):
        change = ask(loan, "extension", periods=3)
        change_withdraw(change_no=change.change_no)
        self.refuses(loan, ChangeStateRefused, lambda: agree(loan, change))
        again = ask(loan, "extension", periods=3)
        change_reject(actor=CHECKER, change_no=again.change_no, opinion="资料不全")
        again.refresh_from_db()
        assert (again.state, again.opinion, again.reviewed_by) == (ChangeState.REJECTED, "资料不全", "复核")
        self.refuses(loan, ChangeStateRefused, lambda: agree(loan, again))

    def test_an_unknown_change(self, loan):
        self.refuses(loan, NotFound, lambda: change_withdraw(change_no="BG0"))
