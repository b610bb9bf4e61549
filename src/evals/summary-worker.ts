/** A thread that adds up the numbers of one experiment and ends. In: `ApartAsk`; out: what was asked for. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ApartAsk } from './summarise-apart.ts'
import { rankAll, summarise } from './summary.ts'

const asked = workerData as ApartAsk
parentPort?.postMessage(asked.kind === 'summary' ? summarise(asked.input) : rankAll(asked.input))
