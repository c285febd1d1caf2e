"""Synthetic households whose holders' files agree with each other, with the answers they hold.

Everybody, every organisation and every number here is made up. What happens in a household is made
first, as frozen values; each holder's file and the answer sheet are then written from it, so that
neither is made from the other. The same seed gives the same bytes, and household 3 is the same
one whether ten or a thousand are made.
"""
