import { bad, good, photos, picked, skippable, words } from './answers.ts'
import { caseCode, date, personName, phone } from './answers-about.ts'
import { otherName, partyKind, safety, theirPhone } from './answers-mediation.ts'
import { type Answer, type AnyQuestion, conversation, type Flow, type Option, type Scene } from './flow.ts'
import { aboutMatter } from './matter.ts'
import { type PanelName, type PanelQuestion, panelWished } from './panel.ts'
import type { Answers, MediationAnswers } from './talk.ts'
import { forMatching } from './text.ts'
import { gist } from './understand/points.ts'

/** A quarrel two sides want settled. The panel's own questions come from the district; the rest is asked of everybody. */
export function mediationOf(panels: readonly PanelName[]): Flow {
  const mediating = panels.filter(panel => panel.mediates)
  const flow = conversation('mediation')
    .ask('what', {
      ...words({ atLeast: 3, atMost: 10_000 }),
      spot: said => said.text || undefined,
      shown: value => ({ value: gist(value, 80) }),
    })
    .ask('safe', safety)
    .ask('panel', whichPanel(mediating))
    .ask('otherName', otherName)
    .ask('otherPhone', skippable(theirPhone, 'mediation.noPhone'))
    .ask('papers', skippable(evidence(mediating), 'mediation.later'))
    .ask('phone', skippable(ownPhone, 'phone.none'))
    .aside('name', personName)
    .asideIf(soFar => 'from' in soFar, 'from', caseCode)
    .checkFirst()
    .finish((answers, scene) => {
      const { panel, what, safe } = answers
      const asked: MediationAnswers = {
        panel,
        what,
        category: categoryOf(panel, what, scene),
        safety: safe,
        answers: ownAnswers(answers as Answers, panel, panels),
        other: { kind: partyKind(answers.otherName), name: answers.otherName, phone: answers.otherPhone },
        name: answers.name ?? null,
        phone: answers.phone,
        files: answers.papers ?? [],
        ...(answers.from ? { from: answers.from } : {}),
      }
      return [{ do: 'openMediation', with: asked }]
    })
  const after = flow.questions.findIndex(question => question.key === 'panel') + 1
  const own = mediating.flatMap(panel =>
    (panel.questions ?? []).map(question => ownQuestion(panel, question)),
  )
  return { ...flow, questions: [...flow.questions.slice(0, after), ...own, ...flow.questions.slice(after)] }
}

/** A number told before the other party was spoken of is the person's own; later ones may be anybody's. */
const ownPhone: Answer<string> = {
  ...phone,
  spot: (said, scene) => ('otherName' in scene.soFar ? undefined : phone.spot?.(said, scene)),
}

/** Which of the six; known where it was asked for by name or the words leave no doubt, else asked: competences overlap. */
function whichPanel(panels: readonly PanelName[]): Answer<string> {
  const options: readonly Option[] = panels.map(({ code }) => ({ value: code, label: `panel.${code}` }))
  return {
    kind: 'oneOf',
    choices: () => options,
    read(said) {
      const named = panels.find(({ name, english }) =>
        [name, english].some(each => said.plain.includes(forMatching(each))),
      )?.code
      const pick = picked(said, options)?.option.value ?? named
      return pick === undefined ? bad('notAChoice') : good(pick)
    },
    spot(said, scene) {
      const wished = panelWished(said.plain, panels)?.panel.code
      if (wished) return wished
      const what = typeof scene.soFar.what === 'string' ? scene.soFar.what : said.text
      const about = aboutMatter(what, scene)
      const { route } = about.filedUnder(undefined)
      return about.unsure ? undefined : panels.find(({ name }) => route === `panel:${name}`)?.code
    },
    shown: value => ({ label: `panel.${value}` }),
  }
}

const keyOf = (panel: PanelName, question: PanelQuestion) => `${panel.code}.${question.key}`

/** A question of the district as a line of the flow. Nothing of it is guessed from other words. */
function ownQuestion(panel: PanelName, question: PanelQuestion): AnyQuestion {
  const plain = ownAnswer(question)
  const answer: Answer<string | null> = question.optional
    ? skippable(plain)
    : (plain as Answer<string | null>)
  const { spot: _, ...bare } = answer
  return {
    key: keyOf(panel, question),
    when: soFar => soFar.panel === panel.code,
    answer: { ...bare, own: () => ({ ask: question.ask, name: shortOf(question.ask) }) },
  }
}

function ownAnswer({ kind, choices = [] }: PanelQuestion): Answer<string> {
  if (kind === 'date') return date
  if (kind === 'words') return words({ atLeast: 1, atMost: 500 })
  return {
    kind: 'oneOf',
    choices: () => choices,
    read(said) {
      const pick = picked(said, choices)
      return pick ? good(pick.option.value) : bad('notAChoice')
    },
    shown(value) {
      const found = choices.find(one => one.value === value)
      return found ? { value: found.words, english: found.english } : undefined
    },
  }
}

/** The summary calls a question by its beginning. */
function shortOf({ words: zh, english }: { words: string; english: string }) {
  const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
  const head = (text: string) => text.split(/[？?（(，,]/)[0] ?? text
  return { words: cut(head(zh), 14), english: cut(head(english), 40) }
}

/** Pictures of papers; what is worth a picture is said by the panel. */
function evidence(panels: readonly PanelName[]): typeof photos {
  return {
    ...photos,
    own({ soFar }: Scene) {
      const list = panels.find(({ code }) => code === soFar.panel)?.photographs ?? []
      if (list.length === 0) return undefined
      return {
        ask: {
          words: `有这些的话可以拍照发来，没有也不要紧：${list.map(one => one.words).join('、')}。`,
          english: `If you have them, send pictures of: ${list.map(one => one.english).join(', ')}. It does not matter if not.`,
        },
        name: { words: '材料', english: 'Papers' },
      }
    },
  }
}

const ownAnswers = (answers: Answers, code: string, panels: readonly PanelName[]) =>
  Object.fromEntries(
    (panels.find(panel => panel.code === code)?.questions ?? []).map(({ key }) => [
      key,
      (answers[`${code}.${key}`] as string | null | undefined) ?? null,
    ]),
  )

/** The category of the panel: what was heard if it fits, else the panel's own. */
function categoryOf(code: string, what: string, scene: Scene): string {
  const name = scene.book.panels.find(panel => panel.code === code)?.name
  return aboutMatter(what, scene).filedUnder(undefined, name && `panel:${name}`).category
}
