#!/usr/bin/env python3
"""Makes object.properties from docs/spec/object.md alone, sharing no code with the Java codec.

Usage: python3 object.py > ../resources/golden/object.properties
"""
import hashlib
import hmac

UNIT, LEAF, SECTOR = 64, 512, 1 << 22


def sha(data):
    return hashlib.sha256(data).digest()


# --- GF(2^8) ---------------------------------------------------------------------------------
def multiply(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0x100:
            a ^= 0x11D
        b >>= 1
    return product


def inverse(a):
    return next(x for x in range(1, 256) if multiply(a, x) == 1)


# --- AES-256, as FIPS 197 has it --------------------------------------------------------------
def aes_times(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def aes_box():
    box = []
    for value in range(256):
        x = next((y for y in range(256) if aes_times(value, y) == 1), 0)
        rotated = [((x << s) | (x >> (8 - s))) & 255 for s in range(5)]
        out = 0x63
        for r in rotated:
            out ^= r
        box.append(out)
    return box


BOX = aes_box()
DOUBLE = [aes_times(x, 2) for x in range(256)]


def aes_schedule(key):
    words = [list(key[i:i + 4]) for i in range(0, 32, 4)]
    rcon = 1
    for i in range(8, 60):
        word = list(words[i - 1])
        if i % 8 == 0:
            word = [BOX[b] for b in word[1:] + word[:1]]
            word[0] ^= rcon
            rcon = aes_times(rcon, 2)
        elif i % 8 == 4:
            word = [BOX[b] for b in word]
        words.append([x ^ y for x, y in zip(words[i - 8], word)])
    return [sum(words[i:i + 4], []) for i in range(0, 60, 4)]


def aes_block(schedule, block):
    state = [x ^ y for x, y in zip(block, schedule[0])]
    for number, key in enumerate(schedule[1:], 1):
        state = [BOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if number < 14:
            mixed = []
            for c in range(0, 16, 4):
                column = state[c:c + 4]
                total = column[0] ^ column[1] ^ column[2] ^ column[3]
                mixed += [column[i] ^ total ^ DOUBLE[column[i] ^ column[(i + 1) % 4]] for i in range(4)]
            state = mixed
        state = [x ^ y for x, y in zip(state, key)]
    return bytes(state)


def counter_mode(key, data, first=0):
    schedule = aes_schedule(key)
    out = bytearray()
    for at in range(0, len(data), 16):
        pad = aes_block(schedule, (first + at // 16).to_bytes(16, "big"))
        out += bytes(x ^ y for x, y in zip(data[at:at + 16], pad))
    return bytes(out)


def gcm_seal(key, nonce, data, associated):
    schedule = aes_schedule(key)
    h = int.from_bytes(aes_block(schedule, bytes(16)), "big")

    def times(x, y):
        z = 0
        for bit in range(127, -1, -1):
            if x >> bit & 1:
                z ^= y
            y = (y >> 1) ^ (0xE1 << 120 if y & 1 else 0)
        return z

    start = int.from_bytes(nonce + b"\0\0\0\1", "big")
    sealed = counter_mode(key, data, start + 1)
    tag = 0
    for part in (associated, sealed):
        for at in range(0, len(part), 16):
            tag = times(tag ^ int.from_bytes(part[at:at + 16].ljust(16, b"\0"), "big"), h)
    lengths = (8 * len(associated) << 64) | 8 * len(sealed)
    tag = times(tag ^ lengths, h)
    mask = int.from_bytes(aes_block(schedule, start.to_bytes(16, "big")), "big")
    return sealed + (tag ^ mask).to_bytes(16, "big")


# --- HKDF, Merkle, RLP -------------------------------------------------------------------------
def shard_key(mask_key, shard):
    extracted = hmac.new(bytes(32), mask_key, "sha256").digest()
    return hmac.new(extracted, b"bitcloud/shard-mask/1" + bytes([shard, 1]), "sha256").digest()


def node(left, right):
    return sha(b"\1" + left + right)


ZERO = [sha(b"\0" + bytes(LEAF))]
for _ in range(13):
    ZERO.append(node(ZERO[-1], ZERO[-1]))


def part_root(leaves, height):
    """The root over 2^height leaves, those after the given ones being zeros."""
    if not leaves:
        return ZERO[height]
    if height == 0:
        return leaves[0]
    half = 1 << (height - 1)
    return node(part_root(leaves[:half], height - 1), part_root(leaves[half:], height - 1))


def leaves_of(body):
    body += bytes(-len(body) % LEAF)
    return [sha(b"\0" + body[at:at + LEAF]) for at in range(0, len(body), LEAF)]


def sector_root(body):
    return part_root(leaves_of(body), 13)


def split(count):
    return 1 << ((count - 1).bit_length() - 1)


def tree_root(roots):
    if len(roots) == 1:
        return roots[0]
    half = split(len(roots))
    return node(tree_root(roots[:half]), tree_root(roots[half:]))


def range_root(sectors, first, count):
    if count >= 8192:
        return tree_root([sector_root(s) for s in sectors[first // 8192:(first + count) // 8192]])
    height = (count - 1).bit_length()
    leaves = leaves_of(sectors[first // 8192])
    return part_root(leaves[first % 8192:first % 8192 + count], height)


def siblings(sectors, wanted, first, count):
    inside = [w for w in wanted if first <= w < first + count]
    if not inside:
        return [range_root(sectors, first, count)]
    if count == 1:
        return []
    half = split(count)
    return (siblings(sectors, inside, first, half)
            + siblings(sectors, inside, first + half, count - half))


def rlp(item):
    if isinstance(item, list):
        body, base = b"".join(rlp(i) for i in item), 0xC0
    else:
        if isinstance(item, int):
            item = item.to_bytes((item.bit_length() + 7) // 8, "big")
        if len(item) == 1 and item[0] < 0x80:
            return item
        body, base = item, 0x80
    if len(body) <= 55:
        return bytes([base + len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([base + 55 + len(size)]) + size + body


# --- Slab --------------------------------------------------------------------------------------
def plain(length):
    return bytes((7 * i + (i >> 8)) & 255 for i in range(length))


def encode(k, n, slab_key, mask_key, data):
    body = LEAF * -(-len(data) // (LEAF * k))
    cipher = counter_mode(slab_key, data + bytes(k * body - len(data)))
    shards = [bytearray(body) for _ in range(n)]
    for p, byte in enumerate(cipher):
        shards[p // UNIT % k][p // (UNIT * k) * UNIT + p % UNIT] = byte
    for r in range(k, n):
        for c in range(k):
            table = bytes(multiply(inverse(r ^ c), v) for v in range(256))
            shards[r] = bytearray(x ^ y for x, y in zip(shards[r], shards[c].translate(table)))
    return [counter_mode(shard_key(mask_key, i), bytes(s)) for i, s in enumerate(shards)]


def show(name, value):
    print(f"{name}={value.hex() if isinstance(value, bytes) else value}")


def main():
    slab_key, mask_key = bytes(range(32)), bytes(range(32, 64))
    print("# Made by src/test/golden/object.py from docs/spec/object.md; do not edit.")
    show("slabKey", slab_key)
    show("maskKey", mask_key)
    show("shardKey.0", shard_key(mask_key, 0))
    show("shardKey.254", shard_key(mask_key, 254))
    for k, n, length in ((2, 6, 1500), (10, 30, 5121), (1, 1, 1)):
        name = f"{k}of{n}"
        show(f"{name}.length", length)
        for r in range(k, n):
            show(f"{name}.row.{r}", bytes(inverse(r ^ c) for c in range(k)))
        bodies = encode(k, n, slab_key, mask_key, plain(length))
        for i, body in enumerate(bodies):
            show(f"{name}.body.{i}", body if k < 10 else sha(body))
            show(f"{name}.root.{i}", sector_root(body))
        if k == 2:
            two_of_six = bodies
    wanted = [3, 8192 + 1, 8192 + 2, 3 * 8192 + 8191, 5 * 8192]
    show("contract.root", tree_root([sector_root(b) for b in two_of_six]))
    show("contract.leaves", ",".join(map(str, wanted)))
    show("contract.siblings", b"".join(siblings(two_of_six, wanted, 0, 6 * 8192)))
    show("contract.root.5", tree_root([sector_root(b) for b in two_of_six[:5]]))
    shards = [[sector_root(b), bytes([i + 1]) * 20] for i, b in enumerate(two_of_six)]
    manifest = rlp([1, 2, 6, 1500, sha(plain(1500)), b"text/plain", "Größe.txt".encode(),
                    [[slab_key, mask_key, 1500, shards]]])
    show("manifest", manifest)
    show("manifest.id", sha(manifest))
    owner_key, nonce = bytes(range(64, 96)), bytes(range(12))
    sealed = rlp([2, nonce, gcm_seal(owner_key, nonce, manifest, b"bitcloud/sealed-manifest/1")])
    show("sealed.key", owner_key)
    show("sealed.nonce", nonce)
    show("sealed", sealed)
    show("sealed.id", sha(sealed))


main()
