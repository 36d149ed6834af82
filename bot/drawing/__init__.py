"""Draws what the conversation wants shown: a chart, as a PNG for a chat or as SVG for a page.

Rule: what a chart shows is a value (`chart.py`), and the same value gives the same bytes every time:
no clock, no chance, no fonts of the machine. `layout.py` says where everything goes, in shapes;
`svg.py` writes them as text, `paint.py` paints them. Only `paint.py` needs Pillow, and only the
runtime imports it, when the first chart goes out. Nothing is told by colour alone.
"""
