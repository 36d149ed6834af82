"""A made-up world, played with a seed: months of it in seconds, checked after every step.

Runners answer, ignore, block, return, travel, press old buttons and delete themselves; a platform
delays, fails and forgets to answer; clocks change and jump; the process stops for minutes or days.
The same seed plays the same world. `heeldrop simulate` plays it with the real core.
"""
