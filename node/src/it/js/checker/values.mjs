// Bytes, hashes and complaints that every part of the checker shares.
import { createHash } from 'node:crypto';
import { keccak256 as ethersKeccak } from 'ethers';

// What the chain says and what the specification says differ.
export class CheckFailure extends Error {
  constructor(check, message) {
    super(`${check}: ${message}`);
    this.name = 'CheckFailure';
    this.check = check;
  }
}

export function fail(check, message) {
  throw new CheckFailure(check, message);
}

// Compares values by their text; bigint, number, hex and boolean all have one.
export function same(check, what, found, expected) {
  const texts = [String(found), String(expected)];
  if (texts[0] === texts[1]) return;
  const [is, should] = texts[0].length + texts[1].length > 300 ? fromDifference(...texts) : texts;
  fail(check, `${what} is ${is}, expected ${should}`);
}

function fromDifference(left, right) {
  let at = 0;
  while (left[at] === right[at]) at++;
  return [left, right].map((text) => `${at > 0 ? '…' : ''}${text.slice(at, at + 100) || '(nothing)'}`);
}

export const hex = (bytes) => '0x' + Buffer.from(bytes).toString('hex');

export function bytes(text) {
  if (!/^0x([0-9a-f]{2})*$/i.test(text)) throw new Error(`not hex: ${String(text).slice(0, 80)}`);
  return Buffer.from(text.slice(2), 'hex');
}

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const keccak = (...parts) => bytes(ethersKeccak(Buffer.concat(parts)));

export const ZERO = Buffer.alloc(32);
export const ascii = (text) => Buffer.from(text, 'ascii');

export function uint(value, size) {
  return Buffer.from(BigInt(value).toString(16).padStart(2 * size, '0'), 'hex');
}

export const number = (buffer) => (buffer.length === 0 ? 0n : BigInt(hex(buffer)));
