"""Why a whole file is refused; sentences are in ``axle/config/locale``."""

from axle.kernel.errors import AxleError


class IntakeFileEmpty(AxleError):
    """The file has no content, or a head and no rows."""

    code = "intake_file_empty"


class IntakeEncodingUnknown(AxleError):
    """The bytes are neither UTF-8 nor GB18030; ``line`` is the first that cannot be read."""

    code = "intake_encoding_unknown"


class IntakeFormatUnknown(AxleError):
    """The file is neither CSV nor JSON lines; ``found`` says what it looks like."""

    code = "intake_format_unknown"


class IntakeHeadUnreadable(AxleError):
    """The first line of a CSV file is too long or not CSV; ``reason`` says which."""

    code = "intake_head_unreadable"


class IntakeColumnsMissing(AxleError):
    """The head lacks columns that the mapping reads; ``columns`` lists them."""

    code = "intake_columns_missing"


class IntakeColumnsRepeated(AxleError):
    """The head names a column twice, so that nobody can say which one counts."""

    code = "intake_columns_repeated"


class IntakeColumnsUnknown(AxleError):
    """The head names columns that the mapping neither reads nor ignores."""

    code = "intake_columns_unknown"


class IntakeMappingBroken(AxleError):
    """The mapping file cannot be read; ``reason`` is its first fault."""

    code = "intake_mapping_broken"


class IntakeCompanyMissing(AxleError):
    """The mapping names a legal entity that this installation does not have."""

    code = "intake_company_missing"


class IntakeTakenDifferently(AxleError):
    """Rows of this file were taken before with another mapping or another choice of what is booked."""

    code = "intake_taken_differently"
    http_status = 409
