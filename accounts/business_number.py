"""The unified business number (統一編號): eight digits, the last of which checks the others.

Weights 1, 2, 1, 2, 1, 2, 4, 1; the digits of each product are summed; the total is divisible by
five. Where the seventh digit is 7, one may be added first. Divisibility by five instead of ten
holds since 1 April 2023 (notice of the Ministry of Finance). That a number passes does not prove
that the enterprise exists.
"""

import re
import unicodedata

WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
DIVISOR = 5
_SEPARATORS = re.compile(r"[\s\-]+")
_EIGHT_DIGITS = re.compile(r"[0-9]{8}")


def normalise(text: str) -> str:
    """What was typed with full-width digits made plain and spaces and hyphens dropped."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def is_valid(number: str) -> bool:
    """Whether eight plain digits pass the check. All zeros pass arithmetically and are refused."""
    if not _EIGHT_DIGITS.fullmatch(number) or number == "00000000":
        return False
    total = check_sum(number)
    return total % DIVISOR == 0 or (number[6] == "7" and (total + 1) % DIVISOR == 0)


def check_sum(number: str) -> int:
    """The sum of the digits of each weighted digit."""
    products = (int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True))
    return sum(product // 10 + product % 10 for product in products)
