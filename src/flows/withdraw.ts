import { good, oneOfThe, picked, words } from './answers.ts'
import { type Answer, conversation, type Option } from './flow.ts'
import { casesAsOptions } from './own-cases.ts'

const REASONS: readonly Option[] = [
  { value: 'solved', label: 'withdraw.solved', says: /^(?:已经?)?(?:解决|好)了/ },
  { value: 'mistake', label: 'withdraw.mistake', says: /^(?:说|写|报|弄)错了?/ },
  { value: 'unwanted', label: 'withdraw.unwanted', says: /^不想(?:办|要|追究)|^不办了/ },
]

const own = words({ atLeast: 2, atMost: 500 })

/** A reason from three, or in one's own words. */
const reason: Answer<string> = {
  kind: 'words',
  choices: () => REASONS,
  read(said, scene) {
    const pick = picked(said, REASONS)
    return pick ? good(pick.option.value) : own.read(said, scene)
  },
  shown: value =>
    REASONS.some(option => option.value === value) ? { label: `choice.withdraw.${value}` } : { value },
}

/** The person takes a matter back. The summary makes sure it is the right one. */
export default conversation('withdraw')
  .ask('code', {
    ...oneOfThe(
      'ownCases',
      casesAsOptions(own => own.open),
    ),
    shown: (value, { facts }) => {
      const title = facts.ownCases?.find(own => own.code === value)?.title
      return { value, ...(title ? { note: title } : {}) }
    },
  })
  .ask('reason', reason)
  .checkFirst()
  .finish(({ code, reason }) => [{ do: 'withdrawCase', with: { code, reason } }])
