"""What the runner sets and owns: days, times, units, the clock, joined chats, export and deletion."""
