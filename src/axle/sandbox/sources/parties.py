"""Every source with its path, its way of signing and its words."""

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Event

from axle.sandbox.keys import shared_secret, source_keys
from axle.sandbox.sources import bureau, cars, incomes, persons, registers, tracks, work
from axle.sandbox.sources.desk import Asked, Desk, Party
from axle.sandbox.sources.schemes import HeaderMac, KeyPair, Lines, Sealed, SortedDigest, Token
from axle.sandbox.store import Store
from axle.sandbox.web import Handler

PREFIX = "/sources"


def source_routes(store: Store, keys: Path, stopping: Event) -> dict[tuple[str, str], Handler]:
    """The routes of all sources."""
    notices = HeaderMac(shared_secret(keys, "source_notices"))
    tokens = {
        code: Token(_secret(keys, code)) for code in ("court", "company", "invoice", "work_platform", "income_tax")
    }
    routes: dict[tuple[str, str], Handler] = {
        ("POST", f"{PREFIX}/{code}/token"): token.grant for code, token in tokens.items()
    }
    for party in _parties(keys, tokens):
        routes[(party.method, PREFIX + party.path)] = Desk(store, party, notices, stopping).handle
    return routes


def _secret(keys: Path, code: str) -> bytes:
    return shared_secret(keys, f"source_{code}")


def _json_read(text: str) -> Asked:
    return {name: str(value) for name, value in json.loads(text).items()}


def _parties(keys: Path, tokens: Mapping[str, Token]) -> list[Party]:
    pair = KeyPair(source_keys(keys))

    def mac(code: str) -> HeaderMac:
        return HeaderMac(_secret(keys, code))

    def digest(code: str) -> SortedDigest:
        return SortedDigest(_secret(keys, code))

    return [
        Party("identity", "/police/verify", mac("identity"), _json_read, "gmsfhm", "ywlsh", persons.identity_tell,
              persons.IDENTITY_NOTHING),
        Party("phone", "/telecom/three-factor", digest("phone"), _json_read, "idCard", "orderNo", persons.phone_tell,
              "{}"),
        Party("card", "/bank/four-factor", pair, _json_read, "idNo", "merOrderId", persons.card_tell, "{}"),
        Party("court", "/court/search", tokens["court"], _json_read, "cardNum", "requestId", persons.court_tell,
              persons.COURT_NOTHING),
        Party("company", "/company/detail", tokens["company"], _json_read, "keyword", "requestId", persons.company_tell,
              persons.COMPANY_NOTHING, method="GET"),
        Party("lending", "/lending/query", Sealed(_secret(keys, "lending")), _json_read, "certNo", "reqId",
              persons.lending_tell, persons.LENDING_NOTHING),
        Party("device", "/device/profile", mac("device"), _json_read, "token", "seq", persons.device_tell,
              persons.DEVICE_NOTHING),
        Party("valuation_a", "/valuation-a/price", digest("valuation_a"), _json_read, "vin", "orderNo",
              cars.valuation_a_tell, cars.VALUATION_A_NOTHING, method="GET"),
        Party("valuation_b", "/valuation-b/estimate", mac("valuation_b"), _json_read, "frameNo", "bizNo",
              cars.valuation_b_tell, cars.VALUATION_B_NOTHING),
        Party("vehicle_history", "/vehicle/history", mac("vehicle_history"), _json_read, "vin", "orderId",
              cars.history_tell, cars.HISTORY_NOTHING),
        Party("insurance", "/insurance/policies", Lines(_secret(keys, "insurance")), _lines_read, "vin", "no",
              cars.insurance_tell, cars.INSURANCE_NOTHING),
        Party("address", "/address/verify", digest("address"), _json_read, "address", "orderNo",
              registers.address_tell, registers.ADDRESS_NOTHING, method="GET"),
        Party("licence", "/traffic/licence", Sealed(_secret(keys, "licence")), _json_read, "sfzmhm", "ywlsh",
              registers.licence_tell, registers.LICENCE_NOTHING),
        Party("registration", "/traffic/vehicle", mac("registration"), _json_read, "clsbdh", "lsh",
              registers.registration_tell, registers.REGISTRATION_NOTHING),
        Party("telematics", "/terminals/profile", Sealed(_secret(keys, "telematics")), _json_read, "vin", "serial",
              tracks.telematics_tell, tracks.TELEMATICS_NOTHING),
        Party("industry_list", "/lists/query", digest("industry_list"), _json_read, "certNoHash", "orderNo",
              persons.list_tell, persons.LIST_NOTHING),
        Party("permits", "/transport/permits", pair, _json_read, "zjhm", "lsh", work.permits_tell,
              work.PERMITS_NOTHING),
        Party("work_platform", "/work-platform/driver", tokens["work_platform"], _json_read, "certNo", "requestId",
              work.platform_tell, work.PLATFORM_NOTHING),
        Party("battery", "/battery/report", mac("battery"), _json_read, "vin", "reqId", cars.battery_tell,
              cars.BATTERY_NOTHING),
        Party("invoice", "/tax/invoice", tokens["invoice"], _json_read, "fphm", "requestId", registers.invoice_tell,
              registers.INVOICE_NOTHING),
        Party("phone_bills", "/telecom/bills", digest("phone"), _json_read, "idCard", "orderNo",
              persons.phone_bills_tell, persons.PHONE_BILLS_NOTHING),
        Party("employer_contact", "/company/contact", digest("employer_contact"), _json_read, "dwmc", "orderNo",
              persons.employer_contact_tell, persons.EMPLOYER_CONTACT_NOTHING, method="GET"),
        Party("social_insurance", "/social/contributions", Sealed(_secret(keys, "social_insurance")), _json_read,
              "aac002", "ywlsh", incomes.social_tell, incomes.SOCIAL_NOTHING),
        Party("income_tax", "/tax/income", tokens["income_tax"], _json_read, "zjhm", "lsh", incomes.income_tax_tell,
              incomes.INCOME_TAX_NOTHING),
        Party("credit_report", "/bureau/report", pair, bureau.question_read, "certNo", "reqNo", bureau.report_tell,
              bureau.REPORT_NOTHING, content_type="application/xml; charset=utf-8"),
    ]  # fmt: skip


def _lines_read(text: str) -> Asked:
    """``QUERY|<number>|<vin>|<plate>``. Errors: ValueError."""
    kind, number, vin, plate = text.split("|")
    if kind != "QUERY":
        raise ValueError(kind)
    return {"no": number, "vin": vin, "plate": plate}
