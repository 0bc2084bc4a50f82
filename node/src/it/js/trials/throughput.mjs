// Start, put and get figures: wall clock, and CPU-seconds over all processes.
// usage: throughput.mjs [MEGABYTES [HEAP]]   (1 MB = 10^6 bytes; HEAP such as 512m for every process)
import assert from 'node:assert/strict';
import { createHash, createCipheriv, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { Devnet, discard, launcher, run, scratch, sha256 } from '../lib/devnet.mjs';

const megabytes = Number(process.argv[2] ?? 1074);
const heap = process.argv[3] ?? '512m';
process.env.BITCLOUD_JAVA_OPTS = `${process.env.BITCLOUD_JAVA_OPTS ?? ''} -Xmx${heap}`.trim();
const work = await scratch();

await run(launcher, ['version']); // builds first where that is needed: it is no part of the start
let began = Date.now();
const devnet = await Devnet.start(join(work, 'devnet'));
const startMillis = Date.now() - began;
try {
  const source = join(work, 'source');
  await noise(source, megabytes * 1e6);
  const digest = await sha256(source);
  const gibibytes = (await stat(source)).size / 2 ** 30;

  const put = await measured(['storage', 'put', source, '--json']);
  const stored = JSON.parse(put.stdout.trim().split('\n').at(-1));
  assert.equal(stored.sha256.replace(/^0x/, ''), digest);
  await rm(source);
  const copy = join(work, 'copy');
  const get = await measured(['storage', 'get', stored.id, '-o', copy]);
  assert.equal(await sha256(copy), digest);
  await rm(copy);

  began = Date.now();
  let cpu = await daemonCpu();
  const hash = createHash('sha256');
  for await (const chunk of (await fetch(stored.url)).body) hash.update(chunk);
  assert.equal(hash.digest('hex'), digest);
  const gateway = { seconds: (Date.now() - began) / 1000, cpu: await daemonCpu() - cpu };

  const first = [];
  for (let i = 0; i < 20; i++) {
    const offset = Math.floor(Math.random() * (megabytes * 1e6 - 4096));
    began = performance.now();
    await (await fetch(stored.url, { headers: { range: `bytes=${offset}-${offset + 4095}` } })).arrayBuffer();
    first.push(performance.now() - began);
  }
  first.sort((a, b) => a - b);

  const figures = { megabytes, heap, startMillis };
  for (const [name, part] of Object.entries({ put, get, gateway })) {
    figures[name] = {
      seconds: round(part.seconds),
      megabytesPerSecond: round(megabytes / part.seconds),
      cpuSecondsPerGiB: round(part.cpu / gibibytes),
    };
  }
  figures.range4KiBMillis = { p50: round(first[10]), p95: round(first[18]) };
  console.log(JSON.stringify(figures, null, 2));
  console.log('1 passed, 0 failed');
} finally {
  await devnet.stop();
  await discard(work);
}

// Runs one command with the shell's clock around it and the devnet's CPU added.
async function measured(args) {
  const before = await daemonCpu();
  const result = await run('bash', ['-c', 'TIMEFORMAT="%R %U %S"; time "$@"', 'time', launcher, ...args,
    '--dir', devnet.dir]);
  assert.equal(result.code, 0, result.stderr);
  const [real, user, system] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { stdout: result.stdout, seconds: real, cpu: user + system + await daemonCpu() - before };
}

// CPU-seconds of the devnet so far; 100 ticks a second on every Linux of today.
async function daemonCpu() {
  const fields = (await readFile(`/proc/${devnet.ready.nodes[0].pid}/stat`, 'utf8')).split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function noise(file, bytes) {
  const out = createWriteStream(file);
  const cipher = createCipheriv('aes-128-ctr', randomBytes(16), randomBytes(16));
  const zeros = Buffer.alloc(1 << 20);
  for (let left = bytes; left > 0; left -= zeros.length) {
    if (!out.write(cipher.update(zeros.subarray(0, Math.min(left, zeros.length))))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

function round(value) {
  return Math.round(value * 10) / 10;
}
