// The checker, written against docs/spec alone, agrees with a real chain, and notices one changed byte.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ethers } from 'ethers';
import { checkChain } from '../checker.mjs';
import { decodeBlock } from '../checker/blocks.mjs';
import { STORAGE, storageInterface } from '../checker/events.mjs';
import { compareEvents } from '../checker/market.mjs';
import { listRoot } from '../checker/merkle.mjs';
import { beaconOf, leafOf, pointOf, provenMask } from '../checker/proofs.mjs';
import { provenValue, stateRoot } from '../checker/state.mjs';
import { bytes, hex } from '../checker/values.mjs';
import { Devnet, discard, root, run, scratch } from '../lib/devnet.mjs';
import { flipped, lyingProxy } from '../lib/proxy.mjs';

const golden = (name) => readFile(join(root, 'docs', 'spec', name), 'utf8');
const EMPTY_BODY = 'c2c0c0';
const checker = join(root, 'node', 'src', 'it', 'js', 'checker.mjs');

describe('golden files', () => {
  test('state roots and proofs', async () => {
    for (const { name, entries, root: expected, proofs } of JSON.parse(await golden('state-golden.json'))) {
      const found = stateRoot(entries.map(([key, value]) => [bytes(key), bytes(value)]));
      assert.equal(hex(found), expected, name);
      for (const { key, value, proof } of proofs) {
        const proven = provenValue(found, bytes(key), bytes(proof));
        assert.equal(proven === null ? null : hex(proven), value, `${name}: ${key}`);
        if (value) assert.throws(() => provenValue(found, bytes(key), bytes(flipped(proof, -1))), /proof|RLP/);
      }
    }
  });

  test('block hash and roots', async () => {
    const text = await golden('block-golden.txt');
    const value = (name) => text.match(new RegExp(`^${name} (0x\\w+)$`, 'm'))[1];
    const block = decodeBlock(bytes(value('block')));
    assert.equal(hex(block.hash), value('hash'));
    assert.equal(hex(listRoot(block.transactions)), value('transactions root'));
  });

  test('beacon, draws and a proof of storage', async () => {
    const text = await golden('storage-golden.txt');
    const value = (name) => text.match(new RegExp(`^${name} (0x\\w+)$`, 'm'))[1];
    const beacon = beaconOf(bytes(value('genesisHash')), 42, bytes(value('parentHash')));
    assert.equal(hex(beacon), value('beacon\\(42\\)'));
    const draws = [...text.matchAll(/^draw (\d+) point\(due (\d+)\) (\d+) leaf\((\d+) sectors\) (\d+)$/gm)];
    assert.equal(draws.length, 20);
    for (const [, i, due, point, sectors, leaf] of draws) {
      assert.equal(pointOf(beacon, value('provider'), i, BigInt(due)), BigInt(point));
      assert.equal(leafOf(beacon, value('provider'), i, BigInt(sectors)), BigInt(leaf));
    }
    const [, id, proof] = text.match(/^proof of leaves 5, 8192 and 24575 of contract (0x\w+): (0x\w+)$/m);
    const drawn = [5n, 6n, 8192n, 24575n].map((leaf) => ({ id, leaf }));
    const contents = new Map([[id, { root: value('contractRoot'), sectors: 3n }]]);
    assert.equal(provenMask(bytes(proof), drawn, contents), 0b1101);
    assert.throws(() => provenMask(bytes(flipped(proof, -1)), drawn, contents), /leads to/);
    assert.throws(() => provenMask(bytes(proof), drawn.slice(1), contents), /was not drawn/);
  });

  test('events that differ by one drop', () => {
    const settled = ['Settled', { provider: '0xAB', pay: 7n }];
    compareEvents('here', [settled], [['Settled', { pay: 7, provider: '0xab' }]]);
    assert.throws(() => compareEvents('here', [settled], [['Settled', { provider: '0xab', pay: 8n }]]), /payments: here: event Settled/);
    assert.throws(() => compareEvents('here', [settled], []), /expected \(none\)/);
  });
});

// Sends `settle` for every provider; where there is nothing to settle it reverts, which the checker must follow too.
async function settleAll(devnet) {
  const provider = new ethers.JsonRpcProvider(devnet.ready.rpc, undefined, { cacheTimeout: -1 });
  try {
    const wallet = ethers.HDNodeWallet.fromPhrase(devnet.ready.mnemonic, '', "m/44'/60'/0'/0/4").connect(provider);
    const abi = await storageInterface({ call: (...call) => devnet.rpc(...call) });
    const storage = new ethers.Contract(STORAGE, abi, wallet);
    const [, addresses] = await storage.getFunction('providers').staticCall(0, 100);
    for (const address of addresses) {
      const sent = await storage.settle(address, { gasLimit: 2_000_000 });
      await sent.wait().catch((error) => assert.equal(error.code, 'CALL_EXCEPTION'));
    }
  } finally {
    provider.destroy();
  }
}

