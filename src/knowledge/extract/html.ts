/**
 * HTML to sections, by way of Markdown. What a reader of the page does not see is dropped: scripts, styles, hidden
 * elements, comments, form fields, menus. Nothing is loaded: no link, picture, frame or entity is followed.
 */
import { type CheerioAPI, load, loadBuffer } from 'cheerio'
import Turndown from 'turndown'
import { sectionsOfMarkdown } from '../ingest/markdown.ts'
import { type Extraction, type ExtractionRequest, refused } from './extraction.ts'

/** Deeper than any page that a person wrote; what follows walks the tree by recursion. */
const DEEPEST = 500

const UNSEEN = [
  'head',
  'title',
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'svg',
  'canvas',
  'nav',
  'input',
  'select',
  'textarea',
  'button',
  '[hidden]',
  '[aria-hidden="true"]',
].join(',')
const UNSEEN_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?:\.0*)?(?:[a-z%]+)?)\s*(?:!important\s*)?(?:;|$)/i

/** Tolerant rules of HTML, in linear time: the parser of the standard takes minutes over deeply nested tags. */
const TOLERANT = { xml: { xmlMode: false, decodeEntities: true } } as const

export function extractHtml({ bytes, source }: Omit<ExtractionRequest, 'format'>): Extraction {
  return sectionsOfPage(parse(bytes), source)
}

export const sectionsOfHtml = (html: string, source: string): Extraction => sectionsOfPage(load(html, TOLERANT), source)

function sectionsOfPage($: CheerioAPI, source: string): Extraction {
  const depth = depthOf($)
  if (depth > DEEPEST)
    return refused(
      `Its elements are nested ${depth} deep, and ${DEEPEST} is the most.`,
      'Save the page as plain HTML or Markdown, or take it out of knowledge/.',
    )
  const title = $('title').first().text().replace(/\s+/g, ' ').trim()
  $(UNSEEN).remove()
  $('[style]')
    .filter((_, element) => UNSEEN_STYLE.test($(element).attr('style') ?? ''))
    .remove()
  $('img').replaceWith((_, element) => $('<span>').text($(element).attr('alt') ?? ''))
  $('a').replaceWith((_, element) => $('<span>').append($(element).contents()))
  const markdown = markdownOf($.html())
  return { kind: 'read', sections: sectionsOfMarkdown(markdown, source, title || undefined) }
}

/** UTF-8 when the bytes are valid UTF-8, else what the page says of itself. */
function parse(bytes: Uint8Array): CheerioAPI {
  try {
    return load(withoutDeclarations(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), TOLERANT)
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown
    return loadBuffer(Buffer.from(bytes), TOLERANT)
  }
}

/** Entities that a page declares for itself are neither read nor followed. */
const withoutDeclarations = (html: string): string =>
  html.replace(/^\s*(<\?xml[^>]*>)?\s*<!DOCTYPE[^>[]*\[[^\]]*\]\s*>/i, '')

/** Walks without recursion. */
function depthOf($: CheerioAPI): number {
  let deepest = 0
  let level: object[] = $.root().contents().toArray()
  while (level.length > 0) {
    deepest += 1
    level = level.flatMap((node) => ('children' in node && Array.isArray(node.children) ? node.children : []))
  }
  return deepest
}

/** Tables become rows of `| cell |`, which passages keep line by line. */
function markdownOf(html: string): string {
  const turndown = new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' })
  turndown.addRule('cell', {
    filter: ['td', 'th'],
    replacement: (content) => ` ${content.replace(/\s+/g, ' ').trim()} |`,
  })
  turndown.addRule('row', { filter: 'tr', replacement: (content) => `\n|${content}` })
  turndown.addRule('rows', { filter: ['thead', 'tbody', 'tfoot'], replacement: (content) => content })
  turndown.addRule('table', { filter: 'table', replacement: (content) => `\n\n${content}\n\n` })
  return turndown.turndown(html).replace(/^( *(?:-|\d+\.)) {2,3}/gm, '$1 ')
}
