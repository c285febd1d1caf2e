"""The same life as each holder would hand it out: a module a native format."""
