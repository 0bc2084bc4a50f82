// SIGKILL of the validator and of providers at random moments of put, get and proofs: nothing
// acknowledged is lost, and the chain replays to the same state.
// usage: crashes.mjs [ROUNDS [SEED [WINDOW_MS]]]
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Devnet, discard, scratch, sha256 } from '../lib/devnet.mjs';

const rounds = Number(process.argv[2] ?? 30);
let seed = Number(process.argv[3] ?? 1);
const windowMillis = process.argv[4] ?? '15000';
const below = (bound) => { // mulberry32: the moments repeat with the seed
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
};

const work = await scratch();
const devnet = await Devnet.start(join(work, 'devnet'), '--processes', '--window-ms', windowMillis);
const stored = [];
let interrupted = 0;
let passed = false;
try {
  const victims = devnet.ready.nodes.filter((node) => node.role !== 'gateway').map((node) => node.id);
  for (let round = 0; round < rounds; round++) {
    const victim = round % 3 === 0 ? 'validator' : victims[1 + below(victims.length - 1)];
    const kind = ['put', 'get', 'proof'][round % 3 === 2 ? 2 : below(stored.length ? 2 : 1)];
    const work_ = activity(kind, round);
    await delay(below(kind === 'proof' ? Number(windowMillis) : 2500));
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
  passed = true;
} finally {
  await devnet.stop();
  if (passed) await discard(work);
  else console.log(`left for a look: ${work}`);
}

async function activity(kind, round) {
  if (kind === 'put') {
    const file = join(work, `file-${round}`);
    await writeFile(file, randomBytes(1 + below(24_000_000)));
    const digest = await sha256(file);
    const { result, tries } = await untilItWorks('storage', 'put', file, '--json');
    stored.push({ id: JSON.parse(result.stdout.trim().split('\n').at(-1)).id, digest });
    await rm(file);
    return `put went through ${tries === 1 ? 'at once' : `at try ${tries}`}`;
  }
  if (kind === 'get') {
    const { id, digest } = stored[below(stored.length)];
    const copy = join(work, `get-${round}`);
    const { tries } = await untilItWorks('storage', 'get', id, '-o', copy);
    assert.equal(await sha256(copy), digest);
    await rm(copy);
    return `get went through ${tries === 1 ? 'at once' : `at try ${tries}`}`;
  }
  return 'proofs';
}

// A command may end with a clear error while a node is down; the same command again goes on.
async function untilItWorks(...args) {
  for (let tries = 1; ; tries++) {
    const result = await devnet.run(...args);
    if (result.code === 0) return { result, tries };
    clear(result);
    assert.ok(tries < 20, `${args.join(' ')}: ${result.stderr}`);
    await delay(1000);
  }
}

function clear(result) {
  interrupted++;
  assert.doesNotMatch(result.stderr, /^\s+at |Exception/m, result.stderr);
  assert.match(result.stderr, /error: /);
}
