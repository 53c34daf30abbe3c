"""Running the whole portal on one machine: preparing it, keeping its processes alive, stopping them."""
