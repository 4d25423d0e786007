"""What product takes and gives over HTTP."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from axle.kernel.types import RateStr, Yuan
from axle.platform.http import VersionDetailOut, VersionOut
from axle.platform.public import Input
from axle.product.domain.terms import (
    ProductChannel,
    ProductFeeTiming,
    ProductMethod,
    ProductTerms,
    VehicleKind,
)
from axle.product.models import ProductState

Money = Annotated[Yuan, Field(ge=0, le=100_000_000_000)]


class ProductCreateIn(Input):
    code: str = Field(pattern=r"^[A-Z0-9][A-Z0-9_-]{1,39}$")
    name_zh: str = Field(min_length=1, max_length=80)
    name_en: str = Field(min_length=1, max_length=80)
    legal_entity_id: int


class ProductVersionCreateIn(Input):
    """A new draft; its terms are fixed from the day that it is on sale."""

    product: str = Field(max_length=40)
    terms: ProductTerms
    note: str = Field("", max_length=200)


class ProductVersionUpdateIn(Input):
    """A draft as it shall be; ``revision`` is the one that it was opened with."""

    product_version_id: int
    revision: int
    terms: ProductTerms
    note: str = Field("", max_length=200)


class ProductOut(BaseModel):
    id: int
    code: str


class ProductVersionOut(VersionOut):
    """A version of a product."""

    product: str
    state: ProductState
    revision: int


class ProductVersionDetail(ProductVersionOut, VersionDetailOut):
    """A version with all its terms."""

    name: str
    lender: str
    terms: ProductTerms


class QuoteAsk(BaseModel):
    """What to quote; method and rate default to the product's own, the start to the business date."""

    product_version_id: int
    principal: Annotated[Money, Field(ge=1)]
    periods: int = Field(ge=1, le=120)
    method: ProductMethod | None = None
    annual_rate: Annotated[RateStr, Field(ge=0, le=1)] | None = None
    start_on: date | None = None
    vehicle_price: Money | None = None
    reference_value: Money | None = None
    down_payment: Money | None = None
    vehicle_kind: VehicleKind | None = None
    vehicle_energy: str = "ice"
    vehicle_use: str = "private"
    vehicle_age_months: int | None = Field(None, ge=0, le=600)
    channel: ProductChannel | None = None
    due_day: int | None = Field(None, ge=1, le=28)


class QuoteRow(BaseModel):
    """One instalment; ``balance`` is the principal left after it."""

    no: int
    due_on: date
    days: int
    principal: Yuan
    interest: Yuan
    fee: Yuan
    total: Yuan
    balance: Yuan


class CostItemOut(BaseModel):
    """A cost under normal performance; ``annualised`` is what it adds to the simple annual rate."""

    code: str
    name: str
    timing: ProductFeeTiming
    rate: RateStr | None
    amount: Yuan
    collector: str
    annualised: RateStr


class ContingentOut(BaseModel):
    """A cost that arises only by lateness or early repayment."""

    name: str
    rate: RateStr
    before_month: int | None


class CostSheetOut(BaseModel):
    """All costs of the loan; nothing else will be charged."""

    principal: Yuan
    amount_received: Yuan
    items: list[CostItemOut]
    total_amount: Yuan
    total_annualised: RateStr
    contingent: list[ContingentOut]


class ViolationOut(BaseModel):
    field: str
    code: str
    message: str


class QuoteOut(BaseModel):
    """A quote. ``irr`` counts principal and interest, ``apr`` all costs; simple is labelled 单利 where shown."""

    product: str
    product_version_id: int
    principal: Yuan
    periods: int
    method: ProductMethod
    annual_rate: RateStr
    start_on: date
    matures_on: date
    instalment: Yuan
    interest_total: Yuan
    fee_total: Yuan
    total: Yuan
    irr_simple: RateStr
    irr_compound: RateStr
    apr_simple: RateStr
    apr_compound: RateStr
    cost_cap: RateStr
    cost_cap_source: str
    costs: CostSheetOut
    violations: list[ViolationOut]
    instalments: list[QuoteRow]


class OfferOut(BaseModel):
    """A version on sale, as an intake form offers it."""

    product_version_id: int
    product: str
    name: str
    version_no: int
    terms: ProductTerms
