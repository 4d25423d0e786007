"""Changes that the parties sign, changes of who owes and of what is known, and restructuring.

100,000.00 at 9 % over 12 months from 15 January; one instalment is paid; it is 1 March.
"""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction
from PIL import Image, ImageDraw

from axle.amortization.errors import IrregularRemainder, IrregularRowsInvalid, RowsAreFixed
from axle.amortization.public import rules_to_json
from axle.documents.public import document_get
from axle.messaging.errors import CodeWrong
from axle.messaging.models import Message
from axle.party.public import bank_card_add, bank_card_default, customer_particulars
from axle.platform.public import Actor, business_date, business_date_set, customer_actor, parameter_set
from axle.platform.testing import captured, make_actor
from axle.servicing.errors import (
    ChangeNotDifferent,
    ChangeOutdated,
    ChangeOvertaken,
    ChangeStateRefused,
    ChangeWhileOverdue,
    ExtensionDaysOver,
    GuarantorIsDebtor,
    GuarantorUnknown,
    NewDebtorListed,
    NewDebtorRefused,
    NewDebtorWithoutCard,
    PaperNotRead,
    PaperNotWaiting,
    RateOverCap,
    TermOverCap,
)
from axle.servicing.events import DebtTransferred, LoanRestructured, LoanRestructuringUndone
from axle.servicing.models import Loan, LoanChange, LoanDebtor, LoanEvent, LoanGuarantor, PaperSigning
from axle.servicing.selectors.visible import loans_visible
from axle.servicing.services import change_paper
from axle.servicing.services.change_request import ChangeTerms, change_request, change_withdraw
from axle.servicing.services.change_review import change_approve, change_reverse
from axle.servicing.services.paper_sign import PaperAct, paper_code_send, paper_sign
from axle.servicing.tests.acts import INSTALMENT, accrues_as_it_replays, assert_clean, days_to, pay, stored, totals
from axle.servicing.tests.factories import CASHIER, RULES, make_opening

pytestmark = pytest.mark.usefixtures("only_servicing_steps", "signing")
ASKER, CHECKER = make_actor(name="客户经理", user_id=31), make_actor(name="复核", user_id=32)


def limit(code, value):
    parameter_set(
        actor=CHECKER, code=f"servicing.{code}", value=value, effective_from=date(2026, 1, 1), legal_entity_id=None,
        note="test",
    )  # fmt: skip


def ask(loan, kind, asked=None, **terms):
    return change_request(
        actor=ASKER, loan_no=loan.loan_no, kind=kind, asked=asked or {}, reason="客户申请", terms=ChangeTerms(**terms)
    )


def agreed(loan, change):
    change_approve(actor=CHECKER, change_no=change.change_no, opinion="同意")
    for row in (loan, change):
        row.refresh_from_db()
    return change


def done(loan, kind, asked=None, **terms):
    return agreed(loan, ask(loan, kind, asked, **terms))


def person(customer_id) -> Actor:
    return customer_actor(
        customer_id=customer_id, name="本人", permissions=["servicing.loan.view", "servicing.paper.sign"], ip="10.0.0.9"
    )


def drawing() -> bytes:
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(20, 90), (150, 20), (280, 80)], fill=(0, 0, 0, 255), width=6)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def signs(customer_id, change, *, code=None, seconds=30):
    who, paper = person(customer_id), change.document_id
    paper_code_send(actor=who, document_id=paper)
    sent = re.findall(r"验证码是(\d{6})", " ".join(row.content for row in Message.objects.order_by("pk")))
    act = PaperAct(code or sent[-1], drawing(), seconds)
    paper_sign(actor=who, document_id=paper, act=act)


def refused(error, act):
    tables = (Loan, LoanEvent, LoanChange, PaperSigning, LoanDebtor, LoanGuarantor)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    return caught.value.params


