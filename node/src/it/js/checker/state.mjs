// docs/spec/state.md: the state map, its root and its proofs.
import { decode, fixed, list } from './rlp.mjs';
import { bytes, fail, hex, same, sha256, ZERO } from './values.mjs';

const LEAF = Buffer.from([0]);
const TRIES = 20;

const bitOf = (hash, index) => (hash[index >> 3] >> (7 - (index & 7))) & 1;
const leaf = (keyHash, valueHash) => sha256(LEAF, keyHash, valueHash);
const branch = (bit, left, right) => sha256(Buffer.from([1, bit]), left, right);

// The root over [key, value] pairs of Buffers.
export function stateRoot(entries) {
  const leaves = entries.map(([key, value]) => [sha256(key), sha256(value)]);
  leaves.sort(([a], [b]) => Buffer.compare(a, b));
  return leaves.length === 0 ? ZERO : subtree(leaves, 0, leaves.length, 0);
}

// Sorted hashes agree up to where the first and the last differ.
function subtree(leaves, from, to, firstBit) {
  if (to - from === 1) return leaf(...leaves[from]);
  const first = leaves[from][0];
  const last = leaves[to - 1][0];
  let bit = firstBit;
  while (bit < 256 && bitOf(first, bit) === bitOf(last, bit)) bit++;
  if (bit === 256) throw new Error('state: a key comes twice');
  let middle = from;
  while (bitOf(leaves[middle][0], bit) === 0) middle++;
  return branch(bit, subtree(leaves, from, middle, bit + 1), subtree(leaves, middle, to, bit + 1));
}

// The value that a proof shows under a root; null where it shows that the key is not there.
export function provenValue(root, key, proof) {
  const [bits, siblings, ending] = list(decode(proof), 3, 'proof');
  list(siblings, undefined, 'siblings').forEach((each) => fixed(each, 32, 'sibling'));
  list(ending, undefined, 'ending');
  if (!Buffer.isBuffer(bits) || bits.length !== siblings.length) throw new Error('proof: not one sibling a bit');
  bits.forEach((bit, i) => {
    if (i > 0 && bit <= bits[i - 1]) throw new Error('proof: bits do not rise');
  });
  if (ending.length === 0) {
    if (!root.equals(ZERO) || bits.length > 0) throw new Error('proof: the state is not empty');
    return null;
  }
  const asked = sha256(key);
  const [keyHash, valueHash] = ending.length === 1
    ? [asked, sha256(ending[0])]
    : list(ending, 2, 'ending').map((each) => fixed(each, 32, 'hash'));
  if (ending.length === 2 && keyHash.equals(asked)) throw new Error('proof: the other leaf is the asked one');
  bits.forEach((bit) => {
    if (bitOf(keyHash, bit) !== bitOf(asked, bit)) throw new Error('proof: the leaf lies elsewhere');
  });
  let hash = leaf(keyHash, valueHash);
  for (let i = bits.length - 1; i >= 0; i--) {
    const sides = bitOf(asked, bits[i]) === 0 ? [hash, siblings[i]] : [siblings[i], hash];
    hash = branch(bits[i], ...sides);
  }
  if (!hash.equals(root)) throw new Error('proof: does not lead to the root');
  return ending.length === 1 ? ending[0] : null;
}

// All entries at one height; starts again when a block lands between two pages.
export async function exportState(rpc) {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const exported = await pages(rpc);
    if (exported) return exported;
  }
  return fail('state root', `no export without a block in between in ${TRIES} attempts`);
}

async function pages(rpc) {
  const entries = [];
  let first;
  for (let after = '0x'; ;) {
    const page = await rpc.call('bitcloud_exportState', after, 1000);
    first ??= page;
    if (page.height !== first.height || page.stateRoot !== first.stateRoot) return null;
    for (const [key, value] of page.entries) entries.push([bytes(key), bytes(value)]);
    if (!page.more) break;
    after = page.entries.at(-1)[0];
  }
  return { height: Number(first.height), claimedRoot: first.stateRoot, entries };
}

// Recomputes the root of an export and compares it with the header of its height, then proves a few keys both ways.
export async function checkState(rpc, exported, header) {
  const check = 'state root';
  const root = stateRoot(exported.entries);
  same(check, `root over ${exported.entries.length} entries at height ${exported.height}`, hex(root), hex(header.stateRoot));
  same(check, 'root named by the export', exported.claimedRoot, hex(root));
  const step = Math.max(1, Math.floor(exported.entries.length / 8));
  let proofs = 0;
  for (let i = 0; i < exported.entries.length; i += step) {
    const [key, value] = exported.entries[i];
    await compareProof(rpc, exported, root, key, value);
    await compareProof(rpc, exported, root, Buffer.concat([key, Buffer.from([0xff])]), null);
    proofs += 2;
  }
  return { entries: exported.entries.length, height: exported.height, proofs };
}

async function compareProof(rpc, exported, root, key, value) {
  const answer = await rpc.call('bitcloud_getProof', hex(key), '0x' + exported.height.toString(16));
  let proven;
  try {
    proven = provenValue(root, key, bytes(answer.proof));
  } catch (error) {
    fail('state root', `proof of ${hex(key)}: ${error.message}`);
  }
  same('state root', `proven value of ${hex(key)}`, proven === null ? null : hex(proven), value === null ? null : hex(value));
}
