import { photos, words } from './answers.ts'
import { place } from './answers-about.ts'
import { category } from './answers-category.ts'
import {
  caseClass,
  duty,
  grid,
  gridOf,
  hasGrids,
  proposedClass,
  resultPhotos,
  settledNow,
} from './answers-grid.ts'
import { conversation } from './flow.ts'
import { inGrid } from './grid.ts'
import { aboutMatter } from './matter.ts'
import { gist, titleOf } from './understand/points.ts'
import { FOUND } from './words-grid.ts'

/** What was found, without the words that say that something was. */
const finding = (text: string): string => {
  const said = FOUND.exec(text.toLowerCase())
  return said ? text.slice(said[0].length) : text
}

/** 巡查上报: a grid worker reports what they found on patrol, or that they settled it on the spot. */
export default conversation('patrol')
  .ask('what', {
    ...words({ atLeast: 3, atMost: 10_000 }),
    spot: said => (said.text ? finding(said.text) : undefined),
    shown: value => ({ value: gist(value, 80) }),
  })
  .ask('where', place)
  .askIf((_, scene) => hasGrids(scene), 'grid', grid)
  .askIf((soFar, scene) => 'kind' in soFar || aboutMatter(soFar.what, scene).unsure, 'kind', category)
  .askIf(soFar => 'class' in soFar, 'class', caseClass)
  .aside('files', photos)
  .ask('settled', settledNow)
  .askIf(({ settled }) => settled === true, 'result', words({ atLeast: 2, atMost: 2_000 }))
  .askIf(({ settled }) => settled === true, 'after', resultPhotos)
  // The duty it came of, where one led here. Never asked.
  .asideIf(() => false, 'duty', duty)
  .checkFirst()
  .finish((answers, scene) => {
    const about = aboutMatter(answers.what, scene)
    const own = gridOf(answers.grid, scene)
    return [
      {
        do: 'fileReport',
        with: {
          what: answers.what,
          title: titleOf(answers.what),
          ...about.filedUnder(answers.kind),
          class: answers.class ?? proposedClass(scene),
          points: about.points(answers.what),
          place: inGrid(answers.where, own),
          files: answers.files ?? [],
          grid: own,
          duty: dutyBehind(scene.soFar.duty),
          settled: answers.settled ? { result: answers.result ?? '', files: answers.after ?? [] } : null,
        },
      },
    ]
  })

/** What is found on patrol is a hazard checked for, unless another duty led here. */
const dutyBehind = (from: unknown) =>
  from === 'opinion' || from === 'conflict' || from === 'collect' ? from : 'hazard'
