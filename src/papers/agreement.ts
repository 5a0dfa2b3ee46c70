import type { Side } from '../rules/mediation/types.ts'
import type { Language } from '../rules/people/language.ts'
import type { Words } from '../words.ts'
import { head, line, packed, sign, title } from './word.ts'

/** A written agreement, or the register of an oral one, as it is shown and printed (人民调解法 29–30). */
export interface AgreementPaper {
  no: string
  /** ISO instant. */
  date: string
  place: string
  parties: { side: Side; name: string }[]
  facts: string
  dispute: string
  responsibility: string
  items: { no: number; side: Side; what: string; by: string; how: string; where: string }[]
  mediator: string
  committee: string
  oral: boolean
  /** The court may be asked to confirm it. */
  confirmable: boolean
}

export type Say = (key: string, values?: Record<string, unknown>) => string

export const sayer =
  (words: Words, language: Language): Say =>
  (key, values = {}) =>
    words(language, `mediation:${key}`, values)

/** Numbers of an agreement stand in Chinese brackets: （一）. */
/** A day of a paper of the law stands with its year. */
const wholeDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

const itemWords = (say: Say, item: AgreementPaper['items'][number]): string =>
  [
    `${item.no}. ${say('doc.item', { side: say(`side.${item.side}`), what: item.what, by: wholeDay(item.by) })}`,
    item.how ? say('doc.how', { how: item.how }) : '',
    item.where ? say('doc.where', { where: item.where }) : '',
  ]
    .filter(Boolean)
    .join('　')

/** The form's own words and the items as they stand on the paper: the law's language, whoever prints it. */
export const formWords = (say: Say, paper: AgreementPaper) => ({
  title: say(paper.oral ? 'doc.oralTitle' : 'doc.title'),
  no: `${say('doc.no')}：${paper.no}`,
  parties: paper.parties.map(({ side, name }) => `${say(`side.${side}`)}：${name}`),
  facts: say('doc.facts'),
  dispute: say('doc.dispute'),
  responsibility: say('doc.responsibility'),
  agreed: `${say('doc.agreed')}：`,
  items: paper.items.map(item => itemWords(say, item)),
  effect: say(paper.oral ? 'doc.oralEffect' : 'doc.copies'),
  ...(paper.confirmable ? { court: say('doc.confirmTold') } : {}),
})

/** The lines below which somebody signs. */
export const signatures = (say: Say): string[] =>
  ['applicant', 'other', 'mediator', 'committee', 'date'].map(who => say(`doc.sign.${who}`))

/** The agreement as a Word file: numbered, with the content of art. 29 and lines to sign. */
export function agreementDocx(paper: AgreementPaper, say: Say): Promise<Buffer> {
  const words = formWords(say, paper)
  const body = [
    title(words.title),
    line(words.no),
    head(say('doc.parties')),
    ...words.parties.map(text => line(text)),
    head(words.facts),
    line(paper.facts),
    head(words.dispute),
    line(paper.dispute),
    head(words.responsibility),
    line(paper.responsibility),
    head(words.agreed),
    ...words.items.map(text => line(text)),
    line(words.effect),
    ...(words.court ? [line(words.court)] : []),
    ...signatures(say).map(sign),
  ]
  return packed(paper.no, body)
}

/** The joint application for judicial confirmation (2011 rules 3–5): what is asked, the promise, the papers attached. */
export function courtDocx(paper: AgreementPaper, district: string, say: Say): Promise<Buffer> {
  const body = [
    title(say('doc.courtTitle')),
    ...paper.parties.map(({ side, name }) => line(`${say(`side.${side}`)}：${name}`)),
    line(say('doc.courtAsk', { date: paper.date, committee: paper.committee, no: paper.no })),
    line(`${say('doc.facts')}：${paper.facts}`),
    line(`${say('doc.agreed')}：`),
    ...paper.items.map(item => line(itemWords(say, item))),
    line(say('doc.courtPromise')),
    line(say('doc.courtTo', { district })),
    ...['applicant', 'other', 'date'].map(who => sign(say(`doc.sign.${who}`))),
    line(say('doc.courtAttached')),
  ]
  return packed(paper.no, body)
}
