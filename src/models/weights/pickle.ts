/**
 * Whether bytes are a Python pickle, and what it would import. A pickle is a program: whoever loads it runs it. It is
 * told by its opcodes and not by its name, because a name is what an attacker chooses. The opcodes are walked with the
 * depth of the stack that they need, so that ordinary text, whose letters are opcodes too, is not taken for one.
 */
import { argumentOf, EFFECTS, take } from './pickle-opcodes.ts'

export type Pickle = {
  /** `module.name`, as far as they are said in the open. */
  readonly imports: readonly string[]
  /** False when it breaks off after something was called, which a loader notices too late. */
  readonly isWhole: boolean
}

const MOST_IMPORTS = 50
const PICKLES_IN_A_ROW = 16
/** A letter and a full stop are text. */
const LEAST_OPCODES = 3

/** Undefined when the bytes are none. @param bytes the beginning of a file; a megabyte is enough to see what it is */
export function readPickle(bytes: Buffer): Pickle | undefined {
  const found: string[] = []
  let at = 0
  let whole = 0
  // PyTorch wrote several in a row.
  for (let turn = 0; turn < PICKLES_IN_A_ROW && at < bytes.length; turn++) {
    const one = walk(bytes, at)
    const isOne = one.isProtocol ? one.opcodes >= LEAST_OPCODES : one.end !== undefined && one.opcodes >= LEAST_OPCODES
    if (whole === 0 && !isOne && !one.calls) return undefined
    found.push(...one.imports)
    if (one.end === undefined) break
    whole++
    at = one.end
  }
  return bytes.length === 0 ? undefined : { imports: [...new Set(found)].slice(0, MOST_IMPORTS), isWhole: whole > 0 }
}

type Walk = {
  /** After its last opcode; undefined when it breaks off. */
  end: number | undefined
  readonly imports: string[]
  opcodes: number
  calls: boolean
  readonly isProtocol: boolean
}

function walk(bytes: Buffer, start: number): Walk {
  const isProtocol = bytes[start] === 0x80 && (bytes[start + 1] ?? 255) <= 5
  const found: Walk = { end: undefined, imports: [], opcodes: 0, calls: false, isProtocol }
  let texts: string[] = []
  let depth = 0
  const marks: number[] = []
  let at = start
  while (at < bytes.length) {
    const opcode = String.fromCharCode(bytes[at] ?? 0)
    const argument = argumentOf(opcode)
    const taken = argument && take(bytes, at + 1, argument)
    if (!taken) return found
    const effect = EFFECTS[opcode]
    if (opcode === '(') marks.push(depth)
    else if (effect) {
      if (effect.toMark) {
        const mark = marks.pop()
        if (mark === undefined) return found
        depth = mark
      }
      if (depth < effect.needs) return found
      depth += effect.leaves
    }
    found.opcodes++
    at = taken.end
    if (opcode === '.') return { ...found, end: at }
    if (taken.text !== undefined) texts = [...texts.slice(-1), taken.text]
    if (taken.imports !== undefined) found.imports.push(taken.imports)
    if (opcode === '\x93') found.imports.push(texts.join('.') || 'something that is computed')
    if (CALLS.has(opcode)) found.calls = true
  }
  return found
}

const CALLS = new Set(['R', 'i', 'o', '\x81', '\x92'])
