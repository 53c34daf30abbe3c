"""Django's PostgreSQL backend, which looks at a quiet connection instead of asking it."""
