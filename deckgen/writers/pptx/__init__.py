"""Pages -> .pptx: slides and text as XML of our own, in a package of python-pptx."""
