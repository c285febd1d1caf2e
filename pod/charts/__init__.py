"""Charts as SVG to be put inline into pages: values in, markup out. Nothing here reads or waits.

Each kind takes a `Frame` (what the chart is called and says) and its values, and gives back one
`<svg>` element as text. How it looks is in `charts.css`: the markup has classes only, so that it
passes a strict Content Security Policy, follows light and dark, and prints. Values that are missing
are drawn as gaps, estimated ones hatched, and bars begin at zero.
"""
