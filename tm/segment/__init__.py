"""Segmentation: text to segments with their offsets."""
