/** Long lists draw their first rows at once and the rest when somebody asks: hundreds of rows take most of a second. */
import { type ReactNode, useState } from 'react'
import { say } from '../words/say.ts'
import { Button } from './button.tsx'

const MOST_AT_ONCE = 50

/** The rows to draw, and the button that brings the rest, to stand below them. */
export function useFirstRows<Row>(rows: readonly Row[]): { first: readonly Row[]; rest: ReactNode } {
  const [isWhole, setWhole] = useState(false)
  if (isWhole || rows.length <= MOST_AT_ONCE) return { first: rows, rest: null }
  return {
    first: rows.slice(0, MOST_AT_ONCE),
    rest: (
      <div className="mt-3">
        <Button onClick={() => setWhole(true)}>{say('first-rows.show-all', { n: rows.length })}</Button>
      </div>
    ),
  }
}
