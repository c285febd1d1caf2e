"""Notifications: what a subscription asks for, what a change comes to, who hears of it. Pure."""
