// kill -9 of a node at random moments, under load and while it starts: it always starts again, and
// no block that it has reported is lost or another one. In the end the whole chain replays.
// usage: kills.mjs [ROUNDS [SEED]]
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { HDNodeWallet, SigningKey, Transaction, Wallet } from 'ethers';
import { discard, launcher, run, scratch } from '../lib/devnet.mjs';

const rounds = Number(process.argv[2] ?? 100);
let seed = Number(process.argv[3] ?? 1);
const below = (bound) => { // mulberry32: the moments repeat with the seed
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
};

const MNEMONIC = 'test test test test test test test test test test test junk';
const SENDERS = 10;
const LOAD_MILLIS_MAX = 2000;
const START_MILLIS_MAX = 60_000;
const AT_RISK = 200;
const PREPARED = 400; // of each sender signed ahead, so that the node is what is busy

const work = await scratch();
const dir = join(work, 'node');
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const senders = Array.from({ length: SENDERS }, (_, i) => {
  const { address, privateKey } = HDNodeWallet.fromPhrase(MNEMONIC, '', `m/44'/60'/0'/0/${i}`);
  return { address, key: new SigningKey(privateKey) };
});
const recipient = Wallet.createRandom().address;
for (const sender of senders) sender.prepared = Array.from({ length: PREPARED }, (_, nonce) => sign(sender, nonce));

let reported = { number: 0, hash: null }; // the newest block that anybody was told of
let receipts = new Map(); // transactions that were told to be in a block
let accepted = []; // the last transactions that the pool took: in a block or waiting
const figures = { rounds: 0, killedStarting: 0, sent: 0, remembered: 0, forgotten: 0 };
const startMillis = [];
const began = Date.now();
let child;
let passed = false;
try {
  await run(launcher, ['version']); // builds first where that is needed
  for (let round = 0; round < rounds; round++) {
    if (below(5) === 0) await killStarting();
    await start();
    await nothingIsLost();
    await loadUntilKilled(200 + below(LOAD_MILLIS_MAX - 200));
    figures.rounds++;
    if ((round + 1) % 10 === 0) console.log(`round ${round + 1}: block ${reported.number}, ${figures.sent} sent`);
  }
  await start();
  await nothingIsLost();
  child.kill('SIGTERM');
  await once(child, 'close');
  const verified = await run(launcher, ['chain', 'verify', '--json', '--dir', dir]);
  assert.equal(verified.code, 0, verified.stderr);
  const verdict = JSON.parse(verified.stdout.trim().split('\n').at(-1));
  assert.equal(verdict.ok, true);
  assert.ok(verdict.height >= reported.number);
  startMillis.sort((a, b) => a - b);
  console.log(JSON.stringify({
    ...figures,
    blocks: reported.number,
    verifiedTransactions: verdict.transactions,
    startMillis: { p50: startMillis[startMillis.length >> 1], max: startMillis.at(-1) },
    secondsPerRound: Math.round((Date.now() - began) / rounds / 10) / 100,
  }));
  console.log('1 passed, 0 failed');
  passed = true;
} finally {
  if (child && child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  if (passed) await discard(work);
  else console.log(`left for a look: ${work}`);
}

function launch() {
  const args = ['node', '--dir', dir, '--account', 'node:0', '--rpc-port', String(port), '--json'];
  child = spawn(launcher, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => { errors = (errors + data).slice(-20000); });
  return { line: once(createInterface({ input: child.stdout }), 'line'), errors: () => errors };
}

async function start() {
  const from = Date.now();
  const { line, errors } = launch();
  const first = await Promise.race([
    line.then(([text]) => JSON.parse(text)),
    once(child, 'close').then(([code]) => { throw new Error(`the node ended with ${code}:\n${errors()}`); }),
    delay(START_MILLIS_MAX, undefined, { ref: false }).then(() => { throw new Error(`no start:\n${errors()}`); }),
  ]);
  assert.equal(first.ready, true);
  startMillis.push(Date.now() - from);
}

async function kill() {
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  const [, signal] = await ended;
  assert.equal(signal, 'SIGKILL', 'it was alive until it was killed');
}

async function killStarting() {
  const { line } = launch();
  line.catch(() => {});
  await delay(below(1200));
  await kill();
  figures.killedStarting++;
}

async function nothingIsLost() {
  if (reported.hash) {
    const block = await rpc('eth_getBlockByNumber', hex(reported.number), false);
    assert.equal(block?.hash, reported.hash, `block ${reported.number} was reported before the kill`);
    assert.ok(Number(await rpc('eth_blockNumber')) >= reported.number);
  }
  for (const [hash, blockHash] of receipts) {
    const receipt = await rpc('eth_getTransactionReceipt', hash);
    assert.equal(receipt?.blockHash, blockHash, `receipt of ${hash} was reported before the kill`);
  }
  receipts = new Map();
  // Nobody promised to keep what waits; nearly all comes back from the pool's journal, in the background.
  let missing = accepted;
  for (let tries = 0; missing.length && tries < 20; tries++) {
    if (tries) await delay(50);
    missing = await unknown(missing);
  }
  figures.remembered += accepted.length - missing.length;
  figures.forgotten += missing.length;
  accepted = [];
}

async function unknown(hashes) {
  const answers = await post(hashes.map((hash, id) => (
    { jsonrpc: '2.0', id, method: 'eth_getTransactionByHash', params: [hash] })));
  const known = new Set(answers.filter((answer) => answer.result).map((answer) => answer.id));
  return hashes.filter((_, id) => !known.has(id));
}

// Sends and asks from all sides until the node is killed in the middle of it.
async function loadUntilKilled(millis) {
  let alive = true;
  const until = (activity) => (async () => {
    while (alive) {
      try {
        await activity();
      } catch (e) {
        if (e instanceof assert.AssertionError) throw e;
        if (alive) throw e;
      }
    }
  })();
  const activities = [until(watch), ...senders.map((sender) => sending(sender, until))];
  const over = Promise.all(activities);
  await Promise.race([delay(millis), over]);
  alive = false;
  await kill();
  await over;
}

async function watch() {
  const block = await rpc('eth_getBlockByNumber', 'latest', false);
  const number = Number(block.number);
  assert.ok(number >= reported.number, 'the newest block never goes back');
  reported = { number, hash: block.hash };
  const hash = block.transactions[0];
  if (hash && receipts.size < 50) receipts.set(hash, block.hash);
  await delay(2);
}

async function sending(sender, until) {
  let nonce;
  return until(async () => {
    nonce ??= Number(await rpc('eth_getTransactionCount', sender.address, 'pending'));
    try {
      const hash = await rpc('eth_sendRawTransaction', sender.prepared[nonce] ?? sign(sender, nonce));
      nonce++;
      accepted = [...accepted, hash].slice(-AT_RISK);
      figures.sent++;
    } catch (e) {
      if (!/nonce too low|already known|underpriced/.test(e.message)) throw e;
      nonce = undefined; // the journal has brought back what this sender had sent before
    }
  });
}

function sign(sender, nonce) {
  const transaction = Transaction.from({
    type: 2, chainId: 201403, nonce, to: recipient, value: 1n, gasLimit: 21000n,
    maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n,
  });
  transaction.signature = sender.key.sign(transaction.unsignedHash);
  return transaction.serialized;
}

async function rpc(method, ...params) {
  const body = await post({ jsonrpc: '2.0', id: 1, method, params });
  if (body.error) throw new Error(`${method}: ${body.error.message}`);
  return body.result;
}

async function post(content) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  });
  return answer.json();
}

function hex(number) {
  return `0x${number.toString(16)}`;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return free;
}
