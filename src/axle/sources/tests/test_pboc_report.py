"""The PBOC report: made-up reports whose features are known from how they were made, and single figures."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from axle.sources.domain.pboc.analysis import Told, credit_figures
from axle.sources.domain.pboc.report import PbocReport, report_read
from axle.sources.domain.pboc.tree import ReportUnreadable

FOLDER = Path(__file__).parents[4] / "../shared/data/pboc_credit_report"
DAY = date(2024, 5, 1)
made_up = pytest.mark.skipif(
    not FOLDER.exists(), reason="the reports of ../shared/data/pboc_credit_report are not here"
)


def xml_of(tree: dict[str, Any]) -> str:
    root = etree.Element("Document")

    def fill(element: etree._Element, value: Any) -> None:
        if isinstance(value, dict):
            for name, child in value.items():
                for one in child if isinstance(child, list) else [child]:
                    fill(etree.SubElement(element, name), one)
        else:
            element.text = str(value)

    fill(root, tree)
    return etree.tostring(root, encoding="unicode")


def reports() -> Iterator[tuple[PbocReport, dict[str, Any]]]:
    lines = (FOLDER / "synthetic_reports.jsonl").read_text().splitlines()
    expected = (FOLDER / "synthetic_expected.jsonl").read_text().splitlines()
    for line, wanted in zip(lines, expected, strict=True):
        yield report_read(xml_of(json.loads(line))), json.loads(wanted)


def shown(report: PbocReport) -> dict[str, Any]:
    """The figures under the names of the makers' list, which counts in yuan and in days."""
    figures = credit_figures(report, Told(report.id_no), on=DAY)
    credit_cards = [account for account in report.accounts if account.kind == "R2" and account.is_open]
    asked = [search for search in report.searches if search.reason in {"02", "03"}]
    return {
        "rid": report.report_no,
        "n_accounts": len(report.accounts),
        "n_open": figures.open_accounts,
        "n_auto_loans_biz21": sum(account.business == "21" for account in report.accounts),
        "total_open_balance": sum(account.balance or 0 for account in report.accounts if account.is_open) // 100,
        "current_overdue_amount": figures.overdue_now_fen // 100,
        "n_currently_overdue": figures.accounts_overdue_now,
        "max_overdue_months_24m": figures.worst_status_24m or 0,
        "overdue_month_count_24m": figures.overdue_months_24m or 0,
        "max_overdue_months_60m": figures.worst_status_60m or 0,
        "worst_five_tier": figures.worst_tier or "1",
        "card_limit": sum(card.limit or 0 for card in credit_cards) // 100,
        "card_used": sum(card.used or 0 for card in credit_cards) // 100,
        "inq_loan_card_approval_90d": sum((DAY - search.on).days <= 90 for search in asked),
        "n_enforcement": len(report.enforcements),
        "enforcement_amount": figures.enforcement_fen // 100,
        "months_since_first_account": figures.months_since_first_account or 0,
    }


@made_up
def test_every_made_up_report_has_the_features_that_it_was_made_with():
    differing = [
        (report.report_no, name, found[name], wanted)
        for report, expected in reports()
        for found in [shown(report)]
        for name, wanted in expected.items()
        if found[name] != wanted
    ]

    assert differing == []


@made_up
def test_a_report_gives_debts_habit_and_enquiries():
    report = report_read((FOLDER / "synthetic_sample_07.xml").read_text())

    figures = credit_figures(report, Told(report.id_no, phone="19900000008"), on=date(2024, 5, 11))

    assert (figures.report_age_days, figures.is_white, figures.id_is_same, figures.phone) == (10, False, True, "match")
    assert (figures.open_loans, figures.open_cards, figures.open_car_loans) == (4, 2, 0)
    assert (figures.loan_balance_fen, figures.card_used_fen) == (104_279_00, 116_116_00)
    assert (figures.debt_fen, figures.card_limit_fen) == (220_395_00, 230_000_00)
    assert (str(figures.card_use_rate), str(figures.card_use_rate_max)) == ("0.5049", "0.5946")
    assert (figures.monthly_due_fen, figures.loans_without_due) == (11_611_60, 4)
    assert figures.status_24m == "4NNNNNNN1NNNNNNNN1232N1N"
    assert (figures.worst_status_24m, figures.overdue_months_24m, figures.months_since_overdue) == (4, 8, 2)
    assert (figures.accounts_overdue_3m, figures.accounts_overdue_24m, figures.accounts_m3_plus) == (1, 2, 1)
    assert (figures.searches_12m, figures.has_bad_status) == (0, False)


def account(kind: str, business: str, **more: Any) -> dict[str, Any]:
    basics = {"PD01AD01": kind, "PD01AI02": more.get("lender", "L1"), "PD01AD03": business, "PD01AR01": "2020-05-10"}
    basics |= {"PD01AJ01": 10_000, "PD01AJ02": more.get("limit", ""), "PD01AD07": "4"}
    now = {"PD01CD01": more.get("status", "1"), "PD01CJ01": more.get("balance", 5_000), "PD01CD02": "1"}
    now |= {"PD01CJ02": more.get("used", ""), "PD01CJ04": more.get("due", ""), "PD01CS01": more.get("left", "")}
    cells = [{"PD01DR03": month, "PD01DD01": status} for month, status in more.get("cells", {}).items()]
    events = [{"PD01FD01": event} for event in more.get("events", ())]
    return {"PD01A": basics, "PD01C": now, "PD01D": {"PD01DH": cells}, "PD01F": {"PD01FH": events}}


