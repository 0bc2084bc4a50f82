// SIGKILL of the validator and of providers at random moments of put, get and proofs: nothing
// acknowledged is lost, and the chain replays to the same state.
// usage: crashes.mjs [ROUNDS [SEED]]
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Devnet, discard, scratch, sha256 } from '../lib/devnet.mjs';

const rounds = Number(process.argv[2] ?? 30);
let seed = Number(process.argv[3] ?? 1);
const below = (bound) => { // mulberry32: the moments repeat with the seed
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
};

const work = await scratch();
const devnet = await Devnet.start(join(work, 'devnet'), '--processes', '--window-ms', '4000');
const stored = [];
let interrupted = 0;
try {
  const victims = devnet.ready.nodes.filter((node) => node.role !== 'gateway').map((node) => node.id);
  for (let round = 0; round < rounds; round++) {
    const victim = round % 3 === 0 ? 'validator' : victims[1 + below(victims.length - 1)];
    const kind = ['put', 'get', 'proof'][round % 3 === 2 ? 2 : below(stored.length ? 2 : 1)];
    const work_ = activity(kind, round);
    await delay(below(kind === 'proof' ? 6000 : 2500));
    await devnet.ok('devnet', 'kill', victim);
    await delay(below(300));
    await devnet.ok('devnet', 'start', victim);
    const outcome = await work_;
    console.log(`round ${round}: ${kind}, killed ${victim}: ${outcome}`);
  }
  for (const { id, digest } of stored) {
    const copy = join(work, 'copy');
    await devnet.ok('storage', 'get', id, '-o', copy);
    assert.equal(await sha256(copy), digest, `object ${id} after all crashes`);
    await rm(copy);
  }
  const verified = await devnet.json('chain', 'verify');
  console.log(`chain verify: ${JSON.stringify(verified)}`);
  const history = await devnet.run('wallet', 'history');
  assert.equal(history.code, 0, history.stderr);
  console.log(`${stored.length} objects kept, ${interrupted} commands ended with a clear error`);
  console.log('1 passed, 0 failed');
} finally {
  await devnet.stop();
  await discard(work);
}

async function activity(kind, round) {
  if (kind === 'put') {
    const file = join(work, `file-${round}`);
    await writeFile(file, randomBytes(1 + below(24_000_000)));
    const digest = await sha256(file);
    let result = await devnet.run('storage', 'put', file, '--json');
    const first = result.code;
    if (result.code !== 0) {
      clear(result);
      await delay(500);
      result = await devnet.run('storage', 'put', file, '--json'); // resumes what was under way
    }
    if (result.code !== 0) {
      clear(result);
      return `put failed twice: ${result.stderr.trim().split('\n').at(-1)}`;
    }
    stored.push({ id: JSON.parse(result.stdout.trim().split('\n').at(-1)).id, digest });
    await rm(file);
    return first === 0 ? 'put went through' : 'put resumed';
  }
  if (kind === 'get') {
    const { id, digest } = stored[below(stored.length)];
    const copy = join(work, `get-${round}`);
    const result = await devnet.run('storage', 'get', id, '-o', copy);
    if (result.code !== 0) {
      clear(result);
      return `get failed: ${result.stderr.trim().split('\n').at(-1)}`;
    }
    assert.equal(await sha256(copy), digest);
    await rm(copy);
    return 'get went through';
  }
  return 'proofs';
}

function clear(result) {
  interrupted++;
  assert.doesNotMatch(result.stderr, /^\s+at |Exception/m, result.stderr);
  assert.match(result.stderr, /error: /);
}
