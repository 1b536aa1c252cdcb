"""``make oracle N=100000``: the engine and the oracle on that many pairs of norms of contracts made at random.

The last line is the tally; the exit status is 1 where the two disagree anywhere. Each contract has a seed of its own,
and a disagreement is printed with the seed and the shortest contract that shows it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from typing import TYPE_CHECKING

# Run as a folder: what the tests share, and the checkout itself, lie above.
_TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [_TESTS, os.path.dirname(_TESTS)]

from oracle.compare import Tally, compare_text  # noqa: E402
from oracle.drafts import Draft, draft  # noqa: E402
from oracle.minimise import minimise  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

#: how many disagreements are shown; the others are counted
_SHOWN = 5
#: contracts that are compared before the tally is looked at again
_BATCH = 8
_FAILED = 1
#: seconds between two looks at the progress
_ON_TERMINAL, _ELSEWHERE = 0.2, 20


def compare_seed(seed: int) -> tuple[int, Tally]:
    """Both sides on the contract of a seed."""
    return seed, compare_text(draft(random.Random(seed)).text())


def shortest(seed: int) -> str:
    """The shortest contract like that of a seed on which the two disagree in the same way, and how."""
    whole = draft(random.Random(seed))
    ways = _ways(whole)
    found = minimise(whole, lambda one: bool(_ways(one) & ways))
    return "\n".join((found.text(), *compare_text(found.text()).disagreements))


def _ways(one: Draft) -> set[str]:
    """What sorts of disagreement there are."""
    return {said.partition(":")[0] for said in compare_text(one.text()).disagreements}


def tallies(first: int, jobs: int) -> Iterator[tuple[int, Tally]]:
    """Tallies of one contract after another, without end."""
    seeds = count(first)
    if jobs < 2:
        yield from map(compare_seed, seeds)
        return
    with ProcessPoolExecutor(jobs) as pool:
        while True:
            yield from pool.map(compare_seed, [next(seeds) for _ in range(_BATCH * jobs)])


def run(pairs: int, seed: int, jobs: int) -> int:
    """Compare at least so many pairs; the exit status."""
    total, failed, progress = Tally(), [], Progress(pairs)
    for one, tally in tallies(seed, jobs):
        total.add(tally)
        if tally.disagreements:
            failed.append(one)
        if total.pairs >= pairs:
            break
        progress.show(total)
    progress.end()
    for one in failed[:_SHOWN]:
        print(f"seed {one}:\n{shortest(one)}\n")
    print(total, flush=True)
    return _FAILED if total.disagreements else 0


class Progress:
    """How far the work is: one line that changes on a terminal, one now and then elsewhere."""

    def __init__(self, pairs: int) -> None:
        self.pairs, self.started = pairs, time.monotonic()
        self.on_terminal = sys.stderr.isatty()
        self.shown = self.started

    def show(self, total: Tally) -> None:
        now = time.monotonic()
        if now - self.shown < (_ON_TERMINAL if self.on_terminal else _ELSEWHERE):
            return
        self.shown = now
        rate = total.pairs / (now - self.started)
        text = f"{total.pairs:,} of {self.pairs:,} pairs, {rate:,.0f} a second"
        print(
            f"\r{text}" if self.on_terminal else text,
            end="" if self.on_terminal else "\n",
            file=sys.stderr,
            flush=True,
        )

    def end(self) -> None:
        if self.on_terminal and self.shown > self.started:
            print(file=sys.stderr)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="make oracle", description=__doc__)
    parser.add_argument("pairs", nargs="?", type=int, default=10_000)
    parser.add_argument(
        "--seed", type=int, help="of the first contract; a fresh one each time where none is given"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**9)
    print(f"seed: {seed}")
    return run(given.pairs, seed, given.jobs)


if __name__ == "__main__":
    sys.exit(main())
