import { computed, shallowRef } from 'vue'
import type { Step } from './types.ts'

/** The case on screen, and how a step of it begins: the commands and the key help know these and no others. */
export const openCase = shallowRef<{ code: string; steps: readonly Step[]; act(step: Step): void } | null>(
  null,
)

/** The steps of the case on screen. */
export const openVerbs = computed(() => openCase.value?.steps.map(step => step.verb) ?? [])
