import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  BROKEN_PICKLE,
  EVIL_PICKLE,
  gguf,
  safetensors,
  TEXT_PICKLE,
  u64,
  withHeader,
  zip,
} from '../../testing/weights-files.ts'
import { bytesOf } from './bytes.ts'
import { recognise } from './recognise.ts'

const look = (content: Buffer | string, name = 'model.bin') =>
  recognise(bytesOf(typeof content === 'string' ? Buffer.from(content) : content), name)

test('a safetensors header says how many tensors, of which types, with how many numbers', () => {
  const file = safetensors(
    { a: { dtype: 'BF16', shape: [2, 3], bytes: 12 }, b: { dtype: 'F32', shape: [], bytes: 4 } },
    { format: 'pt', license: 'mit' },
  )
  expect(look(file)).toMatchObject({
    format: 'safetensors',
    verdict: 'accepted',
    header: { tensors: 2, parameters: 7, types: { BF16: 1, F32: 1 }, licence: 'mit', metadata: { format: 'pt' } },
  })
})

test('a GGUF header says architecture, quantisation and context', () => {
  expect(look(gguf())).toMatchObject({
    format: 'gguf',
    verdict: 'accepted',
    header: {
      architecture: 'llama',
      name: 'Sage',
      quantisation: 'Q4_K_M',
      contextTokens: 32768,
      tensors: 2,
      parameters: 516,
      types: { F32: 1, Q4_K: 1 },
    },
  })
})

const tensor = (offsets: [number, number], shape = [1], dtype = 'F32') => ({ dtype, shape, data_offsets: offsets })
const header = (tensors: Record<string, unknown>) => JSON.stringify(tensors)

test.for([
  ['a length beyond the file', withHeader('{}', 0, 1_000n), 'what it is'],
  ['a length beyond all files', withHeader('{}', 0, 2n ** 63n), 'what it is'],
  ['no JSON', withHeader('{"a":', 4), 'no JSON'],
  [
    'a key twice',
    withHeader(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      4,
    ),
    'twice',
  ],
  [
    'a key twice in a tensor',
    withHeader('{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}', 4),
    'twice',
  ],
  ['a gap', withHeader(header({ a: tensor([0, 4]), b: tensor([8, 12]) }), 12), 'begins at byte 8'],
  ['an overlap', withHeader(header({ a: tensor([0, 4]), b: tensor([0, 4]) }), 4), 'begins at byte 0'],
  ['bytes after the tensors', withHeader(header({ a: tensor([0, 4]) }), 400), '400 follow'],
  ['a shape that does not fit', withHeader(header({ a: tensor([0, 4], [2]) }), 4), 'needs 64 bits'],
  ['a shape that overflows', withHeader(header({ a: tensor([0, 4], [2 ** 52, 2 ** 52]) }), 4), 'bits'],
  ['a type that is unknown', withHeader(header({ a: tensor([0, 4], [1], 'PICKLE') }), 4), 'unknown type'],
  ['metadata that is no text', withHeader(header({ __metadata__: { a: 1 } }), 0), '__metadata__'],
] as const)('a safetensors header with %s is refused', ([, file, why]) => {
  expect(look(file)).toMatchObject({ verdict: 'refused', reason: expect.stringContaining(why), header: null })
})

const head = (tensors: number | bigint, pairs: number | bigint) =>
  Buffer.concat([Buffer.from('GGUF'), Buffer.from([3, 0, 0, 0]), u64(tensors), u64(pairs)])

test.for([
  ['more tensors than there can be', head(2n ** 60n, 0), 'tensors, above'],
  ['more entries than there can be', head(0, 2n ** 63n), 'entries, above'],
  [
    'a text longer than the file',
    Buffer.concat([head(0, 1), u64(5), Buffer.from('hello'), Buffer.from([8, 0, 0, 0]), u64(2n ** 40n)]),
    'above',
  ],
  [
    'a list longer than the file',
    Buffer.concat([head(0, 1), u64(1), Buffer.from('k'), Buffer.from([9, 0, 0, 0, 4, 0, 0, 0]), u64(2n ** 40n)]),
    'above',
  ],
  ['version 1', gguf({ version: 1 }), 'version 1'],
  ['the bytes of another machine', gguf({ version: 0x03000000 }), 'big-endian'],
  ['a tensor beyond the end', gguf({ dataBytes: 100 }), 'beyond the end'],
  [
    'tensors over each other',
    gguf({
      tensors: [
        { name: 'a', shape: [256], type: 12, offset: 0 },
        { name: 'b', shape: [4], type: 0, offset: 32 },
      ],
    }),
    'over another',
  ],
  [
    'a tensor twice',
    gguf({
      tensors: [
        { name: 'a', shape: [4], type: 0, offset: 0 },
        { name: 'a', shape: [4], type: 0, offset: 32 },
      ],
    }),
    'twice',
  ],
  [
    'an entry twice',
    gguf({
      pairs: [
        ['a', 1],
        ['a', 2],
      ],
    }),
    'twice',
  ],
  ['an alignment that is none', gguf({ pairs: [['general.alignment', 3]] }), 'alignment'],
  ['a type that is unknown', gguf({ tensors: [{ name: 'a', shape: [4], type: 99, offset: 0 }] }), 'unknown type 99'],
  ['the magic alone', Buffer.from('GGUF'), 'ends at byte 4'],
] as const)('a GGUF header with %s is refused', ([, file, why]) => {
  expect(look(file, 'model.gguf')).toMatchObject({
    verdict: 'refused',
    reason: expect.stringContaining(why),
    header: null,
  })
})

