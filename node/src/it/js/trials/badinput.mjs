// What users, disks and programs get wrong, against a real devnet: each is a clear error that names a remedy, and
// nothing is lost. usage: badinput.mjs
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Devnet, discard, launcher, run, scratch, sha256 } from '../lib/devnet.mjs';

const work = await scratch();
const home = join(work, 'devnet');
process.env.BITCLOUD_HOME = join(work, 'home');
let devnet = await Devnet.start(home);
let cases = 0;

function isClear(result, ...words) {
  cases++;
  const last = result.stderr.trim().split('\n').filter((line) => line.startsWith('error: ')).at(-1);
  assert.ok(result.code === 1 || result.code === 2, `exit ${result.code}: ${result.stderr}`);
  assert.ok(last, result.stderr);
  assert.doesNotMatch(result.stderr, /^\s+at |Exception/m, result.stderr);
  for (const word of words) assert.match(result.stderr, word);
  console.log(last);
}

async function raw(body) {
  const answer = await fetch(devnet.ready.rpc, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return answer.json();
}

try {
  const file = join(work, 'file');
  await writeFile(file, randomBytes(5_000_000));
  const digest = await sha256(file);
  const { id } = await devnet.json('storage', 'put', file);
  const back = async () => {
    await devnet.ok('storage', 'get', id, '-o', join(work, 'copy'));
    assert.equal(await sha256(join(work, 'copy')), digest);
  };

  // Files.
  isClear(await devnet.run('storage', 'put', join(work, 'nothing')), /no such file/);
  isClear(await devnet.run('storage', 'put', work), /is a folder/, /tar/);
  await writeFile(join(work, 'secret'), 'x');
  await chmod(join(work, 'secret'), 0o000);
  if (process.getuid() !== 0) isClear(await devnet.run('storage', 'put', join(work, 'secret')), /cannot read/);
  else console.log('skipped: an unreadable file (root reads everything)');
  await writeFile(join(work, 'empty'), '');
  const empty = await devnet.json('storage', 'put', join(work, 'empty'));
  await devnet.ok('storage', 'get', empty.id, '-o', join(work, 'empty-copy'));
  assert.equal((await stat(join(work, 'empty-copy'))).size, 0);
  console.log('an empty file is stored and comes back');

  // Money, providers, ids.
  await writeFile(join(work, 'password'), 'correct horse\n');
  await devnet.ok('wallet', 'create', 'poor', '--password-file', join(work, 'password'));
  isClear(await devnet.run('storage', 'put', file, '--account', 'poor', '--password-file', join(work, 'password')), /the account has/, /send it/);
  isClear(await devnet.run('storage', 'put', file, '--budget', '0.000000001'), /budget/);
  isClear(await devnet.run('storage', 'put', file, '--erasure', '3/9'), /needs 9 providers, 6 are usable/);
  isClear(await devnet.run('storage', 'get', `0x${'00'.repeat(32)}`, '-o', join(work, 'no')), /no provider knows/);
  isClear(await devnet.run('storage', 'get', '0x12', '-o', join(work, 'no')), /id/);

  // Damaged sectors at two providers: noticed, told, and the others suffice.
  for (const provider of ['provider-1', 'provider-2']) {
    const folder = join(home, provider);
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name);
      const { size } = await stat(path);
      if (!/[0-9a-f]{64}/.test(name) || size < 1_000_000) continue;
      const sector = await open(path, 'r+');
      for (let at = 300_000; at < size; at += 50_000) await sector.write(randomBytes(64), 0, 64, at);
      await sector.close();
    }
  }
  await back();
  console.log('two providers with damaged sectors: the file still comes back');

  // Ports, directories, settings.
  const port = new URL(devnet.ready.rpc).port;
  isClear(await run(launcher, ['devnet', '--dir', join(work, 'other'), '--rpc-port', port, '--gateway-port', '0']), new RegExp(port), /in use/);
  isClear(await run(launcher, ['devnet', '--dir', home, '--rpc-port', '0', '--gateway-port', '0']), /in use by/);
  isClear(await run(launcher, ['devnet', '--dir', join(work, 'third'), '--rpc-prot', '0']), /--rpc-port/);
  await devnet.stop();
  await writeFile(join(home, 'config.json'), '{"rpcPrt": 1}');
  isClear(await run(launcher, ['devnet', '--dir', home, '--rpc-port', '0', '--gateway-port', '0']), /rpcPrt/, /rpcPort/);
  await writeFile(join(home, 'config.json'), '{}');
  isClear(await run(launcher, ['devnet', '--dir', home, '--rpc-port', '0', '--gateway-port', '0', '--window-ms', '777']), /window/);

  // A damaged database is named and left alone; with its bytes back everything is there.
  const db = join(home, 'validator', 'db');
  const manifest = (await readdir(db)).find((name) => name.startsWith('MANIFEST'));
  const whole = await readFile(join(db, manifest));
  const flipped = Buffer.from(whole);
  flipped[Math.floor(whole.length / 2)] ^= 4;
  await writeFile(join(db, manifest), flipped);
  const broken = await run(launcher, ['devnet', '--dir', home, '--rpc-port', '0', '--gateway-port', '0', '--json'], { timeout: 30_000 });
  isClear(broken, /validator/);
  await writeFile(join(db, manifest), whole);
  devnet = await Devnet.start(home);
  await back();
  console.log('after the repair the chain and the file are there');

  // JSON-RPC.
  const codes = {
    '{': -32700, '[]': -32600, '{"jsonrpc":"2.0","id":1}': -32600,
    '{"jsonrpc":"2.0","id":1,"method":"eth_nothing"}': -32601,
    '{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x12"]}': -32602,
    '{"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0x02c0"]}': null,
    [`{"jsonrpc":"2.0","id":1,"method":"eth_sendRawTransaction","params":["0x${'ab'.repeat(200)}"]}`]: null,
    [`${'['.repeat(5000)}`]: -32700,
  };
  for (const [body, code] of Object.entries(codes)) {
    const { error } = await raw(body);
    assert.ok(error?.message, body.slice(0, 80));
    if (code) assert.equal(error.code, code, `${body.slice(0, 80)}: ${error.message}`);
    console.log(`rpc ${error.code}: ${error.message.slice(0, 100)}`);
    cases++;
  }
  assert.ok(await devnet.rpc('eth_blockNumber'));
  console.log(`chain verify: ${JSON.stringify(await devnet.json('chain', 'verify'))}`);
  console.log(`${cases} refusals; 1 passed, 0 failed`);
} finally {
  await devnet.stop();
  await discard(work);
}
