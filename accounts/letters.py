"""The e-mails about signing in: what each says, in the reader's language.

Keys are the names that allauth gives its mails. Every mail says what happened, what to do, and
what to do when it was not the reader.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

IGNORE = _("If this was not you, you need not do anything.")
ACT = _("If this was not you, sign in and change your password at once.")


@dataclass(frozen=True)
class Letter:
    """`shows` names the one thing of the context that stands alone: a code or an address."""

    subject: Words
    lines: tuple[Words, ...]
    shows: str = ""
    last: Words = IGNORE


LETTERS: dict[str, Letter] = {
    "account/email/login_code": Letter(
        _("Your sign-in code"),
        (_("Enter this code in the window you have open. It works once, for ten minutes."),),
        "code",
    ),
    "account/email/email_confirmation_signup": Letter(
        _("Your code to finish signing up"),
        (_("Enter this code in the window you have open, and your account is ready."),),
        "code",
    ),
    "account/email/email_confirmation": Letter(
        _("Your code to confirm this address"),
        (_("Enter this code in the window you have open."),),
        "code",
    ),
    "account/email/password_reset_code": Letter(
        _("Your code to set a new password"),
        (_("Enter this code in the window you have open, then choose a new password."),),
        "code",
    ),
    "account/email/account_already_exists": Letter(
        _("You already have an account"),
        (
            _("Someone tried to sign up with this address, and it already has an account."),
            _("If it was you, sign in here. You can ask for a code if you forgot the password."),
        ),
        "login_url",
    ),
    "account/email/unknown_account": Letter(
        _("There is no account for this address"),
        (
            _("Someone tried to sign in with this address, and it has no account."),
            _("If it was you, you can sign up here."),
        ),
        "signup_url",
    ),
    "account/email/password_changed": Letter(
        _("Your password was changed"), (_("The password of your account was changed."),), last=ACT
    ),
    "account/email/password_reset": Letter(
        _("Your password was set anew"),
        (_("The password of your account was set anew."),),
        last=ACT,
    ),
    "account/email/password_set": Letter(
        _("Your account has a password now"),
        (_("A password was set for your account."),),
        last=ACT,
    ),
    "account/email/email_changed": Letter(
        _("The address of your account was changed"),
        (_("Your account now uses another e-mail address."),),
        last=ACT,
    ),
    "account/email/email_confirm": Letter(
        _("An address was confirmed"), (_("An e-mail address of your account was confirmed."),)
    ),
    "account/email/email_deleted": Letter(
        _("An address was removed"),
        (_("An e-mail address was removed from your account."),),
        last=ACT,
    ),
    "mfa/email/totp_activated": Letter(
        _("An authenticator app protects your account"),
        (_("From now on we ask for a code of your app when you sign in."),),
        last=ACT,
    ),
    "mfa/email/totp_deactivated": Letter(
        _("The authenticator app was switched off"),
        (_("We no longer ask for a code of your app when you sign in."),),
        last=ACT,
    ),
    "mfa/email/webauthn_added": Letter(
        _("A passkey was added"), (_("You can now sign in with this passkey."),), last=ACT
    ),
    "mfa/email/webauthn_removed": Letter(
        _("A passkey was removed"),
        (_("A passkey can no longer be used to sign in."),),
        last=ACT,
    ),
    "mfa/email/recovery_codes_generated": Letter(
        _("New recovery codes were made"),
        (_("Your account has new recovery codes; the old ones no longer work."),),
        last=ACT,
    ),
}
