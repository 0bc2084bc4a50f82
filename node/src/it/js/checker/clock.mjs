// docs/spec/storage-contract.md, Windows: chain time, kept from headers alone.
import { beaconOf } from './proofs.mjs';

const BLOCKS_MIN = 4n;

export class Clock {
  constructor(genesisHash, windowMillis) {
    this.genesisHash = genesisHash;
    this.length = BigInt(windowMillis);
    this.windows = [];
    this.valid = []; // the window of each ordinal
  }

  get open() {
    return this.windows.at(-1);
  }

  // Takes the header of the next block; must see every block from height 1 on.
  block(header, parent) {
    const open = this.open;
    if (open) {
      const gap = header.timeMillis - parent.timeMillis;
      if (gap > open.maxGap) open.maxGap = gap;
      if (header.timeMillis < open.openTime + this.length) {
        open.blocks++;
        return;
      }
      open.isVoid = open.blocks < BLOCKS_MIN || 2n * open.maxGap > this.length;
      if (!open.isVoid) this.valid.push(open);
    }
    const index = BigInt(this.windows.length);
    this.windows.push({
      index, openTime: header.timeMillis, openHeight: header.height, blocks: 1n, maxGap: 0n, isVoid: false,
      ordinal: this.valid.length, parentHash: header.parent, beacon: beaconOf(this.genesisHash, index, header.parent),
    });
  }
}
