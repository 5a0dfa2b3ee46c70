import { skippable } from './answers.ts'
import { caseCode, queryCode } from './answers-about.ts'
import { conversation } from './flow.ts'

/** Where is my matter: for those whose own cases this channel does not know. */
export default conversation('status')
  .ask('code', caseCode)
  .ask('queryCode', skippable(queryCode, 'queryCode.none'))
  .finish(({ code, queryCode }) => [{ do: 'showCase', with: { code, ...(queryCode ? { queryCode } : {}) } }])
