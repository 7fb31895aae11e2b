"""Alignment: two documents to beads."""

from tm.align.aligner import align, align_batch
from tm.align.document import Alignment, Document

__all__ = ["Alignment", "Document", "align", "align_batch"]
