export { type BroughtAlong, bringAlong } from './bring-your-own/story.ts'
export { type Starter, type Walked, walkStarter } from './starters/story.ts'
export { playStory, type StoryOptions } from './support-assistant/story.ts'
export { walkToProduction } from './two-people/story.ts'
