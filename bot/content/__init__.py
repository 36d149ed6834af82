"""What Heeldrop knows, as data.

Reads the content folder, checks it, and hands it on as frozen, typed objects. This is the only
pure part that reads files, and it reads nothing but the content folder.
"""
