"""Source × JSON Schema -> Problems: the only validator."""
