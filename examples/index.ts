export { playStory, type StoryOptions } from './support-assistant/story.ts'
