/**
 * A folder for the embedded engine in which a confirmed commit outlives a loss of power. As it comes, the engine syncs
 * nothing: it is started with `-F`, and its file system has no `fsync`, so that a commit waits in the memory of the
 * operating system. What it costs is in decision 0048.
 */
import { fsyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Module = Parameters<NodeFS['init']>[1]
type FileSystems = { filesystems: { NODEFS: { stream_ops: Record<string, unknown> } } }

/** Parameters of a start that syncs. Its other ways of syncing the log than `fsync` reach no file system. */
export const SYNCED_START = [
  ...PGlite.defaultStartParams.filter((word) => word !== '-F'),
  '-c',
  'wal_sync_method=fsync',
]

export class SyncedFolder extends NodeFS {
  override async init(engine: PGlite, options: Module): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(engine, options)
    const addSync = ({ FS }: { FS: unknown }) => {
      ;(FS as FileSystems).filesystems.NODEFS.stream_ops.fsync = ({ nfd }: { nfd: number }) => {
        fsyncSync(nfd)
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addSync] } }
  }
}
