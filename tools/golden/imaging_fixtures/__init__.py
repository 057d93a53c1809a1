"""The image files on which the decoder is tested, one module a format."""