const deflated = (name: string, content: Buffer) => {
  const packed = deflateRawSync(content)
  const archive = zip(name, packed)
  archive.writeUInt16LE(8, 8)
  archive.writeUInt16LE(8, 30 + name.length + packed.length + 10)
  return archive
}
const numpy = (description: string) =>
  Buffer.from(`\x93NUMPY\x01\x00v\x00{'descr': '${description}', 'fortran_order': False, 'shape': (1,), }\n`, 'latin1')

test.for([
  ['protocol 4', EVIL_PICKLE, 'posix.system'],
  ['protocol 0, which is text', TEXT_PICKLE, 'posix.system'],
  ['one that is cut off after its call', BROKEN_PICKLE, 'breaks off'],
  ['the archive of PyTorch', zip('archive/data.pkl', EVIL_PICKLE), 'archive/data.pkl'],
  ['an archive, by content and not by name', zip('weights.txt', EVIL_PICKLE), 'weights.txt'],
  ['a packed archive', deflated('data.pkl', EVIL_PICKLE), 'posix.system'],
  [
    'several in a row',
    Buffer.concat([Buffer.from('80024b012e', 'hex'), Buffer.from('80024b022e', 'hex'), EVIL_PICKLE]),
    'posix.system',
  ],
  ['an array of objects', numpy('|O'), 'Python objects'],
] as const)('a pickle as %s is refused whatever its file is called, with what it imports', ([, file, why]) => {
  for (const name of ['model.bin', 'model.safetensors', 'README.md'])
    expect(look(file, name)).toMatchObject({
      format: 'pickle',
      verdict: 'refused',
      reason: expect.stringContaining(why),
    })
})

test.for([
  [
    'an archive that is encrypted',
    (() => {
      const file = zip('a', EVIL_PICKLE)
      file.writeUInt16LE(1, 30 + 1 + EVIL_PICKLE.length + 8)
      return file
    })(),
    'encrypted',
  ],
  ['an archive without its list', zip('a', EVIL_PICKLE).subarray(0, 60), 'list of its contents'],
  ['a packed archive of text', zip('a.txt', Buffer.from('hello')), 'Unpack it'],
  ['gzip', Buffer.from('1f8b0800', 'hex'), 'Unpack it'],
  ['Keras', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), 'Keras'],
  ['a program', Buffer.from('\x7fELF\x02\x01\x01\x00', 'latin1'), 'program'],
  ['a pointer of Git LFS', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\n'), 'Fetch the file'],
  ['bytes that nobody knows', Buffer.from([0, 1, 2, 3, 0xff]), 'Nobody here can say'],
] as const)('%s is refused with what to do', ([, file, why]) => {
  expect(look(file)).toMatchObject({ verdict: 'refused', reason: expect.stringContaining(why) })
})

test.for([
  ['README.md', 'See\nabout.'],
  ['vocab.txt', 'cab\ncat\ndog\n.'],
  ['config.json', '{"architectures": ["Qwen2ForCausalLM"]}'],
  ['merges.txt', '#version: 0.2\n\u0120 t\nI N\n(a b.'],
  ['note.txt', 'N.'],
  ['empty.txt', ''],
] as const)('%s is text, although its letters are opcodes too', ([name, content]) => {
  expect(look(content, name)).toMatchObject({ format: 'text', verdict: 'accepted', reason: null })
})

test('a Python file is accepted and says that loaders must not trust it; arrays of numbers are data', () => {
  expect(look('import os\n', 'modeling.py')).toMatchObject({
    format: 'code',
    verdict: 'accepted',
    reason: expect.stringContaining('trust'),
  })
  expect(look(numpy('<f4'), 'a.npy')).toMatchObject({ format: 'numpy', verdict: 'accepted' })
})
