"""One synthetic person and her holders, in the native formats of the holders.

Everybody and every number here is made up; the same seed gives the same bytes. The sets agree
with each other: what the supplier and the insurer ask for is what leaves the bank account.
"""
