export { type Starter, type Walked, walkStarter } from './starters/story.ts'
export { playStory, type StoryOptions } from './support-assistant/story.ts'
export { walkToProduction } from './two-people/story.ts'
