"""Which doors a guest who gave the code of a case opens."""

# Where a guest who gave the code of A's case fares unlike an anonymous visitor.
GUEST = {
    "files:download": ("o", "m"),
    "request:done": ("o", "m"),
    "track:consents": ("o", "m"),
    "track:detail": ("o", "m"),
    "track:message": ("m", "u"),
    "track:print": ("o", "m"),
    "track:rate": ("m", "u"),
    "track:readers": ("o", "m"),
    "track:remove_file": ("f", "c"),
    "track:referral": ("o", "u"),
    "track:referral_refuse": ("m", "c"),
    "track:referral_stop": ("m", "r"),
    "track:reopen": ("o", "u"),
    "track:upload": ("m", "u"),
    "track:withdraw": ("o", "u"),
}