class TestSigning:
    def test_an_extension_waits_for_the_borrowers_signature(self, loan, books):
        limit("extension_fee_rate", "0.002")
        before = stored(loan)
        change = done(loan, "extension", {"periods": 3})
        assert (change.state, change.sign_until, change.executed_on) == ("signing", date(2026, 3, 8), None)
        assert stored(loan)[:2] == before[:2]
        assert document_get(change.document_id).state == "draft"
        refused(PaperNotWaiting, lambda: signs(loan.customer_id + 999, change))
        refused(PaperNotRead, lambda: signs(loan.customer_id, change, seconds=1))
        signs_wrongly = lambda: signs(loan.customer_id, change, code="000000")  # noqa: E731
        limit_codes()
        refused(CodeWrong, signs_wrongly)
        signs(loan.customer_id, change)
        change.refresh_from_db()
        loan.refresh_from_db()
        assert (change.state, change.executed_on, loan.matures_on) == ("executed", business_date(), date(2027, 4, 15))
        # 0.2 % of 92,004.85 principal
        assert (change.fee, loan.fee_outstanding, totals(books)["fee_charged.fee"]) == (18_401, 18_401, 18_401)
        assert document_get(change.document_id).state == "sealed"
        evidence = PaperSigning.objects.get(document_id=change.document_id).evidence
        assert (evidence["will_confirmed_by"], evidence["ip"], evidence["read_seconds"]) == ("sms_code", "10.0.0.9", 30)
        refused(PaperNotWaiting, lambda: signs(loan.customer_id, change))
        assert_clean()
        change_reverse(actor=CHECKER, change_no=change.change_no, reason="录入错误")
        loan.refresh_from_db()
        assert (loan.matures_on, loan.fee_outstanding) == (date(2027, 1, 15), 0)
        assert_clean()

    def test_what_nobody_signs_expires(self, loan):
        change = done(loan, "extension", {"periods": 3})
        days_to(date(2026, 3, 8))
        change.refresh_from_db()
        assert change.state == "signing"
        days_to(date(2026, 3, 9))
        change.refresh_from_db()
        assert (change.state, PaperSigning.objects.get().state) == ("expired", "cancelled")
        refused(PaperNotWaiting, lambda: signs(loan.customer_id, change))
        assert ask(loan, "extension", {"periods": 2}).state == "requested"

    def test_a_withdrawn_change_is_not_signed(self, loan):
        change = done(loan, "extension", {"periods": 3})
        change_withdraw(change_no=change.change_no)
        refused(PaperNotWaiting, lambda: signs(loan.customer_id, change))

    def test_a_paper_whose_promise_no_longer_holds_is_not_carried_out(self, loan):
        change = done(loan, "extension", {"periods": 3})
        days_to(date(2026, 3, 5))
        LoanChange.objects.filter(pk=change.pk).update(after={**change.after, "matures_on": "2027-05-15"})
        refused(ChangeOutdated, lambda: signs(loan.customer_id, change))

    def test_not_while_overdue_and_not_for_ever(self, loan):
        limit("extension_longest_days", 60)
        assert refused(ExtensionDaysOver, lambda: ask(loan, "extension", {"periods": 3})) == {"days": 90, "most": 60}
        days_to(date(2026, 3, 20))
        assert refused(ChangeWhileOverdue, lambda: ask(loan, "extension", {"periods": 2})) == {"days": 5}

    def test_a_change_waits_for_its_day(self, loan):
        limit("signed_changes", [])
        change = done(loan, "rate_change", {"annual_rate": "0.06"}, effective_on=date(2026, 3, 5))
        assert (change.state, loan.annual_rate) == ("agreed", Decimal("0.09"))
        days_to(date(2026, 3, 5))
        change.refresh_from_db()
        loan.refresh_from_db()
        assert (change.state, change.executed_on, loan.annual_rate) == ("executed", date(2026, 3, 5), Decimal("0.06"))
        assert_clean()


