/**
 * Makes `src/store/engine-seed.tar.zst` with the installed engine: `node tools/make-engine-seed.ts`, after every
 * change of the engine's version (a test says so).
 *
 * The log moves to a new, empty segment first: the old one holds a copy of every page. What the server rebuilds
 * by itself is left out.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, zstdCompressSync } from 'node:zlib'
import { openEmbedded } from '../src/store/embedded.ts'
import { packSeed } from '../src/store/engine-seed.ts'

const WINDOW_LOG = 27
const REBUILT = /pg_internal\.init$|postmaster\.(pid|opts)$/

const folder = join(mkdtempSync(join(tmpdir(), 'airworthy-seed-')), 'database')
const engine = await openEmbedded(folder, { seed: false })
const connection = await engine.acquire()
await connection.script('select pg_switch_wal(); checkpoint')
const { rows } = await connection.query('select pg_walfile_name(pg_current_wal_lsn()) as segment', [])
connection.release()
await engine.close()

const segment = String(rows[0]?.segment)
const isKept = (path: string) =>
  !REBUILT.test(path) && (!/^\/pg_wal\/[0-9A-F]{24}$/.test(path) || path.endsWith(segment))
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .map((entry) => ({
    path: `/${relative(folder, join(entry.parentPath, entry.name))}${entry.isFile() ? '' : '/'}`,
    bytes: entry.isFile() ? readFileSync(join(entry.parentPath, entry.name)) : new Uint8Array(),
  }))
  .filter(({ path }) => isKept(path))
  .sort((a, b) => (a.path < b.path ? -1 : 1))
const seed = zstdCompressSync(packSeed(files), {
  params: {
    [constants.ZSTD_c_compressionLevel]: 22,
    [constants.ZSTD_c_windowLog]: WINDOW_LOG,
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
  },
})
writeFileSync(fileURLToPath(new URL('../src/store/engine-seed.tar.zst', import.meta.url)), seed)
rmSync(folder, { recursive: true })
console.log(`${files.length} files in ${seed.length} bytes, log ${segment}`)
