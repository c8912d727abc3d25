"""Files of a plan, made by the worker."""
