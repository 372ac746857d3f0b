"""From plain YAML data to the model: what is canonical at once, the rest by way of the judge."""

from typing import Any

from zhenggai.core import canonical
from zhenggai.core.model import Finding, Inspection
from zhenggai.core.problem import Fault


def read_finding(data: dict[str, Any]) -> tuple[Finding | None, list[Fault]]:
    """Read one finding; with errors there is no finding, warnings alone leave it."""
    if (finding := canonical.read(Finding, data)) is not None:
        return finding, []
    from zhenggai.core import validation

    return validation.read_finding(data)


def read_inspection(data: dict[str, Any]) -> tuple[Inspection, list[Fault]]:
    """Read inspection.yaml; keys at fault are reported and count as not written."""
    inspection = canonical.read(Inspection, data)
    if inspection is not None and all(data.get(key) is not None for key in Inspection.REQUIRED):
        return inspection, []
    from zhenggai.core import validation

    return validation.read_inspection(data)
