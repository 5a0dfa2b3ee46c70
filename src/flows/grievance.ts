import { consent, photos, skippable, words, yesOrNo } from './answers.ts'
import { caseCode, personName, phone, place } from './answers-about.ts'
import { category } from './answers-category.ts'
import { urgency } from './answers-urgency.ts'
import { conversation, type Scene } from './flow.ts'
import { aboutMatter, wholeMatter } from './matter.ts'
import { namesPanel, panel, routeOfPanel } from './panel.ts'
import type { Command, GrievanceAnswers } from './talk.ts'
import { gist, titleOf } from './understand/points.ts'
import { sensitiveIn, withoutSensitive } from './understand/sensitive.ts'

const HIDE =
  /别让.{0,8}知道|不要?(?:告诉|透露|让).{0,8}(?:是我|知道|姓名|我的)|保密|匿名|怕(?:被)?(?:报复|打击)|don'?t (?:tell|let) .{0,20}(?:me|know|my name)|anonymous/
const NO_REPLY =
  /不用(?:答复|回复|回我|回电)|无需(?:答复|回复)|不需要(?:答复|回复)|no (?:reply|answer) needed/

/** The text of a matter as far as told, for `when`. */
const textOf = (soFar: { what?: string; trapped?: { note?: string } }): string =>
  [soFar.what ?? '', soFar.trapped?.note ?? ''].join('\n')

/** A resident says what is wrong. Only what is missing is asked; a name never is. */
export default conversation('grievance')
  .ask('what', {
    ...words({ atLeast: 3, atMost: 10_000 }),
    spot: said => said.text || undefined,
    shown: (value, { soFar }) => ({
      value: gist(soFar.sensitiveConsent === false ? withoutSensitive(value) : value, 80),
    }),
  })
  .asideIf((soFar, { book }) => 'panel' in soFar || namesPanel(soFar.what, book.panels), 'panel', panel)
  .ask('where', place)
  .askIf((soFar, scene) => aboutMatter(soFar.what, scene).lift, 'trapped', urgency('trapped'))
  .askIf((soFar, scene) => aboutMatter(soFar.what, scene).supply, 'affected', urgency('affected'))
  .askIf(
    (soFar, scene) => 'kind' in soFar || (!soFar.panel && aboutMatter(soFar.what, scene).unsure),
    'kind',
    category,
  )
  .ask('phone', skippable(phone, 'phone.none'))
  .askIf(soFar => sensitiveIn(textOf(soFar)).length > 0, 'sensitiveConsent', consent)
  .aside('name', personName)
  .aside('files', photos)
  .aside('hidden', heard('hidden', HIDE))
  .aside('noReply', heard('noReply', NO_REPLY))
  // A closed matter of the person's own which this one follows on. Never asked; the summary shows it.
  .asideIf(soFar => 'again' in soFar, 'again', caseCode)
  .checkFirst()
  .finish((answers, scene): readonly Command[] => {
    const kept = answers.sensitiveConsent !== false
    const told = wholeMatter(answers)
    const what = kept ? told : withoutSensitive(told)
    const about = aboutMatter(told, scene)
    const asked = answers.sensitiveConsent !== undefined
    const opened: GrievanceAnswers = {
      what,
      title: titleOf(kept ? answers.what : withoutSensitive(answers.what)),
      ...about.filedUnder(answers.kind, routeOfPanel(answers.panel, scene)),
      proposal: about.proposal(answers.kind, routeOfPanel(answers.panel, scene)),
      class: about.classWith(answers.trapped?.pick ?? answers.affected?.pick),
      points: about.points(what),
      place: answers.where,
      name: answers.name ?? null,
      phone: answers.phone ?? null,
      files: answers.files ?? [],
      hidden: (answers.hidden ?? false) || about.accusation,
      noReply: answers.noReply ?? false,
      ...(answers.again ? { again: answers.again } : {}),
    }
    return [...(asked ? [consentTo(scene, kept)] : []), { do: 'openCase', with: opened }]
  })

/** A wish that is never asked for, only heard. */
function heard(prefix: string, says: RegExp) {
  return {
    ...yesOrNo(),
    spot: ({ plain }: { plain: string }) => (says.test(plain) ? true : undefined),
    shown: (value: boolean) => (value ? { label: `value.${prefix}Yes` } : undefined),
  }
}

const consentTo = (scene: Scene, given: boolean): Command => ({
  do: 'recordConsent',
  with: { purpose: 'sensitiveData', version: scene.book.noticeVersion, given },
})
