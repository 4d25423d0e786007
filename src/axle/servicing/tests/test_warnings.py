"""Early warnings on a book: prices that fall, ids that run out, and people's say in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.party.public import CustomerData, customer_save
from axle.platform.models import OperationLog, ParameterValue
from axle.platform.public import business_date_set
from axle.platform.testing import act, client_for, make_actor, make_department, make_entity, make_user, run_jobs
from axle.servicing.domain.warnings import (
    WarningCause,
)
from axle.servicing.eod import warn_of_loans
from axle.servicing.errors import WarningStateRefused
from axle.servicing.models import Loan, LoanWarning, LoanWarningStep
from axle.servicing.parameters import CAR_VALUE_WARNINGS
from axle.servicing.record_checks import warnings_are_their_steps
from axle.servicing.services.payoff_quote_create import payoff_quote_create
from axle.servicing.services.warning_handle import warning_acknowledge, warning_close, warning_note
from axle.servicing.services.warnings_settle import warnings_close, warnings_settle
from axle.servicing.tests.acts import pay
from axle.servicing.tests.factories import CASHIER, START, make_loan

RULE_DATA = CAR_VALUE_WARNINGS.default[0]
TODAY = date(2026, 3, 2)
D = Decimal


def feed(on: date, *prices: tuple[str, str, str], source: str = "行情") -> None:
    """The prices of a day: series, region and index."""
    taken = apps.get_model("decisioning.MarketFeed").objects.create(
        feed_no=f"MF{on:%m%d}{source}", observed_on=on, source=source, row_count=len(prices), moved_count=0,
        taken_by="x",
    )  # fmt: skip
    model = apps.get_model("decisioning.MarketPrice")
    for series, region, index in prices:
        model.objects.create(
            feed=taken, observed_on=on, vehicle_series=series, region=region, price_index=D(index), days_inside=0
        )


def car(loan: Loan, price: int, **customer) -> Loan:
    """The loan with a car that cost so many fen, and facts of its debtor."""
    apps.get_model("vehicle.Vehicle").objects.filter(pk=loan.vehicle_id).update(price=price)
    apps.get_model("vehicle.Trim").objects.update(guide_price=200_000_00)
    if customer:
        apps.get_model("party.Customer").objects.filter(pk=loan.customer_id).update(**customer)
    return loan


def warned() -> list[tuple[str, str, str]]:
    """Contract, level and state of every warning of a car's value that is not closed."""
    rows = LoanWarning.objects.exclude(state="closed").order_by("loan_id")
    return [(warning.loan.contract_no, warning.level, warning.state) for warning in rows]


SERIES = "大众/朗逸"
THEN = date(2026, 1, 10)


