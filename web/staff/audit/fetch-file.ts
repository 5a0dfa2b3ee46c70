import { Refusal } from '../../shared/api.ts'

export interface Progress {
  n: number
  /** 0: nobody knows yet how many there will be. */
  of: number
}

/**
 * Fetches the rows as a file and hands it to the browser to keep; `told` hears how far it is. Returns false when it was stopped.
 * Throws `Refusal`.
 */
export async function fetchAuditFile(
  type: 'xlsx' | 'csv',
  query: URLSearchParams,
  language: string,
  { stop, told }: { stop: AbortSignal; told: (progress: Progress) => void },
): Promise<boolean> {
  try {
    const answer = await fetch(`/api/staff/audit.${type}?${query}`, {
      headers: { 'accept-language': language },
      signal: stop,
    })
    if (!answer.ok) throw await refusalOf(answer)
    const of = Number(answer.headers.get('x-rows') ?? 0)
    const parts: BlobPart[] = []
    let n = 0
    const reader = answer.body!.getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      parts.push(piece.value)
      if (type === 'csv') told({ n: (n += endsIn(piece.value)), of })
    }
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
    save(new Blob(parts, { type: answer.headers.get('content-type') ?? '' }), name ?? `audit.${type}`)
    return true
  } catch (error) {
    if (stop.aborted) return false
    throw error instanceof Refusal ? error : new Refusal('offline', '')
  }
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const { error } = await answer.json().catch(() => ({ error: { code: 'broken', message: '' } }))
  return new Refusal(error.code, error.message, answer.status)
}

/** Each row ends with a line break and holds no other. */
function endsIn(bytes: Uint8Array): number {
  let n = 0
  for (const byte of bytes) if (byte === 10) n++
  return n
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has read the address by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
