"""Whether an environment is fit for production, said in words."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

REQUIRED = {
    "SECRET_KEY": "a long random text that signs sessions and links",
    "DATABASE_URL": "postgres://user:password@host:port/name",
    "REDIS_URL": "redis://host:port/0",
    "ALLOWED_HOSTS": "the host names the portal answers to, separated by commas",
    "PORTAL_ORIGIN": "the address people type, such as https://sme.example",
    "EMAIL_URL": "the mail server, such as smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address e-mails come from",
}
SHORTEST_SECRET_KEY = 50
TRUE_WORDS = {"1", "true", "yes", "on", "y", "t"}


def problems(environment: Mapping[str, str]) -> list[str]:
    """List in plain words all that keeps this environment from running production."""
    found = [
        f"{name} is not set: {meaning}."
        for name, meaning in REQUIRED.items()
        if not environment.get(name, "").strip()
    ]
    secret = environment.get("SECRET_KEY", "")
    if secret and (secret.startswith("development-only") or len(secret) < SHORTEST_SECRET_KEY):
        found.append(
            f"SECRET_KEY is the development one or shorter than {SHORTEST_SECRET_KEY} characters."
        )
    if environment.get("DEBUG", "").strip().lower() in TRUE_WORDS:
        found.append("DEBUG is on: it shows the inside of the portal to everyone.")
    if environment.get("DEMO_PASSWORD"):
        found.append("DEMO_PASSWORD is set: demo accounts have no place in production.")
    database = environment.get("DATABASE_URL", "")
    if database and not database.startswith(("postgres://", "postgresql://", "pgsql://")):
        found.append("DATABASE_URL is not a PostgreSQL address.")
    origin = environment.get("PORTAL_ORIGIN", "")
    if origin and not origin.startswith("https://"):
        found.append("PORTAL_ORIGIN does not begin with https://.")
    if "*" in environment.get("ALLOWED_HOSTS", ""):
        found.append("ALLOWED_HOSTS allows every host.")
    return found


def refuse_to_start_unfit(environment: Mapping[str, str]) -> None:
    """Raise ImproperlyConfigured naming every problem at once."""
    found = problems(environment)
    if found:
        lines = "\n".join(f"  - {line}" for line in found)
        raise ImproperlyConfigured(f"Production cannot start:\n{lines}")
