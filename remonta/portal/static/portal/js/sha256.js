/** SHA-256 (FIPS 180-4) of one short text, without a promise for each: browsers offer it only so, and not over http. */

const K = new Uint32Array(64);
const START = new Uint32Array(8);
const W = new Uint32Array(64);

/** @param {number} root the fraction's first 32 bits */
const bits = (root) => (root - Math.floor(root)) * 2 ** 32;

for (let count = 0, number = 2; count < 64; number += 1) {
  let prime = true;
  for (let by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
  if (!prime) continue;
  if (count < 8) START[count] = bits(Math.sqrt(number));
  K[count] = bits(Math.cbrt(number));
  count += 1;
}

/**
 * The first 32 bits of the hash.
 * @param {string} text at most 55 ASCII characters: one block
 * @returns {number}
 */
export function firstWord(text) {
  W.fill(0, 0, 16);
  for (let at = 0; at < text.length; at += 1) W[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  W[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  W[15] = text.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const x = W[at - 15];
    const y = W[at - 2];
    const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[at] = W[at - 16] + small + W[at - 7] + large;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const upper = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + upper + ((e & f) ^ (~e & g)) + K[at] + W[at]) | 0;
    const lower = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (lower + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (START[0] + a) >>> 0;
}
