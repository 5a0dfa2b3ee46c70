import { type Bit, blocksOf, piecesOf, type Stands } from './read-aloud.ts'
import type { Language } from './shapes.ts'
import { matches } from './voices.ts'

/** The real page and the browser's voice: what read-aloud.ts works out is taken from here and said here. */

/** How an element of the real page stands. */
function standsOnPage(bit: Bit): Stands {
  const { display, visibility } = getComputedStyle(bit as unknown as Element)
  if (display === 'none' || visibility === 'hidden') return 'none'
  return /^(inline|contents)$/.test(display) ? 'inline' : 'block'
}

/** Where reading begins: the page's heading and its content; in a conversation only what was said since one's own last words. */
function toRead(page: Document): Element[] {
  const turns = [...page.querySelectorAll('[role=log] .turn')]
  const own = turns.map(turn => turn.querySelector('.m.me') !== null).lastIndexOf(true)
  if (turns.length > 0) return turns.slice(own + 1)
  return [...page.querySelectorAll('header h1, main')]
}

/** Milliseconds within which a voice begins, or there is none. */
const BEGINS_WITHIN = 4000

/** Reads the page as it stands now; `ended` tells how: all said or stopped, or no voice came. Returns how to stop. */
export const readPage = (language: Language, ended: (how: 'done' | 'mute') => void): (() => void) =>
  readOut(
    piecesOf(
      toRead(document).flatMap(part => blocksOf(part, standsOnPage)),
      language,
    ),
    language,
    ended,
  )

/** Says the pieces one after the other. */
function readOut(
  pieces: readonly string[],
  language: Language,
  ended: (how: 'done' | 'mute') => void,
): () => void {
  let over = false
  const end = (how: 'done' | 'mute') => {
    if (over) return
    over = true
    clearTimeout(waiting)
    speechSynthesis.cancel()
    ended(how)
  }
  const waiting = setTimeout(() => end('mute'), BEGINS_WITHIN)
  const say = (index: number) => {
    const piece = pieces[index]
    if (over) return
    if (piece === undefined) return end('done')
    const words = new SpeechSynthesisUtterance(piece)
    words.lang = language
    words.rate = 0.9
    const voice = speechSynthesis.getVoices().find(one => matches(one, language))
    if (voice) words.voice = voice
    words.onstart = () => clearTimeout(waiting)
    words.onend = () => say(index + 1)
    words.onerror = event => end(index === 0 && event.error !== 'canceled' ? 'mute' : 'done')
    speechSynthesis.speak(words)
  }
  speechSynthesis.cancel()
  say(0)
  return () => end('done')
}
