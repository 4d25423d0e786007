"""The platform's way to HTTP: ``ContextApi`` for every context, and the platform's own routes."""

from axle.platform.http.actor_name import ActorName
from axle.platform.http.contextapi import LISTINGS, ContextApi, ErrorOut, PendingOut
from axle.platform.http.exports import Sheet, answer_keep, cell_shown, sheet_answer
from axle.platform.http.files import evidence_answer, file_answer
from axle.platform.http.request import actor_of_request, where
from axle.platform.http.sessions import customer_session_start, session_out
from axle.platform.http.versions import (
    VersionDetailOut,
    VersionOut,
    VersionRoutes,
    version_columns,
    version_fields,
    version_origin,
)

__all__ = [
    "LISTINGS",
    "ActorName",
    "ContextApi",
    "ErrorOut",
    "PendingOut",
    "Sheet",
    "VersionDetailOut",
    "VersionOut",
    "VersionRoutes",
    "actor_of_request",
    "answer_keep",
    "cell_shown",
    "customer_session_start",
    "evidence_answer",
    "file_answer",
    "session_out",
    "sheet_answer",
    "version_columns",
    "version_fields",
    "version_origin",
    "where",
]
