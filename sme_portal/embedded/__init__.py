"""PostgreSQL and Valkey that come with the portal, for development, tests and the demo; production refuses them."""
