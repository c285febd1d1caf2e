"""One synthetic person and her holders, in the native formats of the holders."""
