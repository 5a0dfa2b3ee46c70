import { type Fault, type Files, must } from './district-checks.ts'

const FILE = 'panels.json'
type Panel = Files['panels.json']['panels'][number]

/** What can be wrong in the eight panels beyond the shape of the file. */
export function panelFaults(files: Files): Fault[] {
  return files[FILE].panels.flatMap((panel, i) => [
    ...roomFaults(panel, ['panels', i]),
    ...questionFaults(panel, ['panels', i]),
    ...mediatorFaults(panel, files, ['panels', i]),
  ])
}

function roomFaults({ name, sessionMinutes, mediates, rooms }: Panel, at: Fault['path']): Fault[] {
  return [
    ...must(sessionMinutes % 15 === 0, FILE, [...at, 'sessionMinutes'], 'quarters', {
      minutes: sessionMinutes,
    }),
    ...must(!mediates || rooms.length > 0, FILE, [...at, 'rooms'], 'noRoom', { name }),
  ]
}

function questionFaults({ name, mediates, questions }: Panel, at: Fault['path']): Fault[] {
  const asks = questions.some(({ key }) => key === 'accepted')
  return [
    ...must(!mediates || asks, FILE, [...at, 'questions'], 'asksNotAccepted', { name }),
    ...questions.flatMap(({ key, kind, choices }, q) => [
      ...must(
        (kind === 'oneOf') === (choices !== undefined),
        FILE,
        [...at, 'questions', q],
        choices ? 'needlessChoices' : 'lacksChoices',
        { key },
      ),
      ...must(
        questions.findIndex(other => other.key === key) === q,
        FILE,
        [...at, 'questions', q, 'key'],
        'askedTwice',
        { key },
      ),
    ]),
  ]
}

const mediatorFaults = ({ code, mediators }: Panel, files: Files, at: Fault['path']): Fault[] =>
  mediators.flatMap(({ login }, m) =>
    must(
      files['staff.json'].staff.some(
        one => one.login === login && one.role === 'mediator' && one.unit === code,
      ),
      FILE,
      [...at, 'mediators', m, 'login'],
      'noMediator',
      { login, code },
    ),
  )
