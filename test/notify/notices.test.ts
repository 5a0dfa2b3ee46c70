import { expect, it } from 'vitest'
import { noticeBubble } from '../../src/bot/wording.ts'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder, wordFiles } from '../../src/load.ts'
import { JOBS } from '../../src/notify/jobs/index.ts'
import { NOTICES, type NoticeKey } from '../../src/rules/notices/table.ts'
import type { Language } from '../../src/rules/people/language.ts'
import { makeWords } from '../../src/words.ts'

const words = makeWords(wordFiles(), loadDistrict(districtFolder('hongshan')).zone)
const KEYS = Object.keys(NOTICES) as NoticeKey[]
const LANGUAGES: readonly Language[] = ['zh-CN', 'en']

/** One matter, and everything a notice may want to say of it. */
const BODY = {
  code: 'HS-20261103-0042',
  office: '西城街道办事处',
  to: '红山区住房和城乡建设局、红山区市场监督管理局',
  due: '2026-11-10T09:30:00.000Z',
  newDue: '2026-11-17T09:30:00.000Z',
  resumeBy: '2026-11-16T09:30:00.000Z',
  date: '2026-11-04',
  days: 15,
  text: '请问电梯是哪一部？',
  title: '取暖和用火',
  reason: '配件要从外地调',
  plan: '配件到货当天更换',
  rightChannel: '区人民法院，站前街 2 号',
  result: '电梯修好了',
  facts: '制动器坏了，已换新',
  basis: '物业服务合同第六条',
  ...{
    at: '2026-11-09T01:00:00.000Z',
    until: '2026-11-04T04:00:00.000Z',
    room: '五楼 1 号调解室',
    mediator: '苗和平',
  },
  ...{ no: '1', day: '2026-11-30', routes: 'court,legalAid', panel: 'P01', token: 'ABCD-EFGH-JKLM' },
  same: 'HS-20261101-0007',
  place: '红山郡',
  row: '1041',
  summary: '配件已到，预计周五恢复运行。',
  ...{ today: 2, late: 1, waiting: 7, news: 3, orders: 2 },
  items: JSON.stringify([
    { kind: 'festival', period: '2026-dragonBoat', name: '小禾', due: '2026-06-19', stage: 'due' },
    { kind: 'month', period: '2026-06', name: '小禾', due: '2026-06-30', stage: 'early' },
    { kind: 'guardian', period: '2026Q2-1', name: '小满', due: '2026-06-30', stage: 'late' },
    { kind: 'term', period: '2026-springTerm', name: '小满', due: '2026-06-10', stage: 'again20260603' },
  ]),
  ...{
    name: '小禾',
    from: '2026-06-15',
    through: '2026-06-20',
    month: '2026-06',
    readings: 14,
    emergency: 1,
    children: 3,
  },
  ...{ unseen: 2, week: 5, alone: 1, needs: 4 },
  ...{ opened: 31, closed: 28, open: 64, raised: 1, paused: 2, rating: 9 },
}

const told = (key: NoticeKey, language: Language, profile = 'hotline') =>
  noticeBubble(words, language, key, { ...BODY, profile })

/** Read `notices.txt`, not this file: every notice as it is said. */
it('every notice, as people read it', async () => {
  const pages = LANGUAGES.flatMap(language => [
    `======== ${language} ========`,
    ...KEYS.flatMap(key => {
      const { text, brief } = told(key, language)
      return [`---- ${key}`, ...(brief ? [`[${brief.what} | ${brief.code} | ${brief.office}]`] : []), text]
    }),
    '---- resident.answered (petition)',
    told('resident.answered', language, 'petition').text,
  ])
  await expect(`${pages.join('\n')}\n`).toMatchFileSnapshot('./notices.txt')
})

it.each(LANGUAGES)('every notice has a name in the lists of staff (%s)', language => {
  const nameless = KEYS.filter(key => {
    const name = `staff:notice.${key.replace('.', '_')}`
    return words(language, name) === name || words(language, name).endsWith(key.replace('.', '_'))
  })
  expect(nameless).toEqual([])
})

it('leads those to a page of the case who have one: its person, and the sides of a mediation', () => {
  const leading = KEYS.filter(key => told(key, 'zh-CN').code !== undefined)
  expect(leading).toEqual(KEYS.filter(key => ['resident', 'side'].includes(NOTICES[key].to)))
})

it.each(LANGUAGES)('every notice has words in %s, with every value filled in', language => {
  for (const key of KEYS) {
    const { text } = told(key, language)
    expect([key, text.includes('{{') || text.includes(key) || text.length < 4]).toEqual([key, false])
  }
})

it.each([
  ['zh-CN', 20],
  ['en', 32],
] as const)('the short form of whatever a person is told fits a template in %s', (language, most) => {
  const persons = KEYS.filter(one => /^(?:resident|follower|side|volunteer|parent)\./.test(one))
  for (const key of persons) {
    const { what, code, office } = told(key, language).brief!
    expect([key, what.length > 0 && what.length <= most && !what.includes('brief.')]).toEqual([key, true])
    expect([code.length <= 32, office.length <= 20]).toEqual([true, true])
  }
  const long = noticeBubble(words, language, 'resident.taken', { ...BODY, office: '很'.repeat(30) })
  expect(long.brief?.office).toHaveLength(20)
})

/** What a resident must be told (信访工作条例 18–36, 北京条例 15, 23, 潍坊条例 19–20, 济南条例 24, 27), event by event. */
it.each<[string, NoticeKey, readonly string[]]>([
  [
    'received: number, who, by when, how to ask',
    'resident.received',
    ['HS-20261103-0042', '西城街道', '11月10日', '进度'],
  ],
  [
    'not accepted: reason, the right place, what next',
    'resident.refused',
    ['配件要从外地调', '区人民法院', '人工'],
  ],
  ['passed on: to whom', 'resident.passed', ['住房和城乡建设局']],
  ['extended: reason and new date', 'resident.extended', ['配件要从外地调', '11月17日', '只能延这一次']],
  [
    'not solvable now: why, the plan, a date',
    'resident.paused',
    ['配件要从外地调', '到货当天更换', '11月16日'],
  ],
  [
    'answered: result, facts, basis, what next',
    'resident.answered',
    ['电梯修好了', '制动器坏了', '合同第六条', '没解决'],
  ],
  ['call-back once more: until when, what then', 'resident.askRating', ['解决了吗', '11月10日', '15 天']],
  [
    'closed in silence: what it means, how to have it again',
    'resident.closedSilent',
    ['居民未评价', '15 天', '没解决', '新的一件'],
  ],
])('%s', (_says, key, holds) => {
  const { text } = told(key, 'zh-CN')
  for (const part of holds) expect(text).toContain(part)
})

it('tells of 复查 and 复核 under the petition profile alone', () => {
  expect(told('resident.answered', 'zh-CN', 'petition').text).toMatch(/30 日内.*复查.*30 日内.*复核/)
  expect(told('resident.answered', 'en', 'petition').text).toMatch(/review.*30 days.*re-examination.*30 days/)
  for (const key of KEYS) expect([key, /复查|复核/.test(told(key, 'zh-CN').text)]).toEqual([key, false])
})

it.each(JOBS.map(job => job.name))('the job %s has a name in the audit, in both languages', name => {
  for (const language of ['zh-CN', 'en'] as const)
    expect(words(language, `audit:job.${name}`)).not.toContain(name)
})
