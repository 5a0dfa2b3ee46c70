import i18next from 'i18next'
import I18NextVue from 'i18next-vue'
import { createApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import en from '../../locales/en/plain.json'
import zh from '../../locales/zh-CN/plain.json'
import App from './app.vue'
import { seedLog } from './chat/chat.ts'
import { giveInitial, type Initial, initial } from './initial.ts'
import { care, theme } from './look.ts'
import { pageTitle, router } from './router.ts'
import type { Language, MessagePage } from './shapes.ts'
import { language, speak, startWords } from './words.ts'

/** A page to draw on the server. */
export interface Asked {
  path: string
  language: Language
  look: { theme: 'auto' | 'light' | 'dark'; care: boolean }
  initial: Initial
}

/** `modules`: the source files of what was drawn, for their styles; `noscript`: what to say where no script runs. */
export interface Rendered {
  html: string
  title: string
  noscript: string
  modules: string[]
}

const app = createApp(App).use(I18NextVue, { i18next }).use(router)
// A fault while drawing must not end as half a page.
app.config.throwUnhandledErrorInProduction = true

let words: Promise<void> | undefined
let last: Promise<unknown> = Promise.resolve()

/** Draws one page with the front's own components. One after the other: language, look and data are the module's, as in a browser. */
export function render(asked: Asked): Promise<Rendered> {
  const mine = last.then(() => draw(asked))
  last = mine.catch(() => undefined)
  return mine
}

async function draw(asked: Asked): Promise<Rendered> {
  words ??= startWords()
  await words
  giveInitial(asked.initial)
  seedLog(initial<MessagePage>('messages'))
  care.value = asked.look.care
  theme.value = asked.look.theme
  try {
    await speak(asked.language)
    await router.replace(asked.path)
    const context: { modules?: Set<string> } = {}
    const html = await renderToString(app, context)
    const { noscript } = language.value === 'en' ? en : zh
    return { html, title: pageTitle(), noscript, modules: [...(context.modules ?? [])] }
  } finally {
    // Nothing of one person may be there when the next page is drawn.
    giveInitial({})
    seedLog(undefined)
  }
}
