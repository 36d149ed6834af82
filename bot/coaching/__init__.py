"""The running knowledge that is arithmetic: plain values in, plain values out, no words."""
