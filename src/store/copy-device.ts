/**
 * What a `copy` of the embedded engine reads. The engine has a device for that, `/dev/blob`, which hands over byte by
 * byte what it was given a copy of; this one hands over what it has in pieces, a fifth of the time of a `copy` less.
 */
import type { PGlite } from '@electric-sql/pglite'
import type { Rows } from './engine.ts'
import { runStatement } from './run-statement.ts'

const PATH = '/dev/copy'
/** Its number among devices, far from those that the engine counts up from 64. */
const MAJOR = 200
const FROM_END = 2
const FROM_HERE = 1

export type CopyIn = (sql: string, bytes: Uint8Array) => Promise<Rows>

/** Of an engine that is open. One `copy` at a time: there is one connection. */
export function createCopyIn(engine: PGlite): CopyIn {
  const { FS } = engine.Module
  let given: Uint8Array = new Uint8Array()
  const device = FS.makedev(MAJOR, 0)
  FS.registerDevice(device, {
    open() {},
    close() {},
    read(_stream: unknown, to: Int8Array, offset: number, length: number, from: number): number {
      const piece = given.subarray(from, from + length)
      new Uint8Array(to.buffer, to.byteOffset + offset, piece.length).set(piece)
      return piece.length
    },
    llseek(stream: { position: number }, offset: number, whence: number): number {
      return offset + (whence === FROM_HERE ? stream.position : whence === FROM_END ? given.length : 0)
    },
  })
  FS.mkdev(PATH, device)

  return async (sql, bytes) => {
    given = bytes
    try {
      return await runStatement(engine, sql.replace('from stdin', `from '${PATH}'`), [])
    } finally {
      given = new Uint8Array()
    }
  }
}
