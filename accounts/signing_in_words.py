"""What is said when signing in does not work: in place of the package's own words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACCOUNT_ERRORS: dict[str, str | Promise] = {
    "account_inactive": _("This account is closed. Write to us if it should not be."),
    "cannot_remove_primary_email": _("The main address cannot be removed. Choose another first."),
    "duplicate_email": _("This address is in your account already."),
    "email_password_mismatch": _("The e-mail address or the password is not right."),
    "email_taken": _("This address cannot be used. Choose another one."),
    "enter_current_password": _("This is not the password you have now."),
    "incorrect_code": _("This code is not right. Look at the newest e-mail again."),
    "incorrect_password": _("The password is not right."),
    "invalid_or_expired_key": _("This link no longer works. Ask for a new one."),
    "invalid_login": _("The e-mail address or the password is not right."),
    "invalid_password_reset": _("This link no longer works. Ask for a new one."),
    "max_email_addresses": _("An account has at most %d addresses. Remove one first."),
    "too_many_login_attempts": _("Too many tries. Wait a quarter of an hour, please."),
    "unknown_email": _("There is no account for this address."),
    "unverified_primary_email": _("Only a confirmed address can be the main one."),
}

SECOND_STEP_ERRORS: dict[str, str | Promise] = {
    "add_email_blocked": _("Switch the second step off before you add an address."),
    "cannot_delete_authenticator": _(
        "Your account needs a second step. Set up another one first."
    ),
    "cannot_generate_recovery_codes": _("Set up the app or a key first."),
    "incorrect_code": _("This code is not right. Wait for the next one and type it."),
    "unverified_email": _("Confirm your e-mail address first."),
}
