/**
 * An engine whose process dies at a write: from then on nothing is written or read any more. What was open is rolled
 * back, as the database does when a connection breaks.
 */
import type { Connection, Engine } from '../store/engine.ts'

/** `before` the commit takes hold, or `after` it did but before anybody was told. */
export type Death = { readonly at: number; readonly when: 'before' | 'after' }

const WRITES = /^\s*(insert|update|delete|create|alter|with)\b/i

export function mortalEngine(
  engine: Engine,
  {
    death,
    /** What dying is; a process of its own ends here. */
    die = () => {},
  }: { death?: Death | undefined; die?: () => void } = {},
) {
  let writes = 0
  let isDead = false

  const dead = () => new Error('The process is dead.')
  const alive = () => {
    if (isDead) throw dead()
  }
  /** Does a write that takes hold at once, or dies at it. */
  async function write<Result>(work: () => Promise<Result>): Promise<Result> {
    const isLast = ++writes === death?.at
    const end = () => {
      isDead = true
      die()
      throw dead()
    }
    if (isLast && death.when === 'before') end()
    const result = await work()
    if (isLast) end()
    return result
  }

  const mortal: Engine = {
    kind: engine.kind,
    ...(engine.listen && { listen: engine.listen }),
    async acquire() {
      alive()
      const held = await engine.acquire()
      let isOpen = false
      const run = async <Result>(sql: string, work: () => Promise<Result>): Promise<Result> => {
        alive()
        if (sql === 'begin') isOpen = true
        const takesHold = sql === 'commit' || (!isOpen && WRITES.test(sql))
        const result = await (takesHold ? write(work) : work())
        if (sql === 'commit' || sql === 'rollback') isOpen = false
        return result
      }
      const connection: Connection = {
        query: (sql, parameters) => run(sql, () => held.query(sql, parameters)),
        script: (sql) => run(sql, () => held.script(sql)),
        release() {
          if (!isDead) return held.release()
          held.script('rollback').then(
            () => held.release(),
            () => held.release(),
          )
        },
      }
      return connection
    },
    close: async () => {},
  }
  return { engine: mortal, writes: () => writes, isDead: () => isDead }
}
