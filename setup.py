"""The one thing pyproject.toml cannot say: a wheel carries models/ and resources/ in `medapp/_bundled/`."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithBundle(build_py):
    """Copy the bundled files beside the modules; an editable installation reads the checkout itself."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        bundle = runpy.run_path(str(ROOT / "packaging" / "bundle.py"))
        target = Path(self.build_lib) / bundle["BUNDLED"]
        shutil.rmtree(target, ignore_errors=True)  # what an earlier build left
        for source, inner in bundle["bundled_files"](ROOT):
            place = target / inner
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)


setup(cmdclass={"build_py": BuildWithBundle})
