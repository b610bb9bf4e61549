/**
 * The way of one person through a queue: which answers were shown, and which comes next. The next one is asked for while
 * the present one is read, so that nobody waits between two answers; the address says which is shown.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AnnotationTask } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { annotationTask } from './queries.ts'

/** More than these are not named to the server: they would come round again. */
const MOST_PASSED = 100

export type Way = {
  /** The answer that is shown; undefined before the first one is there, null when nothing is left. */
  readonly item: string | null | undefined
  readonly failure: unknown
  /** How many were passed over without a label. */
  readonly passed: number
  /** @param isPassed that it was left without a label */
  forward(isPassed: boolean): void
  back(): void
  /** To one that was shown before. */
  to(item: string): void
  /** Begins again with those that were passed over. */
  again(): void
}

export function useTasks(queue: string): Way {
  const [shown, show] = useParameter('item')
  const [isEnd, setEnd] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [passed, setPassed] = useState(0)
  /** Shown before, so that they are not given again: a label may still be on its way. */
  const seen = useRef<string[]>([])
  const skipped = useRef(new Set<string>())
  const trail = useRef<string[]>([])
  const ahead = useRef<{ after: string; task: Promise<AnnotationTask | null> } | undefined>(undefined)
  const cache = useQueryClient()
  const latest = useRef(show)
  latest.current = show

  const ask = useCallback(
    async (except: readonly string[]): Promise<AnnotationTask | null> => {
      const query = { ...(except.length > 0 && { except: except.slice(-MOST_PASSED).join(',') }) }
      const { task } = await client.nextAnnotation({ params: { id: queue }, query })
      if (task) cache.setQueryData(annotationTask(task.item.id).queryKey, task)
      return task
    },
    [queue, cache],
  )
  const take = useCallback(async (task: Promise<AnnotationTask | null>) => {
    try {
      const found = await task
      setFailure(undefined)
      setEnd(found === null)
      if (!found) return
      trail.current.push(found.item.id)
      latest.current(found.item.id)
    } catch (thrown) {
      setFailure(thrown)
    }
  }, [])

  // The first answer, when the address names none.
  const isBegun = useRef(false)
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    if (shown) trail.current.push(shown)
    else void take(ask([]))
  }, [shown, ask, take])
  useEffect(() => {
    if (!shown || trail.current.at(-1) !== shown) return
    const task = ask([...seen.current, shown])
    // Whoever takes it hears of a failure; until then it is nobody's.
    task.catch(() => undefined)
    ahead.current = { after: shown, task }
  }, [shown, ask])

  return {
    item: isEnd ? null : shown,
    failure,
    passed,
    forward(isPassed) {
      if (shown) {
        seen.current.push(shown)
        if (isPassed) skipped.current.add(shown)
        else skipped.current.delete(shown)
        setPassed(skipped.current.size)
      }
      const at = trail.current.indexOf(shown ?? '')
      const following = trail.current[at + 1]
      if (following !== undefined && at >= 0) return show(following)
      const isReady = ahead.current?.after === shown
      const task = isReady && ahead.current ? ahead.current.task : ask(seen.current)
      void take(task)
    },
    back() {
      if (isEnd) return setEnd(false)
      const before = trail.current[trail.current.indexOf(shown ?? '') - 1]
      if (before !== undefined) show(before)
    },
    to(item) {
      setEnd(false)
      show(item)
    },
    again() {
      setPassed(0)
      skipped.current.clear()
      seen.current = []
      ahead.current = undefined
      void take(ask([]))
    },
  }
}
