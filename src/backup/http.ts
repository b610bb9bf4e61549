/** The back-up as it is written: gzipped while it streams, at the pace of whoever takes it. */
import { PassThrough, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { Failure } from '../kernel/failure.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { downloadBackup } from './contract.ts'
import { type BackupDeps, writeBackup } from './write.ts'

export const backupHttp = (deps: BackupDeps, report: (thrown: unknown, where: string) => void): Mounted[] => [
  handle(downloadBackup, async ({ caller, signal }) => {
    if (caller.application !== null)
      throw new Failure('forbidden', 'backup.whole', 'A key of one application may not copy the whole installation.')
    const lines = new PassThrough()
    const zipped = lines.pipe(createGzip())
    signal.addEventListener('abort', () => lines.destroy(), { once: true })
    const take = async (text: string) => {
      if (lines.destroyed) throw new Error('Whoever took the back-up is gone.')
      if (!lines.write(text)) await new Promise<void>((go) => lines.once('drain', go).once('close', go))
    }
    writeBackup(deps, take).then(
      () => lines.end(),
      (thrown) => {
        report(thrown, 'back-up')
        // Without its last line a file is refused; cutting the connection says so at once.
        zipped.destroy(thrown as Error)
      },
    )
    return new Response(Readable.toWeb(zipped) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/gzip',
        'content-disposition': `attachment; filename="airworthy-${deps.clock().slice(0, 10)}.backup.gz"`,
      },
    })
  }),
]
