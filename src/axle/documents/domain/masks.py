"""Which recognised fields are personal, and how each is masked in lists."""

_RULES = {
    "name": "name",
    "owner_name": "name",
    "buyer_name": "name",
    "holder_name": "name",
    "legal_representative": "name",
    "id_no": "id_no",
    "licence_no": "id_no",
    "card_no": "card",
    "account_no": "card",
    "address": "address",
    "born_on": "text",
}


def masking_rule(field: str) -> str | None:
    """The masking rule of a field, or None when it is not personal."""
    return _RULES.get(field)
