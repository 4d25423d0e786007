"""People at their screens whose network breaks: what was not answered is sent again under the same key."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx

REPEATS = 60
_TROUBLE = (500, 502, 503)


class Desk:
    """One person's session over HTTP."""

    def __init__(self, url: str, pool: ThreadPoolExecutor) -> None:
        self._client = httpx.Client(base_url=url, timeout=60, trust_env=False)
        self._pool = pool
        self._csrf = ""

    def sign_in(self, username: str, password: str) -> "Desk":
        """Open the session; it lives in the database and outlives every process."""
        return self._began(self._client.post("/api/v1/session", json={"username": username, "password": password}))

    def open_link(self, token: str) -> Any:
        """Open the link of a text message as its receiver; gives the invitation."""
        opened = self._client.post("/api/v1/signing", json={"token": token})
        self._began(self._client.get("/api/v1/session"))
        return opened.raise_for_status().json()

    def do(self, command: str, *, key: str = "", **data: Any) -> Any:
        """Carry out a command that must succeed; whatever is not answered is sent again under the same key."""
        key = key or str(uuid4())
        for _attempt in range(REPEATS):
            try:
                answer = self._send(command, key, data)
            except httpx.TransportError:
                time.sleep(0.5)
                continue
            if answer.status_code not in _TROUBLE:
                assert answer.status_code == 200, (command, answer.status_code, answer.text)
                return answer.json()
            time.sleep(0.5)
        raise AssertionError(f"{command} was never answered")

    def begin(self, command: str, *, key: str, **data: Any) -> Future[int | None]:
        """Send a command once; gives the status that came back, or None when the connection broke."""
        return self._pool.submit(self._try, command, key, data)

    def see(self, path: str, **params: Any) -> Any:
        """Read a page."""
        return self._client.get(f"/api/v1{path}", params=params).raise_for_status().json()

    def read(self, path: str) -> bytes:
        """Read a file."""
        return self._client.get(f"/api/v1{path}").raise_for_status().content

    def upload(self, content: bytes, name: str = "photo.jpg", media: str = "image/jpeg") -> int:
        """Upload a file; gives its id."""
        files = {"file": (name, content, media)}
        answer = self._client.post("/api/v1/files", files=files, headers={"X-CSRFToken": self._csrf})
        return int(answer.raise_for_status().json()["file_id"])

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _began(self, answer: httpx.Response) -> "Desk":
        self._csrf = answer.raise_for_status().json()["csrf_token"]
        return self

    def _send(self, command: str, key: str, data: dict[str, Any]) -> httpx.Response:
        headers = {"Idempotency-Key": key, "X-CSRFToken": self._csrf}
        return self._client.post(f"/api/v1/commands/{command}", json=data, headers=headers)

    def _try(self, command: str, key: str, data: dict[str, Any]) -> int | None:
        try:
            return self._send(command, key, data).status_code
        except httpx.TransportError:
            return None
