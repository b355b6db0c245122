#!/usr/bin/env python3
"""Writes the golden payloads of firmware/PROTOCOL.md and manifest.json, which says what each has to lead to.

Independent of both halves on purpose: Python's own hmac and json, nothing else. Run it in this folder; it prints what
changed. The tests of the firmware and of the server read the manifest and every file it names.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import shutil

import sequences

ROOT = bytes(range(32))
DISPLAY = "disp-0001"
PREFIX = f"tc/v1/d/{DISPLAY}/"
NOW = 1514822400  # 2018-01-01T16:00:00Z
DAY = 86400
JOURNAL = "00112233445566aa"
OTHER_JOURNAL = "ffeeddccbbaa9988"
HERE = pathlib.Path(__file__).parent

cases = []


def derive(purpose, epoch=1, root=ROOT):
    return hmac.new(root, f"{purpose}|{epoch}".encode("ascii"), hashlib.sha256).digest()


def text(fields):
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def seal(body, key):
    return hmac.new(key, body, hashlib.sha256).hexdigest().encode("ascii") + b"\n" + body


def without(fields, *names):
    return {name: value for name, value in fields.items() if name not in names}


def case(name, direction, topic, payload, expect, reason=None, clock=NOW + 10, after=(), note=None, **more):
    """One case. `after`: names of cases whose payloads were taken before, in order. `clock`: 0 is unknown."""
    file = f"payloads/{name}.msg"
    path = HERE / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(payload)
    entry = {"name": name, "file": file, "direction": direction, "topic": PREFIX + topic, "clock": clock, "after": list(after), "expect": expect}
    if reason:
        entry["reason"] = reason
    if note:
        entry["note"] = note
    entry.update(more)
    cases.append(entry)


# ---------------------------------------------------------------- down

def down(name, topic, fields, expect, reason=None, epoch=1, key=None, raw=None, **more):
    body = raw if raw is not None else text({"v": 1, "topic": PREFIX + topic, **fields})
    case(name, "down", topic, seal(body, key or derive("down", epoch)), expect, reason, **more)


RATED = {"rev": NOW, "now": NOW, "kind": "rated", "stars": 4, "period": "2017-12", "driver": "d-0001",
         "from": NOW, "until": NOW + 35 * DAY, "hold": 35 * DAY}
UNRATED = {"rev": NOW, "now": NOW, "kind": "unrated", "driver": "d-0002", "from": NOW, "until": NOW + 35 * DAY}
VACANT = {"rev": NOW, "now": NOW, "kind": "vacant"}
CONFIG = {"rev": NOW, "now": NOW, "heartbeat": 60, "day": 1000, "night": 20, "dayLux": 2000, "nightLux": 5, "epoch": 1}
CMD = {"rev": NOW, "now": NOW, "do": "selftest", "exp": NOW + 300}
ACK = {"now": NOW, "journal": JOURNAL, "through": 12}


def ratings():
    for stars in range(5):
        down(f"rating-rated-{stars}", "rating", {**RATED, "stars": stars}, "accept", lit="1" + "1" * stars + "0" * (4 - stars))
    down("rating-unrated", "rating", UNRATED, "accept", lit="00000")
    down("rating-vacant", "rating", VACANT, "accept", lit="00000")
    down("rating-hold-0", "rating", {**RATED, "hold": 0}, "accept", lit="11111")
    down("rating-unknown-field", "rating", {**RATED, "colour": "amber", "shift": 7, "night": True}, "accept", lit="11111")
    down("rating-escapes", "rating", {}, "accept", lit="11111",
         raw=text({"v": 1, "topic": PREFIX + "rating", **RATED}).replace(b'"d-0001"', b'"\\u0064-0001"').replace(b"/", b"\\/"))
    down("rating-spaces", "rating", {}, "accept", lit="11111",
         raw=json.dumps({"v": 1, "topic": PREFIX + "rating", **RATED}, indent=1).encode() + b"\r\n\t ")
    down("rating-field-order", "rating", {}, "accept", lit="11111",
         raw=text(dict(reversed(list({"v": 1, "topic": PREFIX + "rating", **RATED}.items())))))
    fill = 1024 - 65 - len(text({"v": 1, "topic": PREFIX + "rating", **RATED, "fill": ""}))
    down("rating-1024-bytes", "rating", {**RATED, "fill": "x" * fill}, "accept", lit="11111")
    down("rating-1025-bytes", "rating", {**RATED, "fill": "x" * (fill + 1)}, "refuse", "length")
    down("rating-65kb", "rating", {**RATED, "fill": "x" * 65000}, "refuse", "length")
    down("rating-clock-unknown", "rating", RATED, "accept", clock=0, lit="11111")
    down("rating-until-now", "rating", {**RATED, "from": NOW - DAY, "until": NOW + 10}, "accept", lit="11111")
    down("rating-expired", "rating", {**RATED, "from": NOW - DAY, "until": NOW + 9}, "refuse", "expired")
    down("rating-expired-by-its-own-now", "rating", {**RATED, "from": NOW - DAY, "until": NOW - 1}, "refuse", "expired", clock=0)
    down("rating-from-now", "rating", {**RATED, "from": NOW + 10}, "accept", lit="11111")
    down("rating-from-next-second", "rating", {**RATED, "from": NOW + 11}, "accept", lit="00000", note="shown from `from` on")
    down("rating-from-ahead-of-clock-not-of-now", "rating", {**RATED, "now": NOW + 100, "from": NOW + 100}, "accept", lit="11111", clock=0)
    down("rating-300s-ahead", "rating", {**RATED, "from": NOW + 310}, "accept", lit="00000")
    down("rating-301s-ahead", "rating", {**RATED, "from": NOW + 311}, "refuse", "early")
    down("rating-ahead-of-clock-not-of-now", "rating", {**RATED, "now": NOW + 1000, "from": NOW + 1300}, "accept", lit="00000")
    case("rating-plain-json", "down", "rating", text({"v": 1, "topic": PREFIX + "rating", **RATED}), "refuse", "form")
    good = seal(text({"v": 1, "topic": PREFIX + "rating", **RATED}), derive("down"))
    case("rating-wrong-mac", "down", "rating", bytes([good[0] ^ 1]) + good[1:], "refuse", "mac")
    case("rating-changed-byte", "down", "rating", good.replace(b'"stars":4', b'"stars":3'), "refuse", "mac")
    case("rating-upper-case-mac", "down", "rating", good[:64].upper() + good[64:], "refuse", "form")
    case("rating-no-line-feed", "down", "rating", good[:64] + b" " + good[65:], "refuse", "form")
    case("rating-cut", "down", "rating", good[:-1], "refuse", "mac")
    case("rating-empty", "down", "rating", b"", "refuse", "length", note="what a broker sends when a retained message is cleared")
    case("rating-66-bytes", "down", "rating", seal(b"{", derive("down")), "refuse", "length")
    case("rating-offline", "down", "rating", b"offline", "refuse", "length")
    down("rating-signed-with-up", "rating", RATED, "refuse", "mac", key=derive("up"))
    down("rating-signed-with-root", "rating", RATED, "refuse", "mac", key=ROOT)
    down("rating-signed-with-next-epoch", "rating", RATED, "refuse", "mac", epoch=2, note="no config has announced it")
    down("rating-signed-for-another-root", "rating", RATED, "refuse", "mac", key=derive("down", 1, bytes(32)))

    def bad(name, fields=None, raw=None, reason="form"):
        down(f"rating-{name}", "rating", fields or {}, "refuse", reason, raw=raw)

    def raw(fragment, old=b'"stars":4'):
        body = text({"v": 1, "topic": PREFIX + "rating", **RATED})
        assert old in body
        return body.replace(old, fragment)

    bad("other-display", {"topic": "tc/v1/d/disp-0002/rating", **RATED}, reason="topic")
    bad("other-topic", {"topic": PREFIX + "config", **RATED}, reason="topic")
    for field in RATED:
        bad(f"without-{field}", without(RATED, field))
    bad("without-v", raw=text({"topic": PREFIX + "rating", **RATED}))
    bad("without-topic", raw=text({"v": 1, **RATED}))
    bad("v-2", {"v": 2, **RATED})
    bad("stars-5", {**RATED, "stars": 5})
    bad("stars-negative", {**RATED, "stars": -1})
    bad("stars-text", {**RATED, "stars": "4"})
    bad("stars-fraction", raw=raw(b'"stars":4.0'))
    bad("stars-exponent", raw=raw(b'"stars":4e0'))
    bad("stars-leading-zero", raw=raw(b'"stars":04'))
    bad("stars-plus", raw=raw(b'"stars":+4'))
    bad("stars-null", raw=raw(b'"stars":null'))
    bad("stars-true", raw=raw(b'"stars":true'))
    bad("stars-array", raw=raw(b'"stars":[4]'))
    bad("stars-object", raw=raw(b'"stars":{"n":4}'))
    bad("stars-doubled", raw=raw(b'"stars":4,"stars":4'))
    bad("stars-doubled-by-escape", raw=raw(b'"stars":4,"st\\u0061rs":0'))
    bad("unknown-array", raw=raw(b'"stars":4,"x":[]'))
    bad("unknown-object", raw=raw(b'"stars":4,"x":{}'))
    bad("unknown-null", raw=raw(b'"stars":4,"x":null'))
    bad("unknown-doubled", raw=raw(b'"stars":4,"x":1,"x":2'))
    bad("trailing-comma", raw=raw(b'"hold":3024000,', b'"hold":3024000'))
    bad("trailing-text", raw=text({"v": 1, "topic": PREFIX + "rating", **RATED}) + b"x")
    bad("two-objects", raw=text({"v": 1, "topic": PREFIX + "rating", **RATED}) + b"{}")
    bad("single-quotes", raw=raw(b"'stars':4"))
    bad("comment", raw=raw(b'/**/"stars":4'))
    bad("not-an-object", raw=b"[1,2,3,4]")
    bad("not-json", raw=b"stars=4;kind=rated")
    bad("byte-order-mark", raw=b"\xef\xbb\xbf" + text({"v": 1, "topic": PREFIX + "rating", **RATED}))
    bad("invalid-utf8", raw=raw(b'"d-\xff001"', b'"d-0001"'))
    bad("overlong-utf8", raw=raw(b'"x":"\xc0\xaf","stars":4'))
    bad("zero-escape", raw=raw(b'"x":"a\\u0000b","stars":4'))
    bad("lone-surrogate", raw=raw(b'"x":"\\ud800","stars":4'))
    bad("unknown-escape", raw=raw(b'"x":"\\q","stars":4'))
    bad("raw-control", raw=raw(b'"x":"a\nb","stars":4'))
    bad("nineteen-digits", raw=raw(b'"x":1234567890123456789,"stars":4'))
    bad("33-fields", {**RATED, **{f"f{i}": i for i in range(22)}})
    down("rating-32-fields", "rating", {**RATED, **{f"f{i}": i for i in range(21)}}, "accept", lit="11111")
    bad("kind-gold", {**RATED, "kind": "gold"})
    bad("kind-upper", {**RATED, "kind": "Rated"})
    bad("period-month-13", {**RATED, "period": "2017-13"})
    bad("period-month-00", {**RATED, "period": "2017-00"})
    bad("period-short", {**RATED, "period": "2017-1"})
    bad("driver-empty", {**RATED, "driver": ""})
    bad("driver-33", {**RATED, "driver": "d" * 33})
    bad("driver-upper", {**RATED, "driver": "D-0001"})
    bad("from-after-until", {**RATED, "from": NOW + 36 * DAY})
    bad("rev-0", {**RATED, "rev": 0})
    bad("rev-too-high", {**RATED, "rev": 4102444801})
    bad("now-too-low", {**RATED, "now": 1499999999})
    bad("now-too-high", {**RATED, "now": 4102444801})
    bad("hold-negative", {**RATED, "hold": -1})
    bad("hold-too-high", {**RATED, "hold": 4102444801})

    # Bounds by now.
    down("rating-bounds-last", "rating", {**RATED, "rev": NOW + 400 * DAY, "until": NOW + 36 * DAY, "hold": 36 * DAY}, "accept", lit="11111")
    bad("rev-beyond-now", {**RATED, "rev": NOW + 400 * DAY + 1})
    bad("until-beyond-now", {**RATED, "until": NOW + 36 * DAY + 1})
    bad("until-2100", {**RATED, "until": 4102444800})
    bad("hold-beyond-now", {**RATED, "hold": 36 * DAY + 1})
    down("rating-unrated-until-beyond-now", "rating", {**UNRATED, "until": NOW + 36 * DAY + 1}, "refuse", "form")
    down("rating-vacant-rev-beyond-now", "rating", {**VACANT, "rev": NOW + 400 * DAY + 1}, "refuse", "form")

    # Answers to a question.
    down("rating-nonce", "rating", {**RATED, "nonce": "0123456789abcdef"}, "accept", lit="11111", note="answers no question of this cab")
    bad("nonce-short", {**RATED, "nonce": "0123456789abcde"})
    bad("nonce-upper", {**RATED, "nonce": "0123456789ABCDEF"})
    bad("nonce-number", {**RATED, "nonce": 1234567890123456})

    # Revisions.
    down("rating-rev-next", "rating", {**RATED, "rev": NOW + 1, "stars": 2}, "accept", after=["rating-rated-4"], lit="11100")
    down("rating-again", "rating", RATED, "confirm", after=["rating-rated-4"], lit="11111")
    down("rating-same-rev-other-text", "rating", {**RATED, "stars": 1}, "refuse", "old", after=["rating-rated-4"], lit="11111")
    down("rating-rev-lower", "rating", {**RATED, "rev": NOW - 1, "stars": 1}, "refuse", "old", after=["rating-rated-4"], lit="11111")
    down("rating-vacant-next", "rating", {**VACANT, "rev": NOW + 1}, "accept", after=["rating-rated-4"], lit="00000")
    down("rating-old-now-is-a-floor", "rating", {**RATED, "rev": NOW + 2, "from": NOW, "until": NOW + 500}, "refuse", "expired", clock=0,
         after=["rating-ahead-of-clock-not-of-now"], note="the earlier message's now is later than this one's until", lit="00000")


def configs():
    down("config-good", "config", CONFIG, "accept")
    down("config-time-servers", "config", {**CONFIG, "ntp1": "time.example", "ntp2": ""}, "accept")
    down("config-limits-low", "config", {**CONFIG, "heartbeat": 10, "day": 20, "night": 20, "dayLux": 1, "nightLux": 0}, "accept")
    down("config-limits-high", "config", {**CONFIG, "heartbeat": 3600, "night": 1000, "dayLux": 100000, "nightLux": 99999, "ntp1": "n" * 64}, "accept")
    down("config-next-epoch", "config", {**CONFIG, "epoch": 2}, "accept")
    down("config-again", "config", CONFIG, "confirm", after=["config-good"])

    def bad(name, fields, reason="form", **more):
        down(f"config-{name}", "config", fields, "refuse", reason, **more)

    for field in CONFIG:
        bad(f"without-{field}", without(CONFIG, field))
    bad("heartbeat-9", {**CONFIG, "heartbeat": 9})
    bad("heartbeat-3601", {**CONFIG, "heartbeat": 3601})
    bad("day-19", {**CONFIG, "day": 19, "night": 19})
    bad("day-1001", {**CONFIG, "day": 1001})
    bad("night-19", {**CONFIG, "night": 19})
    bad("night-above-day", {**CONFIG, "day": 500, "night": 501})
    bad("lux-equal", {**CONFIG, "dayLux": 5, "nightLux": 5})
    bad("day-lux-100001", {**CONFIG, "dayLux": 100001})
    bad("night-lux-negative", {**CONFIG, "nightLux": -1})
    bad("ntp1-65", {**CONFIG, "ntp1": "n" * 65})
    bad("ntp1-number", {**CONFIG, "ntp1": 1})
    bad("epoch-0", {**CONFIG, "epoch": 0})
    bad("epoch-65536", {**CONFIG, "epoch": 65536})
    bad("epoch-skipped", {**CONFIG, "epoch": 3})
    down("config-rev-last", "config", {**CONFIG, "rev": NOW + 400 * DAY}, "accept")
    bad("rev-beyond-now", {**CONFIG, "rev": NOW + 400 * DAY + 1})
    bad("old", {**CONFIG, "rev": NOW - 1}, "old", after=["config-good"])
    bad("other-topic", {**CONFIG, "topic": PREFIX + "rating"}, "topic")

    # A lost memory: what is signed with the keys of epoch 0 counts only as the answer to a question.
    down("config-lost-unasked", "config", {**CONFIG, "epoch": 7, "nonce": NONCE}, "refuse", "mac", epoch=0)
    down("config-lost-without-nonce", "config", {**CONFIG, "epoch": 7}, "refuse", "mac", epoch=0)
    down("rating-lost-unasked", "rating", {**RATED, "nonce": NONCE}, "refuse", "mac", epoch=0)

    # Rotation.
    later = {**RATED, "rev": NOW + 5, "stars": 1}
    down("rotation-old-epoch-until-seen", "rating", {**RATED, "stars": 2}, "accept", after=["config-next-epoch"], lit="11100")
    down("rotation-new-epoch", "rating", {**RATED, "rev": NOW + 1, "stars": 3}, "accept", epoch=2, after=["config-next-epoch"], lit="11110")
    down("rotation-old-epoch-is-dead", "rating", later, "refuse", "mac", after=["config-next-epoch", "rotation-new-epoch"], lit="11110")


def commands():
    calibrate = {**CMD, "do": "calibrate", "point": "battery-low", "value": 10000}
    down("cmd-calibrate-driving", "cmd", calibrate, "refuse", "driving", note="the ignition is on")
    down("cmd-calibrate-value-6000", "cmd", {**calibrate, "value": 6000}, "refuse", "driving", note="the ignition is on")
    for name, point, value in (("unknown", "middle", 0), ("value-5999", "battery-low", 5999), ("value-18001", "battery-high", 18001),
                               ("bright-0", "bright", 0), ("dark-1", "dark", 1), ("store-1", "store", 1)):
        down(f"cmd-calibrate-{name}", "cmd", {**calibrate, "point": point, "value": value}, "refuse", "form")
    update = {**CMD, "do": "update", "package": "".join(f"{i:02x}" for i in range(32)), "size": 60000, "version": "0.2.0"}
    down("cmd-update", "cmd", update, "accept")
    down("cmd-update-version-bounds", "cmd", {**update, "version": "65535.0.65535"}, "accept")
    for name, more in (("package-upper", {"package": "A" * 64}), ("package-63", {"package": "a" * 63}), ("size-0", {"size": 0}), ("size-100001", {"size": 100001}),
                       ("version-two", {"version": "1.2"}), ("version-65536", {"version": "0.65536.0"}), ("version-zero-before", {"version": "0.02.0"})):
        down(f"cmd-update-{name}", "cmd", {**update, **more}, "refuse", "form")
    for field in ("package", "size", "version"):
        down(f"cmd-update-without-{field}", "cmd", without(update, field), "refuse", "form")
    part = {"now": NOW, "offer": NOW, "at": 0, "data": base64.urlsafe_b64encode(bytes(range(256)) * 2).decode().rstrip("=")}
    down("update-part", "update", part, "accept", after=["cmd-update"])
    down("update-again", "update", part, "refuse", "old", after=["cmd-update", "update-part"])
    down("update-unasked", "update", part, "refuse", "old")
    down("update-other-offer", "update", {**part, "offer": NOW + 1}, "refuse", "old", after=["cmd-update"])
    down("update-next-place", "update", {**part, "at": 512}, "refuse", "old", after=["cmd-update"])
    down("update-short", "update", {**part, "data": "AAAA"}, "refuse", "form", after=["cmd-update"])
    down("update-padded", "update", {**part, "data": part["data"] + "="}, "refuse", "form", after=["cmd-update"])
    down("update-on-cmd", "cmd", {**part, "topic": PREFIX + "update"}, "refuse", "topic", after=["cmd-update"])
    for field in part:
        down(f"update-without-{field}", "update", without(part, field), "refuse", "form", after=["cmd-update"])
    down("cmd-calibrate-without-point", "cmd", without(calibrate, "point"), "refuse", "form")
    down("cmd-calibrate-without-value", "cmd", without(calibrate, "value"), "refuse", "form")
    for do in ("selftest", "identify", "reboot"):
        down(f"cmd-{do}", "cmd", {**CMD, "do": do}, "accept")
    down("cmd-at-exp", "cmd", {**CMD, "exp": NOW + 10}, "accept")
    down("cmd-expired", "cmd", {**CMD, "exp": NOW + 9}, "refuse", "expired")
    down("cmd-clock-unknown", "cmd", CMD, "refuse", "clock", clock=0)
    down("cmd-again", "cmd", CMD, "refuse", "old", after=["cmd-selftest"])
    down("cmd-next", "cmd", {**CMD, "rev": NOW + 1}, "accept", after=["cmd-selftest"])
    down("cmd-unknown", "cmd", {**CMD, "do": "open-door"}, "refuse", "form")
    down("cmd-bounds-last", "cmd", {**CMD, "rev": NOW + 400 * DAY, "exp": NOW + DAY}, "accept")
    down("cmd-rev-beyond-now", "cmd", {**CMD, "rev": NOW + 400 * DAY + 1}, "refuse", "form")
    down("cmd-exp-beyond-now", "cmd", {**CMD, "exp": NOW + DAY + 1}, "refuse", "form")
    for field in CMD:
        down(f"cmd-without-{field}", "cmd", without(CMD, field), "refuse", "form")


def acknowledgements():
    more = {"journal": JOURNAL, "newest": 20}
    down("ack-some", "incidents/ack", ACK, "accept", acknowledged=12, **more)
    down("ack-all", "incidents/ack", {**ACK, "through": 20}, "accept", acknowledged=20, **more)
    down("ack-nonce", "incidents/ack", {**ACK, "nonce": NONCE}, "accept", acknowledged=12, **more)
    down("ack-none", "incidents/ack", {**ACK, "through": 0}, "accept", acknowledged=0, **more)
    down("ack-again", "incidents/ack", ACK, "accept", acknowledged=12, after=["ack-some"], **more)
    down("ack-lower", "incidents/ack", {**ACK, "through": 3}, "accept", acknowledged=12, after=["ack-some"], **more)
    down("ack-beyond-newest", "incidents/ack", {**ACK, "through": 21}, "accept", acknowledged=0, note="says nothing about this journal: ignored", **more)
    down("ack-other-journal", "incidents/ack", {**ACK, "journal": OTHER_JOURNAL}, "accept", acknowledged=0, note="ignored", **more)
    for field in ACK:
        down(f"ack-without-{field}", "incidents/ack", without(ACK, field), "refuse", "form", acknowledged=0, **more)
    down("ack-journal-short", "incidents/ack", {**ACK, "journal": JOURNAL[:15]}, "refuse", "form", acknowledged=0, **more)
    down("ack-journal-upper", "incidents/ack", {**ACK, "journal": JOURNAL.upper()}, "refuse", "form", acknowledged=0, **more)
    down("ack-through-negative", "incidents/ack", {**ACK, "through": -1}, "refuse", "form", acknowledged=0, **more)
    down("ack-through-too-high", "incidents/ack", {**ACK, "through": 4294967296}, "refuse", "form", acknowledged=0, **more)


# ---------------------------------------------------------------- up

def up(name, topic, fields, expect, reason=None, epoch=1, key=None, raw=None, **more):
    body = raw if raw is not None else text({"v": 1, "topic": PREFIX + topic, **fields})
    case(name, "up", topic, seal(body, key or derive("up", epoch)), expect, reason, **more)


NONCE = "0123456789abcdef"
STATE = {"at": NOW + 1, "clock": "chip", "nonce": NONCE, "journal": JOURNAL, "boot": 1, "n": 2, "fw": "0.1.0",
         "proto": 1, "caps": "calibrate,lost,nonce", "hw": "tc-b", "rev": NOW, "configRev": NOW, "cmdRev": 0, "epoch": 1,
         "display": "showing", "lit": "11111", "faults": [], "battery": 13500, "rssi": -61, "up": 12, "free": 48000, "backlog": 1}
ITEM = {"seq": 1, "kind": "power-on", "boot": 1, "up": 0, "arg": 1}
LATER = {"seq": 2, "kind": "rating-shown", "at": NOW + 1, "arg": NOW}
INCIDENTS = {"journal": JOURNAL, "list": [ITEM, LATER]}


def states():
    up("state-good", "state", STATE, "accept")
    for display in ("booting", "selftest", "unrated", "vacant", "stale", "fault", "nodata", "off"):
        up(f"state-{display}", "state", {**STATE, "display": display, "lit": "00000"}, "accept")
    up("state-clock-unknown", "state", {**STATE, "at": 0}, "accept")
    up("state-eight-faults", "state", {**STATE, "display": "fault", "lit": "00000",
       "faults": ["storage", "tamper", "voltage", "heat", "bar-open", "star1-short", "star2-stuck", "star3-open"]}, "accept")
    up("state-thermometer", "state", {**STATE, "faults": ["thermometer"]}, "accept")
    up("state-converter", "state", {**STATE, "battery": 0, "faults": ["converter", "calibration"]}, "accept")
    up("state-without-rssi", "state", without(STATE, "rssi"), "accept", note="the cab's platform does not tell")
    for source in ("none", "floor", "network", "server"):
        up(f"state-clock-{source}", "state", {**STATE, "clock": source, "at": 0 if source in ("none", "floor") else NOW + 1}, "accept")
    up("state-without-proto", "state", without(STATE, "proto", "caps", "hw"), "accept", note="a unit from before they were said")
    up("state-update-get", "state", {**STATE, "caps": "calibrate,lost,nonce,update", "update": "get", "offer": NOW, "have": 512}, "accept")
    up("state-update-done", "state", {**STATE, "fw": "0.2.0", "update": "done", "offer": NOW}, "accept")
    up("state-update-failed", "state", {**STATE, "update": "failed", "why": 21}, "accept")
    up("state-proto-2", "state", {**STATE, "proto": 2, "caps": "calibrate,future"}, "accept", note="it speaks v1 here; what it could more is ignored")
    up("state-without-clock", "state", without(STATE, "clock", "nonce"), "accept", note="a unit that asks no question")
    LOST = {**STATE, "epoch": 0, "rev": 0, "configRev": 0, "display": "nodata", "lit": "00000"}
    up("state-lost", "state", LOST, "accept", epoch=0, note="a unit that has lost its memory asks for its key epoch")
    up("state-lost-again", "state", LOST, "refuse", "old", epoch=0, after=["state-lost"])
    up("state-lost-without-nonce", "state", without(LOST, "nonce"), "refuse", "form", epoch=0)
    up("state-lost-says-1", "state", {**LOST, "epoch": 1}, "refuse", "form", epoch=0)
    up("state-unknown-field", "state", {**STATE, "colour": "amber"}, "accept")
    up("state-next-n", "state", {**STATE, "n": 3}, "accept", after=["state-good"])
    up("state-next-boot", "state", {**STATE, "boot": 2, "n": 1}, "accept", after=["state-good"])
    up("state-new-journal", "state", {**STATE, "journal": OTHER_JOURNAL, "boot": 1, "n": 1}, "accept", after=["state-good"])
    case("state-offline", "up", "state", b"offline", "offline", note="the last will")
    up("state-replayed", "state", STATE, "refuse", "old", after=["state-good"])
    up("state-n-lower", "state", {**STATE, "n": 1}, "refuse", "old", after=["state-good"])
    up("state-boot-lower", "state", {**STATE, "n": 9}, "refuse", "old", after=["state-next-boot"])
    up("state-superseded-journal", "state", {**STATE, "n": 9}, "refuse", "old", after=["state-good", "state-new-journal"])
    good = seal(text({"v": 1, "topic": PREFIX + "state", **STATE}), derive("up"))
    case("state-wrong-mac", "up", "state", bytes([good[0] ^ 1]) + good[1:], "refuse", "mac")
    case("state-changed-byte", "up", "state", good.replace(b'"lit":"11111"', b'"lit":"11110"'), "refuse", "mac")
    case("state-plain-json", "up", "state", text({"v": 1, "topic": PREFIX + "state", **STATE}), "refuse", "form")
    case("state-offline-and-more", "up", "state", b"offline\n", "refuse", "length")
    case("state-65kb", "up", "state", seal(b"x" * 65000, derive("up")), "refuse", "length")
    up("state-signed-with-down", "state", STATE, "refuse", "mac", key=derive("down"))
    up("state-signed-with-next-epoch", "state", {**STATE, "epoch": 2}, "refuse", "mac", epoch=2, note="no config has announced it")

    def bad(name, fields, reason="form"):
        up(f"state-{name}", "state", fields, "refuse", reason)

    bad("other-display", {**STATE, "topic": "tc/v1/d/disp-0002/state"}, "topic")
    bad("other-topic", {**STATE, "topic": PREFIX + "incidents"}, "topic")
    for field in without(STATE, "rssi", "clock", "nonce", "proto", "caps", "hw"):
        bad(f"without-{field}", without(STATE, field))
    bad("clock-unknown-source", {**STATE, "clock": "sun"})
    bad("nonce-short", {**STATE, "nonce": NONCE[1:]})
    bad("nonce-upper", {**STATE, "nonce": NONCE.upper()})
    bad("nonce-number", {**STATE, "nonce": 1})
    bad("display-unknown", {**STATE, "display": "party"})
    bad("lit-four", {**STATE, "lit": "1111"})
    bad("lit-two", {**STATE, "lit": "11211"})
    bad("lit-number", {**STATE, "lit": 11111})
    bad("faults-nine", {**STATE, "faults": ["bar-open", "star1-open", "star2-open", "star3-open", "star4-open", "storage", "tamper", "voltage", "heat"]})
    bad("faults-unknown", {**STATE, "faults": ["star5-open"]})
    bad("faults-text", {**STATE, "faults": "star1-open"})
    bad("journal-short", {**STATE, "journal": "0011"})
    bad("boot-0", {**STATE, "boot": 0})
    bad("n-0", {**STATE, "n": 0})
    bad("n-fraction", {**STATE, "n": 1.5})
    bad("at-1970", {**STATE, "at": 1})
    bad("fw-17", {**STATE, "fw": "f" * 17})
    bad("epoch-0", {**STATE, "epoch": 0})
    bad("battery-65536", {**STATE, "battery": 65536})
    bad("rssi-0", {**STATE, "rssi": 0})
    bad("rssi-129", {**STATE, "rssi": -129})
    bad("backlog-negative", {**STATE, "backlog": -1})
    for field in ("up", "free", "backlog"):
        up(f"state-{field}-longest", "state", {**STATE, field: 4294967295}, "accept")
        bad(f"{field}-too-high", {**STATE, field: 4294967296})
        bad(f"{field}-int64", {**STATE, field: 2**63 - 1})
    bad("fw-nul", {**STATE, "fw": "0.1\0"})
    up("state-doubled", "state", {}, "refuse", "form",
       raw=text({"v": 1, "topic": PREFIX + "state", **STATE}).replace(b'"lit":"11111"', b'"lit":"11111","lit":"00000"'))


def incidents():
    up("incidents-good", "incidents", INCIDENTS, "accept")
    kinds = [("light-fault", 21), ("light-recovered", 20), ("tamper", 1), ("voltage-low", 8500), ("heat", 91), ("link-lost", 0),
             ("link-restored", 61), ("clock-set", -3), ("storage-fault", 2), ("mark", 0), ("selftest", 0), ("command", NOW),
             ("thermometer", 1), ("signal-refused", 115), ("calibration", 12), ("converter", 1), ("bus", 1), ("limited", 90001200)]
    # Together they are longer than a payload.
    for name, first, some in (("incidents-every-kind", 5, kinds[:8]), ("incidents-every-kind-on", 13, kinds[8:])):
        up(name, "incidents", {"journal": JOURNAL, "list": [
            {"seq": first + i, "kind": kind, "at": NOW, "arg": arg} for i, (kind, arg) in enumerate(some)]}, "accept")
    up("incidents-lost", "incidents", {"journal": JOURNAL, "list": [{"seq": 40, "kind": "lost", "at": NOW, "arg": 40}]}, "accept",
       note="incidents 1 to 40 were overwritten")
    up("incidents-lost-epoch", "incidents", INCIDENTS, "refuse", "mac", epoch=0, note="nothing but a question goes under the keys of epoch 0")
    up("incidents-unknown-kind", "incidents", {"journal": JOURNAL, "list": [{**ITEM, "kind": "meteor"}]}, "accept")
    up("incidents-again", "incidents", INCIDENTS, "accept", after=["incidents-good"], note="stored once, acknowledged again")

    def bad(name, items, reason="form", **more):
        up(f"incidents-{name}", "incidents", {"journal": JOURNAL, "list": items, **more}, "refuse", reason)

    bad("empty", [])
    bad("not-a-list", {})
    bad("descending", [LATER, ITEM])
    bad("seq-doubled", [ITEM, ITEM])
    bad("seq-0", [{**ITEM, "seq": 0}])
    bad("seq-too-high", [{**ITEM, "seq": 4294967296}])
    bad("without-time", [without(ITEM, "boot", "up")])
    bad("without-up", [without(ITEM, "up")])
    bad("without-kind", [without(ITEM, "kind")])
    bad("without-arg", [without(ITEM, "arg")])
    bad("arg-text", [{**ITEM, "arg": "1"}])
    for sign, name in ((1, "highest"), (-1, "lowest")):
        up(f"incidents-arg-{name}", "incidents", {"journal": JOURNAL, "list": [{**ITEM, "arg": sign * 4294967295}]}, "accept")
        bad(f"arg-beyond-{name}", [{**ITEM, "arg": sign * 4294967296}])
    bad("arg-int64-least", [{**ITEM, "arg": -2**63}])
    bad("arg-int64-most", [{**ITEM, "arg": 2**63 - 1}])
    up("incidents-up-longest", "incidents", {"journal": JOURNAL, "list": [{**ITEM, "up": 4294967295}]}, "accept")
    bad("up-too-high", [{**ITEM, "up": 4294967296}])
    bad("boot-too-high", [{**ITEM, "boot": 4294967296}])
    up("incidents-kind-32", "incidents", {"journal": JOURNAL, "list": [{**ITEM, "kind": "k" * 32}]}, "accept")
    bad("kind-33", [{**ITEM, "kind": "k" * 33}])
    bad("kind-empty", [{**ITEM, "kind": ""}])
    bad("kind-nul", [{**ITEM, "kind": "power\0on"}])
    bad("kind-newline", [{**ITEM, "kind": "power\non"}])
    up("incidents-kind-lone-surrogate", "incidents", {}, "refuse", "form", raw=text(
        {"v": 1, "topic": PREFIX + "incidents", "journal": JOURNAL, "list": [ITEM]}).replace(b"power-on", b"\\ud800"))
    bad("at-1970", [{**LATER, "at": 1}])
    bad("other-display", [ITEM], "topic", topic="tc/v1/d/disp-0002/incidents")
    up("incidents-without-journal", "incidents", {"list": [ITEM]}, "refuse", "form")
    case("incidents-offline", "up", "incidents", b"offline", "refuse", "length", note="the last will is for state alone")
    good = seal(text({"v": 1, "topic": PREFIX + "incidents", **INCIDENTS}), derive("up"))
    case("incidents-wrong-mac", "up", "incidents", bytes([good[0] ^ 1]) + good[1:], "refuse", "mac")


# ---------------------------------------------------------------- for the device tests, which have no files

DEVICE = ("rating-rated-4", "rating-unrated", "rating-vacant", "config-good", "cmd-selftest", "ack-some")


def device():
    """C# constants of a few payloads: a test on the device opens no file."""
    lines = ["namespace Firmware.Tests.Device;", "", "/// <summary>Written by tests/Contract/make.py.</summary>", "internal static class Golden", "{"]
    for name in DEVICE:
        topic, payload = next((c["topic"], (HERE / c["file"]).read_bytes().decode("ascii")) for c in cases if c["name"] == name)
        title = name.title().replace("-", "")
        mac, body = payload.split("\n", 1)
        body = body.replace('"', '\\"')
        half = body.rindex(",", 0, 110) + 1
        lines += [f'    public const string {title}Topic = "{topic}";', f"    public const string {title} =",
                  f'        "{mac}\\n"', f'        + "{body[:half]}"', f'        + "{body[half:]}";', ""]
    lines[-1] = "}"
    (HERE.parent / "Firmware.Tests/Device/Golden.cs").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    shutil.rmtree(HERE / "payloads", ignore_errors=True)
    for write in (ratings, configs, commands, acknowledgements, states, incidents):
        write()
    assert len({c["name"] for c in cases}) == len(cases)
    keys = [{"purpose": purpose, "epoch": epoch, "hex": derive(purpose, epoch).hex()}
            for purpose in ("down", "up", "mqtt") for epoch in (0, 1, 2, 65535)]
    for key in keys:
        if key["purpose"] == "mqtt":
            key["password"] = base64.urlsafe_b64encode(bytes.fromhex(key["hex"])).rstrip(b"=").decode()
    manifest = {
        "rootKey": base64.urlsafe_b64encode(ROOT).rstrip(b"=").decode(),
        "display": DISPLAY,
        "epoch": 1,
        "keys": keys,
        "cases": cases,
        "sequences": list(sequences.bodies(text, PREFIX, NOW, DAY, JOURNAL, OTHER_JOURNAL, RATED, VACANT, CONFIG, STATE)),
    }
    device()
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(f"{len(cases)} cases, {len(manifest['sequences'])} sequences")


main()