class TestCarValues:
    @pytest.fixture(autouse=True)
    def today(self):
        business_date_set(TODAY)

    def test_who_is_warned_at_which_price_and_balance(self):
        for number, price in enumerate((106_383_00, 106_382_00, 96_711_00, 88_652_00, 300_000_00), 1):
            car(make_loan(number), price)  # each owes 100,000.00
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        assert warnings_settle(TODAY) == 3
        # 106,383.00 × 0.94 = 100,000.02: just worth what is owed.  106,382.00 × 0.94 = 99,999.08
        assert warned() == [("HT2", "yellow", "open"), ("HT3", "orange", "open"), ("HT4", "red", "open")]
        told = LoanWarning.objects.get(loan__contract_no="HT4")
        assert (told.value_basis, told.valued_on, told.value_then) == ("price", START, 88_652_00)
        assert (told.present_value, told.principal_balance, told.ltv_rate) == (83_332_88, 100_000_00, D("1.2"))
        assert (told.threshold_rate, told.fall_rate, told.due_on) == (D("1.2"), D("0.06"), date(2026, 3, 5))

    def test_a_smaller_fall_is_no_warning_and_nor_are_other_cars(self):
        car(make_loan(), 100_000_00)
        feed(THEN, (SERIES, "", "100"), ("丰田/卡罗拉", "", "100"))
        feed(TODAY, (SERIES, "", "95"), ("丰田/卡罗拉", "", "50"))
        assert warnings_settle(TODAY) == 0

    def test_twice_the_same_day_gives_one(self):
        car(make_loan(), 90_000_00)
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        assert [warnings_settle(TODAY) for _ in range(3)] == [1, 0, 0]
        assert (LoanWarning.objects.count(), LoanWarningStep.objects.count()) == (1, 1)
        other = LoanWarning.objects.get()
        other.pk, other.warning_no = None, "YJ2"
        with pytest.raises(IntegrityError), transaction.atomic():
            other.save(force_insert=True)

    def test_prices_that_come_back_lower_and_close_it(self):
        car(make_loan(), 90_000_00)
        for on, index in ((THEN, "100"), (date(2026, 3, 2), "90"), (date(2026, 3, 3), "94"), (date(2026, 3, 4), "99")):
            feed(on, (SERIES, "", index))
        found = []
        for day in (2, 3, 4):
            warnings_settle(date(2026, 3, day))
            told = LoanWarning.objects.get()
            found.append((told.level, told.state, told.ltv_rate))
        # 100,000 ÷ 81,000, ÷ 84,600; at 99 prices have fallen by 1 % only
        assert found == [("red", "open", D("1.2346")), ("orange", "open", D("1.182")), ("orange", "closed", D("1.182"))]
        assert (told.closed_on, told.closed_by_step, told.is_watched) == (date(2026, 3, 4), "recovered", False)
        steps = LoanWarningStep.objects.order_by("pk").values_list("kind", "level", "on")
        assert list(steps) == [
            ("raised", "red", date(2026, 3, 2)),
            ("eased", "orange", date(2026, 3, 3)),
            ("recovered", "orange", date(2026, 3, 4)),
        ]
        feed(date(2026, 3, 5), (SERIES, "", "90"))
        assert warnings_settle(date(2026, 3, 5)) == 1
        assert LoanWarning.objects.count() == 2

    def test_a_warning_that_gets_worse_is_open_again(self):
        car(make_loan(), 100_000_00)
        for on, index in ((THEN, "100"), (date(2026, 3, 2), "94"), (date(2026, 3, 10), "80")):
            feed(on, (SERIES, "", index))
        warnings_settle(TODAY)
        warning_acknowledge(actor=CASHIER, warning_no=LoanWarning.objects.get().warning_no, note="联系客户")
        warnings_settle(date(2026, 3, 9))
        assert warned() == [("HT1", "yellow", "acknowledged")]
        warnings_settle(date(2026, 3, 10))
        told = LoanWarning.objects.get()
        assert (told.level, told.state, told.acknowledged_by) == ("red", "open", "")
        assert (told.raised_on, told.level_since, told.due_on) == (TODAY, date(2026, 3, 10), date(2026, 3, 13))

    def test_one_that_a_person_closed_comes_again_only_when_it_is_worse(self):
        car(make_loan(), 100_000_00)
        for on, index in ((THEN, "100"), (date(2026, 3, 2), "94"), (date(2026, 3, 5), "92"), (date(2026, 3, 10), "90")):
            feed(on, (SERIES, "", index))
        warnings_settle(TODAY)
        first = LoanWarning.objects.get()
        warning_close(actor=CASHIER, warning_no=first.warning_no, measure="reached", note="客户按时还款")
        assert [warnings_settle(date(2026, 3, day)) for day in (3, 5, 9)] == [0, 0, 0]
        assert warnings_settle(date(2026, 3, 10)) == 1
        assert warned() == [("HT1", "orange", "open")]  # 100,000 ÷ 90,000
        first.refresh_from_db()
        assert (first.state, first.is_watched, first.closed_by_step) == ("closed", False, "handled")

    def test_a_smaller_balance_closes_it(self):
        loan = car(make_loan(), 100_000_00)
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        warnings_settle(TODAY)
        pay(loan, 8_745_15, date(2026, 2, 15))
        assert loan.principal_balance < 94_000_00
        warnings_settle(date(2026, 3, 3))
        assert LoanWarning.objects.get().closed_by_step == "recovered"

    def test_a_loan_that_is_no_longer_ours_to_watch_closes_it(self):
        loan = car(make_loan(), 100_000_00)
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        warnings_settle(TODAY)
        Loan.objects.filter(pk=loan.pk).update(carrying="sold")
        warnings_settle(TODAY)
        assert LoanWarning.objects.get().closed_by_step == "loan_left"

    def test_a_settled_loan_closes_it_at_once(self):
        loan = car(make_loan(), 100_000_00)
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        warnings_settle(TODAY)
        warnings_close(loan_id=loan.pk, on=TODAY)
        told = LoanWarning.objects.get()
        assert (told.state, told.closed_by_step, told.is_watched) == ("closed", "loan_left", False)

    def test_the_nearest_region_whose_prices_reach_back_counts(self):
        for number, region in enumerate(("330102", "330200", "310000", ""), 1):
            car(make_loan(number), 100_000_00, region_code=region)
        feed(THEN, (SERIES, "", "100"), (SERIES, "33", "100"))
        feed(date(2026, 3, 1), (SERIES, "3301", "100"))  # begins too late to be compared with
        feed(TODAY, (SERIES, "", "99"), (SERIES, "33", "90"), (SERIES, "3301", "99"))
        warnings_settle(TODAY)
        assert warned() == [("HT1", "orange", "open"), ("HT2", "orange", "open")]

    def test_prices_are_compared_with_their_own_source_only(self):
        car(make_loan(), 100_000_00)
        feed(THEN, (SERIES, "", "100"), source="甲")
        feed(TODAY, (SERIES, "", "40"), source="乙")
        assert warnings_settle(TODAY) == 0
        feed(TODAY, (SERIES, "", "90"), source="甲")
        assert warnings_settle(TODAY) == 1

    def test_without_earlier_prices_the_first_known_ones_count(self):
        car(make_loan(), 100_000_00)
        feed(date(2026, 2, 1), (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        assert warnings_settle(TODAY) == 1

    def test_prices_of_days_to_come_count_when_they_come(self):
        car(make_loan(), 100_000_00)
        feed(THEN, (SERIES, "", "100"))
        feed(date(2026, 3, 5), (SERIES, "", "90"))
        assert [warnings_settle(date(2026, 3, day)) for day in (4, 5)] == [0, 1]

    def test_an_appraisal_is_where_a_value_starts_from_and_its_lowest_voice_counts(self):
        loan = car(make_loan(), 150_000_00)
        appraisals = apps.get_model("vehicle.Appraisal").objects
        for source, value in (("person", 95_000_00), ("valuation_a", 90_000_00)):
            appraisals.create(
                vehicle_id=loan.vehicle_id, source=source, value=value, condition="B", appraised_on=date(2026, 2, 20),
                appraiser_name="温",
            )  # fmt: skip
        assert warnings_settle(TODAY) == 1
        told = LoanWarning.objects.get()
        assert (told.level, told.value_basis, told.present_value) == ("orange", "appraisal", 90_000_00)
        assert (told.valued_on, told.fall_rate) == (date(2026, 2, 20), None)

    def curve(self, *points: tuple[str, str, int, str]) -> None:
        curve = apps.get_model("vehicle.ResidualCurve").objects.create(
            curve_no="RV1", source="x", cars=300, left_out=0, state="active", drafted_by="x"
        )
        type(curve).objects.update(drafted_at=datetime(2026, 1, 12, 4, tzinfo=UTC))
        for make, series, age, middle in points:
            apps.get_model("vehicle.ResidualPoint").objects.create(
                curve=curve, make=make, series=series, age_months=age, low=middle, middle=middle, high=middle, cars=30
            )

    def test_a_curve_of_its_make_says_what_a_car_brings_at_its_age(self):
        car(make_loan(), 120_000_00)
        apps.get_model("vehicle.Trim").objects.update(guide_price=130_000_00)
        self.curve(("大众", "", 6, "0.8"), ("大众", "", 12, "0.68"), ("", "", 6, "0.5"))
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "90"))
        warnings_settle(TODAY)
        told = LoanWarning.objects.get()
        # 130,000 × 0.8, and × 0.9 since the curve was made
        assert (told.value_basis, told.value_then, told.present_value) == ("curve", 104_000_00, 93_600_00)
        assert (told.valued_on, told.level) == (date(2026, 1, 12), "yellow")
        apps.get_model("vehicle.Vehicle").objects.update(price=100_000_00)  # no car is worth more than it cost
        warnings_settle(TODAY)
        assert LoanWarning.objects.get().present_value == 90_000_00

    def test_a_price_ages_by_the_curve_of_all_cars(self):
        car(make_loan(), 110_000_00)
        self.curve(("", "", 6, "0.8"), ("", "", 12, "0.68"))
        apps.get_model("vehicle.Vehicle").objects.update(first_registered_on=date(2025, 7, 1), is_new=False)
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "90"))
        warnings_settle(TODAY)
        told = LoanWarning.objects.get()
        # aged from 6 to 8 months: 110,000 × 0.76 ÷ 0.8 × 0.9
        assert (told.value_basis, told.value_then, told.present_value) == ("price", 110_000_00, 94_050_00)

    def test_thresholds_are_those_of_the_company_and_the_day(self):
        car(make_loan(), 100_000_00)
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        strict = RULE_DATA | {"yellow": "0.5", "orange": "0.6", "red": "0.7", "products": ["new_car"]}
        ParameterValue.objects.create(
            code=CAR_VALUE_WARNINGS.code, value=[strict], effective_from=date(2026, 3, 3), set_by="x",
            legal_entity=make_entity(),
        )  # fmt: skip
        warnings_settle(TODAY)
        assert warned() == [("HT1", "yellow", "open")]
        warnings_settle(date(2026, 3, 3))
        assert warned() == [("HT1", "red", "open")]

    def test_many_loans_ask_the_same_questions(self):
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        car(make_loan(1), 90_000_00)
        with CaptureQueriesContext(connection) as few:
            warnings_settle(TODAY)
        for number in range(2, 12):
            car(make_loan(number), 90_000_00)
        with CaptureQueriesContext(connection) as many:
            assert warnings_settle(TODAY) == 10
        assert len(many) <= len(few)

    def test_the_end_of_a_day_warns_by_the_rules_of_the_next(self):
        car(make_loan(), 90_000_00, id_valid_until=date(2026, 3, 10))
        feed(THEN, (SERIES, "", "100"))
        feed(TODAY, (SERIES, "", "94"))
        assert warn_of_loans(date(2026, 3, 1), 0, 1) == 2
        assert warn_of_loans(date(2026, 3, 1), 0, 1) == 0
        assert {warning.raised_on for warning in LoanWarning.objects.all()} == {TODAY}


