import pytest

from tm.lexicon import load


@pytest.fixture(scope="session")
def lexicon(cache):
    return load(cache)
