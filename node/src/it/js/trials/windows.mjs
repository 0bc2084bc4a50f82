// Many windows, warped: every honest window is proven and paid, and the checker, written from docs/spec alone, agrees.
// usage: windows.mjs [WINDOWS]
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkChain } from '../checker.mjs';
import { Devnet, discard, scratch } from '../lib/devnet.mjs';

const windows = Number(process.argv[2] ?? 200);
const work = await scratch();
const devnet = await Devnet.start(join(work, 'devnet'));
try {
  for (const bytes of [300_000, 9_000_000]) {
    const file = join(work, `file-${bytes}`);
    await writeFile(file, randomBytes(bytes));
    await devnet.json('storage', 'put', file);
  }
  let began = Date.now();
  await devnet.ok('devnet', 'warp', String(windows));
  console.log(`${windows} windows in ${Date.now() - began} ms`);
  const contracts = await devnet.json('storage', 'contracts');
  assert.equal(contracts.length, 12);
  for (const contract of contracts) {
    // The window in which it is formed asks for nothing, and the last one is still open.
    assert.ok(contract.proofs >= windows - 2, `${contract.contract}: ${contract.proofs} proofs`);
    assert.equal(contract.missedLeaves, 0, contract.contract);
    assert.equal(contract.leaves, 20 * contract.proofs, contract.contract);
  }
  console.log(`${contracts.length} contracts, ${contracts[0].proofs} windows proven by each, nothing missed`);
  began = Date.now();
  await checkChain({ rpc: devnet.ready.rpc, report: (result) => console.log(JSON.stringify(result, (_, v) => (typeof v === 'bigint' ? String(v) : v))) });
  console.log(`checked in ${Date.now() - began} ms`);
  console.log(`chain verify: ${JSON.stringify(await devnet.json('chain', 'verify'))}`);
  console.log('1 passed, 0 failed');
} finally {
  await devnet.stop();
  await discard(work);
}
