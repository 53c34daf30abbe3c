"""Settings: base, services, security and logging, and what differs in development, test and production."""
