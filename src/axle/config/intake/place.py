"""Where an imported book lives: its company, department, product and strategy, made once."""

from axle.config.intake.commands import FILE_TAKE, api
from axle.config.intake.errors import IntakeCompanyMissing
from axle.decisioning.public import strategy_load
from axle.payments.errors import BankAccountMissing
from axle.payments.public import paying_account
from axle.platform.public import Ctx, Input, department_create, legal_entities
from axle.product.public import product_load


class BookPlaceIn(Input):
    """What the mapping says of the book's place."""

    legal_entity: str
    department: str
    catalogue: str
    strategy: str


class BookPlace(Input):
    """The ids of the book's place."""

    legal_entity_id: int
    department_id: int
    product_version_id: int
    bank_account_id: int


@api.command("intake_book_prepare", permission=FILE_TAKE)
def intake_book_prepare(ctx: Ctx, data: BookPlaceIn) -> BookPlace:
    """Make the department, the strategy and the product of a book.

    Errors: IntakeCompanyMissing, BankAccountMissing, NameTaken (department).
    """
    entity_id = _entity_id(data.legal_entity)
    account = paying_account(entity_id)
    if account is None:
        raise BankAccountMissing(field="legal_entity")
    department = department_create(name=data.department, parent_id=None)
    strategy_load(actor=ctx.actor, strategy=data.strategy, on=ctx.business_on)
    versions = product_load(actor=ctx.actor, catalogue=data.catalogue, legal_entity_id=entity_id, on=ctx.business_on)
    return BookPlace(
        legal_entity_id=entity_id,
        department_id=department.pk,
        product_version_id=versions[0].pk,
        bank_account_id=account.id,
    )


def _entity_id(code: str) -> int:
    for entity in legal_entities():
        if entity.code == code:
            return entity.id
    raise IntakeCompanyMissing(company=code)
