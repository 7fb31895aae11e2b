"""The term base: concepts, lookup in Chinese, tolerant lookup in English, lint."""
