"""Output formats: a module for each, and the registry that loads the one that is asked for."""
