import type { ChatVerb } from '../rules/grid/chat-steps.ts'
import { bad, good, oneOf, photos, words } from './answers.ts'
import { pickedValue, resultPhotos } from './answers-grid.ts'
import { type Answer, conversation, type Option, type Scene } from './flow.ts'
import type { MyOrder } from './grid.ts'
import type { Card } from './talk.ts'

/** As many orders as are put in one list; the rest stand at the desk. */
const MOST = 5

const ordersOf = ({ facts }: Scene): readonly MyOrder[] => (facts.staff?.orders.list ?? []).slice(0, MOST)

const orderOf = (scene: Scene): MyOrder | undefined =>
  ordersOf(scene).find(order => order.code === scene.soFar.order)

/** The open orders of one's unit; "and n more" is a line that leads to the desk. */
const order: Answer<string> = {
  kind: 'oneOf',
  wants: 'staff',
  choices: scene => {
    const shown = ordersOf(scene)
    const more = (scene.facts.staff?.orders.total ?? 0) - shown.length
    const rest: Option[] = more > 0 ? [{ value: '!moreOrders', label: 'order.more', with: { n: more } }] : []
    return [...shown.map(asOption), ...rest]
  },
  read(said, scene) {
    return pickedValue(said, ordersOf(scene).map(asOption))
  },
  spot(said, scene) {
    const all = ordersOf(scene)
    const only = all.length === 1 && scene.facts.staff?.orders.total === 1 ? all[0] : undefined
    return (all.find(({ code }) => said.plain.includes(code.toLowerCase())) ?? only)?.code
  },
}

const asOption = ({ code, title, state, due }: MyOrder): Option => ({
  value: code,
  label: `order.${state}`,
  with: { code, title, due: due ?? '—' },
})

/** What may be done with it here, by the table of cases; the card says what it is about. */
const step: Answer<ChatVerb | 'desk'> = {
  kind: 'oneOf',
  wants: 'staff',
  choices: stepOptions,
  read(said, scene) {
    const read = pickedValue(said, stepOptions(scene))
    return read.ok ? good(read.value as ChatVerb | 'desk') : read
  },
  card: scene => {
    const one = orderOf(scene)
    return one && cardOf(one)
  },
}

function stepOptions(scene: Scene): readonly Option[] {
  const steps = (orderOf(scene)?.steps ?? []).map(value => ({
    value,
    label: `chatStep.${value}`,
    says: SAYS[value],
  }))
  return [...steps, DESK]
}

const DESK: Option = { value: 'desk', label: 'chatStep.desk', says: /工作台|^go on at|desk/ }

const SAYS: Readonly<Record<ChatVerb, RegExp>> = {
  sign: /^签收|^sign/,
  accept: /^接单|^我接|^accept/,
  report: /^办结|^办完|^办好|^完成|^done|^report/,
  contact: /^联系了?居民|^联系过|^contact/,
  object: /^提?异议|^退单|^object/,
}

const cardOf = ({ code, title, due, what, place }: MyOrder): Card => ({
  kind: 'heard',
  rows: [
    { key: 'code', value: code },
    { key: 'title', value: title },
    ...(what && what !== title ? [{ key: 'task', value: what }] : []),
    ...(place ? [{ key: 'where', value: place }] : []),
    ...(due ? [{ key: 'owed', value: due }] : []),
  ],
})

/** Whom to propose instead: only units that are likely; any other is proposed at the desk. */
const proposal: Answer<string> = {
  kind: 'oneOf',
  wants: 'staff',
  choices: scene => [
    ...(orderOf(scene)?.proposals ?? []).map(({ code, name }) => ({ value: code, words: name })),
    DESK,
  ],
  read: (said, scene) => pickedValue(said, proposal.choices!(scene)),
}

const how = oneOf('contactHow', [
  { value: 'phone', says: /电话|phone/ },
  { value: 'visit', says: /上门|当面|visit/ },
  { value: 'wechat', says: /微信|wechat/ },
])

const told: Answer<string> = {
  ...words({ atLeast: 2, atMost: 500 }),
  read: (said, scene) => (said.text ? words({ atLeast: 2, atMost: 500 }).read(said, scene) : bad('tooShort')),
}

const doing =
  (verb: ChatVerb) =>
  ({ step }: { step?: ChatVerb | 'desk' }) =>
    step === verb

/** 我的工单: one order of the list, and one step on it; the table of cases decides which are open. */
export default conversation('myOrders')
  .ask('order', order)
  .ask('step', step)
  .askIf(doing('report'), 'result', words({ atLeast: 2, atMost: 2_000 }))
  .askIf(doing('report'), 'after', { ...resultPhotos, spot: photos.spot! })
  .askIf(doing('contact'), 'how', how)
  .askIf(doing('contact'), 'text', told)
  .askIf(doing('object'), 'grounds', told)
  .askIf(doing('object'), 'proposal', proposal)
  .finish(({ order, step, result, after, how, text, grounds, proposal }) => {
    if (step === 'desk' || proposal === 'desk') return [{ do: 'showDesk', with: { code: order } }]
    const form = { result, how, text, grounds, proposal }
    const given = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined)
    return [
      {
        do: 'staffStep',
        with: { code: order, verb: step, form: Object.fromEntries(given), files: after ?? [] },
      },
    ]
  })
