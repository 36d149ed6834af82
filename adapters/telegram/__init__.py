"""Heeldrop on Telegram, through long polling or a webhook."""
