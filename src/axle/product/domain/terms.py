"""The terms of a product version: everything that the institution promises and asks, as one validated document."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from typing_extensions import TypeAliasType

from axle.amortization.public import COMPONENTS, AllocationMode, Component, PartialMode
from axle.kernel.money import Fen
from axle.kernel.types import RateStr, Yuan

# Named types, so that forms and documents show their labels (enum.<name> in the catalogues).
ProductMethod = TypeAliasType("ProductMethod", Literal["level_payment", "level_principal", "interest_first", "flat"])
VehicleKind = TypeAliasType("VehicleKind", Literal["new", "used"])
VehicleKindOrAny = TypeAliasType("VehicleKindOrAny", Literal["new", "used", "any"])
EnergyOrAny = TypeAliasType("EnergyOrAny", Literal["ice", "nev", "any"])
UseOrAny = TypeAliasType("UseOrAny", Literal["private", "commercial", "any"])
ProductChannel = TypeAliasType("ProductChannel", Literal["dealer", "direct", "online"])
ProductFeeTiming = TypeAliasType("ProductFeeTiming", Literal["upfront", "financed", "by_instalment"])
ProductFeePayer = TypeAliasType("ProductFeePayer", Literal["borrower", "dealer", "manufacturer"])
ProductDayCount = TypeAliasType("ProductDayCount", Literal["30/360", "actual/360", "actual/365"])
ProductDocumentNode = TypeAliasType(
    "ProductDocumentNode", Literal["intake", "review", "signing", "disbursement", "after_disbursement"]
)
DueDayKind = TypeAliasType("DueDayKind", Literal["disbursement_day", "fixed_day", "chosen_day"])
InterestTo = TypeAliasType("InterestTo", Literal["date", "period_end"])
PartialPrepaymentMode = TypeAliasType("PartialPrepaymentMode", PartialMode)
PenaltyBaseKind = TypeAliasType("PenaltyBaseKind", Literal["principal", "instalment"])
AllocationModeKind = TypeAliasType("AllocationModeKind", AllocationMode)
AllocationComponent = TypeAliasType("AllocationComponent", Component)
MAX_PERIODS = 120

Periods = Annotated[int, Field(ge=1, le=MAX_PERIODS)]
Share = Annotated[RateStr, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class RateRange(_Part):
    """Annual rates offered; for ``flat`` the annual flat rate on the original principal."""

    minimum: Share
    maximum: Share
    default: Share

    @model_validator(mode="after")
    def _default_lies_inside(self) -> Self:
        if not self.minimum <= self.default <= self.maximum:
            raise ValueError("rate_default_outside_range")
        return self


class LtvCap(_Part):
    """The highest loan to value for a kind of vehicle; the most specific cap that fits applies.

    Source: REG-AUTO-LOAN-RATIO.
    """

    vehicle_kind: VehicleKind
    energy: EnergyOrAny = "any"
    use: UseOrAny = "any"
    cap: Annotated[RateStr, Field(gt=0, le=2)]

    def fits(self, kind: str, energy: str, use: str) -> bool:
        return self.vehicle_kind == kind and self.energy in ("any", energy) and self.use in ("any", use)

    @property
    def precision(self) -> int:
        return (self.energy != "any") + (self.use != "any")


class ProductFee(_Part):
    """A charge beside interest: a fixed amount, or a rate of the principal (财务费用).

    ``collector`` is who collects it (收取主体); a fee that a third party keeps still belongs in the all-in cost.
    """

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    name_zh: Annotated[str, Field(min_length=1, max_length=40)]
    name_en: Annotated[str, Field(min_length=1, max_length=60)]
    amount: Annotated[Yuan, Field(ge=0)] | None = None
    rate: Share | None = None
    timing: ProductFeeTiming = "upfront"
    payer: ProductFeePayer = "borrower"
    collector: Annotated[str, Field(min_length=1, max_length=80)]

    @model_validator(mode="after")
    def _amount_or_rate(self) -> Self:
        if (self.amount is None) == (self.rate is None):
            raise ValueError("fee_amount_or_rate")
        return self


class PrepaymentBand(_Part):
    """The fee rate on principal repaid early, for loans younger than ``before_month`` months; None has no end."""

    before_month: Annotated[int, Field(ge=1, le=MAX_PERIODS)] | None = None
    rate: Share


class PrepaymentRule(_Part):
    """Early repayment: fee by age, least amount, what a partial one changes."""

    bands: tuple[PrepaymentBand, ...] = ()
    fee_min: Annotated[Yuan, Field(ge=0)] = Fen(0)
    fee_max: Annotated[Yuan, Field(ge=0)] | None = None
    principal_min: Annotated[Yuan, Field(ge=1)] = Fen(1)
    mode: PartialPrepaymentMode = "keep_term"
    interest_to: InterestTo = "date"

    @model_validator(mode="after")
    def _bands_rise(self) -> Self:
        ends = [band.before_month or MAX_PERIODS + 1 for band in self.bands]
        if ends != sorted(set(ends)):
            raise ValueError("prepayment_bands_out_of_order")
        if self.fee_max is not None and self.fee_max < self.fee_min:
            raise ValueError("prepayment_fee_range")
        return self


class PenaltyRule(_Part):
    """Lateness: penalty and compound interest as multiples of the contract rate (罚息上浮).

    Source: REG-PBOC-2003-251 (30 % to 50 % above the contract rate).
    """

    rate_multiple: Annotated[RateStr, Field(ge=0, le=2)] = Decimal("1.5")
    compound_multiple: Annotated[RateStr, Field(ge=0, le=2)] = Decimal(0)
    base: PenaltyBaseKind = "principal"
    grace_days: Annotated[int, Field(ge=0, le=30)] = 3
    is_grace_retroactive: bool = True
    year_days: Literal[360, 365] = 360

    @model_validator(mode="after")
    def _interest_is_charged_once(self) -> Self:
        if self.base == "instalment" and self.compound_multiple:
            raise ValueError("compound_with_instalment_base")
        return self


class DueDayRule(_Part):
    """When instalments fall due: the day of disbursement, one fixed day, or one of several that the customer picks."""

    kind: DueDayKind = "disbursement_day"
    days: tuple[Annotated[int, Field(ge=1, le=28)], ...] = ()
    first_gap_days: Annotated[int, Field(ge=0, le=45)] = 15

    @model_validator(mode="after")
    def _days_go_with_kind(self) -> Self:
        allowed = {"disbursement_day": range(1), "fixed_day": range(1, 2), "chosen_day": range(1, 29)}[self.kind]
        if len(self.days) not in allowed:
            raise ValueError("due_days_missing")
        return self

    def day(self, chosen: int | None) -> int | None:
        """The due day of a loan; None means the day of disbursement."""
        if self.kind == "chosen_day":
            return chosen or self.days[0]
        return self.days[0] if self.days else None

    def offers(self, chosen: int | None) -> bool:
        """Whether a customer may pick this day; picking none is always possible."""
        return chosen is None or chosen in self.days


class DocumentNeed(_Part):
    """A document kind that a case needs at a node of its process."""

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$", json_schema_extra={"x-choices": "CapturedKind"})]
    node: ProductDocumentNode
    is_required: bool = True
    vehicle_kind: VehicleKindOrAny = "any"


class ProductTerms(_Part):
    """All terms of a version. Amounts are fen inside, yuan strings in JSON; rates are annual fractions."""

    amount_min: Annotated[Yuan, Field(ge=1)]
    amount_max: Annotated[Yuan, Field(ge=1)]
    exposure_max: Annotated[Yuan, Field(ge=1)]
    down_payment_min_rate: Share
    vehicle_kinds: Annotated[tuple[VehicleKind, ...], Field(min_length=1)]
    vehicle_age_max_months: Annotated[int, Field(ge=0, le=600)]
    ltv_caps: Annotated[tuple[LtvCap, ...], Field(min_length=1)]
    terms: Annotated[tuple[Periods, ...], Field(min_length=1)]
    rate: RateRange
    is_subvented: bool = False
    methods: Annotated[tuple[ProductMethod, ...], Field(min_length=1)]
    day_count: ProductDayCount = "30/360"
    due_day: DueDayRule = DueDayRule()
    fees: tuple[ProductFee, ...] = ()
    penalty: PenaltyRule = PenaltyRule()
    allocation_order: tuple[AllocationComponent, ...] = COMPONENTS
    allocation_mode: AllocationModeKind = "horizontal"
    non_accrual_order: tuple[AllocationComponent, ...] = ()
    prepayment: PrepaymentRule = PrepaymentRule()
    documents_needed: tuple[DocumentNeed, ...] = ()
    workflow: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
    second_review_from: Annotated[Yuan, Field(ge=0)]
    strategy: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
    channels: Annotated[tuple[ProductChannel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _amounts_rise(self) -> Self:
        if not self.amount_min <= self.amount_max <= self.exposure_max:
            raise ValueError("amount_range")
        return self

    @model_validator(mode="after")
    def _lists_are_sets(self) -> Self:
        for values in (self.terms, self.methods, self.vehicle_kinds, self.channels, [fee.code for fee in self.fees]):
            if len(set(values)) != len(values):
                raise ValueError("listed_twice")
        if list(self.terms) != sorted(self.terms):
            raise ValueError("terms_out_of_order")
        if sorted(self.allocation_order) != sorted(COMPONENTS):
            raise ValueError("allocation_order")
        if self.non_accrual_order and sorted(self.non_accrual_order) != sorted(COMPONENTS):
            raise ValueError("non_accrual_order")
        return self

    @model_validator(mode="after")
    def _every_vehicle_has_a_cap(self) -> Self:
        for kind in self.vehicle_kinds:
            for energy in ("ice", "nev"):
                for use in ("private", "commercial"):
                    if not any(cap.fits(kind, energy, use) for cap in self.ltv_caps):
                        raise ValueError("ltv_cap_missing")
        return self

    def ltv_cap(self, kind: str, energy: str, use: str) -> Decimal | None:
        """The loan-to-value cap for a vehicle, or None when the product does not finance its kind."""
        fitting = [cap for cap in self.ltv_caps if cap.fits(kind, energy, use)]
        if kind not in self.vehicle_kinds or not fitting:
            return None
        return max(fitting, key=lambda cap: cap.precision).cap