def text_of(*accounts: dict[str, Any], **parts: Any) -> str:
    header = {
        "PA01A": {"PA01AI01": "1", "PA01AR01": "2024-05-01T10:00:00"},
        "PA01B": {"PA01BI01": "999900200010205583"},
    }
    return xml_of({"PRH": {"PA01": header}, "PDA": {"PD01": list(accounts)}, **parts})


def figures_of(*accounts: dict[str, Any], **parts: Any) -> Any:
    return credit_figures(report_read(text_of(*accounts, **parts)), Told("999900200010205583"), on=DAY)


ONE_LOAN = text_of(account("D1", "91"))


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (account("R2", "81", status="5"), "bad_debt_accounts"),
        (account("D1", "91", cells={"2024-04": "B"}), "bad_debt_accounts"),
        (account("C1", "A1"), "asset_disposals"),
        (account("D1", "91", cells={"2024-04": "Z"}), "asset_disposals"),
        (account("C1", "B1"), "guarantor_paid"),
        (account("D1", "91", events=["2"]), "guarantor_paid"),
        (account("D1", "91", status="8"), "court_recoveries"),
        (account("R2", "81", status="31"), "stopped_accounts"),
        (account("R1", "91", status="5"), "stopped_accounts"),
    ],
)
def test_every_kind_of_disposal_is_a_bad_status(one: dict[str, Any], name: str):
    figures = figures_of(one, account("R2", "81", limit=1_000, used=100))

    assert (getattr(figures, name), figures.has_bad_status) == (1, True)


def test_an_extension_is_no_bad_status():
    figures = figures_of(account("D1", "21", events=["1"]))

    assert (figures.extensions, figures.has_bad_status, figures.open_car_loans) == (1, False, 1)


def test_lenders_are_told_by_kind_and_penalties_by_number_and_amount():
    def by(kind: str, **more: Any) -> dict[str, Any]:
        one = account("D1", "91", **more)
        one["PD01A"]["PD01AD02"] = kind
        return one

    fined = {"PF04": [{"PF04A": {"PF04AJ01": fine, "PF04AR01": "2023-03-05"}} for fine in (2_000, "")]}
    figures = figures_of(by("51"), by("25"), by("51", status="3"), by("24"), by("23"), by("22"), by("11"), PAP=fined)

    assert (figures.micro_loans, figures.consumer_loans, figures.car_loans, figures.lessor_loans) == (2, 1, 1, 1)
    assert (figures.penalties, figures.penalties_fen) == (2, 2_000_00)
    assert (figures_of().penalties, figures_of().micro_loans) == (0, 0)


def test_a_person_without_accounts_is_white_and_has_no_habit():
    figures = figures_of()

    assert (figures.is_white, figures.status_24m, figures.card_use_rate, figures.debt_fen) == (True, "", None, 0)
    assert (figures.worst_status_24m, figures.overdue_months_24m, figures.months_since_first_account) == (None,) * 3


def test_what_is_due_is_told_or_follows_from_the_terms_to_come():
    told, spread = account("D1", "91", due=700), account("D1", "91", balance=6_000, left=12)
    unknown, card = account("D1", "91"), account("R2", "81", limit=10_000, used=3_000)

    figures = figures_of(told, spread, unknown, card)

    assert (figures.monthly_due_fen, figures.loans_without_due) == (700_00 + 500_00 + 300_00, 1)


def test_the_same_searcher_counts_once_a_month_for_a_reason():
    twice, other_reason = [("2024-04-20", "B1", "02"), ("2024-04-22", "B1", "02")], ("2024-04-22", "B1", "03")
    rows = [*twice, other_reason, ("2024-03-01", "B2", "02"), ("2024-04-25", "B3", "01")]
    searches = [{"PH010R01": day, "PH010Q02": who, "PH010Q03": why} for day, who, why in rows]

    figures = figures_of(POQ={"PH01": searches})

    assert (figures.searches_1m, figures.searches_3m, figures.searchers_3m) == (2, 3, 2)
    assert (figures.months_since_loan_search, figures.months_since_guarantee_search) == (1, None)


@pytest.mark.parametrize(
    "text",
    [
        "", "<a/>", "no xml", "<Document><PRH><PA01><PA01A/></PA01></PRH></Document>",
        ONE_LOAN.replace("<PD01CJ01>5000</PD01CJ01>", "<PD01CJ01>many</PD01CJ01>"),
        ONE_LOAN.replace("2020-05-10", "10/05/2020"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(text: str):
    with pytest.raises(ReportUnreadable):
        report_read(text)


def test_an_entity_of_a_report_is_not_resolved():
    planted = "<!DOCTYPE Document [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    text = ONE_LOAN.replace("<Document>", f"{planted}<Document>").replace(">L1<", ">&x;<")

    assert "&x;" in text
    assert "root:" not in str(report_read(text))
