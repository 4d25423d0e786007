"""Background steps of party."""

from axle.party.services.watch_file_list import watch_file_carry_out
from axle.party.services.watch_file_read import watch_file_read
from axle.platform.public import job


@job("read_watch_file", retries=10)
def read_watch_file(file_no: str) -> None:
    """Read the rows of a file of watch-list entries; run again, it goes on where it stopped."""
    watch_file_read(file_no)


@job("list_watch_file", retries=10)
def list_watch_file(file_no: str) -> None:
    """List the good rows of a file that another person confirmed; run again, it goes on where it stopped."""
    watch_file_carry_out(file_no)
