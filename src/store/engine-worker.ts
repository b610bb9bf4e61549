/** The embedded engine in a thread of its own, so that the thread that owns the port never waits for SQL. */
import { parentPort, workerData } from 'node:worker_threads'
import { type EnginePlace, hostEngine } from './engine-host.ts'

const answer = hostEngine(workerData as EnginePlace, (saying) => parentPort?.postMessage(saying))
parentPort?.on('message', answer)
