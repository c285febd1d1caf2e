"""Charts as SVG that a server makes: frozen values in, markup out."""
