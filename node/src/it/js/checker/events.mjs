// The published interface of the Storage corporation (contracts/abi/Storage.json, served by bitcloud_corporations).
import { Interface } from 'ethers';

export const STORAGE = '0x000000000000000000000000000000000000bc02';
export const NAMING = '0x000000000000000000000000000000000000bc07';

export async function storageInterface(rpc) {
  const corporations = await rpc.call('bitcloud_corporations');
  const storage = corporations.find((each) => each.address.toLowerCase() === STORAGE);
  if (!storage) throw new Error('this chain has no Storage corporation');
  return new Interface(storage.abi);
}

// Calls a view at a block; the result as ethers gives it.
export async function view(rpc, abi, block, name, ...args) {
  const data = await rpc.call('eth_call', { to: STORAGE, data: abi.encodeFunctionData(name, args) }, block);
  const result = abi.decodeFunctionResult(name, data);
  return result.length === 1 ? result[0] : result;
}

// The events of one receipt as [name, args].
export function eventsOf(abi, receipt) {
  return receipt.logs
    .filter((log) => log.address === STORAGE)
    .map((log) => abi.parseLog(log))
    .map((event) => [event.name, event.args.toObject()]);
}
