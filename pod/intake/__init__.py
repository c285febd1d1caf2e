"""From an export to the changes that put it in the pod; and who signed it. Pure."""
