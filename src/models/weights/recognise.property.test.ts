/** Whatever a file holds, it is recognised or refused: no header makes the reader throw, hang or ask for memory. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../../testing/properties.ts'
import { EVIL_PICKLE, gguf, safetensors, zip } from '../../testing/weights-files.ts'
import { bytesOf } from './bytes.ts'
import { readPickle } from './pickle.ts'
import { recognise } from './recognise.ts'
import { repeatedKey } from './safetensors.ts'

const GOOD = [
  safetensors(
    { a: { dtype: 'BF16', shape: [2, 3], bytes: 12 }, b: { dtype: 'F32', shape: [2], bytes: 8 } },
    { format: 'pt' },
  ),
  gguf(),
  zip('archive/data.pkl', EVIL_PICKLE),
  EVIL_PICKLE,
]
const look = (file: Buffer) => recognise(bytesOf(file), 'model.bin')

test('any bytes at all are recognised or refused', () => {
  const magic = fc.constantFrom('', 'GGUF\x03\0\0\0', 'PK\x03\x04', '\x80\x04', '\x10\0\0\0\0\0\0\0{', '\x93NUMPY')
  fc.assert(
    fc.property(magic, fc.uint8Array({ maxLength: 400 }), (begin, rest) => {
      const found = look(Buffer.concat([Buffer.from(begin, 'latin1'), rest]))
      expect(found.verdict === 'accepted' || (found.reason ?? '').length > 10).toBe(true)
    }),
    cases(2000),
  )
})

test('a good file of which bytes were changed, cut or repeated is read as it is or refused', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255) })
  fc.assert(
    fc.property(fc.constantFrom(...GOOD), fc.array(change, { maxLength: 6 }), fc.nat(), (good, changes, cut) => {
      const file = Buffer.from(good)
      for (const { at, byte } of changes) file[at % file.length] = byte
      const { header, verdict } = look(file.subarray(0, cut % 4 === 0 ? cut % file.length : file.length))
      if (verdict === 'refused') expect(header).toBeNull()
      if (header) expect(header.tensors).toBeLessThan(file.length)
    }),
    cases(3000),
  )
})

test('a file that is cut anywhere is never taken for the whole', () => {
  for (const good of GOOD.slice(0, 2))
    fc.assert(
      fc.property(fc.integer({ min: 9, max: good.length - 1 }), (length) => {
        expect(look(good.subarray(0, length)).verdict).toBe('refused')
      }),
      cases(300),
    )
})

test('whatever stands before or in it, a pickle that calls something is seen through', () => {
  const before = fc
    .constantFrom('4b01', '4e', '7d', '5d', '8c0161')
    .map((hex) => Buffer.concat([Buffer.from('8004', 'hex'), Buffer.from(hex, 'hex'), Buffer.from('30', 'hex')]))
  fc.assert(
    fc.property(before, fc.uint8Array({ maxLength: 50 }), (start, after) => {
      const found = readPickle(Buffer.concat([start, EVIL_PICKLE.subarray(2), after]))
      expect(found?.imports).toContain('posix.system')
    }),
    cases(300),
  )
})

test('text without a line that calls something is never taken for a pickle', () => {
  const words = fc
    .array(fc.stringMatching(/^[A-Za-z ,.]{0,30}$/), { maxLength: 20 })
    .map((lines) => `# ${lines.join('\n')}`)
  fc.assert(
    fc.property(words, (text) => {
      expect(readPickle(Buffer.from(text))).toBeUndefined()
    }),
    cases(1000),
  )
})

test('a key that is twice in an object is found, and one that is in two objects is not', () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value, { minKeys: 1 }), fc.nat(), (object, at) => {
      const text = JSON.stringify(object)
      expect(repeatedKey(text)).toBeUndefined()
      const key = Object.keys(JSON.parse(text))[at % Object.keys(JSON.parse(text)).length] ?? ''
      expect(repeatedKey(`${text.slice(0, -1)},${JSON.stringify(key)}:0}`)).toBe(key)
    }),
    cases(500),
  )
})
