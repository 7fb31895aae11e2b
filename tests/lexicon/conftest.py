import pytest

from tm.lexicon import load


@pytest.fixture(scope="session")
def lexicon_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("lexicon")


@pytest.fixture(scope="session")
def lexicon(lexicon_cache):
    return load(lexicon_cache)
