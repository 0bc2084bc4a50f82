// Any two of six providers rebuild the file, the others killed with SIGKILL; one alone cannot.
// usage: survivors.mjs [MEGABYTES]
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Devnet, discard, run, scratch, sha256 } from '../lib/devnet.mjs';
import { film, probe } from '../lib/video.mjs';

const megabytes = Number(process.argv[2] ?? 200);
const work = await scratch();
const devnet = await Devnet.start(join(work, 'devnet'), '--processes');
try {
  const original = join(work, 'video.mp4');
  const size = await film(original, megabytes);
  const digest = await sha256(original);
  console.log(`film of ${size} bytes, ${digest}`);

  let began = Date.now();
  const put = await devnet.json('storage', 'put', original);
  console.log(`put ${put.id} in ${Date.now() - began} ms, cost ${put.cost} drops`);
  assert.equal(put.sha256.replace(/^0x/, ''), digest);
  assert.equal(put.bytes, size);

  const whole = createHash('sha256');
  for await (const chunk of (await fetch(put.url)).body) whole.update(chunk);
  assert.equal(whole.digest('hex'), digest, 'the gateway serves the original');
  assert.deepEqual((await probe(put.url)).streams, (await probe(original)).streams);
  await ranges(put.url, original, size);

  await rm(original);
  const providers = devnet.ready.nodes.filter((node) => node.role === 'provider').map((node) => node.id);
  assert.equal(providers.length, 6);
  for (let a = 0; a < 6; a++) {
    for (let b = a + 1; b < 6; b++) {
      const gone = providers.filter((_, i) => i !== a && i !== b);
      await devnet.ok('devnet', 'kill', ...gone);
      const copy = join(work, 'copy.mp4');
      began = Date.now();
      await devnet.ok('storage', 'get', put.id, '-o', copy);
      assert.equal(await sha256(copy), digest, `${providers[a]} and ${providers[b]}`);
      console.log(`${providers[a]} + ${providers[b]}: same SHA-256 after ${Date.now() - began} ms`);
      await rm(copy);
      await devnet.ok('devnet', 'start', ...gone);
    }
  }

  await devnet.ok('devnet', 'kill', ...providers.slice(1));
  const lone = await devnet.run('storage', 'get', put.id, '-o', join(work, 'none.mp4'));
  assert.notEqual(lone.code, 0);
  console.log(`one survivor: exit ${lone.code}: ${lone.stderr.trim().split('\n').at(-1)}`);
  assert.match(lone.stderr, /2 of 6|needs 2/);
  assert.doesNotMatch(lone.stderr, /\tat |Exception/);
  console.log('1 passed, 0 failed');
} finally {
  const end = await devnet.stop();
  assert.ok(end.code === 0 || end.code === 143, `devnet ended with ${end.code} ${end.signal}`);
  await discard(work);
}

async function ranges(url, original, size) {
  const file = await open(original);
  for (const [from, length] of [[0, 1], [size - 1, 1], [4194303, 3], [Math.floor(size / 3), 1000000]]) {
    const expected = Buffer.alloc(length);
    await file.read(expected, 0, length, from);
    const part = join(work, 'part');
    const answer = await run('curl', ['-fsS', '--range', `${from}-${from + length - 1}`, '-o', part, url]);
    assert.equal(answer.code, 0, answer.stderr);
    assert.ok((await readFile(part)).equals(expected), `curl, range ${from}+${length}`);
    const bytes = Buffer.from(await (await fetch(url, {
      headers: { range: `bytes=${from}-${from + length - 1}` } })).arrayBuffer());
    assert.ok(bytes.equals(expected), `fetch, range ${from}+${length}`);
  }
  await file.close();
}
