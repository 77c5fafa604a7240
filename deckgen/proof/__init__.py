"""Written files -> Problems: what they say when read back, whether they agree, what makes PowerPoint repair one."""
