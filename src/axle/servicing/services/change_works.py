"""The work of every kind of change."""

from axle.servicing.models import ChangeKind
from axle.servicing.services.change_effect import PLAN_KINDS
from axle.servicing.services.change_of_debtor import DebtorWork
from axle.servicing.services.change_of_particulars import BankCardWork, GuarantorWork, ParticularsWork, PlateWork
from axle.servicing.services.change_of_plan import PlanWork
from axle.servicing.services.change_work import ChangeWork

WORKS: dict[str, ChangeWork] = {
    **dict.fromkeys(PLAN_KINDS, PlanWork()),
    ChangeKind.BANK_CARD_CHANGE: BankCardWork(),
    ChangeKind.PLATE_CHANGE: PlateWork(),
    ChangeKind.PARTICULARS_CHANGE: ParticularsWork(),
    ChangeKind.GUARANTOR_CHANGE: GuarantorWork(),
    ChangeKind.DEBT_TRANSFER: DebtorWork(),
}
