import { advance, edit } from './ask.ts'
import type { AnyQuestion, Said } from './flow.ts'
import { currentQuestion, flowOf, hold, type Moment, say, sceneOf } from './moment.ts'
import type { OpenFlow } from './talk.ts'
import { forMatching } from './text.ts'
import { CHANGES, FIELDS } from './words-orders.ts'

const LONGEST_CHANGE = 120

/** "电话不对，是139…", "改地址", "change phone": an earlier answer changed at once, or asked again. True when it was that. */
export function changeInWords(m: Moment, open: OpenFlow): boolean {
  const { plain } = m.said
  if (plain.length > LONGEST_CHANGE || !CHANGES.test(plain)) return false
  const current = currentQuestion(m, open)
  const named = FIELDS.filter(({ says }) => says.test(plain)).flatMap(
    ({ key }) => changeable(m, open, key) ?? [],
  )
  const target = named.find(question => question.key !== current?.key || question.key in open.answers)
  if (target) return change(m, open, target, current)
  return named.length === 0 && changeUnnamed(m, open, current)
}

/** A question of this flow that is answered already, or an aside that may be told now. */
function changeable(m: Moment, open: OpenFlow, key: string): AnyQuestion | undefined {
  const question = flowOf(m, open).questions.find(each => each.key === key)
  return question && (key in open.answers || question.aside || question.answer.guess) ? question : undefined
}

function change(m: Moment, open: OpenFlow, question: AnyQuestion, current: AnyQuestion | undefined): boolean {
  if (current?.answer.kind === 'words' && current.key === 'what' && m.said.plain.length > 30) return false
  const rest = restOf(m.said)
  const value = rest && valueIn(m, open, question, rest)
  if (value === undefined || value === '') {
    edit(m, open, question.key)
    return true
  }
  return set(m, open, question, value)
}

/** Corrections that name no field but bring a number or a place: "写错了，是13900000000". */
function changeUnnamed(m: Moment, open: OpenFlow, current: AnyQuestion | undefined): boolean {
  if (current && !(current.key in open.answers) && current.key === 'what') return false
  for (const key of ['phone', 'where']) {
    const question = changeable(m, open, key)
    if (!question || question.key === current?.key) continue
    const value = question.answer.spot?.(restOf(m.said) ?? m.said, sceneOf(m, open.answers))
    if (value !== undefined) return set(m, open, question, value)
  }
  return false
}

function set(m: Moment, open: OpenFlow, question: AnyQuestion, value: unknown): boolean {
  hold(m, { ...open, answers: { ...open.answers, [question.key]: value }, checking: false })
  say(m, 'edit.done')
  advance(m)
  return true
}

function valueIn(m: Moment, open: OpenFlow, question: AnyQuestion, said: Said): unknown {
  const scene = sceneOf(m, open.answers)
  const found =
    question.answer.spot && question.key !== 'what' ? question.answer.spot(said, scene) : undefined
  if (found !== undefined || question.key === 'what') return found
  const read = question.answer.read(said, scene)
  return read.ok ? read.value : undefined
}

/** What comes after "it is", "to", or a comma: the new answer alone, in the person's letters. */
function restOf(said: Said): Said | undefined {
  const cut =
    /^.*?(?:不对|错了|应该是|改成|改为|换成|更正为|而是|是(?!不)|改一下|改|to|is|actually|instead)[\s,，:：。]*(?:是|应该是|改成|it'?s|is|to)?\s*(.+)$/isu.exec(
      said.text,
    )
  let text = cut?.[1]?.trim() ?? ''
  text = text.replace(
    /^(?:我的)?(?:电话|手机号?|地址|地点|姓名|名字|号码|my phone|my address)(?:号码?)?(?:是|:|：|到|为)?\s*/i,
    '',
  )
  text = text.replace(/[,，。.]?不是.*$/u, '')
  return /[\p{L}\p{N}]{2,}/u.test(text) ? { text, plain: forMatching(text), files: [] } : undefined
}
