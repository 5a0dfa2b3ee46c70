import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Panel, Service } from '../../src/api/schemas-guide.ts'
import type { DistrictView } from '../../src/api/schemas-resident.ts'
import { type Api, makeApi } from './house.ts'

let api: Api
beforeEach(async () => {
  api = await makeApi()
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

async function get<T>(path: string, language = 'zh-CN'): Promise<T> {
  const answer = await api
    .browser()
    .get(`/api/resident/${path}`, { headers: { 'accept-language': language } })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['cache-control']).toBe('public, max-age=300')
  expect(answer.headers.vary).toContain('accept-language')
  return answer.json()
}

const CHINESE = /[\u4e00-\u9fff]/

describe('the service guide', () => {
  it('is open to anybody, the errands of the report first', async () => {
    const { services } = await get<{ services: Service[] }>('services')
    expect(services.slice(0, 2).map(({ name, source }) => [name, source])).toEqual([
      ['居民医疗保险缴纳', 'report'],
      ['就业培训', 'report'],
    ])
    const permit = services.find(({ key }) => key === 'residencePermit')!
    expect(permit).toMatchObject({ name: '居住证办理', doorstep: false, online: true, fee: '第一次免费' })
    expect(permit.py).toContain('juzhuzhengbanli jzzbl')
    expect(permit.also).toEqual(expect.arrayContaining(['暂住证', 'residence permit']))
    expect(permit).not.toHaveProperty('checked')
  })

  it('is whole in English; only the office and what is searched stay Chinese', async () => {
    const { services } = await get<{ services: Service[] }>('services', 'en')
    for (const { also: _, office: __, ...shown } of services)
      expect([shown.key, CHINESE.test(JSON.stringify(shown))]).toEqual([shown.key, false])
    expect(services[7]!.also).toContain('居住证')
  })
})

describe('the panels', () => {
  it('are eight, with their hours in words', async () => {
    const { panels } = await get<{ panels: Panel[] }>('panels')
    expect(panels).toHaveLength(8)
    expect(panels[0]).toMatchObject({
      name: '物业纠纷',
      hours: '周一至周五 8:30–12:00，14:30–17:30',
      mediates: true,
    })
    expect(panels[5]!.hours).toBe('周一至周五 8:30–12:00，14:30–17:30；周六 9:00–12:00')
    expect(panels.filter(({ mediates }) => !mediates).map(({ name }) => name)).toEqual([
      '预防青少年违法犯罪',
      '心理干预',
    ])
  })

  it('are whole in English', async () => {
    const { panels } = await get<{ panels: Panel[] }>('panels', 'en')
    expect(panels[5]).toMatchObject({
      name: 'Marriage and family disputes',
      hours: 'Mon–Fri 8:30–12:00, 14:30–17:30; Sat 9:00–12:00',
      languages: ['Chinese', 'Mongolian'],
    })
    expect(CHINESE.test(JSON.stringify(panels))).toBe(false)
  })
})

describe('a hotline says whether somebody answers now', () => {
  const lineOf = async (number: string, at: string, language = 'zh-CN') => {
    api.at(new Date(`${at}:00+08:00`).toISOString())
    const { hotlines } = await get<DistrictView>('district', language)
    const { open, opens } = hotlines.find(line => line.number === number)!
    return opens === undefined ? open : `${open}: ${opens}`
  }

  // biome-ignore format: a table
  it.each([
    ['12345', '2026-11-03T10:21', 'zh-CN', 'now'],
    ['12356', '2026-11-03T10:21', 'zh-CN', null],
    ['12338', '2026-11-03T10:21', 'zh-CN', 'now'],
    ['12338', '2026-11-03T12:40', 'zh-CN', 'closed: 14:30 有人接'],
    ['12338', '2026-11-03T18:00', 'zh-CN', 'closed: 明天 8:30 有人接'],
    ['12338', '2026-11-07T10:00', 'zh-CN', 'closed: 星期一 8:30 有人接'],
    ['12338', '2026-10-01T10:00', 'zh-CN', 'closed: 10月8日 星期四 8:30 有人接'],
    ['12338', '2026-11-03T12:40', 'en', 'closed: opens at 14:30'],
    ['12338', '2026-11-07T10:00', 'en', 'closed: opens Monday at 8:30'],
    ['12338', '2026-12-31T18:00', 'zh-CN', 'closed'],
    ['12338', '2027-03-02T10:00', 'zh-CN', null],
  ])('%s at %s in %s: %s', async (number, at, language, said) =>
    expect(await lineOf(number, at, language)).toBe(said))
})

it('the list of own cases brings the newest public words of each', async () => {
  const me = api.browser()
  const code = await api.grievance(me)
  await me.say(`补充 ${code}`)
  await me.say('今天又停了一次')
  const [line] = (await me.get('/api/resident/cases')).json().cases
  expect(line).toMatchObject({ code, news: { text: '今天又停了一次' } })
  expect(line.news.words).toMatch(/补充/)
})
