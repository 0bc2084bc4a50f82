// docs/spec/storage-contract.md: what a window asks of a provider, and what a proof of storage must be.
import { decode, fixed, integer, list } from './rlp.mjs';
import { leafHash, proofRoot } from './merkle.mjs';
import { ascii, bytes, hex, number, sha256, uint } from './values.mjs';

export const DRAWS = 20;
export const LEAF_BYTES = 512;
export const SECTOR_LEAVES = 8192n;

export const beaconOf = (genesisHash, window, parentHash) =>
  sha256(ascii('bitcloud/storage/beacon/1'), genesisHash, uint(window, 8), parentHash);

const drawn = (tag, beacon, provider, i) =>
  number(sha256(ascii(`bitcloud/storage/${tag}/1`), beacon, bytes(provider), uint(i, 4)));

export const pointOf = (beacon, provider, i, due) => drawn('draw', beacon, provider, i) % due;
export const leafOf = (beacon, provider, i, sectors) => drawn('leaf', beacon, provider, i) % (sectors * SECTOR_LEAVES);

// The 20 draws over slots in their order; each slot is {id, due, sectors}. Empty where nothing is due.
export function drawsOf(beacon, provider, slots) {
  const due = slots.reduce((sum, slot) => sum + slot.due, 0n);
  if (due === 0n) return { due, leaves: [] };
  const leaves = [];
  for (let i = 0; i < DRAWS; i++) {
    let point = pointOf(beacon, provider, i, due);
    const slot = slots.find((each) => {
      if (point < each.due) return true;
      point -= each.due;
      return false;
    });
    leaves.push({ id: slot.id, leaf: leafOf(beacon, provider, i, slot.sectors) });
  }
  return { due, leaves };
}

// Reads a proof and checks every answer against the frozen contents, given as a map id → {root, sectors}.
// Returns the set of draws that it proves as a mask, bit i for draw i.
export function provenMask(proof, leaves, contents) {
  const answers = list(decode(proof), undefined, 'proof').map(readAnswer);
  const answered = new Set();
  answers.forEach((answer, i) => {
    if (i > 0 && answer.id <= answers[i - 1].id) throw new Error('contracts do not rise');
    const content = contents.get(answer.id);
    if (!content) throw new Error(`contract ${answer.id} was not drawn`);
    const hashes = answer.leaves.map(leafHash);
    const root = proofRoot(content.sectors * SECTOR_LEAVES, answer.indices, hashes, answer.siblings);
    if (hex(root) !== content.root) throw new Error(`proof of ${answer.id} leads to ${hex(root)}, frozen is ${content.root}`);
    for (const index of answer.indices) {
      if (!leaves.some((each) => each.id === answer.id && each.leaf === index)) throw new Error(`leaf ${index} of ${answer.id} was not drawn`);
      answered.add(`${answer.id}/${index}`);
    }
  });
  return leaves.reduce((mask, each, i) => (answered.has(`${each.id}/${each.leaf}`) ? mask | (1 << i) : mask), 0);
}

function readAnswer(item) {
  const [id, indices, data, siblings] = list(item, 4, 'answer');
  const numbers = list(indices, undefined, 'indices').map((each) => integer(each, 'leaf index'));
  const leaves = pieces(data, LEAF_BYTES, 'leaves');
  if (numbers.length === 0 || leaves.length !== numbers.length) throw new Error('not one leaf an index');
  return { id: hex(fixed(id, 32, 'contract id')), indices: numbers, leaves, siblings: pieces(siblings, 32, 'siblings') };
}

function pieces(data, size, name) {
  if (!Buffer.isBuffer(data) || data.length % size !== 0) throw new Error(`${name} are no multiple of ${size} bytes`);
  return Array.from({ length: data.length / size }, (_, i) => data.subarray(i * size, (i + 1) * size));
}

export const countBits = (mask) => [...mask.toString(2)].filter((bit) => bit === '1').length;
