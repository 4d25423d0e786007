"""Statements as data: their versions listed, drafted, compared, put into force."""

from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from axle.accounting import permissions
from axle.accounting.domain.statements import StatementBody
from axle.accounting.http.api import api
from axle.accounting.models import StatementState, StatementVersion
from axle.accounting.services.statement_version_draft import (
    VERSIONS,
    statement_version_activate,
    statement_version_draft,
    statement_version_retire,
)
from axle.platform.errors import NotFound
from axle.platform.http import (
    VersionDetailOut,
    VersionOut,
    VersionRoutes,
    version_columns,
    version_fields,
    version_origin,
)
from axle.platform.listing import Col, Listing
from axle.platform.public import EVERYTHING, Actor, Ctx, Input, available_commands, name_shown


class StatementVersionDraftIn(Input):
    """New rows for a statement, as a draft."""

    statement: str = Field(pattern=r"^[a-z][a-z0-9_]{1,47}$")
    note: str = Field("", max_length=200)
    body: StatementBody


class StatementVersionOut(VersionOut):
    """A version after a change."""

    statement: str
    state: StatementState


class StatementVersionDetail(VersionDetailOut):
    """A version with its rows."""

    statement: str
    statement_name: str
    state: StatementState
    body: StatementBody


def _rows(actor: Actor) -> QuerySet[StatementVersion]:
    rows = StatementVersion.objects.all()
    return actor.scope(permissions.TRIAL_BALANCE_VIEW).filter(rows, department=None, owner=None)


def _fields(actor: Actor, version: StatementVersion) -> dict[str, Any]:
    possible = {"draft": ("statement_version_activate",), "active": ("statement_version_retire",)}
    actions = available_commands(actor, "statement_version_draft", *possible.get(version.state, ()))
    own = {"statement": version.statement.code, "state": StatementState(version.state)}
    return version_fields(version, actions) | own


def _present(actor: Actor, version: StatementVersion) -> StatementVersionOut:
    return StatementVersionOut(**_fields(actor, version))


@api.command("statement_version_draft", permission=permissions.STATEMENT_MANAGE, subject="statement_version")
def statement_version_draft_command(ctx: Ctx, data: StatementVersionDraftIn) -> StatementVersionOut:
    version = statement_version_draft(actor=ctx.actor, code=data.statement, body=data.body, note=data.note)
    return _present(ctx.actor, version)


VersionRoutes(
    api=api,
    kind=VERSIONS,
    view=permissions.TRIAL_BALANCE_VIEW,
    manage=permissions.STATEMENT_MANAGE,
    output=StatementVersionOut,
    present=_present,
    content=lambda version: version.body,
    activate=statement_version_activate,
    retire=statement_version_retire,
).offer()


@api.query("statement_version_get", "/statement-versions/{version_id}", permission=permissions.TRIAL_BALANCE_VIEW)
def statement_version_get(actor: Actor, version_id: int) -> StatementVersionDetail:
    """A version of a statement with its rows."""
    if actor.scope(permissions.TRIAL_BALANCE_VIEW) != EVERYTHING:
        raise NotFound(what="statement_version")
    version = VERSIONS.get(version_id)
    return StatementVersionDetail(
        **_fields(actor, version),
        **version_origin(version, VERSIONS.previous(version)),
        statement_name=name_shown(version.statement),
        body=StatementBody.model_validate(version.body),
    )


api.listing(
    Listing(
        name="statement_versions",
        permission=permissions.TRIAL_BALANCE_VIEW,
        queryset=_rows,
        columns=[
            *version_columns(
                {"statement_name": "statement__name_{lang}"}, enum="StatementState", states=StatementState.values
            ),
            Col("statement", source="statement__code", is_hidden=True),
        ],
        filters=["statement", "state"],
        default_sort="-id",
        row_link="/finance/statement-versions/{id}",
        toolbar=["statement_version_draft"],
    )
)
