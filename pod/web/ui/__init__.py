"""The server's own pages: words in French and English, templates, and how a page is sent."""
