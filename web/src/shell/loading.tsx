/** The place that is kept for a page while its code is on its way. */
import { use } from 'react'
import { Waiting } from '../ui/states.tsx'

/**
 * What a tab shows first waits this long for the code of its page: React would hold the page back for 300 ms behind a
 * place that is kept for it.
 */
const FIRST_MS = 250
const firstWait = new Promise<void>((resolve) => window.setTimeout(resolve, FIRST_MS))

export function Loading() {
  use(firstWait)
  return (
    <div className="mx-auto w-full max-w-[76rem] px-4 pt-16 md:px-8">
      <Waiting rows={10} />
    </div>
  )
}
