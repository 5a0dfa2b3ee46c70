import { oneOfThe, photos, words } from './answers.ts'
import { conversation } from './flow.ts'
import { casesAsOptions } from './own-cases.ts'

/** More words or pictures for a matter already filed. */
export default conversation('addToCase')
  .ask(
    'code',
    oneOfThe(
      'ownCases',
      casesAsOptions(own => own.open),
    ),
  )
  .aside('files', photos)
  // Pictures alone are enough; words told before them stay.
  .askIf(soFar => soFar.files === undefined || 'text' in soFar, 'text', words({ atLeast: 1, atMost: 10_000 }))
  .finish(({ code, text, files }) => [
    { do: 'addToCase', with: { code, text: text ?? '', files: files ?? [] } },
  ])
