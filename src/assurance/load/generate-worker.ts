/** A thread that generates the load of one step and ends. In: `GenerateAsk`; out: progress, then `Generated`. */
import { parentPort, workerData } from 'node:worker_threads'
import { type GenerateAsk, generate } from './generate.ts'

const generated = await generate(workerData as GenerateAsk, (progress) => parentPort?.postMessage({ progress }))
parentPort?.postMessage({ generated })
