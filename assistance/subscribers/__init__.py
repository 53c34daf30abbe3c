"""What follows from what was recorded, one module per thing that follows."""

from assistance.subscribers import placing

__all__ = ["placing"]
