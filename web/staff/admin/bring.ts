import type { AdminProgress } from '../../../wire/admin.ts'
import { Refusal } from '../../shared/api.ts'
import { session } from '../session.ts'
import { language } from '../words.ts'

const DOOR = '/api/staff/admin'
const headers = () => ({ 'accept-language': language.value, 'x-csrf-token': session.me?.csrf ?? '' })

async function refused(answer: Response): Promise<never> {
  const { error } = await answer.json().catch(() => ({ error: { code: 'broken', message: '' } }))
  throw new Refusal(error.code, error.message, answer.status)
}

/** The district's folder as a file. Throws `Refusal`. */
export async function fetchFolder(): Promise<Blob> {
  const answer = await fetch(`${DOOR}/export`, { headers: headers() }).catch(() => null)
  if (!answer) throw new Refusal('offline', '')
  return answer.ok ? answer.blob() : refused(answer)
}

/** Sends a packed folder and hands on each line of the answer as it comes; the last is what came of it. Throws `Refusal`. */
export async function sendFolder(
  file: Blob,
  query: string,
  told: (line: AdminProgress) => void,
): Promise<void> {
  const answer = await fetch(`${DOOR}/import?${query}`, {
    method: 'POST',
    body: file,
    headers: { ...headers(), 'content-type': 'application/octet-stream' },
  }).catch(() => null)
  if (!answer?.body) throw new Refusal('offline', '')
  if (!answer.ok) await refused(answer)
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read().catch(() => {
      throw new Refusal('offline', '')
    })
    const lines = (rest + (value ?? '')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line) told(JSON.parse(line) as AdminProgress)
    if (done) return
  }
}
