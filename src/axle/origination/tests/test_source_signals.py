"""What each typed answer says as inputs of the strategy; each value of a source read once, and the turns of each."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from axle.kernel.money import Fen
from axle.origination.domain.address_form import address_form
from axle.origination.domain.form import ApplicationForm
from axle.origination.services.source_signals import BROUGHT, signals_told
from axle.origination.tests import answers as good
from axle.origination.tests.world import TODAY
from axle.sources.public import Answers, DeviceAnswer, Gathered, Outcome

DEVICE = DeviceAnswer(
    accounts=2, ids=3, phones=4, cards=5, is_emulator=False, is_tampered=False, network="office", region_code="330200",
    days_known=9,
)  # fmt: skip
COURT = replace(
    good.DISHONEST, enforcements=2, enforcement_fen=Fen(1_234_567), lawsuits=3, loan_lawsuits=1, hearings=1,
    judgments_24m=4, criminal_records=1, criminal_kind="other", hearing_on=TODAY,
)  # fmt: skip
CREDIT = replace(
    good.GOOD_CREDIT, months_since_first_account=70, searches_1m=1, searches_3m=2, searches_6m=3, searchers_3m=4,
    overdue_months_60m=75, overdue_months_24m=9, overdue_peak_60m_fen=Fen(5_100), months_since_overdue=6, open_loans=7,
    unsecured_debt_fen=Fen(8_100), duty_fen=Fen(9_100), duty_overdue=1, open_car_loans=2, overdue_car_loans=1,
    stopped_accounts=3, worst_tier="3", fraud_alerts=1, phone="differ", employer="unknown", address="differ",
    id_is_same=False, tax_arrears_fen=Fen(100), card_use_rate_max=Decimal("0.8"), extensions=1, guarantor_paid=2,
    asset_disposals=4, housing_fund_fen=Fen(300_000), penalties=2, micro_loans=3,
)  # fmt: skip
HISTORY = replace(
    good.HISTORY, owner="differ", accidents_minor=2, accidents_major=1, is_mortgaged=True, is_flooded=True,
    violations_open=4, transfers=5,
)  # fmt: skip
LENDING = replace(
    good.LENDING, applications_7d=1, applications_30d=2, applications_180d=3, at_small_lenders_90d=4,
    night_share=Decimal("0.25"), overdue_fen=Fen(77),
)  # fmt: skip
LAPSED_ON = TODAY - timedelta(days=1)
LAPSED = replace(good.INSURANCE, compulsory_until=LAPSED_ON)

NO_WAGES = replace(
    good.INCOME_TAX, wage_months=0, wages_fen=Fen(0), business_fen=Fen(9), wage_payer=None, wage_payer_name="",
    wage_until=None,
)  # fmt: skip


def _contact(phone: Any, address: Any) -> Any:
    return replace(good.EMPLOYER_CONTACT, contact_phone=phone, contact_address=address)


SAID: dict[str, tuple[Any, dict[str, Any]]] = {
    "phone": (good.PHONE, {"phone_status": "normal", "phone_is_alias": False, "phone_attribution": "same_city"}),
    "card": (good.CARD, {"card_check": "match", "card_kind": "debit_1"}),
    "court": (COURT, {
        "enforcement_fen": 1_234_567, "enforcement_cases": 2, "lawsuits_defendant_24m": 7, "loan_lawsuits_open": 1,
        "criminal_status": "suspected", "hearing_within_30d": True,
    }),
    "company": (good.COMPANY, {"employer_status": "open", "employer_age_months": 90, "employer_staff": 0}),
    "lending": (LENDING, {
        "multi_lending_7d": 1, "multi_lending_30d": 2, "multi_lending_180d": 3, "multi_microloan_90d": 4,
        "multi_night_rate": Decimal("0.25"), "other_overdue_fen": 77,
    }),
    "device": (DEVICE, {
        "device_kind": "physical", "ip_kind": "business", "ip_attribution": "same_province", "device_accounts": 2,
        "device_ids": 3, "device_phones": 4, "device_cards": 5,
    }),
    "vehicle_history": (HISTORY, {
        "plate_owner_check": "mismatch", "vehicle_financed_elsewhere": True, "open_violations": 4, "accident_claims": 3,
        "is_flooded_or_burnt": True, "mileage_check": "consistent", "transfers": 5,
    }),
    "address": (good.ADDRESS, {"address_check": "found", "address_region": "same_city"}),
    "licence": (good.LICENCE, {"licence_status": "valid", "licence_fits_vehicle": True, "licence_points": 1}),
    "telematics": (good.TELEMATICS, {
        "telematics_km_per_day": 260, "telematics_active_rate": Decimal("0.9"), "telematics_night_rate": Decimal("0.1"),
        "telematics_income_gap_rate": Decimal("4.1667"), "telematics_offline_days": 1, "telematics_detour_nights": 0,
        "telematics_yard_nights": 0, "platform_orders_30d": 390,
    }),
    "registration": (good.REGISTRATION, {
        "registry_status": "normal", "registry_lien": "none", "inspection_is_valid": True, "emission_is_allowed": True,
        "title_months_owned": 36, "owner_changes_12m": 0,
    }),
    "invoice": (good.INVOICE, {"invoice_check": "match", "invoice_gap_rate": Decimal("0.0667")}),
    "phone_bills": (good.PHONE_BILLS, {"phone_bill_months": 6, "phone_monthly_fee_fen": 5_800}),
    "employer_contact": (good.EMPLOYER_CONTACT, {"employer_contact_check": "match"}),
    "social_insurance": (good.SOCIAL, {
        "social_kind": "employee", "social_months": 61, "social_idle_months": 0, "social_base_fen": 1_500_000,
        "social_base_bound": "between", "social_employer_check": "match",
    }),
    "income_tax": (replace(good.INCOME_TAX, labour_fen=Fen(60_000)), {
        "tax_wage_months": 11, "tax_income_fen": 1_505_000, "tax_idle_months": 0, "tax_employer_check": "match",
    }),
    "insurance": (replace(good.INSURANCE, claims_fen=Fen(9), claims_12m=2), {
        "insurance_status": "valid", "accident_claims_fen": 9, "insurance_claims_12m": 2,
        "commercial_cover_fen": 150_000_000,
    }),
    "industry_list": (good.LISTED, {"industry_list_status": "hit"}),
    "permits": (replace(good.PERMITS, driver="expired", vehicles=3), {
        "transport_permit": "valid", "driver_permit": "expired", "fleet_vehicles": 3,
    }),
    "work_platform": (good.WORK, {"platform_rating": 93, "cash_flow_cover_rate": Decimal("3.4596")}),
    "battery": (good.BATTERY, {"battery_health_rate": Decimal("0.91"), "battery_warranty_months": 36}),
    "valuation_a": (replace(good.VALUE, decoded="differ"), {
        "vin_decode_check": "mismatch", "model_liquidity_days": 35, "is_model_discontinued": False,
    }),
    "credit_report": (CREDIT, {
        "bureau_history_months": 70, "bureau_hard_queries_1m": 1, "bureau_hard_queries_6m": 3,
        "bureau_query_lenders_3m": 4, "bureau_overdue_months_60m": 60, "bureau_overdue_max_fen": 5_100,
        "bureau_months_since_overdue": 6, "bureau_open_loans": 7, "bureau_unsecured_fen": 8_100,
        "bureau_guarantees_fen": 9_100, "bureau_guarantees_overdue": True, "bureau_car_loans": 2,
        "bureau_car_loan_overdue": True, "bureau_cards_frozen": 3, "bureau_five_class": "substandard",
        "bureau_identity_alert": True, "bureau_differences": 3, "bureau_tax_arrears_fen": 100,
        "bureau_card_max_use_rate": Decimal("0.8"), "bureau_special_trades": 7, "fund_income_gap_rate": Decimal("2.5"),
        "bureau_penalties": 2, "bureau_microloans": 3,
    }),
}  # fmt: skip


def told(source: str, answer: Any, *, kind: str = "used", **customer: Any) -> dict[str, Any]:
    """The inputs when one source says something, has no record (``Outcome``), or fails."""
    form = ApplicationForm.model_validate(
        {
            "customer": {"phone": "13800000001", "region_code": "330106", "id_no": "510104", "monthly_income": "75000"}
            | customer,
            "vehicle": {"mileage_km": 30_000, "price": "150000", "kind": kind},
        }
    )
    outcome = answer if isinstance(answer, Outcome) else Outcome.HIT
    entry = Gathered(source, 1, outcome, "", None if answer is outcome else answer)
    asked, values = signals_told(form, Answers({source: entry}), on=TODAY, instalment=Fen(317_953))
    assert asked == ([BROUGHT[source].asked_as] if values else [])
    return values


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("演示市云栖路1号", "plausible"),
        ("湖北省武汉市洪山区珞喻路一百二十号", "plausible"),
        ("河北省正定县西关村", "plausible"),
        ("浙江省杭州市西湖区文三路", "no_number"),
        ("杭州市西湖区", "short"),
        ("", "short"),
        ("12345678901", "nonsense"),
        ("啊啊啊啊啊啊啊啊啊", "nonsense"),
        ("杭州杭州杭州杭州1", "nonsense"),
    ],
)
def test_an_address_reads_like_one_or_not(address: str, form: str):
    assert address_form(address) == form


@pytest.mark.parametrize("source", BROUGHT)
def test_an_answer_is_read_into_every_input_of_its_source(source: str):
    answer, expected = SAID[source]
    assert told(source, answer) == expected
    assert told(source, Outcome.NO_CONSENT) == {}
    for silent in (Outcome.FAILED, Outcome.LATE, Outcome.REFUSED):
        assert told(source, silent) == dict.fromkeys(expected)


@pytest.mark.parametrize(
    ("source", "answer", "name", "value"),
    [
        ("phone", replace(good.PHONE, is_virtual=True), "phone_is_alias", True),
        ("phone", replace(good.PHONE, region_code="440100"), "phone_attribution", "elsewhere"),
        ("phone", replace(good.PHONE, region_code="510100"), "phone_attribution", "same_city"),
        ("phone", replace(good.PHONE, region_code="511300"), "phone_attribution", "same_province"),
        ("phone", replace(good.PHONE, region_code=""), "phone_attribution", None),
        ("card", replace(good.CARD, is_debit=False), "card_kind", "credit"),
        ("card", replace(good.CARD, account_class=2), "card_kind", "debit_2"),
        ("card", replace(good.CARD, account_class=None), "card_kind", None),
        ("court", Outcome.NO_RECORD, "enforcement_cases", 0),
        ("court", replace(COURT, certainty="low"), "enforcement_fen", 0),
        ("court", replace(COURT, criminal_kind="economic"), "criminal_status", "economic"),
        ("court", replace(COURT, criminal_kind="fugitive"), "criminal_status", "fugitive"),
        ("court", replace(COURT, criminal_kind="drugs", certainty="medium"), "criminal_status", "suspected"),
        ("court", replace(COURT, criminal_kind=None), "criminal_status", "suspected"),
        ("court", replace(COURT, criminal_records=0), "criminal_status", "none"),
        ("court", replace(COURT, hearing_on=TODAY + timedelta(days=30)), "hearing_within_30d", True),
        ("court", replace(COURT, hearing_on=TODAY + timedelta(days=31)), "hearing_within_30d", False),
        ("court", replace(COURT, hearing_on=None), "hearing_within_30d", True),
        ("court", replace(COURT, certainty="low"), "hearing_within_30d", False),
        ("company", Outcome.NO_RECORD, "employer_status", "not_found"),
        ("company", replace(good.COMPANY, insured_people=350), "employer_staff", 350),
        ("lending", Outcome.NO_RECORD, "multi_lending_180d", 0),
        ("lending", replace(LENDING, night_share=None), "multi_night_rate", 0),
        ("address", Outcome.NO_RECORD, "address_check", "not_found"),
        ("address", Outcome.NO_RECORD, "address_region", None),
        ("address", replace(good.ADDRESS, precision="district"), "address_check", "vague"),
        ("address", replace(good.ADDRESS, place_kind="mail_drop"), "address_check", "high_risk"),
        ("address", replace(good.ADDRESS, is_high_risk=True, precision="district"), "address_check", "high_risk"),
        ("address", replace(good.ADDRESS, region_code="650102"), "address_region", "elsewhere"),
        ("licence", Outcome.NO_RECORD, "licence_status", "none"),
        ("licence", replace(good.LICENCE, identity="differ", licence="expired"), "licence_status", "mismatch"),
        ("licence", replace(good.LICENCE, licence="revoked"), "licence_status", "suspended"),
        ("telematics", Outcome.NO_RECORD, "telematics_active_rate", Decimal(0)),
        ("telematics", replace(good.TELEMATICS, income_month_fen=None), "telematics_income_gap_rate", None),
        ("telematics", replace(good.TELEMATICS, yard_nights=4), "telematics_yard_nights", 4),
        ("registration", Outcome.NO_RECORD, "registry_status", "not_found"),
        ("registration", replace(good.REGISTRATION, is_seized=True, is_mortgaged=True), "registry_lien", "seized"),
        ("registration", replace(good.REGISTRATION, is_mortgaged=True), "registry_lien", "mortgaged"),
        ("registration", replace(good.REGISTRATION, inspected_until=None), "inspection_is_valid", False),
        ("registration", replace(good.REGISTRATION, inspected_until=LAPSED_ON), "inspection_is_valid", False),
        ("registration", replace(good.REGISTRATION, emission_class=3), "emission_is_allowed", False),
        ("registration", replace(good.REGISTRATION, emission_class=None), "emission_is_allowed", True),
        ("invoice", Outcome.NO_RECORD, "invoice_check", "not_found"),
        ("invoice", replace(good.INVOICE, agrees=False), "invoice_check", "mismatch"),
        ("invoice", replace(good.INVOICE, invoice="reversed"), "invoice_check", "void"),
        ("phone_bills", Outcome.NO_RECORD, "phone_bill_months", 0),
        ("phone_bills", Outcome.NO_RECORD, "phone_monthly_fee_fen", None),
        ("employer_contact", Outcome.NO_RECORD, "employer_contact_check", "unlisted"),
        ("employer_contact", _contact("differ", "match"), "employer_contact_check", "mismatch"),
        ("employer_contact", _contact("match", "differ"), "employer_contact_check", "match"),
        ("employer_contact", _contact("unlisted", "differ"), "employer_contact_check", "mismatch"),
        ("employer_contact", _contact("unlisted", "match"), "employer_contact_check", "match"),
        ("employer_contact", _contact("unlisted", "unlisted"), "employer_contact_check", "unlisted"),
        ("social_insurance", Outcome.NO_RECORD, "social_kind", "none"),
        ("social_insurance", Outcome.NO_RECORD, "social_base_fen", None),
        ("social_insurance", replace(good.SOCIAL, insured_as="flexible", payer=None), "social_employer_check", None),
        ("social_insurance", replace(good.SOCIAL, payer="differ"), "social_employer_check", "mismatch"),
        ("social_insurance", replace(good.SOCIAL, base_fen=Fen(738_420)), "social_base_bound", "lower"),
        ("social_insurance", replace(good.SOCIAL, base_fen=Fen(738_421)), "social_base_bound", "between"),
        ("social_insurance", replace(good.SOCIAL, base_fen=Fen(3_692_100)), "social_base_bound", "upper"),
        ("social_insurance", replace(good.SOCIAL, insured_until=date(2026, 11, 1)), "social_idle_months", 0),
        ("social_insurance", replace(good.SOCIAL, insured_until=date(2026, 9, 1)), "social_idle_months", 1),
        ("income_tax", Outcome.NO_RECORD, "tax_wage_months", 0),
        ("income_tax", Outcome.NO_RECORD, "tax_income_fen", None),
        ("income_tax", replace(good.INCOME_TAX, wages_fen=Fen(11_000_006)), "tax_income_fen", 1_000_001),
        ("income_tax", NO_WAGES, "tax_wage_months", 0),
        ("income_tax", NO_WAGES, "tax_income_fen", None),
        ("income_tax", NO_WAGES, "tax_idle_months", None),
        ("income_tax", NO_WAGES, "tax_employer_check", None),
        ("income_tax", replace(good.INCOME_TAX, wage_payer="differ"), "tax_employer_check", "mismatch"),
        ("device", replace(DEVICE, region_code="US"), "ip_attribution", "abroad"),
        ("device", replace(DEVICE, region_code="650100"), "ip_attribution", "elsewhere"),
        ("device", replace(DEVICE, is_emulator=True), "device_kind", "emulator"),
        ("device", replace(DEVICE, is_tampered=True), "device_kind", "rooted"),
        ("device", replace(DEVICE, network="tor"), "ip_kind", "proxy"),
        ("vehicle_history", replace(HISTORY, owner="unknown"), "plate_owner_check", None),
        ("vehicle_history", replace(HISTORY, is_mileage_turned_back=True), "mileage_check", "rolled_back"),
        ("vehicle_history", replace(HISTORY, mileage_km=30_001), "mileage_check", "doubtful"),
        ("vehicle_history", replace(HISTORY, mileage_km=None), "mileage_check", None),
        ("vehicle_history", Outcome.NO_RECORD, "transfers", None),
        (
            "insurance",
            LAPSED,
            "insurance_status",
            "lapsed",
        ),
        ("insurance", Outcome.NO_RECORD, "insurance_status", "none"),
        ("insurance", Outcome.NO_RECORD, "commercial_cover_fen", 0),
        ("insurance", replace(good.INSURANCE, claims_12m=None), "insurance_claims_12m", None),
        ("industry_list", Outcome.NO_RECORD, "industry_list_status", "none"),
        ("industry_list", replace(good.LISTED, matched_by="phone"), "industry_list_status", "watch"),
        ("industry_list", replace(good.LISTED, matched_by="id_and_phone"), "industry_list_status", "hit"),
        ("industry_list", replace(good.LISTED, listing="grey"), "industry_list_status", "watch"),
        ("permits", Outcome.NO_RECORD, "transport_permit", "none"),
        ("permits", Outcome.NO_RECORD, "driver_permit", "none"),
        ("permits", Outcome.NO_RECORD, "fleet_vehicles", 0),
        ("permits", replace(good.PERMITS, transport=None), "transport_permit", None),
        ("permits", replace(good.PERMITS, transport="withdrawn"), "transport_permit", "none"),
        ("work_platform", Outcome.NO_RECORD, "cash_flow_cover_rate", None),
        ("work_platform", Outcome.NO_RECORD, "platform_rating", None),
        ("work_platform", replace(good.WORK, active_months=3), "cash_flow_cover_rate", Decimal("3.4596")),
        ("work_platform", replace(good.WORK, active_months=2), "cash_flow_cover_rate", None),
        ("work_platform", replace(good.WORK, rating=None), "platform_rating", None),
        ("battery", Outcome.NO_RECORD, "battery_health_rate", None),
        (
            "battery",
            replace(good.BATTERY, tested_on=TODAY - timedelta(days=365)),
            "battery_health_rate",
            Decimal("0.91"),
        ),
        ("battery", replace(good.BATTERY, tested_on=TODAY - timedelta(days=366)), "battery_health_rate", None),
        ("battery", replace(good.BATTERY, warranty_until=None), "battery_warranty_months", 0),
        ("battery", replace(good.BATTERY, warranty_until=LAPSED_ON), "battery_warranty_months", 0),
        ("valuation_a", Outcome.NO_RECORD, "vin_decode_check", None),
        ("valuation_a", replace(good.VALUE, decoded=None), "vin_decode_check", None),
        ("valuation_a", replace(good.VALUE, is_discontinued=True), "is_model_discontinued", True),
        ("credit_report", replace(CREDIT, worst_tier=""), "bureau_five_class", "normal"),
        ("credit_report", replace(CREDIT, worst_tier="6"), "bureau_five_class", "doubtful"),
        ("credit_report", Outcome.NO_RECORD, "bureau_open_loans", 0),
        ("credit_report", replace(CREDIT, housing_fund_fen=None), "fund_income_gap_rate", 0),
        ("credit_report", Outcome.NO_RECORD, "bureau_five_class", None),
    ],
)
def test_each_turn_of_an_answer(source: str, answer: Any, name: str, value: Any):
    assert told(source, answer)[name] == value


def test_a_resellers_number_is_virtual_and_no_alias():
    assert told("phone", replace(good.PHONE, is_virtual=True), phone="17000000001")["phone_is_alias"] is False


def test_a_new_car_has_no_transport_permit_yet():
    assert told("permits", Outcome.NO_RECORD, kind="new") == {
        "transport_permit": None, "driver_permit": "none", "fleet_vehicles": 0,
    }  # fmt: skip


def test_takings_are_held_against_nothing_without_an_instalment():
    entries = {"work_platform": Gathered("work_platform", 1, Outcome.HIT, "", good.WORK)}
    _, values = signals_told(ApplicationForm(), Answers(entries), on=TODAY)
    assert values == {"platform_rating": 93, "cash_flow_cover_rate": None}


def test_public_bodies_are_not_looked_for_among_companies():
    assert told("company", Outcome.NO_RECORD, employment_kind="public_service") == {}


@pytest.mark.parametrize(("second", "spread"), [(good.VALUE, Decimal(0)), (None, None)])
def test_appraisers_are_compared_where_both_were_asked(second: Any, spread: Decimal | None):
    entries = {"valuation_a": Gathered("valuation_a", 1, Outcome.HIT, "", good.VALUE)}
    of_models = {"vin_decode_check": "match", "model_liquidity_days": 35, "is_model_discontinued": False}
    assert signals_told(ApplicationForm(), Answers(entries), on=TODAY) == (["model_data"], of_models)
    outcome = Outcome.HIT if second else Outcome.LATE
    entries["valuation_b"] = Gathered("valuation_b", 2, outcome, "", second)
    expected = (["model_data", "valuation"], of_models | {"valuation_spread_rate": spread})
    assert signals_told(ApplicationForm(), Answers(entries), on=TODAY) == expected
