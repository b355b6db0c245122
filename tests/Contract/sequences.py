"""Golden sequences: what happens over time, for a unit (down) and for a server (up). Used by make.py.

A step happens `at` seconds after the beginning. `{nonce}`, `{journal}` and `{newest}` in a body stand for what the unit has said last; whoever runs the
sequence puts them in and signs the body with the key of `epoch`.
"""


def bodies(text, prefix, now, day, journal, other_journal, rated, vacant, config, state):
    def body(leaf, fields):
        return text({"v": 1, "topic": prefix + leaf, **fields}).decode("ascii")

    def down(at, leaf, fields, expect="accept", reason=None, epoch=1, **after):
        step = {"at": at, "topic": prefix + leaf, "epoch": epoch, "body": body(leaf, fields), "expect": expect, **after}
        if reason:
            step["reason"] = reason
        return step

    def act(at, do, **after):
        return {"at": at, "do": do, **after}

    def answer(at, time, **after):
        text_of = body("incidents/ack", {"now": time, "journal": "{journal}", "through": 0, "nonce": "{nonce}"})
        return {"at": at, "topic": prefix + "incidents/ack", "epoch": 1, "body": text_of, "expect": "accept", **after}

    def ack(at, **after):
        text_of = body("incidents/ack", {"now": now, "journal": "{journal}", "through": "{newest}"}).replace('"{newest}"', "{newest}")
        return {"at": at, "topic": prefix + "incidents/ack", "epoch": 1, "body": text_of, "expect": "accept", **after}

    later = {**rated, "rev": now + 60, "now": now + 60}
    other = {**later, "rev": now + 120, "now": now + 120, "stars": 2, "driver": "d-0002"}
    yield {"name": "first-connection", "direction": "down", "chip": 0, "steps": [
        act(0, "connect", lit="00000", clock=0),
        down(3, "config", config),
        down(4, "rating", {**rated, "stars": 3}, lit="11110", clock=0),
        down(5, "cmd", {"rev": now, "now": now, "do": "identify", "exp": now + 300}, "refuse", "clock"),
        answer(6, now + 6, clock=now + 6),
        down(7, "cmd", {"rev": now, "now": now, "do": "identify", "exp": now + 300}, clock=now + 7, lit="11110")]}
    yield {"name": "shift-change", "direction": "down", "chip": now, "steps": [
        act(0, "connect"),
        down(3, "rating", rated, lit="11111"),
        down(60, "rating", {**vacant, "rev": now + 60, "now": now + 60}, lit="00000"),
        down(120, "rating", other, lit="11100"),
        down(121, "rating", rated, "refuse", "old", lit="11100"),
        down(122, "rating", other, "confirm", lit="11100")]}
    shared = {**rated, "hold": 900}
    yield {"name": "hold", "direction": "down", "chip": now, "steps": [
        act(0, "connect"),
        down(3, "rating", shared, lit="11111"),
        act(2000, "wait", lit="11111"),
        act(2001, "disconnect", lit="11111"),
        act(2895, "wait", lit="11111"),
        act(2910, "wait", lit="00000"),
        act(2911, "connect", lit="00000"),
        down(3300, "rating", shared, "confirm", lit="11111")]}
    yield {"name": "rotation", "direction": "down", "chip": now, "steps": [
        act(0, "connect"),
        down(3, "rating", rated, lit="11111", epochNow=1),
        down(4, "config", {**config, "epoch": 2}, epochNow=2),
        down(5, "rating", {**later, "stars": 2}, lit="11100"),
        down(6, "rating", {**rated, "rev": now + 120, "now": now + 6, "stars": 3}, epoch=2, lit="11110"),
        down(7, "rating", {**rated, "rev": now + 180, "stars": 1}, "refuse", "mac", lit="11110"),
        down(8, "config", {**config, "rev": now + 1, "epoch": 2}, epoch=2, epochNow=2),
        act(9, "restart", lit="11110", epochNow=2)]}
    yield {"name": "replay", "direction": "down", "chip": now, "steps": [
        act(0, "connect"),
        down(3, "rating", rated, lit="11111"),
        down(60, "rating", {**later, "stars": 0}, lit="10000"),
        down(61, "rating", rated, "refuse", "old", lit="10000"),
        act(62, "restart", lit="10000"),
        down(70, "rating", rated, "refuse", "old", lit="10000"),
        down(71, "cmd", {"rev": now, "now": now, "do": "identify", "exp": now + 300}),
        down(72, "cmd", {"rev": now, "now": now, "do": "identify", "exp": now + 300}, "refuse", "old")]}
    yield {"name": "lost-ack", "direction": "down", "chip": now, "steps": [
        act(0, "connect", batches=1),
        act(3, "press", backlog=True),
        act(60, "wait", batches=3, backlog=True),
        ack(61, backlog=False),
        ack(62, backlog=False)]}
    ahead = 300 * day
    yield {"name": "clock-by-nonce", "direction": "down", "chip": now + ahead, "steps": [
        act(0, "connect", clock=now + ahead),
        down(3, "rating", rated, "refuse", "expired", lit="00000"),
        answer(4, now + 4, clock=now + 4),
        {**answer(5, now + 40 * day, clock=now + 5), "reuse": True, "expect": "refuse", "reason": "early"},
        down(6, "rating", rated, lit="11111", clock=now + 6),
        down(7, "rating", {**later, "now": now + 2 * day}, "refuse", "early", lit="11111", clock=now + 7)]}

    def up(at, fields, expect="accept", reason=None, epoch=1, leaf="state", **after):
        step = {"at": at, "topic": prefix + leaf, "epoch": epoch, "body": body(leaf, fields), "expect": expect, **after}
        if reason:
            step["reason"] = reason
        return step

    def said(n, at, boot=1, **more):
        return {**state, "at": at, "boot": boot, "n": n, **more}

    will = {"topic": prefix + "state", "will": True, "expect": "offline"}
    yield {"name": "first-connection", "direction": "up", "steps": [
        up(0, said(1, 0, clock="none", rev=0, configRev=0, display="nodata", lit="00000"), answers=True),
        up(1, said(2, now + 1, clock="server", nonce="0123456789abcdee"), answers=False),
        up(2, said(3, now + 13, clock="server", nonce="0123456789abcded"), answers=True)]}
    yield {"name": "replay", "direction": "up", "steps": [
        up(0, said(1, now)), up(60, said(2, now + 60)), up(61, said(1, now), "refuse", "old"), up(62, said(2, now + 60), "refuse", "old"),
        {"at": 300, **will}, up(360, said(1, now + 360, boot=2)), up(361, said(9, now + 61), "refuse", "old")]}
    yield {"name": "memory-exchanged", "direction": "up", "steps": [
        up(0, said(7, now)), up(60, said(1, now + 60, journal=other_journal)), up(61, said(8, now + 61), "refuse", "old"),
        up(62, said(2, now + 62, journal=other_journal))]}
    items = [{"seq": n, "kind": "mark", "at": now + n, "arg": 0} for n in (1, 2, 3)]
    yield {"name": "lost-ack", "direction": "up", "steps": [
        up(0, {"journal": journal, "list": items[:2]}, leaf="incidents"), up(10, {"journal": journal, "list": items[:2]}, leaf="incidents"),
        up(30, {"journal": journal, "list": items}, leaf="incidents")]}
    yield {"name": "rotation", "direction": "up", "announced": 2, "steps": [
        up(0, said(1, now)), up(1, said(2, now + 1, epoch=2), epoch=2), up(2, said(3, now + 2, epoch=3), "refuse", "mac", epoch=3)]}