def limit_codes():
    parameter_set(
        actor=CHECKER, code="messaging.code_resend_seconds", value=0, effective_from=date(2026, 1, 1),
        legal_entity_id=None, note="test",
    )  # fmt: skip


class TestAgreedPlan:
    """On 1 March 92,004.85 are not due; the running period has earned 368.02 of interest."""

    ROWS = ({"due_on": "2026-05-15", "principal": "2004.85"}, {"due_on": "2026-06-30", "principal": "50000.00"},
            {"due_on": "2026-12-31"})  # fmt: skip

    LAID_OUT: ClassVar = {
        "extension": {"periods": 3},
        "rate_change": {"annual_rate": "0.05"},
        "due_day_change": {"due_day": 20},
        "deferral": {"periods": 1, "interest": "carried"},
        "restructuring": {"more_periods": 3},
    }

    def test_rows_are_laid_out_by_hand_and_taken_back(self, loan):
        limit("signed_changes", [])
        before = stored(loan)
        change = done(loan, "agreed_plan", {"rows": list(self.ROWS), "annual_rate": "0.06"})
        assert (change.state, change.after["instalments_left"], change.after["annual_rate"]) == ("executed", 3, "0.06")
        rows = loan.instalments.filter(settled_on=None).order_by("position")
        # 368.02 + 92,004.85 × 6 % ÷ 360 × 74 days; 90,000 × 6 % ÷ 360 × 45; 40,000 × 6 % ÷ 360 × 180
        assert [(row.due_on.isoformat(), row.principal, row.interest) for row in rows] == [
            ("2026-05-15", 200_485, 150_275),
            ("2026-06-30", 5_000_000, 67_500),
            ("2026-12-31", 4_000_000, 120_000),
        ]
        accrues_as_it_replays(loan, 80)
        assert_clean()
        for on in (date(2026, 3, 2), date(2026, 3, 1)):  # the day of the plan is no exception
            business_date_set(on)
            for kind, asked in self.LAID_OUT.items():
                with pytest.raises(RowsAreFixed), transaction.atomic():
                    ask(loan, kind, asked)
        change_reverse(actor=CHECKER, change_no=change.change_no, reason="借款人反悔")
        assert stored(loan) == before
        assert_clean()

    def test_what_cannot_be_is_refused_at_once(self, loan):
        Loan.objects.filter(pk=loan.pk).update(rules=rules_to_json(replace(RULES, rate_cap=Decimal("0.24"))))
        whole = [{"due_on": "2026-05-15"}]
        for error, rows, rate in (
            (IrregularRowsInvalid, [{"due_on": "2026-03-01"}], {}),
            (IrregularRowsInvalid, [{"due_on": "2026-05-15", "principal": "1.00"}, {"due_on": "2026-05-15"}], {}),
            (IrregularRowsInvalid, [{"due_on": "2026-05-15"}, {"due_on": "2026-06-15"}], {}),
            (IrregularRowsInvalid, [{"due_on": "2026-05-15", "principal": "92004.86"}], {}),
            (IrregularRemainder, [{"due_on": "2026-05-15", "principal": "92004.84"}], {}),
            (TermOverCap, [{"due_on": "2031-01-16"}], {}),
            (RateOverCap, whole, {"annual_rate": "0.25"}),
        ):
            with pytest.raises(error), transaction.atomic():
                ask(loan, "agreed_plan", {"rows": rows} | rate)
        assert not LoanChange.objects.exists()

    def test_the_parties_sign_the_rows(self, loan):
        change = done(loan, "agreed_plan", {"rows": list(self.ROWS)})
        assert change.state == "signing"
        rows = change_paper._agreed_rows(loan, change)
        assert [row["due_on"] for row in rows] == [row["due_on"] for row in self.ROWS]
        assert [row["principal"] for row in rows] == ["2004.85", "50000.00", "40000.00"]
        change_withdraw(change_no=change.change_no)
        limit("signed_changes", [])
        with captured(LoanRestructured) as told:  # the same as what a debtor in difficulty is granted
            done(loan, "restructuring", {"rows": list(self.ROWS), "annual_rate": "0.05"})
        assert (loan.matures_on, len(told)) == (date(2026, 12, 31), 1)


