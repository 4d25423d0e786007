"""The review: each reviewer takes the case from the inbox, reads it and gives an opinion."""

from playwright.sync_api import expect

from tests.browser.people import Person, spaced
from tests.browser.tour import Tour


def case_opened(reviewer: Person, application_no: str) -> None:
    """Find the case among one's own tasks and open it."""
    reviewer.open("review", reviewer.words.listing("inbox"))
    reviewer.search(application_no)
    reviewer.open_row(application_no)
    reviewer.see_title(application_no)


def task_claimed(reviewer: Person) -> None:
    """Take the task."""
    with reviewer.form("task_claim"):
        pass


def task_approved(reviewer: Person) -> None:
    """Approve with an opinion; the task is gone afterwards."""
    words = reviewer.words
    approve = words.enum("TaskAction", "approve")
    reviewer.press(approve)
    box = reviewer.page.get_by_role("dialog")
    box.get_by_label(words.field("opinion"), exact=True).fill(words.typed("opinion"))
    box.locator(".ant-modal-footer").get_by_role("button", name=spaced(approve)).click()
    reviewer.see_done(words.command("task_complete"))
    expect(reviewer.page.get_by_role("button", name=spaced(approve))).to_have_count(0)


def reviewed(reviewer: Person, application_no: str, tour: Tour, picture: str | None = None) -> None:
    """The whole task."""
    case_opened(reviewer, application_no)
    task_claimed(reviewer)
    if picture:
        tour.take(reviewer.page, picture)
    task_approved(reviewer)
