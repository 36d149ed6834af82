"""The places Heeldrop can talk: one package for each, none aware of the others.

An adapter turns a platform's messages into the bot's own, and the bot's replies into what that
platform can show. It decides nothing about a person's calf or their running.
"""