class TestIds:
    @pytest.fixture(autouse=True)
    def today(self):
        business_date_set(TODAY)

    def test_whose_id_runs_out_is_warned_of(self):
        for number, days in enumerate((61, 60, 15, -1), 1):
            car(make_loan(number), 200_000_00, id_valid_until=TODAY + timedelta(days=days))
        car(make_loan(5), 200_000_00, id_valid_until=TODAY, id_is_long_term=True)
        car(make_loan(6), 200_000_00, id_valid_until=None)
        assert [warnings_settle(TODAY) for _ in range(2)] == [3, 0]
        assert warned() == [("HT2", "yellow", "open"), ("HT3", "orange", "open"), ("HT4", "red", "open")]
        told = LoanWarning.objects.get(level="red")
        assert (told.cause, told.valid_until, told.principal_balance) == (
            WarningCause.ID_EXPIRY,
            TODAY - timedelta(days=1),
            100_000_00,
        )

    def test_days_that_pass_make_it_worse(self):
        car(make_loan(), 200_000_00, id_valid_until=date(2026, 4, 30))
        levels = []
        for on in (TODAY, date(2026, 4, 15), date(2026, 4, 30), date(2026, 5, 1)):
            warnings_settle(on)
            levels.append(LoanWarning.objects.get().level)
        assert levels == ["yellow", "orange", "orange", "red"]

    def test_repaid_loans_and_other_causes_are_left_alone(self):
        car(make_loan(), 200_000_00, id_valid_until=TODAY)
        assert warnings_settle(TODAY, causes=[WarningCause.CAR_VALUE]) == 0
        Loan.objects.update(state="settled", principal_balance=0, settled_on=TODAY)
        assert warnings_settle(TODAY) == 0

    def test_one_customer_is_settled_without_the_others(self):
        first, second = (car(make_loan(n), 200_000_00, id_valid_until=TODAY) for n in (1, 2))
        assert warnings_settle(TODAY) == 2
        apps.get_model("party.Customer").objects.update(id_valid_until=date(2046, 1, 1))
        assert warnings_settle(TODAY, causes=[WarningCause.ID_EXPIRY], customer_id=first.customer_id) == 1
        assert warned() == [(second.contract_no, "orange", "open")]
        assert LoanWarning.objects.get(loan=first).closed_by_step == "recovered"


