/**
 * The embedded engine in the thread of the test. To ask another thread and to be answered takes as much of the processor
 * as the statement itself, and with two cores for two workers nothing is gained by it; servers of processes of their own
 * have their engine in a thread, as ever.
 */
import { EventEmitter } from 'node:events'
import type { EngineThread } from '../store/embedded.ts'
import { type EnginePlace, hostEngine } from '../store/engine-host.ts'

export function nearThread(place: EnginePlace): EngineThread {
  const said = new EventEmitter()
  const answer = hostEngine(place, (saying) => said.emit('message', saying))
  return {
    on: (event, heard) => said.on(event, heard),
    // Between statements all others have a turn, as with a thread.
    postMessage: (message) => void setImmediate(answer, message),
    terminate: async () => 0,
  }
}
