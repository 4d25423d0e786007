"""One car loan: who buys what, on which terms, and what each act must leave in the books, to the fen.

The journey over HTTP and the one through the pages tell this same story.
"""

from datetime import date

from axle.config.demo.identifiers import bank_account, resident_id, vin
from axle.config.demo.institution import Place
from axle.vehicle.public import trims
from tests.journeys import papers

BUYER = papers.Buyer(
    name="林知远",
    id_no=resident_id(date(1990, 6, 15), 700),
    address="江苏省苏州市吴中区样本路375号",
    vin=vin(7_000_001),
    price="340000.00",
)
PHONE = "19912340001"
EMPLOYER, EMPLOYED_MONTHS, INCOME, DEBT = "苏州样例科技有限公司", 60, "45000.00", "0.00"
CITY, CITY_CODE = "苏州市", "320500"
CARD_BANK, CARD_NO = "沙箱银行", bank_account(900)
CONTACT, CONTACT_PHONE = "林晚", "19912340002"
MAKE, SERIES, MODEL_YEAR = "宝马", "3系", 2025
AMOUNT, DOWN_PAYMENT, PERIODS, DUE_DAY = "240000.00", "100000.00", 12, 20
INSTALMENT = "20987.24"
PAYEE_ACCOUNT = bank_account(101)
PAYER_ACCOUNT = "车轴汽车金融基本户"


def form(place: Place) -> dict[str, object]:
    """What the dealer types in, as the API takes it."""
    trim = next(trim for trim in trims(make=MAKE, series=SERIES) if trim.model_year == MODEL_YEAR)
    return {
        "dealer_id": place.dealers[0][0],
        "customer": {
            "name": BUYER.name, "id_no": BUYER.id_no, "id_valid_until": "2040-01-01", "phone": PHONE,
            "marital_status": "married", "education": "bachelor", "residence_kind": "owned",
            "residence_address": BUYER.address, "region_code": CITY_CODE, "employment_kind": "employed",
            "employer": EMPLOYER, "employment_months": EMPLOYED_MONTHS, "monthly_income": INCOME,
            "monthly_debt": DEBT, "has_driving_licence": True, "card_bank": CARD_BANK,
            "card_no": CARD_NO, "contacts": [{"name": CONTACT, "relation": "spouse", "phone": CONTACT_PHONE}],
        },
        "vehicle": {"trim_id": trim.id, "vin": BUYER.vin, "kind": "new", "price": BUYER.price, "colour": "白"},
        "loan": {
            "product_version_id": place.products["NEW-CAR"][0], "amount": AMOUNT, "down_payment": DOWN_PAYMENT,
            "periods": PERIODS, "method": "level_payment", "due_day": DUE_DAY,
        },
    }  # fmt: skip


DUES = (date(2026, 12, 20), date(2027, 1, 20), date(2027, 2, 20), date(2027, 3, 20))
"""The first four due dates of a loan paid out on the demo's business date."""
LATE_DAYS = 10
PENALTY = "72.96"
"""Third principal 19,477.84 at one and a half times 8.99 %, ten days of a year of 360."""
LATE_TOTAL = "21060.20"
PAYOFF = {"principal": "181999.92", "interest": "772.64", "fee": "5460.00", "total": "188232.56"}
"""Settled on 7 March, 17 days of a 30-day month after the third due date: of 1,363.48; and 3 % within a year."""
PAYOFF_EARLY = "207522.09"
"""Settled on the second due date, once it is paid: 201,477.76 and 3 % of it."""

ENTRIES = {
    "disbursement": {"1303.01": "240000.00", "1002": "-240000.00"},
    "first": {"1002": "20987.24", "1303.01": "-19189.24", "1132.01": "-1798.00"},
    "second": {"1002": "20987.24", "1303.01": "-19333.00", "1132.01": "-1654.24"},
    "late": {
        "1002": "21060.20", "1303.01": "-19477.84", "1132.01": "-1509.40", "6011.03": "-68.83", "2221.01.02": "-4.13",
    },
    "payoff": {"1002": "188232.56", "1303.01": "-181999.92", "1132.01": "-772.64", "1122.01": "-5460.00"},
}  # fmt: skip
"""What the entry of each act does to the accounts: debits positive, credits negative."""
BALANCES = {"first": "220810.76", "second": "201477.76", "late": "181999.92", "payoff": "0.00"}
"""Principal outstanding after each act."""