class TestHandling:
    @pytest.fixture
    def warning(self) -> LoanWarning:
        business_date_set(TODAY)
        car(make_loan(), 200_000_00, id_valid_until=TODAY)
        warnings_settle(TODAY)
        return LoanWarning.objects.get()

    def user(self, *, scope="all", department=None, name="manager"):
        permissions = ["servicing.warning.view", "servicing.warning.handle", "servicing.loan.view"]
        return make_user(name, permissions=permissions, scope=scope, department=department)

    def test_a_warning_is_acknowledged_noted_and_closed_on_record(self, warning):
        client = client_for(self.user())
        asked = {"warning_no": warning.warning_no}
        assert client.command("loan_warning_acknowledge", asked | {"note": "今日联系"})[0] == 200
        assert client.command("loan_warning_note", asked | {"note": "客户下周补交"})[0] == 200
        status, told = client.get(f"/loan-warnings/{warning.warning_no}")
        assert (status, told["warning_state"], told["actions"]) == (
            200,
            "acknowledged",
            ["loan_warning_note", "loan_warning_close"],
        )
        assert client.command("loan_warning_close", asked | {"note": "已收到新证件"})[0] == 422
        closing = asked | {"note": "已收到新证件", "measure": "reached"}
        status, told = client.command("loan_warning_close", closing)
        assert (status, told["warning_state"]) == (200, "closed")
        warning.refresh_from_db()
        assert (warning.closed_on, warning.measure, warning.closed_by_step) == (TODAY, "reached", "handled")
        kinds = list(LoanWarningStep.objects.order_by("pk").values_list("kind", "note"))
        assert kinds == [
            ("raised", ""),
            ("acknowledged", "今日联系"),
            ("noted", "客户下周补交"),
            ("handled", "已收到新证件"),
        ]
        names = OperationLog.objects.filter(operation__startswith="loan_warning").order_by("pk")
        assert list(names.values_list("operation", flat=True)) == [
            "loan_warning_acknowledge",
            "loan_warning_note",
            "loan_warning_close",
        ]

    @pytest.mark.parametrize("command", ["loan_warning_acknowledge", "loan_warning_note", "loan_warning_close"])
    def test_what_is_closed_stays_so(self, warning, command):
        warning_close(actor=CASHIER, warning_no=warning.warning_no, measure="none_needed", note="无需处理")
        before = list(LoanWarning.objects.values())
        more = {"measure": "reached"} if command == "loan_warning_close" else {}
        status, told = client_for(self.user()).command(
            command, {"warning_no": warning.warning_no, "note": "再来"} | more
        )
        assert (status, told["code"]) == (409, "warning_state_refused")
        assert list(LoanWarning.objects.values()) == before

    def test_it_is_acknowledged_once(self, warning):
        warning_acknowledge(actor=CASHIER, warning_no=warning.warning_no, note="")
        with pytest.raises(WarningStateRefused):
            warning_acknowledge(actor=CASHIER, warning_no=warning.warning_no, note="")
        warning_note(actor=CASHIER, warning_no=warning.warning_no, note="电话未接")
        assert LoanWarning.objects.get().note == "电话未接"

    def test_who_may_not_is_refused_and_nothing_changes(self, warning):
        before = list(LoanWarning.objects.values())
        viewer = client_for(make_user("viewer", permissions=["servicing.warning.view"]))
        asked = {"warning_no": warning.warning_no, "note": "已联系"}
        assert viewer.command("loan_warning_note", asked)[0] == 403
        assert client_for(make_user("nobody")).get("/lists/loan_warnings")[0] == 403
        other = make_department("别的区")
        outsider = client_for(self.user(scope="department", department=other, name="outsider"))
        assert outsider.command("loan_warning_note", asked)[0] == 404
        assert outsider.get(f"/loan-warnings/{warning.warning_no}")[0] == 404
        assert outsider.get("/lists/loan_warnings")[1]["total"] == 0
        assert outsider.get("/lists/loan_warning_steps")[1]["total"] == 0
        assert list(LoanWarning.objects.values()) == before

    def test_a_warning_that_its_steps_do_not_tell_is_found(self, warning):
        assert warnings_are_their_steps() == []
        LoanWarning.objects.update(level="red")
        no = warning.warning_no
        assert warnings_are_their_steps() == [f"warning {no} open red last step raised orange"]
        LoanWarning.objects.update(level="orange")
        warning_close(actor=CASHIER, warning_no=no, measure="reached", note="已联系")
        assert warnings_are_their_steps() == []
        LoanWarning.objects.update(state="open", closed_on=None, closed_by_step="", measure="")
        assert warnings_are_their_steps() == [f"warning {no} open orange last step handled orange"]

    def test_the_list_finds_and_filters(self, warning):
        client = client_for(self.user())
        status, page = client.get("/lists/loan_warnings", warning_level="orange", warning_cause="id_expiry", q="YJ")
        assert (status, page["total"]) == (200, 1)
        row = page["items"][0]
        assert (row["loan_no"], row["id_valid_until"]) == (warning.loan.loan_no, TODAY.isoformat())
        assert row["actions"] == ["loan_warning_acknowledge", "loan_warning_note", "loan_warning_close"]
        assert client.get("/lists/loan_warnings", warning_level="red")[1]["total"] == 0
        business_date_set(date(2026, 3, 10))
        assert client.get("/lists/loan_warnings", is_late="true")[1]["total"] == 1
        assert client.get("/lists/loan_warnings", loan_no=warning.loan.loan_no)[1]["total"] == 1


