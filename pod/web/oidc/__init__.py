"""Sign-in for apps over HTTP: pages for people, JSON for apps."""
