"""What the tests share -> folders of inputs, servers, browsers, broken files, and the gates that outputs go through."""
