"""Has a package hold the data browser: it is brought from the npm registry when one is built."""

import runpy

from setuptools import setup
from setuptools.command.build_py import build_py


class WithBrowser(build_py):
    """Bring it first; where that cannot be done, say so and build without it."""

    def run(self) -> None:
        runpy.run_path("pod/web/browser_install.py", run_name="__main__")
        super().run()


setup(cmdclass={"build_py": WithBrowser})
