"""Several files chosen in one field, each checked before anything is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from assistance.forms.intake import SeveralFilesInput
from foundation.uploads import CheckedUpload, UploadRefusedError, check_upload

MOST_AT_ONCE = 5
ACCEPTED_FILES = ".pdf,.jpg,.jpeg,.png,.heic,.docx,.xlsx,.odt,.ods,.csv,image/*"


class AttachedInput(SeveralFilesInput):
    """Reads every file of the field, not only the last one."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        many = getattr(files, "getlist", None)
        return list(many(name)) if many else [one for one in [files.get(name)] if one]


class AttachedField(forms.FileField):
    """Files that go with a message: a list of (what the check found, the content)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", AttachedInput(attrs={"accept": ACCEPTED_FILES}))
        super().__init__(**kwargs)

    def clean(
        self, data: Sequence[UploadedFile] | UploadedFile | None, initial: Any = None
    ) -> list[tuple[CheckedUpload, UploadedFile]]:
        chosen = [data] if isinstance(data, UploadedFile) else [one for one in data or [] if one]
        if len(chosen) > MOST_AT_ONCE:
            words = _("Attach at most %(n)d files at once.")
            raise ValidationError(words % {"n": MOST_AT_ONCE})
        return [(self._checked(one), one) for one in chosen]

    def _checked(self, file: UploadedFile) -> CheckedUpload:
        try:
            return check_upload(file)
        except UploadRefusedError as refusal:
            raise ValidationError(f"{file.name}: {refusal}") from refusal
