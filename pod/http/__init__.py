"""Pure rules of HTTP: preconditions, negotiation, ranges, links. No sockets, no aiohttp."""
