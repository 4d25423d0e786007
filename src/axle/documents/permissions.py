"""What people may do with documents. Which documents is decided by their subject (see ``subjects``)."""

from axle.platform.public import declare_permissions

CAPTURED_VIEW = "documents.captured.view"
CAPTURED_ADD = "documents.captured.add"
CAPTURED_PRIVATE = "documents.captured.private"
CAPTURED_CONFIRM = "documents.captured.confirm"
DOCUMENT_VIEW = "documents.document.view"
DOCUMENT_VOID = "documents.document.void"

declare_permissions(
    "documents", CAPTURED_VIEW, CAPTURED_ADD, CAPTURED_PRIVATE, CAPTURED_CONFIRM, DOCUMENT_VIEW, DOCUMENT_VOID
)
