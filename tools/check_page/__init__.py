"""What tools/check-page does: one part a module, each a list of checks."""
