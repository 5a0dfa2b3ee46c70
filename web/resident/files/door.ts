import { call } from '../../shared/api.ts'
import { ask, openSession } from '../session.ts'
import type { FileState } from '../shapes.ts'
import type { FileDoor } from './send-file.ts'

/** Milliseconds one piece may take: 64 KiB on the worst line that still works. */
const PIECE_PATIENCE = 60_000

/** The service's door for files. All throw `Refusal`. */
export const door: FileDoor & { look(id: string): Promise<FileState> } = {
  announce: (id, name, bytes) => ask('POST', 'files', { id, name, bytes }),
  async piece(id, at, bytes) {
    await openSession()
    return call('PUT', `/api/resident/files/${id}?at=${at}`, bytes, {}, PIECE_PATIENCE)
  },
  look: id => ask('GET', `files/${id}`),
}
