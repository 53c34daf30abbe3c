"""Allauth's forms with the portal's words: the same labels and errors on every page about signing in."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
    "code": _("Code"),
}
_MISSING = {
    "login": _("Enter your e-mail address."),
    "email": _("Enter your e-mail address."),
    "password": _("Enter the password."),
    "oldpassword": _("Enter the password you have now."),
    "password1": _("Enter a new password."),
    "password2": _("Enter the new password once more."),
    "code": _("Enter the code."),
    "name": _("Enter your name."),
    "credential": _("The key did not answer. Try again."),
}
_WITHOUT_PASSWORD = _("You may leave this empty: to sign in we send you a code by e-mail instead.")
_NO_ADDRESS = _("Enter an e-mail address, for example name@company.com.tw.")


class Worded(forms.Form):
    """Puts our words in place of the package's, field by field; nothing else is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name == "credential":
                field.label = _("Key")
            if name in _MISSING:
                field.error_messages["required"] = _MISSING[name]
            if isinstance(field, forms.EmailField):
                _say_what_an_address_is(field)


def _say_what_an_address_is(field: forms.EmailField) -> None:
    field.error_messages["invalid"] = _NO_ADDRESS
    for validator in field.validators:
        if getattr(validator, "code", "") == "invalid":
            validator.message = _NO_ADDRESS  # type: ignore[union-attr]


class LoginForm(Worded, account.LoginForm):
    pass


class SignupForm(Worded, account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password1"]
        password.label = _LABELS["password"]
        password.help_text = format_html("{}{}", _WITHOUT_PASSWORD, password.help_text)


class AddEmailForm(Worded, account.AddEmailForm):
    pass


class ChangeEmailForm(Worded, account.ChangeEmailForm):
    pass


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    pass


class SetPasswordForm(Worded, account.SetPasswordForm):
    pass


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    pass


class RequestLoginCodeForm(Worded, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(Worded, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetCodeForm(Worded, account.ConfirmPasswordResetCodeForm):
    pass


class AuthenticateForm(Worded, second_step.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(Worded, second_step.ReauthenticateForm):
    pass


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    pass


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("So that you tell it from others, for example “Phone”.")
        self.fields["passwordless"].label = _("Sign in with this key alone")
        self.fields["passwordless"].help_text = _(
            "Without a password. The key then asks for your finger, face or PIN."
        )


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].error_messages["required"] = _("Enter a name for the key.")
