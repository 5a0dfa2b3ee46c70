import { words } from './answers.ts'
import { conversation } from './flow.ts'

/** A person takes over. Nothing is asked; what was being talked about goes along as the reason. */
export default conversation('human')
  .aside('reason', words({ atLeast: 1, atMost: 2_000 }))
  .finish(({ reason }) => [{ do: 'callPerson', with: { reason: reason ?? '' } }])
