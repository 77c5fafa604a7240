"""Text -> the characters that no file of ours may hold."""

import re

# C0 and C1 controls, lone surrogates, the marks that turn the direction of what follows, and the byte order mark,
# which no text of a PDF/UA-1 may have.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
