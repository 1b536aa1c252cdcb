"""The report in a real browser: what leads where, what can be read, what is asked of the network.

Run by ``make browser-test``; not part of the main suite, because it takes a browser.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.chromium import Page, installed
from helpers import CORPUS, ROOT

REPORTS = {
    "contradictions.en": ["corpus/faulty/contradictions.en.nda"],
    "norms.zh": ["corpus/faulty/norms.zh.nda"],
    "guide.zh": ["corpus/faulty/guide.zh.nda"],
    "language.en.in-zh": ["--lang", "zh", "corpus/faulty/language.en.nda"],
    "clean.zh": ["corpus/clean/customer.zh.nda"],
    "no-text.en": ["corpus/faulty/encoding.en.nda"],
    "several": ["corpus/faulty/demo.en.nda", "corpus/faulty/demo.zh.nda", "corpus/clean/england.en.nda"],
    "evil": ["EVIL"],
}
EVIL = (
    'agreement "<script>window.hacked = 1</script>"\nparty A"cme "\x00"\n'
    'clause duties @"><img src="http://example.invalid/x" onerror="window.hacked = 1">\n'
    f'  Acme must "<svg onload=window.hacked=1>" \u202edocuments {"long" * 400} within 3 days after signing\n'
    "  > </p></style><script>window.hacked = 1</script> {A} \u0645\u0631\u062d\u0628\u0627\n"
)
#: Contrast of a text with what is behind it, for all texts that are seen; those below what WCAG 2 asks (AA).
CONTRAST = """(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      if (!(e instanceof SVGElement)) layers.push(rgba(getComputedStyle(e).backgroundColor));
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement, style = getComputedStyle(element);
    if (!node.data.trim() || !element.checkVisibility() || element.closest('title, desc, style, .hidden, .skip')) continue;
    const ground = behind(element);
    const ink = rgba(element instanceof SVGElement ? style.fill : style.color);
    for (let e = element; e; e = e.parentElement) ink[3] *= +getComputedStyle(e).opacity;
    const [light, dark] = [luminance(over(ink, ground)), luminance(ground)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) found.push([node.data.trim().slice(0, 40), element.className.baseVal ?? element.className, ratio]);
  }
  return found;
})()"""
#: What is focused: which element, whether the focus can be seen, and where it is.
FOCUS = """(() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {tag: e.tagName, id: e.id, href: e.getAttribute('href'), top: box.top, left: box.left, bottom: box.bottom,
          outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, height: innerHeight};
})()"""
VISIBLE = "[...document.querySelectorAll('{0}')].filter((e) => e.checkVisibility()).length"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "evil.nda").write_text(EVIL, encoding="utf-8")
    made = {}
    for name, arguments in REPORTS.items():
        made[name] = folder / f"{name}.html"
        words = [str(folder / "evil.nda") if word == "EVIL" else word for word in arguments]
        subprocess.run(
            [
                *(sys.executable, "-m", "nda_lint", "check", "--isolated", "--exit-zero"),
                *("--output-format", "html", "-o", str(made[name]), *words),
            ],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    return made


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    browser = installed()
    assert browser is not None, "no Chromium; run this with make browser-test"
    opened = Page(browser)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture(autouse=True)
def desk(page: Page) -> None:
    """Every test begins at a desk, in the light."""
    page.size(1200, 900)
    page.media()


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_loaded_and_nothing_complains(page: Page, reports: dict[str, Path], name: str) -> None:
    page.open(reports[name])
    asked = [
        event["params"]["request"]["url"]
        for event in page.events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("data:")] == [reports[name].as_uri()]
    said = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
    assert [event for event in page.events if event["method"] in said] == []
    assert page.run("window.hacked") is None
    assert page.run("document.querySelectorAll('script, img, iframe, object').length") == 0


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_every_text_can_be_read(
    page: Page, reports: dict[str, Path], name: str, dark: bool, width: int
) -> None:
    page.size(width, 800, phone=width < 500)
    page.media(dark=dark)
    page.open(reports[name])
    assert page.run(CONTRAST) == []
    ground = page.run("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground.removeprefix("rgb(").removesuffix(")").split(","))) < 3 * 128) is dark


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("width", [320, 360, 768, 1200])
def test_nothing_is_wider_than_the_screen(
    page: Page, reports: dict[str, Path], name: str, width: int
) -> None:
    page.size(width, 800, phone=width < 500)
    page.open(reports[name])
    assert page.run("document.documentElement.scrollWidth") <= width
    wider = page.run(
        f"[...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && !e.closest('.skip, .hidden')"
        f" && e.getBoundingClientRect().right > {width} + 1).map((e) => e.outerHTML.slice(0, 80))"
    )
    assert wider == []


@pytest.mark.parametrize("name", ["contradictions.en", "guide.zh", "several"])
@pytest.mark.parametrize("width", [360, 1200])
def test_links_lead_to_their_places(page: Page, reports: dict[str, Path], name: str, width: int) -> None:
    """Each link within the page, when it is followed, shows its target, and not behind the bar at the top."""
    page.size(width, 800, phone=width < 500)
    page.open(reports[name])
    lost = page.run(
        """(async () => {
          const lost = [];
          for (const link of document.querySelectorAll('a[href^="#"]')) {
            if (!link.checkVisibility()) continue;
            link.click();
            await new Promise(requestAnimationFrame);
            const target = document.querySelector(':target');
            const bar = document.querySelector('nav.ways').getBoundingClientRect();
            const top = target ? target.getBoundingClientRect().top : -1;
            if (!target || '#' + target.id !== link.getAttribute('href') || top < bar.bottom - 1 || top > innerHeight)
              lost.push([link.getAttribute('href'), top, bar.bottom]);
          }
          return lost;
        })()"""
    )
    assert lost == []


def test_a_note_stands_below_what_it_is_about(page: Page, reports: dict[str, Path]) -> None:
    page.open(reports["contradictions.en"])
    misplaced = page.run(
        """[...document.querySelectorAll('.note')].filter((note) => {
          let row = note.previousElementSibling;
          while (row && row.matches('.note')) row = row.previousElementSibling;
          const mark = row && row.querySelector('mark.' + note.classList[1]);
          return !mark || mark.getBoundingClientRect().bottom > note.getBoundingClientRect().top;
        }).map((note) => note.id)"""
    )
    assert misplaced == []


def test_the_filter(page: Page, reports: dict[str, Path]) -> None:
    page.open(reports["guide.zh"])
    counts = {severity: page.run(VISIBLE.format(f".note.{severity}")) for severity in ("error", "warning")}
    assert counts["error"] > 5 and counts["warning"] > 5
    page.run("document.querySelector('#show-warning').click()")
    for kind in (".note", ".list li"):
        assert page.run(VISIBLE.format(f"{kind}.warning")) == 0
        assert page.run(VISIBLE.format(f"{kind}.error")) == counts["error"]
    ground = "getComputedStyle(document.querySelector('mark.{0}:not(.{1})')).backgroundColor"
    assert page.run(ground.format("warning", "error")) == "rgba(0, 0, 0, 0)"
    assert page.run(ground.format("error", "warning")) != "rgba(0, 0, 0, 0)"
    page.run("document.querySelector('#show-warning').click()")
    assert page.run(VISIBLE.format(".note.warning")) == counts["warning"]


def walk(page: Page, steps: int) -> list[dict[str, Any]]:
    """What has the focus, key by key."""
    seen = []
    for _ in range(steps):
        page.press("Tab")
        seen.append(page.run(FOCUS))
    return seen


def test_by_keyboard(page: Page, reports: dict[str, Path]) -> None:
    page.open(reports["contradictions.en"])
    skip, *rest = walk(page, 9)
    assert (skip["href"], skip["left"] >= 0, skip["top"] >= 0) == ("#findings", True, True)
    assert [at["href"] or at["id"] for at in rest] == [
        *("#findings", "#f1", "#f1-t", "show-error", "show-warning", "show-info", "#f1-n1", "#f1-n2"),
    ]
    for at in [skip, *rest]:
        assert at["outline"], at
        assert at["top"] >= 0 and at["bottom"] <= at["height"], at


def test_the_whole_way_by_keyboard(page: Page, reports: dict[str, Path]) -> None:
    """All that can be used is reached, in the order of the page, and can be seen when it has the focus."""
    page.open(reports["contradictions.en"])
    usable = page.run(
        "[...document.querySelectorAll('a[href], input, summary')].filter((e) => e.checkVisibility())"
        ".map((e) => e.getAttribute('href') || e.id || e.tagName)"
    )
    seen = walk(page, len(usable))
    assert [at["href"] or at["id"] or at["tag"] for at in seen] == usable
    assert [at for at in seen if not at["outline"]] == []
    hidden = page.run("document.querySelector('nav.ways').getBoundingClientRect().bottom")
    covered = [at for at in seen[8:] if at["bottom"] <= hidden or at["top"] >= at["height"]]
    assert covered == []


def test_keys_work(page: Page, reports: dict[str, Path]) -> None:
    page.open(reports["contradictions.en"])
    page.press("Tab")
    page.press("Enter")
    assert page.run("document.activeElement.id") == "findings"
    page.press("Tab")
    assert page.run(FOCUS)["href"] == "#f1-n1"
    page.run("document.querySelector('#show-error').focus()")
    page.press(" ")
    assert page.run(VISIBLE.format(".note.error")) == 0
    page.run("document.querySelector('summary').focus()")
    page.press("Enter")
    assert page.run("document.querySelector('details').open") is True


@pytest.mark.parametrize("name", ["contradictions.en", "guide.zh", "several"])
def test_what_assistive_technology_is_told(page: Page, reports: dict[str, Path], name: str) -> None:
    page.open(reports[name])
    nodes = [
        node for node in page.send("Accessibility.getFullAXTree")["nodes"] if not node.get("ignored", False)
    ]
    roles: dict[str, list[str]] = {}
    for node in nodes:
        roles.setdefault(node["role"]["value"], []).append(node.get("name", {}).get("value", ""))
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert len(roles[landmark]) == 1, landmark
    for role in ("link", "checkbox", "heading", "article", "navigation", "image"):
        assert all(name.strip() for name in roles.get(role, [])), role
    assert len(roles["checkbox"]) == 3
    notes = page.run(VISIBLE.format(".note"))
    assert len([name for name in roles["group"] if "NDA" in name or "CN" in name or "GEN" in name]) == notes


@pytest.mark.parametrize("name", ["contradictions.en", "clean.zh", "several"])
def test_on_paper(page: Page, reports: dict[str, Path], name: str, tmp_path: Path) -> None:
    page.open(reports[name])
    page.media(kind="print")
    assert page.run(VISIBLE.format("nav, .skip")) == 0
    assert page.run(VISIBLE.format(".note")) == page.run("document.querySelectorAll('.note').length")
    assert page.run(CONTRAST) == []
    page.media(dark=True, kind="print")
    assert page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.paper(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [330, 760])
def test_texts_in_the_picture_do_not_run_into_each_other(
    page: Page, reports: dict[str, Path], language: str, width: int, tmp_path: Path
) -> None:
    name = f"customer.{language}.nda"
    arguments = ["timeline", f"{CORPUS}/clean/{name}", "--output-format", "svg", "--as-of", "2028-06-01"]
    if width == 760:
        target = tmp_path / "picture.svg"
        subprocess.run(
            [sys.executable, "-m", "nda_lint", *arguments, "-o", str(target)], cwd=ROOT, check=True
        )
        page.open(target)
    else:
        page.size(360, 800, phone=True)
        page.open(reports["clean.zh"])
    clashes = page.run(
        """[...document.querySelectorAll('svg')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
          const boxes = [...svg.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
          const frame = svg.getBoundingClientRect();
          const clash = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4;
          return boxes.flatMap(([text, box], i) => [
            ...(box.left < frame.left || box.right > frame.right ? [text] : []),
            ...boxes.slice(i + 1).filter(([, other]) => clash(box, other)).map(([other]) => text + ' / ' + other),
          ]);
        })"""
    )
    assert clashes == []
