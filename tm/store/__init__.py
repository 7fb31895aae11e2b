"""Memories on disk: saved atomically under a lock, with derived caches that can be thrown away."""
