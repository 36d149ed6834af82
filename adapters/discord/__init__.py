"""Heeldrop on Discord, in direct messages and through slash commands."""
