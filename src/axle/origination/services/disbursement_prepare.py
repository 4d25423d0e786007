"""Open a signed contract's disbursement with its checklist."""

from axle.origination.domain.conditions import MANUAL, applies
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
    DisbursementCondition.objects.bulk_create(
        _condition(disbursement, definition) for definition in _definitions(contract)
    )
    return disbursement


def _definitions(contract: Contract) -> list[ConditionDefinition]:
    """What is demanded of the case. What a decision asked for and nobody defines is demanded by its code, with a
    document: it is never lost."""
    is_new, asked = vehicle_get(contract.vehicle_id).is_new, contract.application.conditions_asked
    known = list(ConditionDefinition.objects.filter(is_active=True).order_by("position", "pk"))
    missing = [code for code in asked if code not in {definition.code for definition in known}]
    return [
        definition
        for definition in known
        if applies(definition.applies_to, definition.code, is_new=is_new, asked=asked)
    ] + [
        ConditionDefinition(code=code, title=code, title_en=code, kind=MANUAL, needs_document=True, position=len(known))
        for code in missing
    ]


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
