// Starts a real devnet through ./bitcloud and drives it as a script would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '..', '..', '..', '..', '..');
export const launcher = process.env.BITCLOUD ?? join(root, 'bitcloud'); // another build, where one is named

export const scratch = () => mkdtemp(join(tmpdir(), 'bitcloud-trial-'));
export const discard = (folder) => rm(folder, { recursive: true, force: true });

export async function sha256(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

// Runs a program to its end; never throws for its exit code.
export async function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => { stdout += data; });
  child.stderr.on('data', (data) => { stderr += data; });
  const [code, signal] = await once(child, 'close');
  return { code, signal, stdout, stderr };
}

export class Devnet {
  static async start(dir, ...flags) {
    const devnet = new Devnet(dir, flags);
    await devnet.boot();
    return devnet;
  }

  constructor(dir, flags) {
    this.dir = dir;
    this.flags = flags;
  }

  async boot() {
    const args = ['devnet', '--dir', this.dir, '--rpc-port', '0', '--gateway-port', '0', '--json',
      ...this.flags];
    this.process = spawn(launcher, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.errors = '';
    this.process.stderr.on('data', (data) => { this.errors = (this.errors + data).slice(-20000); });
    this.ended = once(this.process, 'close');
    const lines = createInterface({ input: this.process.stdout });
    const first = await Promise.race([
      once(lines, 'line').then(([line]) => line),
      this.ended.then(([code]) => {
        throw new Error(`devnet ended with ${code} before it was ready:\n${this.errors}`);
      }),
    ]);
    this.ready = JSON.parse(first);
    if (this.ready.ready !== true) throw new Error(`not a ready line: ${first}`);
  }

  // Runs one command against this devnet and returns its exit code and output.
  run(...args) {
    return run(launcher, [...args, '--dir', this.dir]);
  }

  // Runs one command that must succeed and returns the JSON object on its last line.
  async json(...args) {
    const result = await this.run(...args, '--json');
    if (result.code !== 0) {
      throw new Error(`${args.join(' ')} ended with ${result.code}:\n${result.stderr}${result.stdout}`);
    }
    return JSON.parse(result.stdout.trim().split('\n').at(-1));
  }

  async ok(...args) {
    const result = await this.run(...args);
    if (result.code !== 0) {
      throw new Error(`${args.join(' ')} ended with ${result.code}:\n${result.stderr}${result.stdout}`);
    }
    return result;
  }

  async rpc(method, ...params) {
    const answer = await fetch(this.ready.rpc, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const body = await answer.json();
    if (body.error) throw new Error(`${method}: ${body.error.message}`);
    return body.result;
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
    }
    const [code, signal] = await this.ended;
    return { code, signal };
  }
}
