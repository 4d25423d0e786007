"""Conditions that sources refuse; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class SourceUnknown(AxleError):
    """There is no source of this code."""

    code = "source_unknown"
    http_status = 404


class SourceNotConnected(AxleError):
    """No adapter is installed for the source."""

    code = "source_not_connected"
    http_status = 409


class SourceNoticeRefused(AxleError):
    """A call-back whose signature or content does not hold."""

    code = "source_notice_refused"
    http_status = 403


class ConsentEnded(AxleError):
    """The consent was withdrawn or has run out."""

    code = "consent_ended"
    http_status = 409
