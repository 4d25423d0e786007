"""Keep who guarantees the loan of an application, so that they are found where they are named again."""

from datetime import date

from axle.origination.domain.traits import TraitKind, guarantor_trait
from axle.origination.models import ApplicationGuarantor, ApplicationTrait
from axle.origination.services.contract_lock import contract_take
from axle.origination.services.traits_keep import trait_hash


def guarantor_keep(*, contract_id: int, name: str, id_no: str, on: date) -> None:
    """Add a guarantor to what an application said; repeating does nothing. That they guarantee no more changes nothing
    of that they once did. Errors: NotFound."""
    application_id = contract_take(contract_id).application_id
    said = ApplicationTrait.objects.filter(application_id=application_id, kind=TraitKind.PERSON).order_by("pk")
    debtor = said.values_list("value", flat=True).first()
    if debtor is None:  # an application that was taken over without its form
        return
    person = trait_hash(guarantor_trait(id_no).value)
    ApplicationGuarantor.objects.get_or_create(
        application_id=application_id, person=person, defaults={"name": name, "since": on}
    )
    trait = ApplicationTrait(
        application_id=application_id, kind=TraitKind.GUARANTOR, value=person, person=debtor, said_on=on
    )
    ApplicationTrait.objects.bulk_create([trait], ignore_conflicts=True)
