"""The ledger over HTTP: chart, lines and months as lists, changes of the chart as commands."""

from typing import Any

from django.db.models import QuerySet
from pydantic import BaseModel, Field

from axle.ledger import permissions
from axle.ledger.models import Account, AccountCategory, AccountSide, Period
from axle.ledger.selectors.entries import lines_listed
from axle.ledger.services.account_save import AccountDraft, account_create, account_update
from axle.platform.http import ContextApi
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input

api = ContextApi("ledger")


class AccountCreateIn(Input):
    """A new account; without ``legal_entity_id`` it joins the shared chart."""

    code: str = Field(pattern=r"^[0-9]{4}(\.[0-9]{2}){0,3}$")
    name_zh: str = Field(min_length=1, max_length=80)
    name_en: str = Field(min_length=1, max_length=80)
    category: AccountCategory | None = None
    normal_side: AccountSide | None = None
    legal_entity_id: int | None = None


class AccountUpdateIn(Input):
    """What may change of an account: its names and whether it is in use."""

    account_id: int
    name_zh: str = Field(min_length=1, max_length=80)
    name_en: str = Field(min_length=1, max_length=80)
    is_active: bool


class AccountOut(BaseModel):
    """An account after a change."""

    account_id: int
    code: str
    is_active: bool


@api.command("account_create", permission=permissions.ACCOUNT_MANAGE, subject="account")
def account_create_command(ctx: Ctx, data: AccountCreateIn) -> AccountOut:
    draft = AccountDraft(data.code, data.name_zh, data.name_en, data.category or "", data.normal_side or "")
    return _account_out(account_create(draft=draft, legal_entity_id=data.legal_entity_id))


@api.command("account_update", permission=permissions.ACCOUNT_MANAGE, subject="account")
def account_update_command(ctx: Ctx, data: AccountUpdateIn) -> AccountOut:
    return _account_out(account_update(**data.model_dump()))


def _account_out(account: Account) -> AccountOut:
    return AccountOut(account_id=account.pk, code=account.code, is_active=account.is_active)


def _whole(actor: Actor, permission: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    return actor.scope(permission).filter(rows, department=None, owner=None)


api.listing(
    Listing(
        name="accounts",
        permission=permissions.ACCOUNT_VIEW,
        queryset=lambda actor: _whole(actor, permissions.ACCOUNT_VIEW, Account.objects.all()),
        columns=[
            Col("code", source="code"),
            Col("name_zh"),
            Col("name_en"),
            Col("category", "enum", enum="AccountCategory", choices=AccountCategory.values),
            Col("normal_side", "enum", enum="AccountSide", choices=AccountSide.values),
            Col("level", "integer"),
            Col("is_postable", "bool"),
            Col("is_active", "bool"),
            Col("legal_entity", source="legal_entity__name"),
        ],
        search=["code", "name_zh", "name_en"],
        filters=["category", "is_postable", "is_active", "level"],
        default_sort="code",
        toolbar=["account_create"],
        row_actions=["account_update"],
    )
)

api.listing(
    Listing(
        name="entry_lines",
        is_growing=True,
        permission=permissions.ENTRY_VIEW,
        queryset=lambda actor: _whole(actor, permissions.ENTRY_VIEW, lines_listed()),
        columns=[
            Col("booked_on", "date"),
            Col("entry_no", source="entry__entry_no"),
            Col("account", source="account__code"),
            Col("account_name", source="account__name_{lang}", is_sortable=False),
            Col("summary", source="entry__summary"),
            Col("debit", "money"),
            Col("credit", "money"),
            Col("loan_no"),
            Col("contract_no"),
            Col("value_on", "date", source="entry__value_on"),
            Col("kind", "enum", source="entry__kind", enum="MoneyEventKind"),
            Col("legal_entity", source="legal_entity__name", is_sortable=False),
            Col("legal_entity_id", "integer", is_hidden=True),
        ],
        search=["entry__entry_no", "loan_no", "contract_no"],
        filters=["booked_on", "account", "loan_no", "contract_no", "legal_entity_id", "kind"],
        totals=["debit", "credit"],
        default_sort="-id",
    )
)

api.listing(
    Listing(
        name="periods",
        permission=permissions.PERIOD_VIEW,
        queryset=lambda actor: _whole(actor, permissions.PERIOD_VIEW, Period.objects.all()),
        columns=[
            Col("period", "integer"),
            Col("legal_entity", source="legal_entity__name"),
            Col("legal_entity_id", "integer", is_hidden=True),
            Col("is_closed", "bool"),
            Col("closed_at", "datetime"),
            Col("closed_by", source="closed_by__display_name"),
        ],
        filters=["legal_entity_id", "is_closed"],
        default_sort="-period",
    )
)
