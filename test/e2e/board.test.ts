import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findings } from './axe.ts'
import { openViewer, overflow, PHONE, scriptThere, type Viewer } from './browser.ts'
import { clerk, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** The board as those who lead see it, from its numbers to the cases behind them, and the page everybody reads. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

it('a leader opens the board, a number, its cases; takes it along as a file', {
  timeout: 60_000,
}, async () => {
  const page = await clerk(viewer, service, 'dispatcher', '/staff/board', { bypassCSP: true })
  await page.locator('#b-next .sm a').first().waitFor()
  await page.locator('#b-flow canvas').waitFor()
  await page.locator('#b-map').scrollIntoViewIfNeeded()
  await page.locator('#b-map .frame canvas, #b-map .flat').first().waitFor()
  expect(await findings(page)).toEqual([])

  const number = page.locator('#b-next .sm a').first()
  const n = Number(await textOf(number))
  await number.press('Enter')
  await page.locator('.list a[data-code]').first().waitFor()
  await expect.poll(() => page.locator('.list a[data-code]').count()).toBe(n)
  await page.goBack()

  await page.locator('.filters select').nth(1).selectOption({ label: '西城街道' })
  await page.locator('header p', { hasText: '西城街道' }).waitFor()
  await page.waitForURL(/unit=150402010/)
  const ended = Number(await textOf(page.locator('#b-offices tbody td.num').first()))
  const [kept] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Excel' }).click(),
  ])
  expect(kept.suggestedFilename()).toMatch(/^board-\d{4}-\d\d\.xlsx$/)
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(await kept.path())
  const offices = book.getWorksheet('各单位')!
  expect([offices.getCell('A4').value, offices.getCell('C4').value]).toEqual(['西城街道', ended])

  await page.setViewportSize(PHONE)
  expect(await findings(page)).toEqual([])
})

it('everybody reads the promises kept, with a script or without', { timeout: 60_000 }, async () => {
  const bare = await viewer.page(`${service.url}/promises`, { javaScriptEnabled: false })
  await bare.locator('tfoot').waitFor()
  const page = await viewer.page(`${service.url}/`, { bypassCSP: true })
  await scriptThere(page)
  await page.locator('footer a', { hasText: '承诺兑现' }).click()
  await page.locator('tfoot').waitFor()
  expect(await findings(page)).toEqual([])
  expect(await textOf(page.locator('tfoot'))).toBe(await textOf(bare.locator('tfoot')))
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await overflow(page)).toBe(0)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
