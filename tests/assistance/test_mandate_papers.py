"""The signed paper of a mandate: kept with it, read by both sides and by the officers of its cases."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assistance.models import Attachment, Mandate
from assistance.services import mandate_answers, mandates
from foundation.papers import keep_paper, open_paper
from tests.assistance.desk import officer, signed_in
from tests.assistance.mandating import asked, letters, secret_of, terms
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import AttachmentFactory, today
from tests.foundation.papers import pdf

pytestmark = pytest.mark.django_db
PDF = pdf()


@pytest.fixture(autouse=True)
def _catalogue(two_systems):
    """A catalogue to ask in."""


@pytest.fixture
def filer():
    return UserFactory(name="王會計", verified=True)


def _state(client, *papers):
    said = {
        "idempotency_key": str(uuid.uuid4()),
        "capacity": "accountant",
        "business_number": "04595257",
        "enterprise_name": "示範木業",
        "principal_name": "林雅雯",
        "principal_email": "owner@firm.example",
        "language": "zh-hant",
        "given_on": today().isoformat(),
        "given_how": "paper",
        "may_read": "on",
        "valid_to": (today() + dt.timedelta(days=9)).isoformat(),
        "papers": list(papers),
    }
    return client.post(reverse("acting:new"), said)


def _paper(name="委任書.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def _with_paper(filer, **changed):
    mandate = asked(filer, **changed)
    stored = keep_paper(_paper())
    paper = AttachmentFactory(case=None, mandate=mandate, storage_name=stored, name="委任書.pdf")
    return mandate, paper


def _opens(client, paper) -> int:
    return _status(client, reverse("files:download", args=[paper.pk]))


def _status(client, path) -> int:
    answer = client.get(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return int(answer.status_code)


def test_the_paper_is_kept_with_the_mandate_and_shown_to_the_filer(filer):
    client = signed_in(filer)

    assert _state(client, _paper()).status_code == 303

    paper = Attachment.objects.get()
    assert (paper.mandate, paper.uploaded_by) == (Mandate.objects.get(), filer)
    page = client.get(reverse("acting:mandate", args=[paper.mandate_id])).content.decode()
    assert "委任書.pdf" in page
    assert _opens(client, paper) == 200


@pytest.mark.parametrize("papers", [[b"MZ\x90\x00 program"], [b""], [PDF] * 6])
def test_what_is_no_paper_is_refused_and_nothing_is_kept(filer, papers):
    files = [_paper(content=content) for content in papers]

    answer = _state(signed_in(filer), *files)

    assert answer.status_code == 422
    assert not Mandate.objects.exists()
    assert not Attachment.objects.exists()


def test_by_the_link_the_paper_is_read_while_it_works(filer):
    _mandate, paper = _with_paper(filer)
    secret, guest = secret_of(letters().get()), Client()
    path = reverse("mandates:link_paper", args=[secret, paper.pk])

    assert path in guest.get(reverse("mandates:link", args=[secret])).content.decode()
    assert _status(guest, path) == 200
    assert _opens(guest, paper) == 404

    mandate_answers.refuse_by_link(secret=secret)
    assert _status(guest, path) == 404


def test_a_link_opens_no_paper_of_another_mandate(filer):
    _with_paper(filer)
    secret = secret_of(letters().get())
    _other, paper = _with_paper(
        filer, business_number="99990009", principal_email="b@firm.example"
    )

    path = reverse("mandates:link_paper", args=[secret, paper.pk])

    assert _status(Client(), path) == 404


def test_members_and_the_officers_of_the_case_read_it_and_strangers_do_not(filer):
    owner = UserFactory(verified=True)
    EnterpriseFactory(owner=owner, business_number="04595257")
    mandate, paper = _with_paper(filer)
    duty = signed_in(officer("duty"))
    lead = officer("lead")
    hers = signed_in(owner)
    assert [_opens(hers, paper), _opens(signed_in(lead), paper)] == [200, 404]

    mandate_answers.confirm(mandate_id=mandate.pk, by_id=owner.pk, terms=terms())

    assert [_opens(duty, paper), _opens(signed_in(lead), paper)] == [200, 200]
    assert _opens(signed_in(UserFactory()), paper) == 404
    page = hers.get(reverse("mandates:show", args=[mandate.pk])).content.decode()
    assert "委任書.pdf" in page


def test_a_mandate_that_is_thrown_away_leaves_no_bytes(filer, django_capture_on_commit_callbacks):
    _state(signed_in(filer), _paper())
    stored = Attachment.objects.get().storage_name

    with django_capture_on_commit_callbacks(execute=True):
        mandates.lay_down(mandate_id=Mandate.objects.get().pk, filer_id=filer.pk)

    assert not Attachment.objects.exists()
    with pytest.raises(FileNotFoundError):
        open_paper(stored)


def test_a_file_belongs_to_one_thing_alone(filer):
    _mandate, paper = _with_paper(filer)

    for wrong in ({"mandate": None}, {"case": AttachmentFactory().case}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=paper.pk).update(**wrong)
