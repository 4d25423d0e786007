"""Guarantors who were agreed before they were found among relations."""

from uuid import UUID

from django.db import migrations

from axle.origination.domain.traits import TraitKind, guarantor_trait
from axle.platform.fields import blind_index


def guarantors_told(apps, schema_editor):
    """Who guarantees a loan is a trait of its application."""
    traits = apps.get_model("origination", "ApplicationTrait").objects
    named = apps.get_model("origination", "ApplicationGuarantor").objects
    for guarantor in apps.get_model("servicing", "LoanGuarantor").objects.select_related("loan__contract").order_by("pk"):
        application_id = guarantor.loan.contract.application_id
        said = traits.filter(application_id=application_id, kind=TraitKind.PERSON.value).order_by("pk")
        debtor = said.values_list("value", flat=True).first()
        if debtor is None:
            continue
        person = UUID(blind_index(guarantor_trait(guarantor.id_no).value)[:32])
        own = {"application_id": application_id, "person": person}
        named.get_or_create(**own, defaults={"name": guarantor.name, "since": guarantor.since})
        traits.get_or_create(
            application_id=application_id,
            kind=TraitKind.GUARANTOR.value,
            value=person,
            defaults={"person": debtor, "said_on": guarantor.since},
        )


class Migration(migrations.Migration):
    dependencies = [("servicing", "0003_loan_warnings"), ("origination", "0013_guarantors")]
    operations = [migrations.RunPython(guarantors_told, migrations.RunPython.noop)]
