"""What the parts of `zhenggai import` are told."""

from typing import NamedTuple

from zhenggai.importers.tables.proposal import Accept, Answers


class ImportOptions(NamedTuple):
    """How an import is to go.

    `answers` is what was said of the tables, `accept` what is accepted beyond the plain;
    `dry_run` is everything but the last step, `yes` agrees in advance, `as_json` is for programs.
    """

    answers: Answers
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False
    by: str | None = None
    matches_numbers: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nobody is to be asked."""
        return self.yes or self.as_json or self.dry_run

    @property
    def accept(self) -> frozenset[Accept]:
        """What is accepted."""
        return self.answers.accept
