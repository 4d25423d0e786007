"""Pictures that were handed in before, whole or in part, and pictures that were worked on."""

import io

import numpy as np
import pytest
from django.db import connection
from PIL import Image, ImageDraw

from axle.documents.duplicates import SAME_PICTURE_BITS, hash_bands
from axle.documents.errors import StatementColumnsUnknown
from axle.documents.models import CapturedDocument, PictureMatch
from axle.documents.picture_parts import PHOTO_KINDS, alike_rate, picture_keys
from axle.documents.public import captured_document_add, pictures_elsewhere
from axle.documents.tampering import TamperMark, part_saved_once, tamper_marks, tamper_score
from axle.documents.tests import statement_papers as papers
from axle.documents.tests.test_imaging import pdf as blank_pdf
from axle.platform.errors import UploadRefused
from axle.platform.public import IMAGES, PDF, SHEET, TABLE, Subject, file_save
from axle.platform.testing import act, make_actor, run_jobs

CASE, OTHER, THIRD = Subject("specimen", 17), Subject("specimen", 18), Subject("specimen", 19)


def scene(seed):
    """A made photo: shapes of many sizes and some grain; another seed is another scene."""
    chance = np.random.default_rng(seed)
    image = Image.new("RGB", (900, 680), tuple(int(one) for one in chance.integers(90, 160, 3)))
    draw = ImageDraw.Draw(image)
    for _ in range(160):
        x, y = (int(one) for one in chance.integers(0, 860, 2))
        wide, high = (int(one) for one in chance.integers(8, 120, 2))
        colour = tuple(int(one) for one in chance.integers(20, 235, 3))
        shape = draw.rectangle if chance.random() < 0.5 else draw.ellipse
        shape((x, y, x + wide, y + high), fill=colour)
    grain = chance.normal(0, 4, (680, 900, 1))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 3, 252).astype(np.uint8))


def jpeg(image, quality=90, **options):
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, **options)
    return target.getvalue()


def again(image, quality):
    return Image.open(io.BytesIO(jpeg(image, quality)))


def cut(image, left, top, right, bottom):
    """A part, each side given as a share."""
    wide, high = image.size
    return image.crop((int(left * wide), int(top * high), int(right * wide), int(bottom * high)))


WORKED = {
    "saved again": lambda image: again(image, 50),
    "scaled": lambda image: image.resize((540, 408)),
    "cropped": lambda image: cut(image, 0.08, 0.06, 0.95, 0.9),
    "cropped, scaled and saved again": lambda image: again(cut(image, 0.05, 0.05, 0.95, 0.95).resize((600, 450)), 65),
    "a corner": lambda image: cut(image, 0.0, 0.2, 0.8, 1.0),
    "turned a little": lambda image: image.rotate(4, fillcolor=(120, 120, 120)),
}


@pytest.fixture
def clerk():
    return make_actor(name="clerk", user_id=7)


def added(actor, image, kind="vehicle_photo", subject=CASE, **options):
    with act(actor):
        file_id = file_save(content=jpeg(image, **options), name="photo.jpg", actor=actor).pk
        document = captured_document_add(actor=actor, subject=subject, kind=kind, file_id=file_id).document_id
    run_jobs()
    return CapturedDocument.objects.get(pk=document)


@pytest.mark.django_db
@pytest.mark.parametrize("work", WORKED.values(), ids=WORKED.keys())
def test_a_photo_is_found_again_however_it_was_worked_on(clerk, work):
    first = added(clerk, scene(1))
    stranger = added(clerk, scene(2), subject=THIRD)
    copy = added(clerk, work(scene(1)), subject=OTHER)
    assert (stranger.duplicate_of_id, copy.duplicate_of_id) == (None, first.pk)
    (match,) = PictureMatch.objects.all()
    assert (match.document_id, match.other_id) == (copy.pk, first.pk)
    assert match.bits is not None or match.alike_rate >= 0.75
    assert pictures_elsewhere([first.pk], "specimen") == {first.pk: {OTHER.id}}
    assert pictures_elsewhere([copy.pk, stranger.pk], "specimen") == {copy.pk: {CASE.id}}
    assert pictures_elsewhere([copy.pk], "application") == {}


