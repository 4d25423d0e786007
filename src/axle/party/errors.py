"""Conditions that party refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class CustomerNameInvalid(AxleError):
    """A name has 2 to 50 characters, none of them a digit or control character."""

    code = "customer_name_invalid"


class ResidentIdInvalid(AxleError):
    """The resident id has a wrong form, birthday or check digit."""

    code = "resident_id_invalid"


class MobileInvalid(AxleError):
    """Not a mainland mobile number of 11 digits."""

    code = "mobile_invalid"


class CustomerUnderAge(AxleError):
    """The person is younger than ``minimum`` years."""

    code = "customer_under_age"


class CustomerExists(AxleError):
    """There is a customer with this resident id: ``customer_no``."""

    code = "customer_exists"
    http_status = 409


class CustomerNameDiffers(AxleError):
    """The resident id belongs to a customer of another name."""

    code = "customer_name_differs"
    http_status = 409


class ContactIncomplete(AxleError):
    """A contact needs name, relation and phone."""

    code = "contact_incomplete"


class ContactIsCustomer(AxleError):
    """A contact's phone is the customer's own."""

    code = "contact_is_customer"


class TooManyContacts(AxleError):
    """More contacts than ``maximum``."""

    code = "too_many_contacts"


class ParticularNegative(AxleError):
    """Income and debts are zero or more."""

    code = "particular_negative"


class RegionCodeInvalid(AxleError):
    """A region is a GB/T 2260 code of six digits."""

    code = "region_code_invalid"


class BankCardInvalid(AxleError):
    """The card number fails its length or check digit."""

    code = "bank_card_invalid"


class CreditCardRefused(AxleError):
    """A loan is not repaid from a credit card."""

    code = "credit_card_refused"


class BankUnknown(AxleError):
    """The card's bank is not in the table; name it."""

    code = "bank_unknown"


class BankCardDisabled(AxleError):
    """The card is not in use any more."""

    code = "bank_card_disabled"
    http_status = 409


class RevealReasonMissing(AxleError):
    """To see personal data in full one says why, in at least four characters."""

    code = "reveal_reason_missing"


class CustomerSignInRefused(AxleError):
    """No customer answers to this phone and id; deliberately does not say which is wrong."""

    code = "customer_sign_in_refused"
    http_status = 401


class CustomerSignInAmbiguous(AxleError):
    """Several customers share the phone; the last six characters of the resident id tell them apart."""

    code = "customer_sign_in_ambiguous"
    http_status = 409


class BankCardKnown(AxleError):
    """The customer repays from this card already."""

    code = "bank_card_known"


class WatchedValueInvalid(AxleError):
    """What is to be watched is not what it is said to be."""

    code = "watched_value_invalid"


class WatchedAlready(AxleError):
    """A live entry has the value already: ``entry_no``."""

    code = "watched_already"
    http_status = 409


class WatchExpiryPast(AxleError):
    """An entry lasts at least to the business date."""

    code = "watch_expiry_past"


class WatchFileKnown(AxleError):
    """The same file was uploaded before, as ``file_no``."""

    code = "watch_file_known"
    http_status = 409


class WatchFileUnreadable(AxleError):
    """The file is no CSV in UTF-8 or GB18030, has no rows or too many, or lacks a column: ``reason``."""

    code = "watch_file_unreadable"


class WatchFileStateRefused(AxleError):
    """The file is ``state``: this step comes before or is over."""

    code = "watch_file_state_refused"
    http_status = 409


class WatchEntryClosed(AxleError):
    """The entry is not listed any more."""

    code = "watch_entry_closed"
    http_status = 409