def test_prices_that_are_taken_warn_behind_the_feed():
    business_date_set(TODAY)
    car(make_loan(), 100_000_00)
    feed(THEN, (SERIES, "", "100"))
    client = client_for(make_user("analyst", permissions=["decisioning.policy.edit"]))
    prices = [{"vehicle_series": SERIES, "region": "", "price_index": "94"}]
    status, told = client.command(
        "market_feed_take", {"observed_on": TODAY.isoformat(), "market_source": "行情", "prices": prices}
    )
    assert status == 200, told
    assert "warn_of_car_values" in run_jobs()
    assert warned() == [("HT1", "yellow", "open")]


def test_the_report_counts_by_series_and_level():
    business_date_set(TODAY)
    for number, price in enumerate((100_000_00, 90_000_00, 60_000_00, 60_000_00), 1):
        car(make_loan(number), price)
    feed(THEN, (SERIES, "", "100"))
    feed(TODAY, (SERIES, "", "94"))
    assert warnings_settle(TODAY) == 4
    warning_close(
        actor=CASHIER, warning_no=LoanWarning.objects.latest("pk").warning_no, measure="reached", note="已联系"
    )
    client = client_for(make_user("risk", permissions=["servicing.warning.view"]))
    status, page = client.get("/reports/loan_warnings_by_series")
    assert status == 200, page
    (row,) = page["items"]
    assert (row["make"], row["series"], row["loans"], row["principal_balance"]) == ("大众", "朗逸", 3, "300000.00")
    assert [row[f"loans_{level}"] for level in ("yellow", "orange", "red")] == [1, 1, 1]
    assert [row[f"principal_{level}"] for level in ("yellow", "orange", "red")] == ["100000.00"] * 3
    assert row["red_rate"] == "0.3333"
    assert client.get("/reports/loan_warnings_by_series", warning_cause="id_expiry")[1]["items"] == []
    cards = {card["key"]: card["value"] for card in client.get("/workbench")[1]["cards"]}
    assert cards["open_loan_warnings"] == "3"
    outsider = make_user(
        "far", permissions=["servicing.warning.view"], scope="department", department=make_department("远")
    )
    assert client_for(outsider).get("/reports/loan_warnings_by_series")[1]["items"] == []
    assert client_for(make_user("other")).get("/reports/loan_warnings_by_series")[0] == 403
    assert "open_loan_warnings" not in {
        card["key"] for card in client_for(make_user("third")).get("/workbench")[1]["cards"]
    }


def test_a_new_id_on_record_closes_the_warning_at_once():
    business_date_set(TODAY)
    loan = car(make_loan(2), 200_000_00, id_valid_until=TODAY)
    warnings_settle(TODAY)
    customer = apps.get_model("party.Customer").objects.get(pk=loan.customer_id)
    data = CustomerData(name=customer.name, id_no=customer.id_no, phone=customer.phone, employer="新单位")
    clerk = make_actor(name="文员", user_id=5)
    with act(clerk):
        customer_save(actor=clerk, data=data)
    assert warned() == [("HT2", "orange", "open")]
    with act(clerk):
        customer_save(actor=clerk, data=replace(data, id_valid_until=date(2046, 3, 1)))
    assert LoanWarning.objects.get().closed_by_step == "recovered"


def test_money_that_settles_the_loan_closes_the_warning():
    business_date_set(TODAY)
    loan = car(make_loan(), 200_000_00, id_valid_until=TODAY)
    warnings_settle(TODAY)
    quote = payoff_quote_create(actor=CASHIER, loan_no=loan.loan_no, on=TODAY)
    pay(loan, quote.total, quote=quote.quote_no)
    assert loan.state == "settled"
    assert LoanWarning.objects.get().closed_by_step == "loan_left"
