"""Which records of different holders tell of one thing: rules over values, no input or output."""
