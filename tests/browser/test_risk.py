"""Prices that fall: an analyst tightens the policy by them, another person lets it count, and loans are warned of."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect

from axle.decisioning.models import PolicyCalibration
from axle.decisioning.public import ObservedPrice, market_feed_take
from axle.platform.public import acting, business_date, system_actor
from axle.platform.testing import forget_jobs, run_jobs
from axle.servicing.models import LoanWarning
from axle.vehicle.models import Vehicle
from tests.browser.conftest import shot, signed_in
from tests.browser.desk import SLOW, done, fill, pick_day, press, window
from tests.browser.test_second_person import decided, registered
from tests.journeys.book import Book

pytestmark = pytest.mark.browser
FELL_TO = Decimal("0.2")


def _series(book: Book) -> str:
    trim = Vehicle.objects.get(pk=book.loan.vehicle_id).trim
    return f"{trim.make}/{trim.series}"


def worked() -> None:
    """The worker's part: the effect on past cases, and the warnings."""
    run_jobs()
    connection.close()


def test_prices_that_fell_tighten_the_policy_and_warn_of_loans(book: Book, address: str, browser: Browser) -> None:
    series, before = _series(book), book.loan.disbursed_on - timedelta(days=1)
    actor = system_actor("demo")
    with acting(actor, "market_feed_take"):
        for day in (before, business_date() - timedelta(days=31)):
            prices = [ObservedPrice(series, "", Decimal(1))]
            market_feed_take(actor=actor, observed_on=day, source="演示二手车指数", prices=prices)
    forget_jobs()

    analyst = signed_in(browser, address, "risk_analyst", page="/#/risk/market-feeds")
    press(analyst, "导入行情")
    fill(analyst, "行情来源", "演示二手车指数")
    pick_day(analyst, "行情日期", "2026-11-19")
    text = f"vehicle_series,price_index\n{series},{FELL_TO}\n"
    file = {"name": "prices.csv", "mimeType": "text/csv", "buffer": text.encode()}
    window(analyst).locator("input[type=file]").set_input_files(file)
    press(analyst, "导入行情")
    done(analyst, "导入行情")
    analyst.get_by_role("row").filter(has_text="2026-11-19").get_by_text("按行情计算校准").click(timeout=SLOW)
    press(analyst, "按行情计算校准")
    done(analyst, "按行情计算校准")

    drafted = PolicyCalibration.objects.latest("pk")
    analyst.goto(f"/#/risk/calibrations/{drafted.pk}")
    press(analyst, "影响试算")
    press(analyst, "影响试算")
    done(analyst, "影响试算")
    with ThreadPoolExecutor(1) as pool:  # the browser's loop runs in this thread
        pool.submit(worked).result()
    analyst.reload()
    press(analyst, "启用校准")
    press(analyst, "启用校准")
    pending = registered(analyst)
    shot(analyst, "calibration-pending")
    decided(browser, address, "second_reviewer", pending, drafted.calibration_no)

    analyst.goto("/#/loan/warnings")
    warned = LoanWarning.objects.get(loan=book.loan)
    expect(analyst.get_by_text(warned.warning_no)).to_be_visible(timeout=SLOW)
    shot(analyst, "loan-warnings")
    analyst.context.close()
