"""Conditions that documents refuse; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class FontsMissing(AxleError):
    """No Noto Sans SC in any of the ``places``; install it or set AXLE_FONTS to a folder that has it."""

    code = "fonts_missing"
    http_status = 500


class MissingGlyph(AxleError):
    """The document font has no drawing for ``character``; printing would silently leave it out."""

    code = "missing_glyph"


class TemplateUnknown(AxleError):
    """No template has this code."""

    code = "template_unknown"


class TemplateDataInvalid(AxleError):
    """The data for a template lacks ``field`` or has a wrong value there."""

    code = "template_data_invalid"


class TemplateBroken(AxleError):
    """The template itself does not compile; ``reason`` is the compiler's first line."""

    code = "template_broken"
    http_status = 500


class ImageBroken(AxleError):
    """The upload is not a picture or PDF that opens."""

    code = "image_broken"


class ImageTooLarge(AxleError):
    """The picture has more than ``limit`` million pixels; decoding it could exhaust the server."""

    code = "image_too_large"


class ImageAnimated(AxleError):
    """The picture has several frames; a document has one."""

    code = "image_animated"


class PdfEncrypted(AxleError):
    """The PDF asks for a password."""

    code = "pdf_encrypted"


class SheetBroken(AxleError):
    """The upload is not a workbook or table that opens safely."""

    code = "sheet_broken"


class StatementBroken(AxleError):
    """The PDF's pages cannot be read."""

    code = "statement_broken"


class StatementTextMissing(AxleError):
    """The PDF holds pictures of pages, no text: a scan, which a person has to read."""

    code = "statement_text_missing"


class StatementTooLong(AxleError):
    """The statement has more than ``limit`` rows or pages."""

    code = "statement_too_long"


class StatementColumnsUnknown(AxleError):
    """No row of headings names a date, amounts and a balance or summary."""

    code = "statement_columns_unknown"


class StatementEmpty(AxleError):
    """Below the headings stands no line."""

    code = "statement_empty"


class StatementLineUnreadable(AxleError):
    """Row ``row`` of the file has a date or amount that cannot be read."""

    code = "statement_line_unreadable"


class StatementCurrencyForeign(AxleError):
    """Row ``row`` is in a foreign currency."""

    code = "statement_currency_foreign"


class CapturedKindUnknown(AxleError):
    """No such kind of captured document."""

    code = "captured_kind_unknown"


class FieldUnknown(AxleError):
    """The kind of document has no such field."""

    code = "document_field_unknown"


class FieldValueInvalid(AxleError):
    """The confirmed value fails the field's own check."""

    code = "document_field_invalid"


class DocumentVoid(AxleError):
    """The document was voided and cannot be signed or sealed."""

    code = "document_void"
    http_status = 409


class DocumentAlreadySealed(AxleError):
    """Our seal is on the document already."""

    code = "document_already_sealed"
    http_status = 409


class RoleAlreadySigned(AxleError):
    """The document has a signature of this role already."""

    code = "role_already_signed"
    http_status = 409


class SignaturePlaceMissing(AxleError):
    """The document has no place for a signature of this role."""

    code = "signature_place_missing"


class SignatureImageBroken(AxleError):
    """The drawn signature is not a small PNG."""

    code = "signature_image_broken"


class SignatureEmpty(AxleError):
    """Nothing was drawn."""

    code = "signature_empty"


class TimestampUnavailable(AxleError):
    """The time-stamp authority did not answer; the document is unchanged, try again."""

    code = "timestamp_unavailable"
    http_status = 503


class SealEntityDiffers(AxleError):
    """A legal entity may seal its own documents only."""

    code = "seal_entity_differs"