@pytest.mark.django_db
def test_one_case_may_have_a_picture_twice_and_a_blank_one_is_nobodys(clerk):
    added(clerk, scene(1))
    added(clerk, again(scene(1), 60))
    added(clerk, Image.new("RGB", (300, 200), (240, 240, 240)), subject=OTHER)
    blank = added(clerk, Image.new("RGB", (200, 300), (10, 10, 10)), subject=THIRD)
    assert PictureMatch.objects.count() == 0
    assert (blank.image_hash, blank.hash_bands, blank.picture_keys) == ("", [], [])


@pytest.mark.django_db
def test_a_card_is_compared_by_its_hash_alone(clerk):
    assert "id_front" not in PHOTO_KINDS
    whole = added(clerk, scene(1), kind="income_proof")
    assert (len(whole.hash_bands), whole.picture_keys) == (SAME_PICTURE_BITS + 1, [])


def test_hashes_that_differ_by_the_most_share_a_band():
    bits = np.random.default_rng(3).integers(0, 2, 1024)
    for seed in range(20):
        other = bits.copy()
        other[np.random.default_rng(seed).choice(1024, SAME_PICTURE_BITS, replace=False)] ^= 1
        first, second = (f"{int(''.join(map(str, one)), 2):0256x}" for one in (bits, other))
        assert set(hash_bands(first)) & set(hash_bands(second))


def test_keys_are_the_same_every_time_and_pictures_are_held_against_each_other():
    keys = picture_keys(scene(1))
    assert keys == picture_keys(scene(1))
    assert 200 < len(keys) <= 400
    grey, other = (np.asarray(scene(seed).convert("L")) for seed in (1, 2))
    assert alike_rate(grey, grey) == 1
    assert alike_rate(grey, other) < 0.1


def test_an_index_finds_the_candidates(django_assert_num_queries, db):
    from axle.documents.duplicates import earlier_same

    document = CapturedDocument(pk=10, kind="id_front", subject_type="specimen", subject_id=1)
    with django_assert_num_queries(1) as asked:
        assert earlier_same(document, "0" * 256, hash_bands("0" * 256)) == []
    assert '"hash_bands" && ' in asked.captured_queries[0]["sql"]


def edited(first_quality, second_quality):
    """A photo that was saved, got a figure painted over, and was saved again; and the same without the figure."""
    once = again(scene(4), first_quality)
    changed = once.copy()
    changed.paste(scene(5).crop((300, 200, 501, 341)), (403, 237))
    return jpeg(changed, second_quality), jpeg(once, second_quality)


def test_a_part_that_was_put_in_later_is_found_where_it_is():
    changed, unchanged = edited(70, 92)
    box = part_saved_once(changed)
    assert box is not None
    left, top, right, bottom = box
    assert 360 <= left <= 440
    assert 200 <= top <= 280
    assert 560 <= right <= 650
    assert 340 <= bottom <= 420
    assert part_saved_once(unchanged) is None


@pytest.mark.parametrize("quality", [40, 70, 90, 98])
def test_a_photo_that_was_saved_once_shows_nothing(quality):
    assert tamper_marks(jpeg(scene(4), quality)) == []


def test_what_was_saved_coarser_at_last_shows_nothing():
    assert [part_saved_once(content) for content in edited(92, 60)] == [None, None]


def test_an_editor_is_named_by_the_file():
    exif = Image.Exif()
    exif[0x0131] = "Adobe Photoshop 25.0 (Windows)"
    marks = tamper_marks(jpeg(scene(4), exif=exif))
    assert marks == [TamperMark("editor_named", "Adobe Photoshop 25.0 (Windows)")]
    exif[0x0131] = "HDR+ 1.0.345618096"
    assert tamper_marks(jpeg(scene(4), exif=exif)) == []


