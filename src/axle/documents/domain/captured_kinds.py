"""The kinds of documents that are captured for a case (影像资料)."""

from enum import StrEnum


class CapturedKind(StrEnum):
    """Every kind. Those with a reader in ``ocr.kinds`` are recognised; the others are filed for people to look at."""

    ID_FRONT = "id_front"
    ID_BACK = "id_back"
    DRIVER_LICENCE = "driver_licence"
    VEHICLE_LICENCE_MAIN = "vehicle_licence_main"
    VEHICLE_LICENCE_SUB = "vehicle_licence_sub"
    BUSINESS_LICENCE = "business_licence"
    BANK_CARD = "bank_card"
    VIN_PLATE = "vin_plate"
    VEHICLE_INVOICE = "vehicle_invoice"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    HOUSEHOLD_BOOK = "household_book"
    BANK_STATEMENT = "bank_statement"
    INCOME_PROOF = "income_proof"
    RESIDENCE_PROOF = "residence_proof"
    CREDIT_REPORT = "credit_report"
    CONSENT_LETTER = "consent_letter"
    CONFORMITY_CERTIFICATE = "conformity_certificate"
    REGISTRATION_CERTIFICATE = "registration_certificate"
    INSURANCE_POLICY = "insurance_policy"
    DOWN_PAYMENT_PROOF = "down_payment_proof"
    VEHICLE_PHOTO = "vehicle_photo"
    HOME_PHOTO = "home_photo"
    INTERVIEW_PHOTO = "interview_photo"
    SIGNED_PAPER = "signed_paper"
    INSPECTION_PHOTO = "inspection_photo"
    COLLECTION_RECORD = "collection_record"
    COURT_RULING = "court_ruling"
    DEATH_CERTIFICATE = "death_certificate"
    DISPOSAL_STATEMENT = "disposal_statement"
    OTHER = "other"


CAPTURED_KINDS = tuple(kind.value for kind in CapturedKind)
