// docs/spec/encoding.md: Recursive Length Prefix, read strictly.

// Decodes one item: a Buffer, or an array of items.
export function decode(data) {
  const [item, end] = item0(data, 0, data.length, 0);
  if (end !== data.length) throw new Error(`RLP: ${data.length - end} bytes after the item`);
  return item;
}

function item0(data, at, end, depth) {
  if (at >= end) throw new Error('RLP: item is missing');
  if (depth > 32) throw new Error('RLP: more than 32 lists inside one another');
  const first = data[at];
  if (first < 0x80) return [data.subarray(at, at + 1), at + 1];
  const list = first >= 0xc0;
  const short = first - (list ? 0xc0 : 0x80);
  const [start, length] = short <= 55 ? [at + 1, short] : longLength(data, at, end, short - 55);
  if (start + length > end) throw new Error('RLP: item is longer than what holds it');
  const stop = start + length;
  if (list) return [items(data, start, stop, depth + 1), stop];
  if (length === 1 && data[start] < 0x80) throw new Error('RLP: header before a single small byte');
  return [data.subarray(start, stop), stop];
}

function items(data, start, stop, depth) {
  const list = [];
  for (let at = start; at < stop;) {
    const [item, next] = item0(data, at, stop, depth);
    list.push(item);
    at = next;
  }
  return list;
}

function longLength(data, at, end, size) {
  const start = at + 1 + size;
  if (start > end || size > 6) throw new Error('RLP: length is cut off or too large');
  if (data[at + 1] === 0) throw new Error('RLP: length with leading zeros');
  const length = data.readUIntBE(at + 1, size);
  if (length <= 55) throw new Error('RLP: long header for a short item');
  return [start, length];
}

// Encodes Buffers, bigints, and arrays of them.
export function encode(item) {
  if (Array.isArray(item)) {
    const body = Buffer.concat(item.map(encode));
    return Buffer.concat([header(0xc0, body.length), body]);
  }
  const body = typeof item === 'bigint' ? minimal(item) : item;
  if (body.length === 1 && body[0] < 0x80) return body;
  return Buffer.concat([header(0x80, body.length), body]);
}

function header(base, length) {
  if (length <= 55) return Buffer.from([base + length]);
  const size = minimal(BigInt(length));
  return Buffer.concat([Buffer.from([base + 55 + size.length]), size]);
}

function minimal(value) {
  if (value === 0n) return Buffer.alloc(0);
  const text = value.toString(16);
  return Buffer.from(text.length % 2 ? `0${text}` : text, 'hex');
}

// A number without leading zeros.
export function integer(item, name = 'number') {
  if (!Buffer.isBuffer(item)) throw new Error(`RLP: ${name} is a list`);
  if (item.length > 0 && item[0] === 0) throw new Error(`RLP: ${name} has leading zeros`);
  return item.length === 0 ? 0n : BigInt(`0x${item.toString('hex')}`);
}

// Bytes of a fixed size.
export function fixed(item, size, name) {
  if (!Buffer.isBuffer(item) || item.length !== size) throw new Error(`RLP: ${name} has not ${size} bytes`);
  return item;
}

// A list of a fixed length; any length where none is named.
export function list(item, length, name) {
  if (!Array.isArray(item) || (length !== undefined && item.length !== length)) {
    throw new Error(`RLP: ${name} is no list of ${length ?? 'any number of'} items`);
  }
  return item;
}