class TestRestructuring:
    def test_term_rate_and_holiday_change_at_once_and_are_told(self, loan):
        limit("signed_changes", [])
        before = stored(loan)
        asked = {"more_periods": 8, "annual_rate": "0.06", "periods_off": 2, "interest": "carried"}
        with captured(LoanRestructured) as told:
            change = done(loan, "restructuring", asked)
        assert told == [LoanRestructured(loan.pk, business_date())]
        assert (loan.annual_rate, loan.matures_on, len(change.event_nos)) == (Decimal("0.06"), date(2027, 11, 15), 2)
        accrues_as_it_replays(loan, days=640)
        assert_clean()
        with captured(LoanRestructuringUndone) as undone:
            change_reverse(actor=CHECKER, change_no=change.change_no, reason="录入错误")
        assert undone == [LoanRestructuringUndone(loan.pk, business_date())]
        assert stored(loan) == before
        assert_clean()

    def test_nothing_is_no_restructuring(self, loan):
        refused(ChangeNotDifferent, lambda: ask(loan, "restructuring", {"interest": "carried"}))


class TestParticulars:
    def test_another_plate(self, loan):
        change = done(loan, "plate_change", {"plate_no": "沪A12345"})
        assert (change.state, change.before, change.after) == ("executed", {"plate_no": ""}, {"plate_no": "沪A12345"})
        assert plate(loan) == "沪A12345"
        refused(ChangeNotDifferent, lambda: ask(loan, "plate_change", {"plate_no": "沪A12345"}))
        later = done(loan, "plate_change", {"plate_no": "沪B54321"})
        refused(ChangeOvertaken, lambda: change_reverse(actor=CHECKER, change_no=change.change_no, reason="有误"))
        change_reverse(actor=CHECKER, change_no=later.change_no, reason="有误")
        change_reverse(actor=CHECKER, change_no=change.change_no, reason="有误")
        assert plate(loan) == ""

    def test_another_phone_and_employer(self, loan):
        real(loan.customer_id)
        was = customer_particulars(loan.customer_id)
        asked = {"phone": "13900000001", "employer": "新公司"}
        change = done(loan, "particulars_change", private={"asked": asked})
        assert customer_particulars(loan.customer_id) == was | asked
        assert change.after == {"phone": "139****0001", "employer": "新公司"}
        assert "13900000001" not in str([change.asked, change.before, change.after])
        change_reverse(actor=CHECKER, change_no=change.change_no, reason="有误")
        assert customer_particulars(loan.customer_id) == was

    def test_another_card(self, loan):
        old = bank_card_add(
            actor=CASHIER, customer_id=loan.customer_id, card_no="6222021001122334458", bank_name="工商银行"
        )
        asked = {"card_no": "6217001210024455667", "bank_name": "建设银行", "reserved_phone": ""}
        change = done(loan, "bank_card_change", private={"asked": asked})
        new = bank_card_default(loan.customer_id)
        assert new is not None
        assert (new.id != old.id, change.after["card_no"]) == (True, new.card_no_masked)
        cards = apps.get_model("party.BankCard").objects.filter(customer_id=loan.customer_id).order_by("pk")
        assert list(cards.values_list("state", "is_default")) == [("disabled", False), ("active", True)]
        change_reverse(actor=CHECKER, change_no=change.change_no, reason="有误")
        assert list(cards.values_list("state", "is_default")) == [("active", True), ("disabled", False)]

    def test_guarantors_come_and_go(self, loan):
        refused(GuarantorUnknown, lambda: ask(loan, "guarantor_change", private={"asked": {}}))
        own = apps.get_model("party.Customer").objects.get(pk=loan.customer_id)
        mother = {"name": "张母", "id_no": "110105196508080022", "phone": "13900000002"}
        real(loan.customer_id)
        own.refresh_from_db()
        himself = mother | {"id_no": own.id_no}
        refused(GuarantorIsDebtor, lambda: ask(loan, "guarantor_change", private={"asked": himself}))
        traits = apps.get_model("origination.ApplicationTrait").objects
        debtor = {"kind": "person", "value": UUID(int=1), "person": UUID(int=1), "said_on": business_date()}
        traits.create(application_id=loan.contract.application_id, **debtor)
        first = done(loan, "guarantor_change", private={"asked": mother})
        assert first.after["guarantor_id_no"] == "1101**********0022"
        told = traits.filter(kind="guarantor").values_list("application_id", "person", "said_on")
        assert list(told) == [(loan.contract.application_id, UUID(int=1), business_date())]
        assert apps.get_model("origination.ApplicationGuarantor").objects.get().name == "张母"
        release = done(loan, "guarantor_change", private={"asked": {}})
        assert LoanGuarantor.objects.get().until == business_date()
        change_reverse(actor=CHECKER, change_no=release.change_no, reason="有误")
        assert LoanGuarantor.objects.get().until is None
        change_reverse(actor=CHECKER, change_no=first.change_no, reason="有误")
        assert LoanGuarantor.objects.get().until == business_date()


