"""Lists of captured and issued documents."""

from axle.documents import permissions as may
from axle.documents import selectors
from axle.documents.domain.captured_kinds import CAPTURED_KINDS
from axle.documents.http.base import api
from axle.documents.models import CapturedState, DocumentState
from axle.platform.listing import Col, Listing

_SETTLED = {CapturedState.FILED, CapturedState.CONFIRMED}

api.listing(
    Listing(
        name="captured_documents",
        is_growing=True,
        permission=may.CAPTURED_VIEW,
        queryset=selectors.captured_visible,
        columns=[
            Col("captured_kind", "enum", source="kind", enum="CapturedKind", choices=CAPTURED_KINDS),
            Col("subject_type", "enum", enum="Subject"),
            Col("subject_id", "integer"),
            Col("version", "integer"),
            Col("captured_state", "enum", source="state", enum="CapturedState", choices=CapturedState.values),
            Col("confidence", "rate"),
            Col("duplicate_of", "integer", source="duplicate_of_id"),
            Col("tamper_score", "integer"),
            Col("captured_by"),
            Col("captured_at", "datetime"),
            Col("confirmed_by"),
            Col("is_current", "bool", is_hidden=True),
        ],
        search=["captured_by"],
        filters=[
            "subject_type",
            "subject_id",
            "captured_kind",
            "captured_state",
            "is_current",
            "captured_at",
            "duplicate_of",
            "tamper_score",
        ],
        default_sort="-captured_at",
        row_actions=["captured_document_read_again"],
        row_rules={"captured_document_read_again": lambda row: row["captured_state"] not in _SETTLED},
    )
)
api.listing(
    Listing(
        name="documents",
        is_growing=True,
        permission=may.DOCUMENT_VIEW,
        queryset=selectors.documents_visible,
        columns=[
            Col("document_no"),
            Col("document_title", source="title"),
            Col("template", "enum", source="template__code", enum="DocumentTemplate"),
            Col("template_version", "integer", source="template__version"),
            Col("document_state", "enum", source="state", enum="DocumentState", choices=DocumentState.values),
            Col("legal_entity", source="legal_entity__name"),
            Col("subject_type", "enum", enum="Subject"),
            Col("subject_id", "integer", is_hidden=True),
            Col("business_on", "date"),
            Col("created_at", "datetime"),
            Col("created_by"),
        ],
        search=["document_no", "title"],
        filters=["template", "document_state", "business_on", "created_at", "subject_type", "subject_id"],
        default_sort="-created_at",
        row_link="/contract/documents/{id}",
        row_actions=["document_void"],
        row_rules={"document_void": lambda row: row["document_state"] != DocumentState.VOID},
    )
)
