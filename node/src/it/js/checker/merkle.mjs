// docs/spec/merkle.md: the SHA-256 tree of lists, and proofs of several leaves at once.
import { sha256, ZERO } from './values.mjs';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export const leafHash = (data) => sha256(LEAF, data);
export const nodeHash = (left, right) => sha256(NODE, left, right);

// The largest power of two below count, count > 1.
function split(count) {
  let power = 1n;
  while (power * 2n < count) power *= 2n;
  return power;
}

// The root over hashes that stand for themselves: leaf hashes, or sector roots.
export function rootOf(hashes) {
  if (hashes.length === 0) return ZERO;
  if (hashes.length === 1) return hashes[0];
  const first = Number(split(BigInt(hashes.length)));
  return nodeHash(rootOf(hashes.slice(0, first)), rootOf(hashes.slice(first)));
}

export const listRoot = (items) => rootOf(items.map(leafHash));

// The root that a proof of the leaves `indices` (bigints, rising) in a tree of `count` leaves leads to.
export function proofRoot(count, indices, hashes, siblings) {
  if (indices.length === 0 || indices.length !== hashes.length) throw new Error('proof: no leaves, or not one hash each');
  indices.forEach((index, i) => {
    if (index < 0n || index >= count || (i > 0 && index <= indices[i - 1])) throw new Error('proof: indices do not rise below the count');
  });
  let sibling = 0;
  let leaf = 0;
  const walk = (first, size) => {
    if (leaf >= indices.length || indices[leaf] >= first + size) {
      if (sibling >= siblings.length) throw new Error('proof: a sibling is missing');
      return siblings[sibling++];
    }
    if (size === 1n) return hashes[leaf++];
    const half = split(size);
    const left = walk(first, half);
    return nodeHash(left, walk(first + half, size - half));
  };
  const root = walk(0n, count);
  if (sibling !== siblings.length) throw new Error('proof: siblings are left over');
  return root;
}