class TestGuarantor:
    MOTHER = {"name": "张母", "id_no": "110105196508080022", "phone": "13900000002"}

    def test_the_guarantor_signs_too_before_an_extension_is_carried_out(self, loan):
        limit_codes()
        done(loan, "guarantor_change", private={"asked": self.MOTHER})
        guarantor = LoanGuarantor.objects.get()
        assert guarantor.customer_id is None
        change = done(loan, "extension", {"periods": 3})
        guarantor.refresh_from_db()
        rows = PaperSigning.objects.filter(document_id=change.document_id).order_by("pk")
        assert [(row.role, row.customer_id) for row in rows] == [
            ("borrower", loan.customer_id),
            ("guarantor", guarantor.customer_id),
        ]
        assert customer_particulars(guarantor.customer_id)["phone"] == "13900000002"
        signs(loan.customer_id, change)
        change.refresh_from_db()
        assert (change.state, change.executed_on) == ("signing", None)
        signs(guarantor.customer_id, change)
        change.refresh_from_db()
        assert (change.state, change.executed_on) == ("executed", business_date())
        assert document_get(change.document_id).open_roles == ()

    def test_a_new_guarantor_signs_where_the_institution_asks_for_it(self, loan):
        limit("guarantor_signed_changes", ["guarantor_change"])
        change = done(loan, "guarantor_change", private={"asked": self.MOTHER})
        signing = PaperSigning.objects.get(document_id=change.document_id)
        assert (change.state, signing.role, LoanGuarantor.objects.count()) == ("signing", "guarantor", 0)
        refused(PaperNotWaiting, lambda: signs(loan.customer_id, change))
        signs(signing.customer_id, change)
        assert LoanGuarantor.objects.get().name == "张母"
        release = done(loan, "guarantor_change", private={"asked": {}})
        assert release.state == "executed"


