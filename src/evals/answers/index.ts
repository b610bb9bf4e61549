/** Answers: how a row gets one, at what pace, and when an earlier one is taken again. */
export { type AnsweredRow, type Answering, type AnswerTask, createAnswering } from './answering.ts'
export { answersMigrations } from './migrations.ts'
export { createPace, type Pace } from './pace.ts'
export { createPaidAnswers, type PaidAnswers, type PaidWork, reachThrough } from './paid-answers.ts'
export { keptAnswersPlace, paidAnswersPlace } from './personal.ts'
export { own as answersTables } from './store.ts'
