/** A thread that counts answers and ends. In: the plan, then pages of rows; out: a word for each page, then the figures. */
import { workerData } from 'node:worker_threads'
import { answerPages } from '../counted-apart.ts'
import { type CorpusPlan, createCorpusCounts } from './counts.ts'

answerPages(createCorpusCounts(workerData as CorpusPlan))
