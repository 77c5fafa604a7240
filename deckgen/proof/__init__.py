"""Written files -> Problems: read back, compared, and searched for what makes PowerPoint repair a file."""