class TestDebtTransfer:
    @pytest.fixture
    def taker(self, loan):
        """A customer who could take the debt over."""
        taker = apps.get_model("party.Customer").objects.get(pk=make_opening(2).customer_id)
        bank_card_add(actor=CASHIER, customer_id=taker.pk, card_no="6222021001122334458", bank_name="工商银行")
        return taker

    def test_both_debtors_sign_and_the_new_one_owes(self, loan, taker):
        limit_codes()
        rows, balance, *_rest = stored(loan)
        old = loan.customer_id
        change = done(loan, "debt_transfer", {"customer_id": taker.pk})
        assert change.state == "signing"
        signs(taker.pk, change)
        change.refresh_from_db()
        assert change.state == "signing"
        with captured(DebtTransferred) as told:
            signs(old, change)
        loan.refresh_from_db()
        change.refresh_from_db()
        assert (change.state, loan.customer_id) == ("executed", taker.pk)
        assert stored(loan)[:2] == (rows, balance)
        assert told == [DebtTransferred(loan.pk, old, taker.pk, business_date())]
        contract = apps.get_model("origination.Contract").objects.get(pk=loan.contract_id)
        assert contract.customer_id == taker.pk
        assert list(LoanDebtor.objects.values_list("customer_id", "until")) == [(old, business_date())]
        assert [sees(customer, loan) for customer in (old, taker.pk)] == [False, True]
        pay(loan, INSTALMENT)
        assert_clean()
        change_reverse(actor=CHECKER, change_no=change.change_no, reason="协议解除")
        loan.refresh_from_db()
        assert (loan.customer_id, LoanDebtor.objects.count()) == (old, 0)
        assert [sees(customer, loan) for customer in (old, taker.pk)] == [True, False]
        refused(ChangeStateRefused, lambda: change_reverse(actor=CHECKER, change_no=change.change_no, reason="再次"))

    def test_it_takes_effect_on_its_day(self, loan, taker):
        limit_codes()
        old = loan.customer_id
        change = done(loan, "debt_transfer", {"customer_id": taker.pk}, effective_on=date(2026, 3, 10))
        signs(old, change)
        signs(taker.pk, change)
        change.refresh_from_db()
        assert change.state == "agreed"
        days_to(date(2026, 3, 10))
        loan.refresh_from_db()
        assert (loan.customer_id, LoanDebtor.objects.get().until) == (taker.pk, date(2026, 3, 10))

    def test_not_to_the_debtor_a_child_or_somebody_without_a_card(self, loan, taker):
        refused(NewDebtorRefused, lambda: ask(loan, "debt_transfer", {"customer_id": loan.customer_id}))
        apps.get_model("party.BankCard").objects.all().delete()
        refused(NewDebtorWithoutCard, lambda: ask(loan, "debt_transfer", {"customer_id": taker.pk}))
        apps.get_model("party.Customer").objects.filter(pk=taker.pk).update(birthday=date(2015, 1, 1))
        refused(NewDebtorRefused, lambda: ask(loan, "debt_transfer", {"customer_id": taker.pk}))

    def test_not_to_somebody_on_the_blacklist_and_a_grey_entry_is_shown(self, loan, taker):
        entries, matches = (apps.get_model(f"party.{name}") for name in ("WatchEntry", "WatchMatch"))
        facts = {"subject_kind": "id_no", "value": taker.id_no, "listed_on": date(2026, 1, 1)}
        entry = entries.objects.create(entry_no="WL1", watch_list="black", **facts)
        refused(NewDebtorListed, lambda: ask(loan, "debt_transfer", {"customer_id": taker.pk}))
        entries.objects.filter(pk=entry.pk).update(watch_list="grey")
        change = done(loan, "debt_transfer", {"customer_id": taker.pk})
        signs(loan.customer_id, change)
        signs(taker.pk, change)
        change.refresh_from_db()
        assert (change.state, change.after["debtor_watch_entries"]) == ("executed", "WL1")
        assert matches.objects.values_list("ref_type", "ref_no").get() == ("loan_change", change.change_no)


def plate(loan):
    return apps.get_model("vehicle.Vehicle").objects.get(pk=loan.vehicle_id).plate_no


def sees(customer_id, loan):
    return loans_visible(person(customer_id)).filter(pk=loan.pk).exists()


def real(customer_id):
    """A person whose particulars pass every check."""
    row = apps.get_model("party.Customer").objects.get(pk=customer_id)
    row.id_no = "11010519900307881X"
    row.save()
