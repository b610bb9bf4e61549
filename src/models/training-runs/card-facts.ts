/** What a training run says on the card of its model. */
import type { ModelFacts } from '../cards/index.ts'
import { dataInWords } from './lineage.ts'
import type { TrainedOn, TrainingRun } from './training-run.ts'

/** A dataset of one application is named by its digest: everybody who may look at models sees the card. */
const onCard = (one: TrainedOn): string =>
  one.kind === 'version' && one.application !== null
    ? `a dataset of this installation, ${one.digest}`
    : dataInWords(one)

export function factsOfTraining({ base, datasets }: Pick<TrainingRun, 'base' | 'datasets'>): ModelFacts {
  return {
    ...(base.length > 0 && { baseModel: [...base] }),
    ...(datasets.length > 0 && { trainingData: datasets.map((one) => onCard(one).slice(0, 200)) }),
  }
}
