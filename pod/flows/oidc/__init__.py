"""Sign-in for apps: the OpenID provider's paths, one a file."""
