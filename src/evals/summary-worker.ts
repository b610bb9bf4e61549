/** A thread that summarises one experiment and ends. In: `SummaryInput`; out: `Summary`. */
import { parentPort, workerData } from 'node:worker_threads'
import { type SummaryInput, summarise } from './summary.ts'

parentPort?.postMessage(summarise(workerData as SummaryInput))
