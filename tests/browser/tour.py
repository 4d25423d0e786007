"""The pictures of the tour: taken on the way when ``AXLE_TOUR`` names their folder."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

FOLDER = os.environ.get("AXLE_TOUR")
_QUALITY = 82
_PASSING = ".ant-spin-spinning, .ant-skeleton, .ant-message-notice, .phone-wait"


class Tour:
    """The pictures of one language, numbered in the order of the story."""

    def __init__(self, language: str) -> None:
        self._folder = Path(FOLDER) / language if FOLDER else None
        self._taken = 0

    @property
    def is_taken(self) -> bool:
        """Whether pictures are wanted."""
        return self._folder is not None

    def take(self, page: Page, name: str) -> None:
        """Keep what the person sees now, once nothing moves any more."""
        if self._folder is None:
            return
        page.wait_for_load_state("networkidle")
        expect(page.locator(_PASSING)).to_have_count(0)
        self._taken += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        picture.convert("RGB").save(self._folder / f"{self._taken:02d}-{name}.webp", "WEBP", quality=_QUALITY, method=6)
