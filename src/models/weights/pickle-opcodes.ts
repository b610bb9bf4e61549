/** The opcodes of Python's pickle, protocols 0 to 5: what follows each, and what it does to the depth of the stack. */

/** How many bytes follow, or how what follows is found. */
export type Argument =
  | { readonly kind: 'bytes'; readonly count: number }
  | { readonly kind: 'line'; readonly form: RegExp }
  | { readonly kind: 'import' }
  | { readonly kind: 'counted'; readonly width: 1 | 2 | 4 | 8; readonly isText: boolean }

const LINES: Readonly<Record<string, RegExp>> = {
  F: /^-?[\d.eE+-]+$|^-?(?:inf|nan)$/,
  I: /^-?\d+$/,
  L: /^-?\d+L?$/,
  P: /^.*$/,
  S: /^(?:'.*'|".*")$/,
  V: /^.*$/,
  g: /^\d+$/,
  p: /^\d+$/,
}
const BYTES: Readonly<Record<string, number>> = {
  J: 4,
  K: 1,
  M: 2,
  G: 8,
  h: 1,
  j: 4,
  q: 1,
  r: 4,
  '\x80': 1,
  '\x82': 1,
  '\x83': 2,
  '\x84': 4,
  '\x95': 8,
}
const COUNTED: Readonly<Record<string, readonly [1 | 2 | 4 | 8, boolean]>> = {
  T: [4, true],
  U: [1, true],
  X: [4, true],
  '\x8c': [1, true],
  '\x8d': [8, true],
  B: [4, false],
  C: [1, false],
  '\x8a': [1, false],
  '\x8b': [4, false],
  '\x8e': [8, false],
  '\x96': [8, false],
}

/** @property needs how deep the stack must be, counted below the mark where it is taken back to one */
type Effect = { readonly needs: number; readonly leaves: number; readonly toMark?: true }
const PUSHES: Effect = { needs: 0, leaves: 1 }
export const EFFECTS: Readonly<Record<string, Effect>> = {
  ...Object.fromEntries(
    [
      'N',
      'I',
      'L',
      'F',
      'S',
      'V',
      'T',
      'U',
      'X',
      'B',
      'C',
      'J',
      'K',
      'M',
      'G',
      ')',
      ']',
      '}',
      'g',
      'h',
      'j',
      'c',
      'P',
      '\x82',
      '\x83',
      '\x84',
      '\x88',
      '\x89',
      '\x8a',
      '\x8b',
      '\x8c',
      '\x8d',
      '\x8e',
      '\x8f',
      '\x96',
      '\x97',
    ].map((opcode) => [opcode, PUSHES]),
  ),
  '.': { needs: 1, leaves: -1 },
  '0': { needs: 1, leaves: -1 },
  '1': { needs: 0, leaves: 0, toMark: true },
  '2': { needs: 1, leaves: 1 },
  a: { needs: 2, leaves: -1 },
  b: { needs: 2, leaves: -1 },
  s: { needs: 3, leaves: -2 },
  p: { needs: 1, leaves: 0 },
  q: { needs: 1, leaves: 0 },
  r: { needs: 1, leaves: 0 },
  '\x94': { needs: 1, leaves: 0 },
  '\x98': { needs: 1, leaves: 0 },
  R: { needs: 2, leaves: -1 },
  Q: { needs: 1, leaves: 0 },
  '\x81': { needs: 2, leaves: -1 },
  '\x92': { needs: 3, leaves: -2 },
  '\x93': { needs: 2, leaves: -1 },
  '\x85': { needs: 1, leaves: 0 },
  '\x86': { needs: 2, leaves: -1 },
  '\x87': { needs: 3, leaves: -2 },
  d: { needs: 0, leaves: 1, toMark: true },
  l: { needs: 0, leaves: 1, toMark: true },
  t: { needs: 0, leaves: 1, toMark: true },
  i: { needs: 0, leaves: 1, toMark: true },
  o: { needs: 0, leaves: 1, toMark: true },
  '\x91': { needs: 0, leaves: 1, toMark: true },
  e: { needs: 1, leaves: 0, toMark: true },
  u: { needs: 1, leaves: 0, toMark: true },
  '\x90': { needs: 1, leaves: 0, toMark: true },
}

/** Undefined for a byte that is no opcode. */
export function argumentOf(opcode: string): Argument | undefined {
  const form = LINES[opcode]
  if (form) return { kind: 'line', form }
  if (opcode === 'c' || opcode === 'i') return { kind: 'import' }
  const counted = COUNTED[opcode]
  if (counted) return { kind: 'counted', width: counted[0], isText: counted[1] }
  if (opcode === '(' || opcode === '\x80' || opcode === '\x95' || EFFECTS[opcode])
    return { kind: 'bytes', count: BYTES[opcode] ?? 0 }
  return undefined
}

export type Taken = { readonly end: number; readonly text?: string; readonly imports?: string }

/** A line that is longer is no line of a pickle. */
const MOST_LINE = 4096
const MOST_TEXT = 200

/** What belongs to an opcode; undefined when it is not there whole or is no such thing. */
export function take(bytes: Buffer, at: number, argument: Argument): Taken | undefined {
  if (argument.kind === 'bytes') return at + argument.count <= bytes.length ? { end: at + argument.count } : undefined
  if (argument.kind === 'counted') {
    const { width, isText } = argument
    if (at + width > bytes.length) return undefined
    const length = width === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, width)
    const from = at + width
    if (from + length > bytes.length) return undefined
    return {
      end: from + length,
      ...(isText && { text: bytes.toString('utf8', from, from + Math.min(length, MOST_TEXT)) }),
    }
  }
  const end = lineEnd(bytes, at)
  if (end === undefined) return undefined
  const line = bytes.toString('latin1', at, end).replace(/\r$/, '')
  if (argument.kind === 'line')
    return argument.form.test(line) ? { end: end + 1, text: line.slice(0, MOST_TEXT) } : undefined
  const second = lineEnd(bytes, end + 1)
  if (second === undefined) return undefined
  const name = `${line}.${bytes.toString('latin1', end + 1, second).replace(/\r$/, '')}`
  return /^[\w.]+$/.test(name) ? { end: second + 1, imports: name } : undefined
}

function lineEnd(bytes: Buffer, at: number): number | undefined {
  const end = bytes.subarray(at, at + MOST_LINE).indexOf(0x0a)
  return end < 0 ? undefined : at + end
}