describe('a devnet with a file, some windows, a provider gone, a pause, and settlers', () => {
  let work;
  let devnet;

  before(async () => {
    work = await scratch();
    devnet = await Devnet.start(join(work, 'devnet'));
    await writeFile(join(work, 'file'), randomBytes(300_000));
    await devnet.json('storage', 'put', join(work, 'file'));
    await writeFile(join(work, 'other'), randomBytes(70_000)); // its draws are shared with the first's
    await devnet.json('storage', 'put', join(work, 'other'));
    await devnet.json('name', 'register', 'checked');
    await devnet.ok('devnet', 'warp', '3');
    await devnet.ok('devnet', 'kill', 'provider-2');
    await devnet.ok('devnet', 'warp', '5');
    for (const millis of [60_000, ...Array(10).fill(2_400)]) await devnet.rpc('dev_advance', millis);
    await settleAll(devnet);
  });

  after(async () => {
    await devnet?.stop();
    await discard(work);
  });

  test('is as the specification says', async () => {
    const results = await checkChain({ rpc: devnet.ready.rpc });
    const of = (check) => results.find((each) => each.check === check);
    assert.deepEqual(results.map((each) => each.check),
      ['state root', 'blocks', 'conservation', 'windows', 'proofs', 'payments', 'books', 'challenges']);
    assert.ok(of('windows').windows >= 10);
    assert.ok(of('windows').void >= 1, 'a pause of a minute makes a window void');
    assert.ok(of('proofs').proofs >= 30, 'five honest providers in eight windows');
    assert.equal(of('proofs').leaves, 20 * of('proofs').proofs, 'honest providers answer all of their draws');
    assert.ok(of('payments').settled > 0 && of('payments').paid > 0n);
    assert.equal(of('challenges').providers, 6);
    assert.ok(of('challenges').draws >= 100);
  });

  test('is told as JSON, and in part', async () => {
    const whole = await run(process.execPath, [checker, '--rpc', devnet.ready.rpc, '--json']);
    assert.equal(whole.code, 0, whole.stderr);
    assert.equal(JSON.parse(whole.stdout).ok, true);
    const part = await run(process.execPath, [checker, '--rpc', devnet.ready.rpc, '--from', '3', '--to', '9']);
    assert.equal(part.code, 0, part.stderr);
    assert.match(part.stdout, /^ok {2}blocks: from 3, to 9/m);
  });

  // Where a lie is told: a change of one answer, and the check that must notice.
  const lies = {
    'a balance in exported state': [/^state root: root over/, (method, params, result) => {
      if (method === 'bitcloud_exportState') result.entries[0][1] = flipped(result.entries[0][1], -1);
    }],
    'a missing entry of exported state': [/^state root: root over/, (method, params, result) => {
      if (method === 'bitcloud_exportState') result.entries.splice(5, 1);
    }],
    'a proof of state': [/^state root: proof/, (method, params, result) => {
      if (method === 'bitcloud_getProof') result.proof = flipped(result.proof, -1);
    }],
    'a header': [/^blocks: hash of block 4|^blocks: signer of block 4/, (method, params, result) =>
      (method === 'bitcloud_exportBlock' && params[0] === '0x4' ? flipped(result, 20) : undefined)],
    'a transaction': [/^blocks: transactions root of block/, (method, params, result) =>
      (method === 'bitcloud_exportBlock' && !result.endsWith(EMPTY_BODY) ? flipped(result, -4) : undefined)],
    'a seal': [/^blocks: (seal|signer) of block/, (method, params, result) =>
      (method === 'bitcloud_exportBlock' && params[0] !== '0x0' && result.endsWith(EMPTY_BODY) ? flipped(result, -4) : undefined)],
    'an event': [/^blocks: receipts root/, (method, params, result) => {
      const log = method === 'eth_getBlockReceipts' && result.flatMap((each) => each.logs)[0];
      if (log) log.data = flipped(log.data, -1);
    }],
    'the tariff, so that every payment is another': [/^payments: block \d+, .*event Settled/, (method, params, result) =>
      (method === 'eth_call' && result.length === 2 + 64 * 8 ? flipped(result, 63) : undefined)],
    'a view of a challenge': [/^challenges: draws/, (method, params, result) =>
      (method === 'eth_call' && result.length === 2 + 64 * (6 + 2 * 20) ? flipped(result, -1) : undefined)],
  };
  for (const [what, [message, lie]] of Object.entries(lies)) {
    test(`a lie about ${what} is noticed`, async () => {
      const proxy = await lyingProxy(devnet.ready.rpc, (...call) => lie(...call) ?? call[2]);
      try {
        await assert.rejects(checkChain({ rpc: proxy.url }), (error) => {
          assert.equal(error.name, 'CheckFailure', error.stack);
          assert.match(error.message, message);
          return true;
        });
      } finally {
        await proxy.close();
      }
    });
  }

  test('a lie ends the command with 1 and says where', async () => {
    const proxy = await lyingProxy(devnet.ready.rpc, (method, params, result) => {
      if (method === 'bitcloud_exportState') result.entries[3][1] = flipped(result.entries[3][1], 0);
      return result;
    });
    try {
      const result = await run(process.execPath, [checker, '--rpc', proxy.url, '--json']);
      assert.equal(result.code, 1);
      assert.match(result.stderr, /^FAILED {2}state root: root over \d+ entries/);
      assert.equal(JSON.parse(result.stdout.trim().split('\n').at(-1)).ok, false);
    } finally {
      await proxy.close();
    }
  });
});
