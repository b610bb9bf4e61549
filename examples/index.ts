export { playStory, type StoryOptions } from './support-assistant/story.ts'
export { walkToProduction } from './two-people/story.ts'
