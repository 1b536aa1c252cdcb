"""Builds the wheel, installs it into an empty environment, and uses it from another folder.

Three wheels are made: from the checkout, from the source distribution, and from a copy of the tree without
`.git`; they must hold the same files. What an installed tool needs must be inside, and nothing that git
ignores but the compiled tables.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
TABLES = "nda_lint/tables.bin"
MADE_BY_BUILD = frozenset({TABLES, "PKG-INFO"})
#: folders that lie beside the package in a checkout and inside it in a wheel
INSIDE = ("grammar", "rules")


class WheelError(Exception):
    """The wheel is not as it should be."""


def main() -> int:
    """Run all checks; the first that fails ends the run with one line."""
    with TemporaryDirectory(prefix="nda-lint-wheel-") as name:
        folder = Path(name)
        try:
            wheel = build(folder)
            check_content(wheel)
            use(wheel, folder)
        except WheelError as error:
            print(f"wheel-check: {error}", file=sys.stderr)
            return 1
    print("wheel-check: all is well")
    return 0


def build(folder: Path) -> Path:
    """The wheel that comes from the checkout, by way of the source distribution."""
    done("building the source distribution, and the wheel from it")
    run([sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(ROOT)])
    (source,) = (folder / "dist").glob("*.tar.gz")
    (wheel,) = (folder / "dist").glob("*.whl")
    with tarfile.open(source) as archive:
        held = {str(Path(*Path(member.name).parts[1:])) for member in archive if member.isfile()}
    check_tracked(held - MADE_BY_BUILD, "the source distribution")
    done("building the wheel from the checkout")
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(folder / "direct"), str(ROOT)])
    (direct,) = (folder / "direct").glob("*.whl")
    done("building the wheel from a copy without .git")
    copy = folder / "copy"
    for path in sorted(files_of_checkout()):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, copy / path)
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(folder / "bare"), str(copy)])
    (bare,) = (folder / "bare").glob("*.whl")
    for other in (direct, bare):
        if differing := {*names(wheel)} ^ {*names(other)}:
            raise WheelError(f"the wheels differ in {', '.join(sorted(differing))}")
    return wheel


def check_content(wheel: Path) -> None:
    """What is beside the package is inside the wheel, unchanged, and nothing else that git ignores."""
    done("checking what is in the wheel")
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in names(wheel)}
    for part in INSIDE:
        inside = {name for name in held if name.startswith(f"nda_lint/{part}/")}
        beside = {path for path in files_of_checkout() if path.startswith(f"{part}/")}
        if inside != {f"nda_lint/{path}" for path in beside} or not beside:
            raise WheelError(f"nda_lint/{part} holds {len(inside)} files, {part} holds {len(beside)}")
        for path in beside:
            if held[f"nda_lint/{path}"] != (ROOT / path).read_bytes():
                raise WheelError(f"{path} is another one in the wheel")
    if TABLES not in held:
        raise WheelError(f"{TABLES} is missing")
    check_tracked({in_checkout(name) for name in held} - MADE_BY_BUILD, "the wheel")


def use(wheel: Path, folder: Path) -> None:
    """Install into an empty environment and run the command from a folder that knows nothing of the checkout."""
    done("installing into an empty environment")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    binaries = environment / ("Scripts" if sys.platform == "win32" else "bin")
    run([str(binaries / "python"), "-m", "pip", "install", "--quiet", str(wheel)])
    done("using it from another folder")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    command = str(binaries / "nda-lint")
    version = wheel.name.split("-")[1]
    expect([command, "--version"], elsewhere, 0, version)
    rules = expect([command, "rules", "--lang", "en"], elsewhere, 0, "NDA")
    code = next(word for word in rules.split() if word.startswith("NDA"))
    expect([command, "explain", code], elsewhere, 0, code)
    for contract in sorted((ROOT / "corpus").glob("clean/*.nda")):
        shutil.copy2(contract, elsewhere)
        expect([command, contract.name], elsewhere, 0, "")
    for language, text in CONTRACTS.items():
        (elsewhere / f"{language}.nda").write_text(text, encoding="utf-8")
        expect([command, f"{language}.nda"], elsewhere, 1, "NDA003")
        expect([command, "--output-format", "json", f"{language}.nda"], elsewhere, 1, '"NDA003"')
        expect([command, "facts", f"{language}.nda"], elsewhere, 0, '"duration"')
    expect([command, "."], elsewhere, 1, "NDA003")
    expect([command, "."], elsewhere, 1, "NDA003")  # from the cache
    start = folder / "start"
    start.mkdir()
    expect([command, "init"], start, 0, "contract.nda")
    expect([command, "."], start, 0, "All checks passed")


#: one contract in each language, with one misspelt key
CONTRACTS = {
    "en": (
        'agreement "Trial"\n\nparty Acme "Acme Ltd."\n  role: discloser\n\nclause term\n'
        "  duration: 3 years from signing\n  survivel: 5 years after termination\n"
    ),
    "zh": (
        "协议「试用」\n\n当事人 甲方「上海甲科技有限公司」\n  身份:披露方\n\n条款 期限\n"
        "  期限:自签署日起 3 年\n  自动续其:否\n"
    ),
}


def names(wheel: Path) -> list[str]:
    """The files of a wheel, without what describes it."""
    with zipfile.ZipFile(wheel) as archive:
        return [name for name in archive.namelist() if ".dist-info/" not in name]


def in_checkout(name: str) -> str:
    """Where the file of a wheel lies in a checkout."""
    return (
        name.removeprefix("nda_lint/") if name.startswith(tuple(f"nda_lint/{p}/" for p in INSIDE)) else name
    )


def files_of_checkout() -> set[str]:
    """What git has, or would have; in a tree without git, everything."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], ROOT)
        return {path for path in listed.split("\0") if path and (ROOT / path).is_file()}
    parts = ("pyproject.toml", "README.md", "LICENSE", ".gitignore", "nda_lint", *INSIDE)
    found = {
        path
        for part in parts
        for path in ([ROOT / part] if (ROOT / part).is_file() else (ROOT / part).rglob("*"))
    }
    return {
        str(path.relative_to(ROOT))
        for path in found
        if path.is_file() and path.suffix not in (".pyc", ".bin")
    }


def check_tracked(held: set[str], what: str) -> None:
    """Nothing but what git has may be shipped."""
    if strange := held - files_of_checkout():
        raise WheelError(f"{what} holds what git does not: {', '.join(sorted(strange))}")


def expect(command: list[str], folder: Path, code: int, text: str) -> str:
    """Run a command that must end with `code` and say `text`."""
    finished = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    said = finished.stdout + finished.stderr
    if finished.returncode != code or text not in said or "Traceback" in said:
        raise WheelError(
            f"{' '.join(command[1:])} ended with {finished.returncode}, not {code}, and said:\n{said}"
        )
    return finished.stdout


def run(command: list[str], folder: Path | None = None) -> str:
    """Run a command that must succeed; its output is shown only if it does not."""
    finished = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if finished.returncode:
        raise WheelError(f"{' '.join(command)}:\n{finished.stdout}{finished.stderr}")
    return finished.stdout


def done(what: str) -> None:
    """Say what is being done."""
    print(f"wheel-check: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
