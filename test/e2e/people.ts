import type { Locator, Page } from 'playwright-core'
import { DESK, PHONE, type Viewer } from './browser.ts'
import type { Service } from './service.ts'

/** What residents and staff do, in their words. */

export const ELEVATOR = '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000'
export const CODE = /HS-\d{8}-\d{4}/
const PASSWORD = 'huiyin-demo'

/** The choice that hands a matter in; it has words of its own where neighbours have told the same. */
export const SEND = /没错，交上去|照样交上去|send it|hand it in/

export interface Resident {
  page: Page
  say(text: string): Promise<void>
  /** Presses a choice of the newest message. */
  choose(label: string | RegExp): Promise<void>
  /** Waits for words in the talk. */
  hears(words: string | RegExp): Promise<Locator>
  /** Every message on the page, oldest first. */
  log(): Promise<string[]>
  /** The person's own words among them. */
  own(): Promise<string[]>
}

export async function resident(viewer: Viewer, service: Service, path = '/chat'): Promise<Resident> {
  return residentOn(await viewer.page(`${service.url}${path}`, { viewport: PHONE }))
}

export function residentOn(page: Page): Resident {
  const turns = page.locator('.log .turn')
  return {
    page,
    async say(text) {
      // Enter sends once the script is there; on the page as the service drew it, it begins a new line.
      await page.locator('.dock [data-for]').first().waitFor({ state: 'attached' })
      await page.locator('#say').fill(text)
      await page.locator('#say').press('Enter')
    },
    choose: label => turns.last().locator('.choice', { hasText: label }).click(),
    async hears(words) {
      const found = turns.filter({ hasText: words }).last()
      await found.waitFor()
      return found
    },
    log: () => turns.allInnerTexts(),
    own: () => page.locator('.log .m.me .b').allInnerTexts(),
  }
}

/** Tells the example matter to the end and returns its number. */
export async function handIn(who: Resident, text = ELEVATOR): Promise<string> {
  await who.say(text)
  await who.choose(/没人被困|Nobody trapped/)
  await who.choose(SEND)
  await who.page.locator('.receipt .code b').waitFor()
  return textOf(who.page.locator('.receipt .code b').last())
}

/** Somebody of the staff, signed in, at the desk. */
export async function clerk(
  viewer: Viewer,
  service: Service,
  login: string,
  path = '/staff',
  more: Parameters<Viewer['page']>[1] = {},
): Promise<Page> {
  const page = await viewer.page(`${service.url}${path}`, { viewport: DESK, ...more })
  await signIn(page, login)
  await page.locator('.shell').waitFor()
  return page
}

export async function signIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.locator('[name=username]').fill(login)
  await page.locator('[name=password]').fill(password)
  await page.locator('form button.p').click()
}

/** What can be read there, once there is something. */
export async function textOf(at: Locator): Promise<string> {
  await at.first().waitFor({ state: 'attached' })
  return (await at.allInnerTexts()).join('\n')
}

/** The number behind a work list; none stands there for an empty one. */
export async function count(page: Page, list: string): Promise<number> {
  const found = page.locator('nav.lists a', { hasText: list })
  await found.waitFor()
  return Number((await found.locator('.n').allInnerTexts()).join('').replace('+', ''))
}

/** Opens the seldom steps of the open case. */
export const more = (page: Page): Promise<void> => page.locator('.case .do .more > button').click()

/** A step of the open case, as a button of its head. */
export const step = (page: Page, label: string): Locator =>
  page.locator('.case .do button', { hasText: label })

/** Milliseconds until `seen` is there: printed, for with other tests on the same cores a bound would measure those. */
export async function took(seen: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await seen()
  return Math.round(performance.now() - from)
}
