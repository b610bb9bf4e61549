/** Open indexes by their file's digest. Two who ask at once wait for one read; a failed read is forgotten. */
import type { Digest } from '../kernel/digest.ts'
import { type KnowledgeIndex, openSnapshot } from './snapshot/index-view.ts'

export function createRecentIndexes({ read, keep }: { read: (file: Digest) => Promise<Buffer>; keep: number }): {
  open(file: Digest): Promise<KnowledgeIndex>
  forget(file: Digest): void
} {
  /** In the order of use, the latest last. */
  const open = new Map<Digest, Promise<KnowledgeIndex>>()
  const openFile = (file: Digest) => {
    const index = open.get(file) ?? read(file).then(openSnapshot)
    open.delete(file)
    open.set(file, index)
    index.catch(() => open.get(file) === index && open.delete(file))
    for (const oldest of open.keys()) {
      if (open.size <= keep) break
      open.delete(oldest)
    }
    return index
  }
  return { open: openFile, forget: (file) => void open.delete(file) }
}
