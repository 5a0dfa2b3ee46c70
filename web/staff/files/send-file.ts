import { call, Refusal } from '../../shared/api.ts'
import { ask, session } from '../session.ts'
import { language } from '../words.ts'

/** Bytes of one piece, as the service takes them. */
const PIECE = 256 * 1024
/** Times a piece is tried again before the person is told. */
const TRIES = 3

/** Sends a file for the resident of a case in pieces; `told` hears the share that has arrived. Throws `Refusal`. */
export async function sendFile(
  code: string,
  id: string,
  file: File,
  told: (percent: number) => void,
): Promise<void> {
  const path = `cases/${encodeURIComponent(code)}/files`
  let { received } = await ask<{ received: number }>('POST', path, { id, name: file.name, bytes: file.size })
  let tries = 0
  while (received < file.size) {
    try {
      const piece = file.slice(received, received + PIECE)
      const at = `/api/staff/${path}/${id}?at=${received}`
      const headers = { 'accept-language': language.value, 'x-csrf-token': session.me?.csrf ?? '' }
      const state = await call<{ state: string; received: number }>('PUT', at, piece, headers, 60_000)
      received = state.state === 'ready' ? file.size : state.received
      tries = 0
    } catch (error) {
      received = whereToGoOn(error, ++tries) ?? received
    }
    told(Math.round((received / file.size) * 100))
  }
}

/** Where the service wants the next piece; undefined: the same again. What cannot be mended is thrown. */
function whereToGoOn(error: unknown, tries: number): number | undefined {
  if (!(error instanceof Refusal) || tries > TRIES) throw error
  if (error.code === 'conflict') return Number(error.details.find(({ field }) => field === 'at')?.why ?? 0)
  if (error.code === 'offline') return undefined
  throw error
}
