"""Entities of articles, written short."""

from __future__ import annotations

from collections import defaultdict

from onrecord.link import Identity, KnownEntity, Rules, block_key, identities_of


def known(
    article: int, name: str, kind: str = "person", *, day: str = "2025-03-03", roles=(), beside=(), **more
) -> KnownEntity:
    return KnownEntity(
        id=f"ent-{article:03}-{kind}-{name}",
        article=f"art-{article:03}",
        day=day,
        kind=kind,  # type: ignore[arg-type]
        name=name,
        roles=tuple(roles),
        beside=frozenset(beside),
        **more,
    )


def linked(*entities: KnownEntity, rules: Rules | None = None) -> list[Identity]:
    """All identities, block by block, with blocks that rules join taken together."""
    rules = rules or Rules()

    def key_of(anchor):
        return next((block_key(k) for k in entities if k.article == anchor.article and k.name == anchor.name), None)

    roots = rules.roots(key_of)
    blocks = defaultdict(list)
    for one in entities:
        blocks[roots.get(block_key(one), block_key(one))].append(one)
    return sorted((i for block in blocks.values() for i in identities_of(block, rules)), key=lambda i: i.id)


def parts(*entities: KnownEntity, rules: Rules | None = None) -> list[list[str]]:
    """Which entities are one: their names with their article's number, sorted."""
    names = {e.id: f"{e.name} {int(e.article[4:])}" for e in entities}
    return sorted(sorted(names[m.entity] for m in identity.members) for identity in linked(*entities, rules=rules))


def methods(*entities: KnownEntity) -> dict[str, str]:
    names = {e.id: f"{e.name} {int(e.article[4:])}" for e in entities}
    return {names[m.entity]: m.method for identity in linked(*entities) for m in identity.members}
