import { onMounted, onScopeDispose, ref } from 'vue'
import { Refusal } from '../../shared/api.ts'
import { useHints } from '../hints.ts'
import { ask, saying } from '../session.ts'
import type { Conversation, Message } from '../types.ts'

/** One conversation: its messages in order, older ones on demand, and what a clerk may do with it. */
export function useThread(id: string) {
  const shown = ref<Conversation | null>(null)
  const messages = ref<Message[]>([])
  const more = ref(true)
  const trouble = ref('')
  const busy = ref('')
  const path = `conversations/${encodeURIComponent(id)}`
  let turn = 0

  function show(told: Conversation): void {
    shown.value = told
    if (messages.value.length === 0) more.value = (told.messages[0]?.seq ?? 1) > 1
    messages.value = merged(messages.value, told.messages)
    trouble.value = ''
  }

  async function refresh(): Promise<void> {
    const own = ++turn
    try {
      const told = await ask<Conversation>('GET', path)
      if (own === turn) show(told)
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }

  async function older(): Promise<void> {
    const first = messages.value[0]
    if (!first || busy.value) return
    busy.value = 'older'
    try {
      const told = await ask<Conversation>('GET', `${path}?before=${first.seq}`)
      messages.value = merged(messages.value, told.messages)
      more.value = told.messages.length > 0 && (messages.value[0]?.seq ?? 1) > 1
    } catch (error) {
      trouble.value = saying(error)
    } finally {
      busy.value = ''
    }
  }

  /** Takes, says or hands back; true when done. Whatever goes wrong is said in `trouble`. */
  async function act(
    verb: 'take' | 'say' | 'handback',
    body?: { id: string; text: string },
  ): Promise<boolean> {
    if (busy.value) return false
    busy.value = verb
    try {
      const told = await ask<Conversation>('POST', `${path}/${verb}`, body)
      turn++
      // In other hands phones are masked, so what was shown before is not shown on.
      if (verb !== 'say') messages.value = []
      show(told)
      return true
    } catch (error) {
      const late = error instanceof Refusal && error.status === 409
      if (late) await refresh()
      trouble.value = saying(error)
      return false
    } finally {
      busy.value = ''
    }
  }

  useHints({
    conversation: of => {
      if (of === id) void refresh()
    },
    again: () => void refresh(),
  })
  onMounted(refresh)
  onScopeDispose(() => turn++)
  return { shown, messages, more, trouble, busy, refresh, older, act }
}

/** Messages of both lists once each, by number; the newer text of one wins. */
export function merged(old: readonly Message[], come: readonly Message[]): Message[] {
  const all = new Map([...old, ...come].map(message => [message.seq, message]))
  return [...all.values()].sort((a, b) => a.seq - b.seq)
}
