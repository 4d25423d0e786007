"""The dealer at the counter: the car, the customer, the loan, from papers that are photographed."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.tour import Tour
from tests.browser.words import shown
from tests.journeys import car_loan, papers
from tests.journeys.car_loan import BUYER


def application_sent(phone: Phone, tour: Tour, consent: Callable[[], None]) -> str:
    """Three steps, the applicant's consents, and off it goes; gives the application's number."""
    phone.sign_in("dealer")
    phone.press(phone.words.say("phone.new_application"))
    _car(phone, tour)
    _customer(phone, tour)
    return _loan(phone, tour, consent)


def _car(phone: Phone, tour: Tour) -> None:
    words = phone.words
    phone.photograph("vehicle_invoice", papers.vehicle_invoice(BUYER), words.say("phone.photo_read"))
    expect(phone.line(words.field("vin")).locator("input")).to_have_value(BUYER.vin)
    expect(phone.line(words.say("phone.car_price")).locator("input")).to_have_value(BUYER.price)
    phone.page.get_by_role("button", name=words.say("phone.choose_trim")).click()
    looked_for = f"{car_loan.MAKE} {car_loan.SERIES} {car_loan.MODEL_YEAR}"
    phone.page.get_by_placeholder(words.say("phone.search")).fill(looked_for)
    phone.page.locator(".adm-list-item").filter(has_text=f"{car_loan.SERIES} {car_loan.MODEL_YEAR}").click()
    expect(phone.page.get_by_role("button", name=looked_for)).to_be_visible()
    expect(phone.page.locator(".adm-popup-body:visible")).to_have_count(0)
    tour.take(phone.page, "dealer-car")
    phone.press(words.say("phone.next"))


def _customer(phone: Phone, tour: Tour) -> None:
    words = phone.words
    read = words.say("phone.photo_read")
    for kind, draw in (
        ("id_front", papers.id_front),
        ("id_back", papers.id_back),
        ("driver_licence", papers.driver_licence),
    ):
        phone.photograph(kind, draw(BUYER), read)
    for label, value in (
        (words.say("phone.person_name"), BUYER.name),
        (words.field("id_no"), BUYER.id_no),
        (words.field("residence_address"), BUYER.address),
    ):
        expect(phone.line(label).locator("input")).to_have_value(value)
    tour.take(phone.page, "dealer-customer")
    _nothing_left_open(phone)
    _answers(phone)
    phone.press(words.say("phone.next"))
    expect(phone.line(words.field("product"))).to_be_visible()


def _nothing_left_open(phone: Phone) -> None:
    """What is left open is said beside its line, and the cursor waits in the first of them."""
    line = phone.line(phone.words.field("phone"))
    phone.press(phone.words.say("phone.next"))
    expect(line.locator(".adm-form-item-feedback-error")).to_be_visible()
    expect(line.locator("input")).to_be_focused()


def _answers(phone: Phone) -> None:
    words = phone.words
    for key, text in (
        ("phone", car_loan.PHONE),
        ("employer", car_loan.EMPLOYER),
        ("employment_months", str(car_loan.EMPLOYED_MONTHS)),
        ("monthly_income", car_loan.INCOME),
        ("monthly_debt", car_loan.DEBT),
        ("card_bank", car_loan.CARD_BANK),
        ("card_no", car_loan.CARD_NO),
    ):
        phone.fill(words.field(key), text)
    for key, enum, member in (
        ("marital_status", "MaritalStatus", "married"),
        ("residence_kind", "ResidenceKind", "owned"),
        ("employment_kind", "EmploymentKind", "employed"),
        ("relation", "Relation", "spouse"),
    ):
        phone.pick(words.field(key), words.enum(enum, member))
    phone.page.get_by_role("button", name=words.say("phone.choose_region")).click()
    phone.page.get_by_placeholder(words.say("phone.search")).fill(car_loan.CITY)
    phone.page.locator(".adm-popup .adm-list-item").filter(has_text=car_loan.CITY).click()
    expect(phone.page.get_by_role("button", name=car_loan.CITY)).to_be_visible()
    phone.fill(words.say("phone.person_name"), car_loan.CONTACT, nth=1)
    phone.fill(words.field("phone"), car_loan.CONTACT_PHONE, nth=1)


def consent_asked(phone: Phone) -> None:
    """The dealer has the letter texted; the customer may also scan it."""
    phone.press(phone.words.say("consent.send"))
    expect(phone.page.get_by_role("img", name=phone.words.say("consent.scan"))).to_be_visible()


def consent_given(phone: Phone) -> None:
    """The dealer's page shows that the customer has signed."""
    signed = phone.words.enum("ConsentStanding", "signed")
    expect(phone.page.locator("[data-field=consent] .adm-tag").first).to_have_text(signed)


def _loan(phone: Phone, tour: Tour, consent: Callable[[], None]) -> str:
    words = phone.words
    product = phone.line(words.field("product"))
    product.get_by_role("option").first.click()
    phone.pick(words.field("periods"), words.say("phone.months", months=car_loan.PERIODS))
    phone.pick(words.field("method"), words.enum("ProductMethod", "level_payment"))
    phone.fill(words.say("phone.loan_amount"), car_loan.AMOUNT)
    phone.fill(words.field("down_payment"), car_loan.DOWN_PAYMENT)
    expect(phone.page.locator(".phone-amount")).to_have_text(f"¥{shown(car_loan.INSTALMENT)}")
    phone.page.locator(".phone-amount").scroll_into_view_if_needed()
    tour.take(phone.page, "dealer-loan")
    consent()
    phone.press(words.say("common.submit"))
    phone.page.locator(".adm-dialog").get_by_text(words.say("common.submit"), exact=True).click()
    sent = phone.page.locator(".adm-list-item").filter(has_text=BUYER.name).first
    expect(sent).to_be_visible()
    found = re.search(r"AP\d+", sent.inner_text())
    assert found, sent.inner_text()
    return found.group()
