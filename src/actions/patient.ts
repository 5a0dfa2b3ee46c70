import type { Store, Tx } from '../store/db.ts'

/** Two that wait for each other on PostgreSQL: one is sent back by the database and simply tries again. */
export async function patient<T>(store: Store, fn: (tx: Tx) => Promise<T>, lock: string): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await store.write(fn, lock)
    } catch (fault) {
      if (tries >= 5 || !isDeadlock(fault)) throw fault
    }
}

const isDeadlock = (fault: unknown): boolean => {
  const { code, message = '' } = fault as { code?: string; message?: string }
  return code === 'P2034' || /40P01|deadlock|could not serialize/i.test(message)
}
