"""Pages in a real Chromium on books of ``size`` loans: seconds until their content is shown.

Cold is a new browser profile that has loaded nothing; warm is the same page opened again. A page is usable when its own
content is there and nothing spins: rows of a table, figures of a chart. The floor is an empty page of the same server.
"""

import os
import statistics
import sys
from time import perf_counter
from typing import Any

import portfolio
from _served import served
from playwright.sync_api import Browser, Page, expect, sync_playwright

from axle.config.demo.accounts import demo_password
from axle.config.runtime.chromium import chromium_find
from axle.config.runtime.console import console_build
from axle.config.runtime.home import find_home
from axle.origination.models import Application
from axle.servicing.models import Loan

GOAL_SECONDS = 2.0
TIMES = 3
PATIENCE_MS = 30_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
ROWS = ".ant-table-row"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread


def run(size: int = 100_000) -> dict[str, Any]:
    """Seconds by page, cold and warm."""
    portfolio.run(size)
    before = os.getloadavg()
    console_build(find_home())
    pages = _pages()
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_find(find_home()), args=FLAGS)
        floor = _floor(browser, address)
        found = [_measured(browser, address, *page) for page in pages]
        browser.close()
    return {
        "size": size,
        "goal_seconds": GOAL_SECONDS,
        "over_goal": sum(max(one["cold_s"], one["warm_s"]) > GOAL_SECONDS for one in found),
        "floor_s": {"an answer of the server, shown": floor},
        "load_average": {"before": before, "after": os.getloadavg()},
        "pages": found,
    }


def _pages() -> list[tuple[str, str, str, str]]:
    """Name, account, address, and what is there when the page can be used."""
    loan = Loan.objects.filter(state="in_force").order_by("-pk")[100]
    application = Application.objects.filter(state="disbursed").order_by("-pk")[100]
    return [
        ("workbench", "finance_manager", "/workbench", "canvas"),
        ("application list", "account_manager", "/intake/applications", ROWS),
        ("application", "account_manager", f"/intake/applications/{application.pk}", ".ant-descriptions"),
        ("inbox", "first_reviewer", "/review/inbox", ".ant-table"),
        ("customer list", "account_manager", "/customer/customers", ROWS),
        ("loan list", "cashier", "/loan/loans", ROWS),
        ("loan", "cashier", f"/loan/loans/{loan.loan_no}", ".ant-descriptions"),
        ("receipt list", "cashier", "/loan/receipts", ROWS),
        ("voucher list", "accountant", "/finance/vouchers", ROWS),
        ("trial balance", "accountant", "/finance/trial-balance", ".ant-table"),
        ("entry lines", "accountant", "/finance/entry-lines", ROWS),
    ]


def _measured(browser: Browser, address: str, name: str, username: str, path: str, content: str) -> dict[str, Any]:
    cold, warm = [], []
    for _time in range(TIMES):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=address)
        answer = context.request.post(
            "/api/v1/session", data={"username": username, "password": demo_password(username)}
        )
        if not answer.ok:
            raise RuntimeError(f"{username} cannot sign in: {answer.text()}")
        sys.stderr.write(f"{name} as {username}\n")
        cold.append(_opened(context.new_page(), path, content))
        warm.append(_opened(context.new_page(), path, content))
        context.close()
    return {
        "page": name,
        "as": username,
        "cold_s": round(statistics.median(cold), 2),
        "warm_s": round(statistics.median(warm), 2),
        "slowest_s": round(max(cold + warm), 2),
    }


def _opened(page: Page, path: str, content: str) -> float:
    begun = perf_counter()
    page.goto(f"/#{path}", wait_until="commit")
    page.locator(content).first.wait_for(state="visible", timeout=PATIENCE_MS)
    expect(page.locator(".ant-spin-spinning, .ant-skeleton-active")).to_have_count(0, timeout=PATIENCE_MS)
    seconds = perf_counter() - begun
    page.close()
    return seconds


def _floor(browser: Browser, address: str) -> float:
    times = []
    for _time in range(TIMES):
        page = browser.new_page(base_url=address)
        begun = perf_counter()
        page.goto("/healthz")
        times.append(perf_counter() - begun)
        page.close()
    return round(statistics.median(times), 3)
