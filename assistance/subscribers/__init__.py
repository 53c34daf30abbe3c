"""What follows from what was recorded, one module per thing that follows."""

from assistance.subscribers import laws, placing

__all__ = ["laws", "placing"]
