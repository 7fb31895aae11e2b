"""Word-translation evidence shared by terms, alignment, leverage and checks.

load(cache) -> Lexicon              CC-CEDICT as arrays, prepared once into the cache folder
learn(pairs) -> Table               IBM model 1 learnt from sentence pairs
stem, words                         English words and their stems
Cognates, spelt                     names written in pinyin
"""

from tm.lexicon.chinese import FUNCTION_WORDS as CHINESE_FUNCTION_WORDS
from tm.lexicon.english import FUNCTION_WORDS, stem, words
from tm.lexicon.ibm1 import Table, learn
from tm.lexicon.pinyin import Cognates, spelt
from tm.lexicon.prepared import Lexicon, load

__all__ = [
    "CHINESE_FUNCTION_WORDS",
    "FUNCTION_WORDS",
    "Cognates",
    "Lexicon",
    "Table",
    "learn",
    "load",
    "spelt",
    "stem",
    "words",
]
