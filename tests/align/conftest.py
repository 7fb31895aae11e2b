import pytest

from tm.lexicon import load


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """A folder in which the lexicon is ready."""
    folder = tmp_path_factory.mktemp("lexicon")
    load(folder)
    return folder
