"""Background steps of servicing."""

from axle.platform.public import acting, job, system_actor
from axle.servicing.services.paper_stamp import paper_stamp_waiting
from axle.servicing.services.pool_close import pool_carry_out


@job("stamp_paper", retries=10)
def stamp_paper(signing_id: int) -> None:
    """Put a signature that waits for its time stamp on its paper; tried for most of a day."""
    with acting(system_actor("signing"), "paper_sign"):
        paper_stamp_waiting(signing_id=signing_id)


@job("sell_claims", retries=10)
def sell_claims(pool_no: str) -> None:
    """Carry the sale of a pool out; run again, it goes on where it stopped."""
    pool_carry_out(pool_no)
