"""Writes `docs/licences.md`: every package, its licence and why it is there; run by `make licences`.

Licences come from the installed packages' own metadata and from npm's lock file, reasons from the comments
in `pyproject.toml` and from `.ci/package.json`. What nobody asked for by name is there for another's sake.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from itertools import groupby
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
SERVED = "On every site"
# Each list of requirements, the narrowest first: a package stands in the first that names it.
LISTS = {
    SERVED: "requirements.txt",
    "On a site of several machines too": "requirements-scale.txt",
    "For development only": "requirements-dev.txt",
}
NPM = "For development only, from npm"

# The words of metadata older than the standard's, in the standard's.
SPDX = {
    "MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0-Perl",
    "GNU General Public License (GPL)": "GPL-2.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Licences that stand in the package's own files and not in its metadata.
TOLD_ELSEWHERE = {"parse-cache-control": "BSD-3-Clause", "busboy": "MIT", "streamsearch": "MIT"}
# Free to use and to pass on along with a work of any licence.
ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0"),
        *("CNRI-Python", "ISC", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-CMU", "MIT-0"),
        *("MPL-2.0", "OFL-1.1", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib"),
    }
)
# A tool's own licence does not reach what is made with it.
ALLOWED_TOOLS = ALLOWED | {"Artistic-1.0-Perl", "CC-BY-4.0", "GPL-2.0-or-later", "GPL-3.0-or-later"}


@dataclass(frozen=True)
class Dependency:
    where: str
    name: str
    version: str
    licence: str
    why: str

    @property
    def is_tool(self) -> bool:
        return self.where.startswith("For development")


def dependencies() -> list[Dependency]:
    return [*_from_python(), *_from_npm()]


def faults(listed: Iterable[Dependency]) -> list[str]:
    """Say of each package without a licence, without one that may be used, or without a reason so."""
    told = []
    for one in listed:
        if not one.licence:
            told.append(f"{one.name}: no licence in its metadata; look, and tell in TOLD_ELSEWHERE")
        elif not is_allowed(one.licence, ALLOWED_TOOLS if one.is_tool else ALLOWED):
            told.append(f"{one.name}: {one.licence} is not allowed {one.where.lower()}")
        if not one.why:
            told.append(f"{one.name}: no reason beside it")
    return told


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Whether one of the choices that a licence expression gives consists of allowed licences alone."""
    choices = [re.split(r"\s+AND\s+", choice) for choice in re.split(r"\s+OR\s+", expression)]
    return any(all(part.strip("() ") in allowed for part in choice) for choice in choices)


def page(listed: Iterable[Dependency]) -> str:
    text = (
        "# Licences\n\nWritten by `make licences`. Every package that the site runs on or is developed"
        " with, its licence in SPDX's words, and why it is there.\n"
    )
    for where, rows in groupby(listed, lambda one: one.where):
        text += f"\n## {where}\n\n| Package | Version | Licence | Why |\n|---|---|---|---|\n"
        text += "".join(f"| {r.name} | {r.version} | {r.licence} | {r.why} |\n" for r in rows)
    return text


# --- Python -------------------------------------------------------------------------------


def _from_python() -> Iterator[Dependency]:
    reasons, seen = _reasons(), set()
    for where, file in LISTS.items():
        for line, users in locked((ROOT / file).read_text(encoding="utf-8")):
            wanted = Requirement(line)
            name = wanted.name.lower()
            # What only another system needs is not here to be asked.
            if name in seen or (wanted.marker and not wanted.marker.evaluate()):
                continue
            seen.add(name)
            why = reasons.get(name) or (f"needed by {', '.join(users)}" if users else "")
            version = str(wanted.specifier).removeprefix("==")
            yield Dependency(where, wanted.name, version, _licence_of(wanted.name), why)


def locked(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give each requirement of a lock file, with the packages that it is there for."""
    for block in re.split(r"\n(?=\S)", text):
        requirement = block.partition("\\\n")[0].strip()
        told = re.findall(r"^ +# +(?:via )?(\S+)$", block, re.MULTILINE)
        # `-c` lines and the project itself have a space in them, and so are not among these.
        if requirement and not requirement.startswith("#"):
            yield requirement, [name for name in told if name != "via"]


def _reasons() -> dict[str, str]:
    """Return the comment beside each requirement in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    beside = re.findall(r'^ +"([A-Za-z0-9._-]+)[^"]*",\s*# (.+)$', text, re.MULTILINE)
    return {name.lower(): reason for name, reason in beside}


def _licence_of(name: str) -> str:
    told = distribution(name).metadata
    if expression := told.get("License-Expression"):
        return expression
    classes = [c for c in told.get_all("Classifier") or [] if c.startswith("License :: ")]
    names = [c.rpartition(" :: ")[2] for c in classes] or [told.get("License") or ""]
    return " OR ".join(dict.fromkeys(SPDX.get(n, n) for n in names)) or TOLD_ELSEWHERE.get(name, "")


# --- npm ----------------------------------------------------------------------------------


def _from_npm() -> Iterator[Dependency]:
    packages = json.loads((ROOT / ".ci" / "package-lock.json").read_text())["packages"]
    reasons = json.loads((ROOT / ".ci" / "package.json").read_text())["reasons"]
    users: dict[str, set[str]] = {}
    for path, package in packages.items():
        for kind in ("dependencies", "optionalDependencies", "peerDependencies"):
            for name in package.get(kind, {}):
                users.setdefault(name, set()).add(_npm_name(path))
    rows = {
        Dependency(
            NPM,
            name,
            package["version"],
            package.get("license") or TOLD_ELSEWHERE.get(name, ""),
            reasons.get(name) or f"needed by {', '.join(sorted(users.get(name, [])))}",
        )
        for path, package in packages.items()
        if (name := _npm_name(path))
    }
    yield from sorted(rows, key=lambda one: (one.name, one.version))


def _npm_name(path: str) -> str:
    return path.rpartition("node_modules/")[2]


if __name__ == "__main__":
    everything = dependencies()
    PAGE.write_text(page(everything), encoding="utf-8")
    sys.exit("\n".join(faults(everything)) or None)
