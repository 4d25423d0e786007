"""All sources, connected to one address."""

from pathlib import Path

from axle.integrations.data_sources.adapter import Notices, VendorSource
from axle.integrations.data_sources.bureau import CreditBureau
from axle.integrations.data_sources.cars import (
    AppraiserA,
    AppraiserB,
    BatteryTests,
    InsurerPlatform,
    VehicleHistory,
)
from axle.integrations.data_sources.incomes import IncomeTax, SocialInsurance
from axle.integrations.data_sources.persons import (
    BankCard,
    CompanyRegistry,
    CourtRecords,
    DeviceProfile,
    EmployerContact,
    IndustryList,
    LendingBureau,
    PoliceIdentity,
    TelecomBills,
    TelecomPhone,
)
from axle.integrations.data_sources.registers import (
    AddressLibrary,
    LicenceRegister,
    TaxInvoices,
    VehicleRegister,
)
from axle.integrations.data_sources.tracks import TerminalPlatform
from axle.integrations.data_sources.wires import (
    DigestWire,
    KeyWire,
    LineWire,
    MacWire,
    Place,
    SealedWire,
    SecretFile,
    TokenWire,
    Wire,
)
from axle.integrations.data_sources.work import TransportRegister, WorkPlatform

NOTICE_PATH = "/api/v1/callbacks/sources"


def sources_connected(*, base_url: str, own_url: str, keys: Path) -> dict[str, VendorSource]:
    """Every source by its code."""
    notices = Notices(SecretFile(keys / "source_notices.secret"))

    def secret(code: str) -> SecretFile:
        return SecretFile(keys / f"source_{code}.secret")

    def token(code: str, *, is_query: bool = False) -> TokenWire:
        return TokenWire(secret(code), f"{base_url}/{code}/token", is_query)

    table: dict[str, tuple[type[VendorSource], str, Wire]] = {
        "identity": (PoliceIdentity, "/police/verify", MacWire(secret("identity"))),
        "phone": (TelecomPhone, "/telecom/three-factor", DigestWire(secret("phone"))),
        "card": (BankCard, "/bank/four-factor", KeyWire(keys)),
        "court": (CourtRecords, "/court/search", token("court")),
        "company": (CompanyRegistry, "/company/detail", token("company", is_query=True)),
        "lending": (LendingBureau, "/lending/query", SealedWire(secret("lending"))),
        "device": (DeviceProfile, "/device/profile", MacWire(secret("device"))),
        "valuation_a": (AppraiserA, "/valuation-a/price", DigestWire(secret("valuation_a"), is_query=True)),
        "valuation_b": (AppraiserB, "/valuation-b/estimate", MacWire(secret("valuation_b"))),
        "vehicle_history": (VehicleHistory, "/vehicle/history", MacWire(secret("vehicle_history"))),
        "insurance": (InsurerPlatform, "/insurance/policies", LineWire(secret("insurance"))),
        "address": (AddressLibrary, "/address/verify", DigestWire(secret("address"), is_query=True)),
        "licence": (LicenceRegister, "/traffic/licence", SealedWire(secret("licence"))),
        "registration": (VehicleRegister, "/traffic/vehicle", MacWire(secret("registration"))),
        "telematics": (TerminalPlatform, "/terminals/profile", SealedWire(secret("telematics"))),
        "industry_list": (IndustryList, "/lists/query", DigestWire(secret("industry_list"))),
        "permits": (TransportRegister, "/transport/permits", KeyWire(keys)),
        "work_platform": (WorkPlatform, "/work-platform/driver", token("work_platform")),
        "battery": (BatteryTests, "/battery/report", MacWire(secret("battery"))),
        "invoice": (TaxInvoices, "/tax/invoice", token("invoice")),
        "phone_bills": (TelecomBills, "/telecom/bills", DigestWire(secret("phone"))),
        "employer_contact": (
            EmployerContact,
            "/company/contact",
            DigestWire(secret("employer_contact"), is_query=True),
        ),
        "social_insurance": (SocialInsurance, "/social/contributions", SealedWire(secret("social_insurance"))),
        "income_tax": (IncomeTax, "/tax/income", token("income_tax")),
        "credit_report": (CreditBureau, "/bureau/report", KeyWire(keys, root="Request")),
    }
    return {
        code: vendor(wire, Place(base_url + path, f"{own_url.rstrip('/')}{NOTICE_PATH}/{code}"), notices)
        for code, (vendor, path, wire) in table.items()
    }
