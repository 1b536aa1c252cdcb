"""Runs inside the environment that is measured; imports nothing but the standard library and nda_lint.

python -P inside.py growth REPEATS FILE...   seconds to check each file, and what was found, as JSON
python -P inside.py keys NUMBER FILE...      seconds to check each file after a key, by what the key did, as JSON
python -P inside.py norms REPEATS FILE...    seconds to read each file and to compare its norms, as JSON
python -P inside.py memory ARGUMENT...       the command, and then the most memory it ever held, in bytes
python -P inside.py allocations FILE MOST    where the memory of one check comes from, as JSON
"""

from __future__ import annotations

import gc
import json
import sys
import time


def growth(repeats: int, files: list[str]) -> None:
    """The least of some runs over each file: what else the machine does only ever adds."""
    from nda_lint.linter import Settings, lint_bytes

    gc.disable()
    settings = Settings()
    results = []
    for file in files:
        with open(file, "rb") as stream:
            data = stream.read()
        times: list[float] = []
        # The first run of a process pays for tables; long runs need no repetition.
        while len(times) < repeats + 1 and sum(times) < 20:
            begin = time.perf_counter()
            report = lint_bytes(data, file, settings)
            times.append(time.perf_counter() - begin)
            findings = len(report.findings)
            del report
            gc.collect()
        results.append({"bytes": len(data), "seconds": min(times), "findings": findings})
    json.dump(results, sys.stdout)


def keys(number: int, files: list[str]) -> None:
    """What the language server does after each key: one is typed at a random place, and taken away again; where that
    breaks a statement, the one key breaks it and the other mends it."""
    from random import Random

    from nda_lint.linter import Settings
    from nda_lint.server.engine import Engine
    from nda_lint.source import Source

    results = []
    for file in files:
        with open(file, encoding="utf-8", newline="") as stream:
            text = stream.read()
        engine, random = Engine(Settings()), Random(f"keys {file}")
        findings = len(engine.check(Source(text)))

        def timed(now: str, engine: Engine = engine) -> tuple[float, int]:
            source = Source(now)
            begin = time.perf_counter()
            found = len(engine.check(source))
            return time.perf_counter() - begin, found

        gc.collect()
        gc.freeze()
        times: dict[str, list[float]] = {"harmless": [], "breaking": [], "mending": []}
        for _ in range(number):
            place = random.randrange(len(text))
            typed, found = timed(text[:place] + random.choice("aeinrst 1") + text[place:])
            taken, _ = timed(text)
            broken = found > findings
            times["breaking" if broken else "harmless"].append(typed)
            times["mending" if broken else "harmless"].append(taken)
        results.append(times)
    json.dump(results, sys.stdout)


def norms(repeats: int, files: list[str]) -> None:
    """Reading a file, from its text to the typed contract, and comparing its norms; the least of some runs of each."""
    from nda_lint.analysis.norms.report import norm_contradictions
    from nda_lint.bind import bind
    from nda_lint.parser import stream
    from nda_lint.source import Source
    from nda_lint.tables import tables

    gc.disable()
    results = []
    for file in files:
        with open(file, encoding="utf-8") as opened:
            text = opened.read()
        reading: list[float] = []
        comparing: list[float] = []
        while len(reading) < repeats + 1 and sum(reading) + sum(comparing) < 20:
            begin = time.process_time()
            contract = bind(stream(Source(text)))
            between = time.process_time()
            found = norm_contradictions(contract, "en", tables())
            comparing.append(time.process_time() - between)
            reading.append(between - begin)
            count = len(contract.norms)
            del contract
            gc.collect()
        results.append(
            {"norms": count, "reading": min(reading), "comparing": min(comparing), "findings": len(found)}
        )
    json.dump(results, sys.stdout)


def memory(arguments: list[str]) -> None:
    """Run the command as users do."""
    from nda_lint.quick import main

    main(arguments)
    sys.stdout.flush()
    sys.stderr.write(f"{most_memory()}\n")


def most_memory() -> int:
    """The most that this process ever held; Linux's own figure, because that of `getrusage` includes the process
    that started this one."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as stream:
            for line in stream:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def allocations(file: str, most: int) -> None:
    """How much one check holds at the most and at its end, and the lines that hold the most then, as JSON."""
    import tracemalloc

    from nda_lint.linter import Settings, lint_bytes

    gc.disable()
    with open(file, "rb") as stream:
        data = stream.read()
    lint_bytes(data, file, Settings())
    gc.collect()
    tracemalloc.start()
    report = lint_bytes(data, file, Settings())
    held, peak = tracemalloc.get_traced_memory()
    lines = [
        (place.size, place.count, f"{frame.filename.rpartition('nda_lint/')[2]}:{frame.lineno}")
        for place in tracemalloc.take_snapshot().statistics("lineno")[:most]
        for frame in place.traceback
    ]
    found = {"bytes": len(data), "findings": len(report.findings), "held": held, "peak": peak, "lines": lines}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    if sys.argv[1] == "growth":
        growth(int(sys.argv[2]), sys.argv[3:])
    elif sys.argv[1] == "keys":
        keys(int(sys.argv[2]), sys.argv[3:])
    elif sys.argv[1] == "norms":
        norms(int(sys.argv[2]), sys.argv[3:])
    elif sys.argv[1] == "memory":
        memory(sys.argv[2:])
    else:
        allocations(sys.argv[2], int(sys.argv[3]))
