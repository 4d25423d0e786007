"""Data dictionaries: values with dates, retired instead of deleted."""

from datetime import date

from django.db.models import Q

from axle.platform.audit import created, track
from axle.platform.errors import DictionaryItemUnknown, NameTaken, NotFound
from axle.platform.models import Dictionary, DictionaryItem


def dictionary_create(*, code: str, name: str) -> Dictionary:
    """Begin a list of values. Errors: NameTaken."""
    if Dictionary.objects.filter(code=code).exists():
        raise NameTaken(field="code")
    return created(Dictionary.objects.create(code=code, name=name))


def dictionary_item_add(*, dictionary: str, code: str, name: str, order: int, valid_from: date) -> DictionaryItem:
    """Add a value. Errors: NotFound, NameTaken."""
    owner = Dictionary.objects.filter(code=dictionary).first()
    if owner is None:
        raise NotFound(field="dictionary", what="dictionary")
    if owner.items.filter(code=code).exists():
        raise NameTaken(field="code")
    return created(owner.items.create(code=code, name=name, order=order, valid_from=valid_from))


def dictionary_item_retire(*, item_id: int, valid_to: date) -> DictionaryItem:
    """Let a value be chosen until a date and no longer; rows that use it keep it."""
    item = DictionaryItem.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise NotFound(field="item_id", what="dictionary_item")
    track(item).valid_to = valid_to
    item.save(update_fields=["valid_to"])
    return item


def dictionary_check(*, dictionary: str, code: str, on: date) -> None:
    """Errors: DictionaryItemUnknown when the value may not be chosen on that date."""
    begun = DictionaryItem.objects.filter(dictionary__code=dictionary, code=code, valid_from__lte=on)
    if not begun.filter(Q(valid_to=None) | Q(valid_to__gte=on)).exists():
        raise DictionaryItemUnknown(dictionary=dictionary, value=code)
