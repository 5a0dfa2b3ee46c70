import { Refusal } from '../../shared/api.ts'
import { session } from '../session.ts'

const DOOR = '/api/staff/care'

/** Fetches a file of the desk; with `sent`, what comes back for that file. Throws `Refusal`. */
export async function fileFrom(path: string, language: string, sent?: Blob): Promise<Blob> {
  const headers: Record<string, string> = { 'accept-language': language }
  if (sent)
    Object.assign(headers, {
      'content-type': 'application/octet-stream',
      'x-csrf-token': session.me?.csrf ?? '',
    })
  const answer = await fetch(`${DOOR}/${path}`, {
    headers,
    ...(sent ? { method: 'POST', body: sent } : {}),
  }).catch(() => null)
  if (!answer) throw new Refusal('offline', '')
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({ error: { code: 'broken', message: '' } }))
    throw new Refusal(error.code, error.message, answer.status)
  }
  return answer.blob()
}

/** Hands a file to the browser to keep; the name says nothing of anybody. */
export function keepFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has read the address by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
