import { expect, test } from 'vitest'
import { makeApi } from './house.ts'

test('the same conversation as a form, in the words of the district', async () => {
  const api = await makeApi()
  const one = api.browser()
  await one.post('/api/resident/session', {})
  let n = 0
  const move = async (body: object) => {
    const answer = await one.post('/api/resident/forms/mediation', { id: `f${++n}`, ...body })
    expect([body, answer.statusCode]).toEqual([body, 200])
    return answer.json()
  }
  const told: [string, object][] = [
    ['what', { text: '物业三年没有公布公共收益' }],
    ['safe', { value: 'private' }],
    ['panel', { value: 'P01' }],
    ['P01.item', { value: 'income' }],
    ['P01.building', { text: '红山郡3号楼' }],
    ['P01.contract', { value: '!skip' }],
    ['P01.accepted', { value: 'court' }],
    ['otherName', { text: '红山物业公司' }],
    ['otherPhone', { value: '!skip' }],
    ['papers', { files: [] }],
  ]
  for (const [key, more] of told) await move({ do: 'answer', key, ...more })
  const { form } = await move({ do: 'answer', key: 'phone', text: '13800000001' })
  expect(form.current).toBeNull()
  const asked = form.questions.map((one: { ask: string; shown?: { value: string } }) => [
    one.ask,
    one.shown?.value,
  ])
  expect(asked).toContainEqual(['是哪一类问题？', '公共收益'])
  expect(asked).toContainEqual(['对方是谁？（姓名或单位）', '红山物业公司'])
  const { messages } = await move({ do: 'send' })
  const said = messages.map((line: { body: { text: string } }) => line.body.text).join('\n')
  expect(said).toContain('交上去了')
  expect(said).toContain('依法不能再受理')
  const { mediations } = (await one.get('/api/resident/mediations')).json()
  expect(mediations).toMatchObject([
    { side: 'applicant', panel: '物业纠纷', state: 'applied', stateWords: '等待受理' },
  ])
  const { cases } = (await one.get('/api/resident/cases')).json()
  expect(cases).toMatchObject([{ title: '物业纠纷', stateWords: '等待受理' }])
  const view = (await one.get(`/api/resident/mediations/${mediations[0].code}`)).json()
  expect(view.limits).toMatchObject([{ key: 'accepted', routes: [{ key: 'court', number: '12368' }] }])
  const page = (await one.get(`/api/resident/cases/${mediations[0].code}`)).json()
  expect(page.next).toContain('告诉您收不收')
  expect(page.may).toEqual([])
  await api.close()
})
