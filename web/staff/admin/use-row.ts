import { computed, reactive, ref, watch } from 'vue'
import type { AdminBook, AdminRow } from '../../../wire/admin.ts'
import { Refusal } from '../../shared/api.ts'
import { keep, kept } from '../keeping.ts'
import { ask, saying, session } from '../session.ts'
import { blankOf, cleaned, copyOf, type Values } from './values.ts'

/** A row that is being written: kept in this browser until it is saved, refused beside its fields, never lost. */
export function useRow(book: AdminBook, given: AdminRow | null) {
  const place = `draft.${session.me?.id ?? ''}.admin.${book.key}.${given?.id ?? '+'}`
  const seen = ref(given)
  const start = () => copyOf(seen.value?.row ?? blankOf(book.fields)) as Values
  const values = reactive<Values>({ ...start(), ...draftAt(place) })
  const reason = ref('')
  const faults = ref<Record<string, string>>({})
  const others = ref<string[]>([])
  const trouble = ref('')
  const busy = ref(false)
  const row = computed(() => cleaned(book.fields, values))
  const isChanged = computed(
    () => JSON.stringify(row.value) !== JSON.stringify(cleaned(book.fields, start())),
  )

  watch(
    row,
    (now, was) => {
      keep(place, isChanged.value ? JSON.stringify({ at: Date.now(), filled: copyOf(values) }) : null)
      // What has just been changed is no longer known to be wrong.
      for (const field of Object.keys(faults.value)) {
        const top = field.split('.')[0]!
        if (JSON.stringify(now[top]) !== JSON.stringify(was[top])) delete faults.value[field]
      }
    },
    { deep: true },
  )

  /** The key of the row as it stands then; undefined when it was refused. */
  async function send(body: object): Promise<{ id: string | null } | undefined> {
    if (busy.value) return undefined
    busy.value = true
    trouble.value = ''
    faults.value = {}
    others.value = []
    try {
      const words = reason.value.trim()
      const asked = { ...body, ...(words ? { reason: words } : {}) }
      const told = await ask<{ no: number; id: string | null }>('POST', `admin/books/${book.key}`, asked)
      keep(place, null)
      return told
    } catch (error) {
      await refused(error)
      return undefined
    } finally {
      busy.value = false
    }
  }

  async function refused(error: unknown): Promise<void> {
    trouble.value = saying(error)
    if (!(error instanceof Refusal)) return
    for (const { field = '', why = '' } of error.details)
      if (field && field !== 'by') faults.value[field] ??= String(why)
      else if (!field) others.value.push(String(why))
    if (error.code === 'conflict') await catchUp()
  }

  /** What somebody else wrote meanwhile into fields that were also written here, to be compared. */
  const standing = ref<Record<string, string>>({})
  /** Takes over what others changed, but for the fields that were changed here too. */
  async function catchUp(): Promise<void> {
    const now = await ask<AdminBook>('GET', `admin/books/${book.key}`).catch(() => null)
    const fresh = now?.list.find(one => one.id === given?.id)
    if (!fresh) return
    const before = start()
    const says = (value: unknown) => JSON.stringify(value)
    for (const { key } of book.fields) {
      if (says(before[key]) === says(fresh.row[key])) continue
      if (says(before[key]) === says(values[key])) values[key] = copyOf(fresh.row[key])
      else standing.value[key] = plain(fresh.row[key])
    }
    seen.value = fresh
  }

  const save = (at?: number) =>
    send({
      ...{ id: given?.id ?? null, mark: seen.value?.mark ?? null, row: row.value },
      ...(at === undefined ? {} : { at }),
    })
  const drop = () => send({ id: given?.id ?? null, mark: seen.value?.mark ?? null, row: null })
  const reset = () => {
    for (const key of Object.keys(values)) delete values[key]
    Object.assign(values, start())
    faults.value = {}
    trouble.value = ''
  }
  return { values, reason, faults, others, trouble, busy, isChanged, standing, row, save, drop, reset }
}

const plain = (value: unknown): string =>
  value === undefined || value === null
    ? '—'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

function draftAt(place: string): Values {
  try {
    const draft = JSON.parse(kept(place) ?? 'null') as { filled?: Values } | null
    return draft?.filled ?? {}
  } catch {
    return {}
  }
}
