"""Alignment: two documents to beads."""

from tm.alignment.aligner import align, align_batch
from tm.alignment.document import Alignment, Document

__all__ = ["Alignment", "Document", "align", "align_batch"]
