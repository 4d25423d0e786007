"""What is kept of a loan on paper, or with it."""

from collections.abc import Sequence

PAPERS = (
    "contract",
    "registration_certificate",
    "purchase_invoice",
    "insurance_policy",
    "identity_copies",
    "mortgage_papers",
    "spare_key",
    "payoff_letter",
)


def papers(data: Sequence[str]) -> list[str]:
    """Kinds of papers, each once. Errors: ValueError for anything else."""
    kinds = list(data)
    if any(kind not in PAPERS for kind in kinds) or len(set(kinds)) < len(kinds):
        raise ValueError(data)
    return kinds