def test_only_both_kinds_of_evidence_reach_ninety():
    editor, part = TamperMark("editor_named", "GIMP"), TamperMark("part_saved_once", "0,0,40,40")
    assert [tamper_score(marks) for marks in ([], [editor], [part], [editor, part])] == [0, 60, 75, 90]


@pytest.mark.django_db
def test_marks_are_kept_with_the_document(clerk):
    exif = Image.Exif()
    exif[0x0131] = "GIMP 2.10"
    document = added(clerk, scene(4), exif=exif)
    assert (document.tamper_score, document.tamper_marks) == (60, [{"code": "editor_named", "detail": "GIMP 2.10"}])


def uploaded(actor, content, name, kind="bank_statement"):
    """A file of any kind as a document of the case, read by the worker."""
    allowed = (*IMAGES, PDF, TABLE, SHEET)
    with act(actor):
        file_id = file_save(content=content, name=name, actor=actor, allowed=allowed).pk
        document = captured_document_add(actor=actor, subject=CASE, kind=kind, file_id=file_id).document_id
    run_jobs()
    return CapturedDocument.objects.get(pk=document)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", papers.FILES)
def test_a_statement_is_read_by_the_worker_and_kept_encrypted(clerk, kind):
    write, _ = papers.FILES[kind]
    document = uploaded(clerk, write(papers.signed_rows(papers.half_a_year())), f"流水.{kind}")
    assert (document.state, document.statement["check"]) == ("recognised", "genuine")
    assert document.statement["income_fen"] == papers.SALARY
    assert {name: field["value"] for name, field in document.fields.items()} == {
        "holder_name": papers.HOLDER,
        "account_no": papers.ACCOUNT,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM documents_captureddocument WHERE id = %s", [document.pk])
        assert papers.EMPLOYER.encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_scanned_statement_is_for_a_person_with_the_reason(clerk):
    document = uploaded(clerk, blank_pdf(), "流水.pdf")
    assert (document.state, document.failure, document.statement) == ("needs_review", "statement_text_missing", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "kind", "refusal"),
    [
        (b"a,b\n1,2\n", "a.csv", "bank_statement", StatementColumnsUnknown),
        (papers.csv_file(papers.signed_rows(papers.half_a_year())), "a.csv", "id_front", UploadRefused),
        (papers.sheet_file([["a", "b"], ["1", "2"]]), "a.xlsx", "bank_statement", StatementColumnsUnknown),
    ],
)
def test_tables_that_are_no_statement_leave_nothing(clerk, content, name, kind, refusal):
    with pytest.raises(refusal):
        uploaded(clerk, content, name, kind)
    assert CapturedDocument.objects.count() == 0


@pytest.mark.django_db
def test_the_reviewer_sees_figures_masked_and_a_hidden_case_without_its_number(clerk):
    from axle.documents import permissions as may
    from axle.documents.http.captured import captured_out

    document = uploaded(clerk, papers.csv_file(papers.signed_rows(papers.without(20))), "流水.csv")
    told = captured_out(make_actor(may.CAPTURED_VIEW, name="reader", user_id=9), document)
    assert told.statement is not None
    assert (told.statement.statement_check, told.statement.statement_income) == ("suspicious", papers.SALARY)
    assert [(one.statement_finding, one.line) for one in told.statement.findings] == [("balance_breaks", 21)]
    assert told.statement.incomes[0].counterparty != papers.EMPLOYER
    assert captured_out(clerk, document, is_private=True).statement.incomes[0].counterparty == papers.EMPLOYER
    first, copy = added(clerk, scene(1)), added(clerk, again(scene(1), 60), subject=OTHER)
    (match,) = captured_out(make_actor(name="nobody", user_id=10), copy).matches
    assert (match.document_id, match.subject_id, match.kind) == (None, None, "vehicle_photo")
    (match,) = captured_out(make_actor(may.CAPTURED_VIEW, name="reader", user_id=9), copy).matches
    assert (match.document_id, match.subject_id) == (first.pk, CASE.id)
