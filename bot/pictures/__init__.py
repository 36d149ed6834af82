"""Draws the fourteen exercises as short moving pictures, from poses that are data.

Rule: this package runs when pictures are built (`make media`), never while Heeldrop talks, so nothing
else imports it and Pillow is a tool for building only. The same poses give the same bytes every time:
no clock, no chance, no fonts of the machine.

How a picture comes about: `pose` reads content/exercises/poses/<id>.toml; `motion` says where every
channel stands at a moment; `skeleton` turns that into joints; `person`, `props` and `marks` draw on
a `canvas`; `film` puts the frames together; `encode` writes GIF, WebP and PNG.

Lengths are metres, angles degrees, times seconds. The figure looks to the right; x grows that way,
y grows upwards, and the floor is y = 0.
"""
