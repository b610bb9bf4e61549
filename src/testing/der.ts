/** Distinguished encoding of values (X.690), as much as certificates and timestamps of tests are made of. */

/** One value: its tag, its length, its content. */
export function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
export const sequence = (...parts: readonly Buffer[]) => der(0x30, Buffer.concat(parts))
export const set = (...parts: readonly Buffer[]) => der(0x31, Buffer.concat(parts))
export const tagged = (tag: number, content: Buffer) => der(tag, content)
export const octets = (content: Buffer) => der(0x04, content)
export const text = (value: string) => der(0x0c, Buffer.from(value))
/** A bit string without unused bits. */
export const bits = (content: Buffer) => der(0x03, Buffer.concat([Buffer.of(0), content]))
/** Of bytes that begin below 128, so that it is no negative one. */
export const integer = (...bytes: readonly number[]) => der(0x02, Buffer.from(bytes))
/** Universal time, until 2049. */
export const time = (ms: number) => der(0x17, Buffer.from(`${digitsOf(ms).slice(2)}Z`))
/** Time with four digits for the year. */
export const longTime = (ms: number) => der(0x18, Buffer.from(`${digitsOf(ms)}Z`))

/** Of dotted numbers. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(inSevens)]))
}

/** To the second. */
const digitsOf = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace(/[-T:]/g, '')

/** Seven bits a byte, all but the last with the eighth set. */
function inSevens(value: number): number[] {
  const more = (rest: number): number[] => (rest === 0 ? [] : [...more(rest >>> 7), (rest & 127) | 128])
  return [...more(value >>> 7), value & 127]
}
