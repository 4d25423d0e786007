"""Good answers of the data sources, to be changed by ``replace``."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from axle.kernel.money import Fen
from axle.origination.tests.world import TODAY
from axle.sources import ports
from axle.sources.public import (
    AddressAnswer,
    BatteryAnswer,
    CardAnswer,
    CompanyAnswer,
    CourtAnswer,
    EmployerContactAnswer,
    IdentityAnswer,
    IncomeTaxAnswer,
    IndustryListAnswer,
    InsuranceAnswer,
    InvoiceAnswer,
    LendingAnswer,
    LicenceAnswer,
    PermitAnswer,
    PhoneAnswer,
    PhoneBillsAnswer,
    RegistrationAnswer,
    SocialAnswer,
    TelematicsAnswer,
    ValuationAnswer,
    VehicleHistoryAnswer,
    WorkPlatformAnswer,
    credit_figures_read,
)

IDENTITY = IdentityAnswer(identity="match", photo_score=None)
PHONE = PhoneAnswer(
    identity="match", months_from=24, months_until=None, status="normal", is_virtual=False, region_code="330100"
)
LENDING = LendingAnswer(
    applications_7d=0, applications_30d=0, applications_90d=1, applications_180d=1, applications_360d=1, at_banks_90d=1,
    at_consumer_lenders_90d=0, at_small_lenders_90d=0, at_lessors_90d=0, institutions_90d=1, open_loans=1,
    overdue_days=0, overdue_fen=Fen(0), night_share=Decimal(0), days_since_last=40,
)  # fmt: skip
DISHONEST = CourtAnswer(
    certainty="high", dishonest=1, restricted=0, enforcements=0, enforcement_fen=Fen(0), lawsuits=0, loan_lawsuits=0,
    hearings=0, judgments_24m=0, criminal_records=0, latest_on=TODAY,
)  # fmt: skip
REPORT = (
    "<Document><PRH><PA01><PA01A><PA01AI01>1</PA01AI01><PA01AR01>2026-11-20T09:00:00</PA01AR01></PA01A></PA01></PRH>"
    "</Document>"
)
GOOD_CREDIT = replace(
    credit_figures_read(REPORT, ports.Particulars(), on=TODAY),
    is_white=False, months_since_first_account=60, id_is_same=True, worst_tier="1", score=730,
    card_limit_fen=Fen(5_000_000), card_used_fen=Fen(1_750_000),
    card_use_rate=Decimal("0.35"), worst_status_24m=0, overdue_months_24m=0, status_24m="N" * 24,
    monthly_due_fen=Fen(200_000),
)  # fmt: skip
CARD = CardAnswer(identity="match", is_debit=True, account_class=1, bank_code="ICBC")
COMPANY = CompanyAnswer(
    status="in_business", months=90, capital_fen=None, insured_people=None, applicant_role="none",
    region_code="330106", penalties=0,
)  # fmt: skip
VALUE = ValuationAnswer(
    retail_fen=Fen(16_000_000), trade_fen=Fen(14_000_000), residual_12m_rate=None, certainty=90, decoded="match",
    sale_days=35, is_discontinued=False,
)  # fmt: skip
HISTORY = VehicleHistoryAnswer(
    owner="match", accidents_minor=0, accidents_major=0, is_total_loss=False, is_flooded=False, mileage_km=29_000,
    is_mileage_turned_back=False, is_mortgaged=False, is_seized=False, violations_open=0, transfers=1,
)  # fmt: skip
INSURANCE = InsuranceAnswer(
    compulsory_until=TODAY, commercial_until=None, insured_fen=None, claims_36m=0, claims_fen=Fen(0), claims_12m=0,
    third_party_fen=Fen(150_000_000),
)  # fmt: skip
ADDRESS = AddressAnswer(
    region_code="330106", precision="door", place_kind="residence", is_high_risk=False, latitude="30.2741",
    longitude="120.1551",
)  # fmt: skip
LICENCE = LicenceAnswer(identity="match", licence="valid", covers_vehicle=True, points=1, licensed_until=TODAY)
REGISTRATION = RegistrationAnswer(
    registry="normal", inspected_until=TODAY, emission_class=6, is_mortgaged=False, is_seized=False, owned_months=36,
    owner_changes_12m=0, owner_changes=1,
)  # fmt: skip
INVOICE = InvoiceAnswer(invoice="valid", agrees=True, total_fen=Fen(16_000_000))
TELEMATICS = TelematicsAnswer(
    km_per_day=260, active_days=81, night_share=Decimal("0.1"), offline_days=1, detour_nights=0, yard_nights=0,
    income_month_fen=Fen(1_800_000), orders_30d=390,
)  # fmt: skip
LISTED = IndustryListAnswer(
    listing="black", matched_by="id", listed_for="fraud", reporters=1, listed_on=TODAY - timedelta(days=40)
)
PERMITS = PermitAnswer(driver="valid", transport="valid", permitted_until=TODAY, vehicles=1)
WORK = WorkPlatformAnswer(rating=93, platform_months=20, active_months=6, takings_month_fen=Fen(1_100_000))
BATTERY = BatteryAnswer(
    health_rate=Decimal("0.91"), tested_on=TODAY - timedelta(days=30), warranty_until=TODAY.replace(year=2029),
    is_replaced=False,
)  # fmt: skip
SOCIAL = SocialAnswer(
    insured_as="employee", insured_months=61, insured_in_row=24, insured_until=date(2026, 10, 1),
    base_fen=Fen(1_500_000), base_least_fen=Fen(738_420), base_most_fen=Fen(3_692_100), payer="match",
    payer_name="杭州某科技有限公司",
)  # fmt: skip
INCOME_TAX = IncomeTaxAnswer(
    wage_months=11, wages_fen=Fen(16_500_000), labour_fen=Fen(0), business_fen=Fen(0), wage_payers=1,
    wage_payer="match", wage_payer_name="杭州某科技有限公司", wage_until=date(2026, 10, 1),
)  # fmt: skip
PHONE_BILLS = PhoneBillsAnswer(bill_months=6, bill_average_fen=Fen(5_800), bill_latest_fen=Fen(6_000), bills_unpaid=0)
EMPLOYER_CONTACT = EmployerContactAnswer(contact_phone="match", contact_address="unlisted", contact_listed_on=TODAY)
