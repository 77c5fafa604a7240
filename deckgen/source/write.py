"""Plain values -> YAML text that `parse` reads back as the same values."""

from __future__ import annotations

import yaml

from deckgen.source.read import scalar
from deckgen.source.source import Plain


def dump(value: Plain) -> str:
    """YAML in block style that `parse` reads back as `value`, its keys in the given order.

    The value must not contain a character that `parse` refuses.
    """
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))


def flow(value: Plain) -> str:
    """YAML on one line, as a hint shows it."""
    listed = yaml.dump(
        [value], Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000
    )
    return str(listed).strip()[1:-1]


class _Dumper(yaml.SafeDumper):
    """PyYAML's writer, which quotes what YAML 1.1 would misread, changed to quote what YAML 1.2 would.

    A date has no quotes, as people write it, and the elements of a list are indented.
    """

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (PyYAML's signature)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 (the same)
        super().increase_indent(flow, False)

    def text(self, data: str) -> yaml.ScalarNode:
        bites = not isinstance(scalar(data, quoted=False), str)
        return self.represent_scalar("tag:yaml.org,2002:str", data, style='"' if bites else None)


_Dumper.add_representer(str, _Dumper.text)
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
