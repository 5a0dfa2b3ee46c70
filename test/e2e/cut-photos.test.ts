import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chanceOf } from '../crash/chance.ts'
import { openViewer, type Viewer } from './browser.ts'
import { type Line, layLine } from './line.ts'
import { resident, SEND } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** The network is cut at thirty moments of a complaint with three photos: one case, three photos, nothing twice. */

/** Moments, people at a time, and how long the line stays cut (milliseconds, from–to). */
const CUTS = Number(process.env.CUTS ?? 30)
const AT_A_TIME = 3
const CUT_FOR = [200, 2_500] as const

const seed = Number(process.env.CUT_SEED ?? Date.now() % 1_000_000)

let service: Service
let viewer: Viewer
let photos: { name: string; mimeType: string; buffer: Buffer }[]
beforeAll(async () => {
  ;[service, viewer, photos] = await Promise.all([
    startService(),
    openViewer(),
    Promise.all([1, 2, 3].map(photo)),
  ])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** A picture as a phone would take it: grainy, so that it does not shrink to nothing. */
async function photo(no: number) {
  const grain = { type: 'gaussian' as const, mean: 90 + 30 * no, sigma: 40 }
  const buffer = await sharp({
    create: { width: 1200, height: 900, channels: 3, background: 'gray', noise: grain },
  })
    .jpeg({ quality: 90 })
    .toBuffer()
  return { name: `IMG_000${no}.jpg`, mimeType: 'image/jpeg', buffer }
}

interface Outcome {
  /** Milliseconds from opening the page to the cut; null when the complaint was over before. */
  cutAt: number | null
  took: number
  cases: number
  photos: number
  doubles: string[]
}

const WORDS = '清河小区5号楼垃圾没人清运，电话13800000001'

/** One complaint, cut once `at` milliseconds after it began. */
async function complaint(line: Line, at: number, cutFor: number): Promise<Outcome> {
  const from = performance.now()
  let cutAt: number | null = null
  const timer = setTimeout(() => {
    cutAt = at
    line.cut()
    setTimeout(() => line.mend(), cutFor)
  }, at)
  const who = await resident(viewer, { ...service, url: line.url }, '/chat').catch(async error => {
    // Cut before the first page was there: the person opens it again, as people do.
    if (!/ERR_|interrupted/.test(String(error))) throw error
    await new Promise(done => setTimeout(done, cutFor + 200))
    return resident(viewer, { ...service, url: line.url }, '/chat')
  })
  const { page } = who
  page.setDefaultTimeout(45_000)
  await openChat(page)
  await page.locator('input[type=file]').first().setInputFiles(photos)
  await page.locator('.tray li, .tray [data-state]').nth(2).waitFor({ state: 'attached' })
  await who.say(WORDS)
  await who.hears('没错我就交上去')
  await who.choose(SEND)
  await page.locator('.receipt').waitFor()
  const took = performance.now() - from
  clearTimeout(timer)
  line.mend()
  const told = await page.evaluate(async () => {
    const get = async (path: string) => (await fetch(`/api/resident/${path}`)).json()
    const { cases } = await get('cases')
    const views = await Promise.all(cases.map(({ code }: { code: string }) => get(`cases/${code}`)))
    const { messages } = await get('messages?limit=200')
    return {
      cases: cases.length,
      photos: views.flatMap(view => view.files ?? []).length,
      own: messages.flatMap((m: { from: string; body: { text: string } }) =>
        m.from === 'me' ? [m.body.text] : [],
      ),
    }
  })
  await page.context().close()
  const doubles = told.own.filter((said: string, index: number) => told.own.indexOf(said) !== index)
  return { cutAt, took, cases: told.cases, photos: told.photos, doubles }
}

/** The page without its script (cut while it was fetched) is loaded again. */
async function openChat(page: Page): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const there = await page
      .locator('input[type=file]')
      .first()
      .waitFor({ state: 'attached', timeout: 6_000 })
      .then(
        () => true,
        () => false,
      )
    if (there) return
    await page.reload().catch(() => undefined)
  }
  throw new Error('the chat never came')
}

it(`${CUTS} cuts (seed ${seed})`, { timeout: 600_000 }, async () => {
  const random = chanceOf(seed)
  const outcomes: Outcome[] = []
  const cuts = () => outcomes.filter(outcome => outcome.cutAt !== null).length
  const lines = await Promise.all(Array.from({ length: AT_A_TIME }, () => layLine(service.url)))
  // How long a complaint takes with as many people at work, none of them cut: the moments are drawn from it.
  const whole = await Promise.all(lines.map(line => complaint(line, 60_000, 0)))
  const longest = Math.max(...whole.map(({ took }) => took))
  await Promise.all(
    lines.map(async line => {
      while (cuts() < CUTS)
        outcomes.push(
          await complaint(line, random() * longest, CUT_FOR[0] + random() * (CUT_FOR[1] - CUT_FOR[0])),
        )
      await line.close()
    }),
  )
  const moments = outcomes.flatMap(({ cutAt }) => (cutAt === null ? [] : [Math.round(cutAt)]))
  process.stdout.write(
    `${JSON.stringify({ seed, uncut: Math.round(longest), moments: moments.sort((a, b) => a - b) })}\n`,
  )
  const wrong = [...whole, ...outcomes].filter(
    ({ cases, photos, doubles }) => cases !== 1 || photos !== 3 || doubles.length > 0,
  )
  expect(wrong).toEqual([])
  expect(moments.length).toBeGreaterThanOrEqual(CUTS)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
