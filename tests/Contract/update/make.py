#!/usr/bin/env python3
"""Writes the golden package of firmware/PACKAGE.md: package.tcup, and the public key that it was signed with, maker.pub.

Independent of the firmware on purpose: RFC 8554 with Python's own hashlib and hmac, nothing else. Run it in this folder; it takes some seconds.
"""

import hashlib
import hmac
import pathlib
import struct

HERE = pathlib.Path(__file__).parent
IDENTIFIER = bytes(range(16))
SEED = bytes(range(32, 64))
HEIGHT, WIDTH, CHAINS = 10, 4, 67
TREE, ONE_TIME = 6, 3  # LMS_SHA256_M32_H10, LMOTS_SHA256_N32_W4
INDEX = 5
IMAGE = bytes(range(200))
RUNTIME = hashlib.sha256(b"interpreter 1.17.0\n").digest()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def u32(n):
    return struct.pack(">I", n)


def u16(n):
    return struct.pack(">H", n)


def secret(q, i):
    return sha(IDENTIFIER, u32(q), u16(i), b"\xff", SEED)


def walk(q, i, value, first, last):
    for j in range(first, last):
        value = sha(IDENTIFIER, u32(q), u16(i), bytes([j]), value)
    return value


def leaf(q):
    ends = b"".join(walk(q, i, secret(q, i), 0, 15) for i in range(CHAINS))
    return sha(IDENTIFIER, u32(2**HEIGHT + q), b"\x82\x82", sha(IDENTIFIER, u32(q), b"\x80\x80", ends))


def tree():
    nodes = [b""] * 2**HEIGHT + [leaf(q) for q in range(2**HEIGHT)]
    for r in range(2**HEIGHT - 1, 0, -1):
        nodes[r] = sha(IDENTIFIER, u32(r), b"\x83\x83", nodes[2 * r], nodes[2 * r + 1])
    return nodes


def digits(digest):
    values = [d for byte in digest for d in (byte >> 4, byte & 15)]
    check = sum(15 - d for d in values) << 4
    return values + [check >> 12, check >> 8 & 15, check >> 4 & 15]


def sign(nodes, q, message):
    randomizer = secret(q, 0xFFFD)
    values = digits(sha(IDENTIFIER, u32(q), b"\x81\x81", randomizer, message))
    chains = b"".join(walk(q, i, secret(q, i), 0, d) for i, d in enumerate(values))
    path, r = b"", 2**HEIGHT + q
    while r > 1:
        path += nodes[r ^ 1]
        r //= 2
    return u32(q) + u32(ONE_TIME) + randomizer + chains + u32(TREE) + path


digest = hmac.new(b"TaxiCredit image", IMAGE, hashlib.sha256).digest()
manifest = b"TCUP" + struct.pack("<HHHHHII", 1, 2, 1, 20, 300, 7, len(IMAGE)) + RUNTIME + digest
assert len(manifest) == 86
all_nodes = tree()
public = u32(TREE) + u32(ONE_TIME) + IDENTIFIER + all_nodes[1]
package = manifest + sign(all_nodes, INDEX, manifest) + IMAGE
(HERE / "package.tcup").write_bytes(package)
(HERE / "maker.pub").write_text(public.hex() + "\n")
print(f"package.tcup {len(package)} bytes, sha256 {hashlib.sha256(package).hexdigest()}")
