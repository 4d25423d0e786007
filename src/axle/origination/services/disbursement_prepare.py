"""Open a signed contract's disbursement with its checklist."""

from axle.origination.domain.conditions import applies
from axle.origination.models import ConditionDefinition, Contract, Disbursement, DisbursementCondition
from axle.platform.public import business_date, created, next_no
from axle.vehicle.public import vehicle_get


def disbursement_prepare(contract: Contract) -> Disbursement:
    """Create the disbursement of a contract that was just signed, with the conditions that apply to its car."""
    disbursement = created(
        Disbursement.objects.create(
            disbursement_no=next_no("DB", on=business_date()),
            contract=contract,
            vin=contract.vin,
            amount=contract.principal,
            legal_entity_id=contract.legal_entity_id,
            department_id=contract.department_id,
            owner_id=contract.owner_id,
            dealer_id=contract.dealer_id,
        )
    )
    is_new = vehicle_get(contract.vehicle_id).is_new
    definitions = ConditionDefinition.objects.filter(is_active=True).order_by("position", "pk")
    DisbursementCondition.objects.bulk_create(
        _condition(disbursement, definition)
        for definition in definitions
        if applies(definition.applies_to, is_new=is_new)
    )
    return disbursement


def _condition(disbursement: Disbursement, definition: ConditionDefinition) -> DisbursementCondition:
    return DisbursementCondition(
        disbursement=disbursement,
        code=definition.code,
        title=definition.title,
        title_en=definition.title_en,
        kind=definition.kind,
        needs_document=definition.needs_document,
        position=definition.position,
    )
