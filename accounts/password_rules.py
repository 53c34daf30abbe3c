"""What a password must be like, said in the portal's own words."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(rules.MinimumLengthValidator):
    """At least so many characters."""

    def get_help_text(self) -> str:
        """Say the rule before anything is typed."""
        return self.get_error_message()

    def get_error_message(self) -> str:
        """Say the rule again beside the field."""
        words = ngettext(
            "Use at least %(n)d character.", "Use at least %(n)d characters.", self.min_length
        )
        return words % {"n": self.min_length}


class NotCommon(rules.CommonPasswordValidator):
    """Not one of those that everybody tries first."""

    def get_help_text(self) -> str:
        """Say the rule before anything is typed."""
        return _("Do not use a password that many people use, such as password123.")

    def get_error_message(self) -> str:
        """Say what is wrong and what to do."""
        return _("Many people use this password, so it is easy to guess. Choose another one.")


class NotAboutYou(rules.UserAttributeSimilarityValidator):
    """Not the person's own name or address."""

    def get_help_text(self) -> str:
        """Say the rule before anything is typed."""
        return _("Do not use your name or e-mail address.")

    def get_error_message(self) -> str:
        """Say what is wrong and what to do."""
        return _("This is too much like your name or e-mail address. Choose another password.")
