import { expect, test } from 'vitest'
import { openMediation } from '../../src/actions/open-mediation.ts'
import { mediation } from '../../src/rules/mediation/table.ts'
import { AGREEMENT, APPLICATION, RECORD } from '../actions/mediating.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/**
 * Every address of the residents' door, as the server's own map lists them, asked by each side of a mediation after each stage of it, and
 * every verb of the table tried: no answer, no file and no notice holds what the other side alone, or the panel alone, may know.
 */

const NINE = '2026-11-09T01:00:00.000Z'
const SECRETS = {
  applicant: ['我手里有录音，先别说', '13800000001', '红山郡3号楼502', '单独告诉申请人的话'],
  other: ['我们其实愿意退一半', '13900000002', '玉龙路77号后院', '单独告诉物业的话'],
  panel: ['内部意见：先劝物业', '私下谈过本人愿意', '电话里都答应了九点'],
}

type Route = { method: 'GET' | 'POST'; path: string }

/** The residents' addresses, from the schema the server writes of itself: a new one is walked from its first day. */
async function routesOf(api: Api): Promise<Route[]> {
  const spec = (await api.app.inject('/api/openapi.json')).json() as {
    paths: Record<string, Record<string, unknown>>
  }
  return Object.entries(spec.paths)
    .filter(([path]) => path.startsWith('/api/resident/'))
    .flatMap(([path, methods]) =>
      Object.keys(methods)
        .map(method => method.toUpperCase())
        .filter((method): method is Route['method'] => method === 'GET' || method === 'POST')
        .map(method => ({ method, path })),
    )
}

/** These would end the walk: they take the person's data or session away. Their answers are read last. */
const LAST = /erase|end-session|logout|leave/

async function resident(api: Api): Promise<{ browser: Browser; personId: string }> {
  const browser = api.browser()
  await browser.post('/api/resident/session', {})
  const { id } = (await api.house.store.read.sql.get<{ id: string }>(
    'SELECT "id" FROM "Person" ORDER BY "id" DESC LIMIT 1',
  ))!
  return { browser, personId: id }
}

test('no address of the house tells one side what is the other’s alone', { timeout: 240_000 }, async () => {
  const api = await makeApi()
  await api.staff('sec', 'panelSecretary', 'P01')
  await api.staff('med', 'mediator', 'P01')
  let [secretary, mediator] = [await api.desk('sec'), await api.desk('med')]
  const applicant = await resident(api)
  const other = await resident(api)
  const asked = {
    ...APPLICATION,
    safety: 'private' as const,
    answers: { ...APPLICATION.answers, building: SECRETS.applicant[2]! },
  }
  const { row } = await api.house.store.write(tx =>
    openMediation(api.house, tx, applicant.personId, asked, api.house.now()),
  )
  const { code } = row
  const desk = (path: string) => `/api/staff/mediations/${code}${path}`
  const side = (path: string) => `/api/resident/mediations/${code}${path}`
  const go = async (who: Browser, path: string, body: object = {}) => {
    const answer = await who.post(path, body)
    expect([path, answer.statusCode, answer.body.slice(0, 300)]).toEqual([path, 200, expect.anything()])
    return answer.json()
  }
  const files = (await api.house.store.read.sql.all<{ id: string }>('SELECT "id" FROM "File"')).map(
    one => one.id,
  )
  const routes = await routesOf(api)
  expect(routes.length).toBeGreaterThan(30)

  const filled = (path: string, verb = 'mark') =>
    path
      .replace('{code}', code)
      .replace('{verb}', verb)
      .replace('{flow}', 'mediation')
      .replace('{id}', files[0] ?? 'none')
      .replace(/\{[^}]+\}/g, 'none')

  /** All a side is answered by all of them; a POST goes with an empty body, or one that no step takes. */
  async function heardBy(who: Browser): Promise<string> {
    const heard: string[] = []
    for (const { method, path } of routes) {
      if (LAST.test(path)) continue
      const verbs = path.includes('{verb}') ? Object.keys(mediation) : ['']
      for (const verb of verbs) {
        const url = filled(path, verb)
        const answer = method === 'GET' ? await who.get(url) : await who.post(url, { version: -1, text: '' })
        expect([method, url, answer.statusCode < 500]).toEqual([method, url, true])
        heard.push(`${method} ${url}\n${answer.body}`)
      }
    }
    return heard.join('\n')
  }

  async function nobodyHears() {
    const [mine, theirs] = [await heardBy(applicant.browser), await heardBy(other.browser)]
    for (const secret of [...SECRETS.other, ...SECRETS.panel]) expect(mine).not.toContain(secret)
    for (const secret of [...SECRETS.applicant, ...SECRETS.panel]) expect(theirs).not.toContain(secret)
    return { mine, theirs }
  }

  await go(secretary, desk('/steps/clear'), { text: SECRETS.panel[1] })
  await go(secretary, desk('/steps/admit'))
  const { letterCode } = await go(secretary, desk('/letter'))
  await go(other.browser, '/api/resident/invitations', { token: letterCode })
  await go(applicant.browser, side('/words'), { text: SECRETS.applicant[0] })
  await go(other.browser, side('/words'), { text: `${SECRETS.other[0]}，来${SECRETS.other[2]}` })
  await go(secretary, desk('/words'), { side: 'applicant', text: SECRETS.applicant[3] })
  await go(secretary, desk('/words'), { side: 'other', text: SECRETS.other[3] })
  await go(secretary, desk('/steps/comment'), { text: SECRETS.panel[0] })
  const { mine, theirs } = await nobodyHears()
  // Each reads their own: the walk does look where the words are.
  for (const secret of [SECRETS.applicant[0]!, SECRETS.applicant[2]!, SECRETS.applicant[3]!])
    expect(mine).toContain(secret)
  expect(theirs).toContain(SECRETS.other[0])
  expect(theirs).toContain(SECRETS.other[3])

  await go(other.browser, side('/steps/consent'))
  const { session } = await go(secretary, desk('/hold'), { startsAt: NINE })
  await go(secretary, desk('/steps/book'), { session: session.id, word: SECRETS.panel[2] })
  await nobodyHears()

  api.at('2026-11-09T01:05:00.000Z')
  ;[secretary, mediator] = [await api.desk('sec'), await api.desk('med')]
  await go(mediator, desk('/steps/begin'), { told: true })
  await go(mediator, desk('/steps/agree'), { record: RECORD, agreement: AGREEMENT })
  await nobodyHears()
  await api.close()
})
