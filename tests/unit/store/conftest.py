import pytest
from pods import Clock, opened


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def pod(tmp_path, clock):
    async with opened(tmp_path / "ana", clock, memory_body=1024) as pod:
        yield pod
