import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { needChromium } from '../../scripts/chromium.mjs'

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** A browser, and everything its pages complained about. */
export interface Viewer {
  /** A new person: own cookies, own storage. */
  page(url: string, options?: BrowserContextOptions): Promise<Page>
  /** Console errors, uncaught faults and breaches of the content policy, of all pages so far. */
  complaints: string[]
  close(): Promise<void>
}

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1440, height: 900 }

/** The service is away or says no: the page tells the person, and the browser notes it in the console by itself. */
const EXPECTED =
  /Failed to load resource|WebSocket connection to .* failed|error occurred when fetching the script/

export async function openViewer(): Promise<Viewer> {
  const browser: Browser = await chromium.launch({ executablePath: needChromium(), args: FLAGS })
  const complaints: string[] = []
  return {
    complaints,
    async page(url, options = {}) {
      const context = await browser.newContext({
        viewport: PHONE,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce',
        ...options,
      })
      context.setDefaultTimeout(10_000)
      context.on('page', page => listen(page, complaints))
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
    close: () => browser.close(),
  }
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', fault => complaints.push(`${page.url()} ${fault.message}`))
  page.on('console', said => {
    const expected = EXPECTED.test(said.text()) && !/Content Security Policy/.test(said.text())
    if (said.type() === 'error' && !expected) complaints.push(`${page.url()} ${said.text()}`)
  })
}

/** Until then the page is as the service drew it: links and forms work, Enter in the chat begins a new line. */
export const scriptThere = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}))

/** The widest thing on the page may not be wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
