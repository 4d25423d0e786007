"""The demo institution's people at their screens."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from axle.platform.models import User
from axle.platform.testing import ApiClient, client_for


class Desk:
    """One person's session; every call must succeed unless a refusal is asked for."""

    def __init__(self, client: ApiClient) -> None:
        self.client = client

    def do(self, command: str, **data: Any) -> Any:
        """Carry out a command; gives its answer."""
        status, body = self.client.command(command, data)
        assert status == 200, (command, status, body)
        return body

    def refused(self, command: str, **data: Any) -> str:
        """Try a command that must be refused; gives the code."""
        status, body = self.client.command(command, data)
        assert 400 <= status < 500, (command, status, body)
        return str(body["code"])

    def see(self, path: str, **params: Any) -> Any:
        """Read a page."""
        status, body = self.client.get(path, **params)
        assert status == 200, (path, status, body)
        return body

    def upload(self, content: bytes, name: str = "photo.jpg") -> int:
        """Upload a file; gives its id."""
        answer = self.client.raw.post("/api/v1/files", {"file": SimpleUploadedFile(name, content, "image/jpeg")})
        assert answer.status_code == 200, answer.content
        return int(answer.json()["file_id"])

    def capture(self, subject_id: int, kind: str, content: bytes) -> int:
        """Upload a document of an application; gives the file."""
        file_id = self.upload(content)
        self.do("captured_document_add", subject_type="application", subject_id=subject_id, kind=kind, file_id=file_id)
        return file_id

    def work(self, application_id: int, node: str, action: str = "approve", opinion: str = "同意") -> None:
        """Take the task of a node from the inbox and complete it."""
        inbox = self.see("/lists/inbox", page_size=200)["items"]
        task = next(row for row in inbox if row["node"] == node and row["subject_id"] == application_id)
        taken = self.do("task_claim", task_id=task["id"], version=task["version"])
        self.do("task_complete", task_id=task["id"], version=taken["version"], action=action, opinion=opinion)


def at_desk(username: str) -> Desk:
    """A demo account, signed in."""
    return Desk(client_for(User.objects.get(username=username)))
