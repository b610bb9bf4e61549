/** A thread that measures the quality of one dataset and ends. In: `QualityInput`; out: `Quality`. */
import { parentPort, workerData } from 'node:worker_threads'
import { measureQuality, type QualityInput } from './measures.ts'

parentPort?.postMessage(measureQuality(workerData as QualityInput))
