/** A thread that counts labels and ends. In: the plan, then pages of rows; out: a word for each page, then the figures. */
import { workerData } from 'node:worker_threads'
import { answerPages } from '../counted-apart.ts'
import { type ClassPlan, createClassCounts } from './counts.ts'

answerPages(createClassCounts(workerData as ClassPlan))
