import { DUTY_TABLE, type Duty } from '../rules/grid/duties.ts'
import { photos, skippable, words } from './answers.ts'
import { calmed, duty, foundOne, grid, gridOf, hasGrids, span, toFile } from './answers-grid.ts'
import { conversation, type Scene } from './flow.ts'
import { countRow } from './grid.ts'
import type { Answers, OpenFlow } from './talk.ts'

const leads = (to: (typeof DUTY_TABLE)[Duty]['leadsOn']) => (soFar: { duty?: Duty }) =>
  soFar.duty !== undefined && DUTY_TABLE[soFar.duty].leadsOn === to
const found = leads('found')
const unsettled = leads('unsettled')
const wished = leads('wished')

/** A hazard that was found is told in the report itself. */
const toldHere = (soFar: { duty?: Duty; found?: boolean }) =>
  soFar.duty !== undefined && soFar.duty !== 'report' && soFar.found !== true

/** 七项职能: one act of a duty, told in a few words, ends in a record; what asks for more leads on to a report. */
export default conversation('duty')
  .ask('duty', duty)
  .askIf((_, scene) => hasGrids(scene), 'grid', grid)
  .askIf(found, 'found', foundOne)
  .askIf(toldHere, 'what', {
    ...words({ atLeast: 2, atMost: 2_000 }),
    asks: ({ soFar }) => `ask.duty.whatOf.${soFar.duty}`,
  })
  .askIf(toldHere, 'where', skippable(words({ atLeast: 1, atMost: 100 })))
  .askIf(unsettled, 'calmed', calmed)
  .askIf(soFar => (unsettled(soFar) && soFar.calmed === false) || wished(soFar), 'file', toFile)
  .askIf(soFar => toldHere(soFar) && soFar.file !== true, 'files', skippable(photos))
  .askIf(({ duty }) => duty === 'report', 'span', {
    ...span,
    card: ({ facts }) =>
      facts.staff && {
        kind: 'heard',
        rows: (Object.keys(DUTY_TABLE) as Duty[])
          .filter(key => key !== 'report')
          .map(key => countRow(key, facts.staff!.counts)),
      },
  })
  .finish(
    (answers, scene) =>
      reports(answers)
        ? []
        : [
            {
              do: 'keepRecord',
              with: {
                duty: answers.duty,
                grid: gridOf(answers.grid, scene),
                what: answers.what ?? '',
                where: answers.where ?? '',
                files: answers.files ?? [],
                ...(answers.span ? { span: answers.span } : {}),
              },
            },
          ],
    reportOf,
  )

const reports = ({ found, file }: { found?: boolean; file?: boolean }) => found === true || file === true

/** The report that takes over, with everything told so far; its record is written when it is filed. */
function reportOf(answers: Answers, _scene: Scene): OpenFlow | undefined {
  if (!reports(answers)) return undefined
  const { duty, grid, what, where } = answers
  return {
    flow: 'patrol',
    answers: {
      duty,
      ...(grid === undefined ? {} : { grid }),
      ...(what === undefined ? {} : { what }),
      ...(typeof where === 'string' && where ? { where: { words: where } } : {}),
      ...(answers.calmed === false ? { settled: false } : {}),
    },
  }
}
