"""Stored files: the bytes are in the file store, the facts about them here."""

from django.db import models


class StoredFile(models.Model):
    """A file by content hash. Its bytes never change."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    uploaded_by = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField(auto_now_add=True)
