"""Whatever an editor does to a file: problems come back, with their places, and never an exception."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from whole_magazine import FILES, write

from magazine.clock import read_clock
from magazine.site import examine

#: What has a meaning somewhere, and stands where it has none.
HOSTILE = (
    *("---", "title:", "date: 2022-03-27 02:30", "tags: [a, [b]]", "image: {src: x, alt: [1]}"),
    *(
        "- a: b",
        "  - ",
        "\t",
        "'",
        '"',
        "&a *a !x >",
        "{{{{",
        "[[[[",
        "\\",
        "corrections: [x]",
        "```tal-graf",
    ),
    *("\x00", "\x02", "\ue0f2", "\ufeff", "\r", "\u2028", "\x85"),
    *("[x](tal:", "[…](tal:job)", "[59](tal:job/2021@rapport?mod=mål)", "![a](b 'c')", "[^1]", "[^1]: x"),
    *("/// fakta", "///", "| a |\n|---|", "# h", "{#id onclick=x}", "<b>", "](", "[a][b]", "[b]: //"),
    *("[x](https://[)", "[x](http://a:b:c/)", "src: https://[", "redirect_from: ['/%zz/', /a b/]", "a" * 999),
    *("erstatter: {}", "værdi: 1e9", "periode: 0000", "kilder:", "kontakt:", "nav:", "site_url: http://["),
    *("INHERIT: .", "site_name: !ENV x", "url: https://["),
)
#: A file, where in it, how much goes, and what comes.
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(path for path in FILES if not path.endswith(".svg"))),
        st.integers(0, 60),
        st.integers(0, 4),
        st.lists(st.sampled_from(HOSTILE), max_size=3),
    ),
    min_size=1,
    max_size=3,
)


@given(CHANGES)
@settings(max_examples=60)
def test_changed_lines(changes: list[tuple[str, int, int, list[str]]]) -> None:
    case: dict[str, str] = {}
    for path, at, gone, new in changes:
        lines = case.get(path, FILES[path]).split("\n")
        at %= len(lines)
        case[path] = "\n".join([*lines[:at], *new, *lines[at + gone :]])
    with TemporaryDirectory() as folder:
        write(Path(folder), case)

        _, problems = examine(Path(folder), clock=read_clock({"MAGASIN_NU": "2024-09-01"})[0])

        for problem in problems:
            assert problem.place.line >= 1
            assert (Path(folder) / problem.place.path).suffix


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=60), st.integers(0, 99))
@settings(max_examples=40)
def test_changed_bytes(path: str, junk: bytes, at: int) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), {})
        file = Path(folder) / path
        data = file.read_bytes()
        file.write_bytes(data[:at] + junk + data[at + 5 :])

        site, problems = examine(Path(folder), clock=read_clock({"MAGASIN_NU": "2024-09-01"})[0])

        assert problems == tuple(sorted(problems))
        assert site.clock.now.year == 2024
