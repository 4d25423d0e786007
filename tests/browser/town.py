"""Everybody of the story, each with a window of their own."""

from playwright.sync_api import Browser

from tests.browser.installation import Installation
from tests.browser.people import Person
from tests.browser.phone import Phone
from tests.browser.tour import Tour
from tests.browser.words import Words


class Town:
    """The people of one institution; a window opens when its person is first needed."""

    def __init__(self, browser: Browser, installation: Installation, words: Words) -> None:
        self.browser, self.installation, self.words = browser, installation, words
        self.tour = Tour(words.language)
        self._people: dict[str, Person] = {}
        self._phones: list[Phone] = []

    def person(self, username: str) -> Person:
        """Somebody of the institution, signed in."""
        if username not in self._people:
            self._people[username] = Person(self.browser, self.installation.url, self.words, username)
            self._people[username].sign_in()
        return self._people[username]

    def phone(self) -> Phone:
        """A phone."""
        self._phones.append(Phone(self.browser, self.installation.url, self.words))
        return self._phones[-1]

    def leave(self, *usernames: str) -> None:
        """These people have done their part."""
        for username in usernames:
            self._people.pop(username).close()

    def close(self) -> None:
        """Everybody goes home; nothing may have broken in their windows."""
        for window in (*self._people.values(), *self._phones):
            window.close()
