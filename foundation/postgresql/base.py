"""The health check of a kept connection without a query.

A server that ended a connection (a restart, a kill, an idle limit) has said so on the socket
before the next request; where nothing was said, the connection is as good as when it was left.
Only a socket with something to read is asked with Django's own query. A connection lives for
`CONN_MAX_AGE` at most, so no firewall forgets it meanwhile.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        return self._is_quiet() or bool(super().is_usable())

    def _is_quiet(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0)
