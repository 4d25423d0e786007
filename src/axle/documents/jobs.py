"""Jobs of the worker. Only here is the recognition engine loaded."""

from axle.platform.public import acting, job, system_actor


@job("captured_document_read", retries=3, queue="ocr")
def captured_document_read(document_id: int) -> None:
    """Read a captured document that waits for it; run again, it does nothing."""
    from axle.documents.models import CapturedDocument, CapturedState
    from axle.documents.services.captured_document_read import captured_document_keep_findings, examined

    document = CapturedDocument.objects.filter(pk=document_id, state=CapturedState.QUEUED).first()
    if document is None:
        return
    findings = examined(document)
    with acting(system_actor("ocr"), "captured_document_read"):
        captured_document_keep_findings(document_id=document_id, findings=findings)
